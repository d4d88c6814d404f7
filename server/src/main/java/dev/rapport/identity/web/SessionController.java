package dev.rapport.identity.web;

import dev.rapport.audit.Audit;
import dev.rapport.http.Caller;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Members;
import dev.rapport.http.RateLimits;
import dev.rapport.http.Route;
import dev.rapport.identity.FirstAdministrator;
import dev.rapport.identity.PasswordDirectory;
import dev.rapport.identity.PasswordProof;
import dev.rapport.identity.SecondFactor;
import dev.rapport.identity.Sessions;
import dev.rapport.identity.Users;
import dev.rapport.identity.Users.NewUser;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.InvalidValue;
import dev.rapport.metadata.TextTypes;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Signing in and out, and the first administrator. */
@RestController
class SessionController {
    private final Users users;
    private final Sessions sessions;
    private final FirstAdministrator firstAdministrator;
    private final SessionCookie cookie;
    private final RateLimits limits;
    private final PasswordProof proof;
    private final SecondFactor secondFactor;
    private final PasswordDirectory directory;
    private final SessionOpening opening;
    private final Audit audit;

    SessionController(
            Users users,
            Sessions sessions,
            FirstAdministrator firstAdministrator,
            SessionCookie cookie,
            RateLimits limits,
            PasswordProof proof,
            SecondFactor secondFactor,
            PasswordDirectory directory,
            SessionOpening opening,
            Audit audit) {
        this.opening = opening;
        this.directory = directory;
        this.secondFactor = secondFactor;
        this.audit = audit;
        this.users = users;
        this.sessions = sessions;
        this.firstAdministrator = firstAdministrator;
        this.cookie = cookie;
        this.limits = limits;
        this.proof = proof;
    }

    @Route("Sign in")
    @PostMapping("/api/session")
    ResponseEntity<JsonNode> signIn(JsonBody body, HttpServletRequest request) {
        var members = body.members();
        var username = members.text("username");
        var password = members.text("password");
        var code = members.optionalText("code").orElse("");
        members.done();
        SessionOpening.refuseCrossSite(request);
        var key = "sign-in " + request.getRemoteAddr() + " " + username.strip().toLowerCase(Locale.ROOT);
        limits.take(key, 10, Duration.ofSeconds(30));
        var actor = users.authenticate(username, password)
                .or(() -> directory.authenticate(username, password))
                .orElseThrow(() -> failed(username, "password"));
        if (secondFactor.isOn(actor.id())) {
            if (code.isBlank()) return ResponseEntity.ok(Json.object().put("mfaRequired", true));
            limits.take("code " + actor.id(), 10, Duration.ofMinutes(1));
            if (!secondFactor.accepts(actor.id(), code)) throw failed(username, "code");
            limits.forget("code " + actor.id());
        }
        limits.forget(key);
        return opening.answer(actor, request, "");
    }

    private Refusal failed(String username, String what) {
        opening.failed(username.strip(), what);
        return Refusal.of(Refusal.Kind.UNAUTHENTICATED, what.equals("code") ? "sign-in-code" : "sign-in");
    }

    @Route("Who is signed in, with rights and the CSRF token")
    @GetMapping("/api/session")
    ResponseEntity<JsonNode> whoAmI(Actor actor, HttpServletRequest request) {
        var credentials = (Sessions.Credentials)
                Objects.requireNonNull(request.getAttribute(Sessions.Credentials.class.getName()));
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(opening.describe(actor, credentials.csrfToken(), credentials.mustEnrol()));
    }

    @Route("Change one's own mail address; needs the password")
    @PatchMapping("/api/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(Actor actor, JsonBody body) {
        var members = body.members();
        var email = address(members);
        var password = members.text("password");
        members.done();
        proof.require(actor, password);
        users.setEmail(actor.id(), email);
    }

    @Route("My open sessions")
    @GetMapping("/api/session/sessions")
    JsonNode sessions(Actor actor, HttpServletRequest request) {
        var node = Json.object();
        var own = cookie.read(request).map(Cookie::getValue);
        write(node.putArray("items"), sessions.of(actor.id(), own));
        return node;
    }

    static void write(ArrayNode items, List<Sessions.SessionInfo> open) {
        for (var session : open)
            items.addObject()
                    .put("id", session.id().toString())
                    .put("address", session.address())
                    .put("agent", session.agent())
                    .put("createdAt", session.createdAt().toString())
                    .put("seenAt", session.seenAt().toString())
                    .put("present", session.present());
    }

    @Route("End one of my sessions")
    @DeleteMapping("/api/session/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Actor actor, @PathVariable String id) {
        boolean ended = RecordId.parse(id)
                .map(session -> sessions.end(actor.id(), session))
                .orElse(false);
        if (!ended) throw Refusal.notFound();
        audit.write(Audit.Event.of(actor, "session.end"));
    }

    /** The member {@code email}; null for none. */
    static @Nullable String address(Members members) {
        var text = members.optionalText("email").orElse("");
        if (text.isBlank()) return null;
        try {
            return TextTypes.Email.address(text);
        } catch (InvalidValue e) {
            members.violations().add(e.violation().under("email"));
            return null;
        }
    }

    @Route("Sign out")
    @DeleteMapping("/api/session")
    ResponseEntity<Void> signOut(HttpServletRequest request) {
        Caller.find(request).ifPresent(actor -> audit.write(Audit.Event.of(actor, "session.close")));
        cookie.read(request).map(Cookie::getValue).ifPresent(sessions::close);
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie.clear())
                .build();
    }

    @Route("Whether a set-up link is open")
    @GetMapping("/api/setup")
    ResponseEntity<JsonNode> setup(@RequestParam(defaultValue = "") String token) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(Json.object().put("open", !token.isEmpty() && firstAdministrator.isOpen(token)));
    }

    @Route("Create the first administrator with the one-time token")
    @PostMapping("/api/setup")
    ResponseEntity<JsonNode> createFirst(JsonBody body, HttpServletRequest request) {
        var members = body.members();
        var token = members.text("token");
        var username = members.text("username");
        var name = members.text("name");
        var password = members.text("password");
        var language = members.oneOf("language", "en", Set.of("en", "zh-CN"));
        members.done();
        SessionOpening.refuseCrossSite(request);
        limits.take("setup " + request.getRemoteAddr(), 20, Duration.ofSeconds(10));
        RecordId id = firstAdministrator.create(token, new NewUser(username, name, password, "admin", language));
        return opening.answer(users.find(id).orElseThrow(), request, "");
    }
}
