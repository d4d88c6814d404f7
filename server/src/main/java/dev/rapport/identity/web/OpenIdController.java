package dev.rapport.identity.web;

import dev.rapport.http.Json;
import dev.rapport.http.RateLimits;
import dev.rapport.http.Route;
import dev.rapport.identity.Passkeys;
import dev.rapport.identity.external.OpenIdConnect;
import dev.rapport.kernel.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Signing in by the company's identity provider. */
@RestController
class OpenIdController {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final URI FAILED = URI.create("/sign-in?failed=provider");

    private final OpenIdConnect provider;
    private final SessionCookie cookie;
    private final RateLimits limits;
    private final SessionOpening opening;
    private final Passkeys passkeys;
    private final boolean secure;

    OpenIdController(
            OpenIdConnect provider,
            SessionCookie cookie,
            RateLimits limits,
            SessionOpening opening,
            Passkeys passkeys,
            Settings settings) {
        this.provider = provider;
        this.cookie = cookie;
        this.limits = limits;
        this.opening = opening;
        this.passkeys = passkeys;
        this.secure = settings.secureCookies();
    }

    @Route("The ways to sign in beside a password: the provider's label, the address at which passkeys work")
    @GetMapping("/api/public/sign-in")
    JsonNode ways() {
        var node = Json.object();
        provider.label()
                .ifPresentOrElse(
                        label -> node.putObject("provider").put("label", label), () -> node.putNull("provider"));
        node.put("passkeys", passkeys.address().orElse(null));
        return node;
    }

    @Route("Go to the company's identity provider")
    @GetMapping("/api/public/oidc/start")
    ResponseEntity<Void> start(HttpServletRequest request) {
        limits.take("oidc " + request.getRemoteAddr(), 30, Duration.ofSeconds(2));
        return provider.begin()
                .map(begun -> redirect(begun.goTo(), keep(begun.browser(), LIFE)))
                .orElseGet(() -> redirect(FAILED, keep("", Duration.ZERO)));
    }

    @Route("Come back from the company's identity provider")
    @GetMapping("/api/public/oidc/callback")
    ResponseEntity<Void> callback(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String code) {
        limits.take("oidc " + request.getRemoteAddr(), 30, Duration.ofSeconds(2));
        var actor = provider.complete(state, code, browser(request));
        if (actor.isEmpty()) {
            opening.failed("", SessionOpening.PROVIDER);
            return redirect(FAILED, keep("", Duration.ZERO));
        }
        var opened = opening.open(actor.get(), request, SessionOpening.PROVIDER);
        return redirect(URI.create("/"), keep("", Duration.ZERO), cookie.write(opened.secret()));
    }

    private static ResponseEntity<Void> redirect(URI to, String... cookies) {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(to)
                .header(HttpHeaders.SET_COOKIE, cookies)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private String name() {
        return secure ? "__Host-rapport-provider" : "rapport_provider";
    }

    private String browser(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(one -> one.getName().equals(name()))
                .map(one -> one.getValue())
                .findFirst()
                .orElse("");
    }

    /** Lax: it has to come along when the provider sends the browser back. */
    private String keep(String value, Duration age) {
        return ResponseCookie.from(name(), value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .path("/")
                .maxAge(age)
                .build()
                .toString();
    }
}
