package dev.rapport.identity.web;

import dev.rapport.audit.Audit;
import dev.rapport.http.Json;
import dev.rapport.identity.Sessions;
import dev.rapport.identity.Users;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What follows a sign-in, whichever way it was done: a new session in the place of the one that the browser had. */
@Component
class SessionOpening {
    /** How the audit trail names the identity provider. */
    static final String PROVIDER = "provider";

    private final Users users;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final Audit audit;

    SessionOpening(Users users, Sessions sessions, SessionCookie cookie, Audit audit) {
        this.users = users;
        this.sessions = sessions;
        this.cookie = cookie;
        this.audit = audit;
    }

    /** @throws Refusal 403 if another site's page sent the browser here */
    static void refuseCrossSite(HttpServletRequest request) {
        if ("cross-site".equals(request.getHeader("Sec-Fetch-Site"))) throw Refusal.of(Refusal.Kind.FORBIDDEN, "csrf");
    }

    /** @param by how they proved who they are, as the audit trail names it; the password if empty */
    Sessions.Opened open(Actor actor, HttpServletRequest request, String by) {
        cookie.read(request).ifPresent(present -> sessions.close(present.getValue()));
        var agent = Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), "");
        var opened = sessions.open(actor.id(), request.getRemoteAddr(), agent, by.equals(PROVIDER));
        var event = Audit.Event.of(actor, "session.open");
        audit.write(by.isEmpty() ? event : event.with("by", by));
        return opened;
    }

    /** Like {@link #open}, with the answer of {@code POST /api/session}. */
    ResponseEntity<JsonNode> answer(Actor actor, HttpServletRequest request, String by) {
        var opened = open(actor, request, by);
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, cookie.write(opened.secret()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(describe(actor, opened.csrfToken(), sessions.mustEnrol(actor.id())));
    }

    /** @param wrong what did not hold, as the audit trail names it */
    void failed(String name, String wrong) {
        audit.write(new Audit.Event("session.open", Audit.Outcome.FAILED, null, name, "", null, Json.object())
                .with("wrong", wrong));
    }

    /** Who is signed in. @param csrfToken empty for programs, which need none */
    ObjectNode describe(Actor actor, String csrfToken, boolean mustEnrol) {
        var node = Json.object();
        var user = node.putObject("user");
        user.put("id", actor.id().toString());
        user.put("name", actor.name());
        var roles = user.putArray("roles");
        actor.roles().stream().sorted().forEach(roles::add);
        user.put("zone", actor.zone().getId());
        user.put("email", users.email(actor.id()).orElse(null));
        user.put("mustEnrol", mustEnrol);
        if (!csrfToken.isEmpty()) node.put("csrfToken", csrfToken);
        return node;
    }
}
