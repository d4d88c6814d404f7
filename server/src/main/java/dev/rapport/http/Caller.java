package dev.rapport.http;

import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who makes a request, as established once by the sign-in filter. */
public final class Caller {
    private static final String ATTRIBUTE = Caller.class.getName();

    private Caller() {}

    public static void establish(HttpServletRequest request, Actor actor) {
        request.setAttribute(ATTRIBUTE, actor);
    }

    public static Optional<Actor> find(HttpServletRequest request) {
        return Optional.ofNullable((Actor) request.getAttribute(ATTRIBUTE));
    }

    /** @throws Refusal 401 if nobody is signed in */
    public static Actor of(HttpServletRequest request) {
        return find(request)
                .map(actor -> actor.withLocale(RequestLocale.of(request)))
                .orElseThrow(() -> Refusal.of(Refusal.Kind.UNAUTHENTICATED, "unauthenticated"));
    }
}
