package dev.rapport.identity.web;

import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.RateLimits;
import dev.rapport.http.Route;
import dev.rapport.identity.PasswordLinkMade;
import dev.rapport.identity.PasswordLinks;
import dev.rapport.identity.PasswordProof;
import dev.rapport.identity.Sessions;
import dev.rapport.identity.Users;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Passwords: one's own, and those of people with a link. */
@RestController
class PasswordController {
    private final Database database;
    private final Users users;
    private final Sessions sessions;
    private final PasswordLinks links;
    private final SessionCookie cookie;
    private final RateLimits limits;
    private final PasswordProof proof;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    PasswordController(
            Database database,
            Users users,
            Sessions sessions,
            PasswordLinks links,
            SessionCookie cookie,
            RateLimits limits,
            PasswordProof proof,
            Audit audit,
            ApplicationEventPublisher events) {
        this.database = database;
        this.users = users;
        this.sessions = sessions;
        this.links = links;
        this.cookie = cookie;
        this.limits = limits;
        this.proof = proof;
        this.audit = audit;
        this.events = events;
    }

    @Route("Change one's own password; ends all other sessions")
    @PostMapping("/api/session/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(Actor actor, JsonBody body, HttpServletRequest request) {
        var members = body.members();
        var password = members.text("password");
        var next = members.text("newPassword");
        members.done();
        proof.require(actor, password);
        database.run(tx -> {
            try {
                users.setPassword(tx, actor.id(), next);
            } catch (Refusal refusal) {
                throw Refusal.invalid(refusal.violations().stream()
                        .map(v -> new Violation("newPassword", v.code(), v.params()))
                        .toList());
            }
            var own = cookie.read(request).map(Cookie::getValue).orElse("");
            sessions.closeOthers(tx, actor.id(), own);
            audit.write(tx, Audit.Event.of(actor, "password.change"));
        });
        sessions.forget();
    }

    @Route("Ask for a link by mail to choose a new password; the answer is the same whether there is such a user")
    @PostMapping("/api/public/password-link")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void forgotten(JsonBody body, HttpServletRequest request) {
        var members = body.members();
        var username = members.text("username");
        members.done();
        limits.take("forgotten " + request.getRemoteAddr(), 6, Duration.ofMinutes(2));
        // in the background, so that the time tells nothing either
        Thread.ofVirtual().name("password-link").start(() -> mail(username));
    }

    private void mail(String username) {
        users.byUsername(username)
                .flatMap(users::find)
                .ifPresent(person -> users.email(person.id()).ifPresent(email -> {
                    var token = database.transact(tx -> {
                        audit.write(tx, Audit.Event.of(person, "password.forgotten"));
                        return links.create(tx, person.id(), PasswordLinks.RESET);
                    });
                    events.publishEvent(new PasswordLinkMade(email, person.name(), token, false, person.locale()));
                }));
    }

    @Route("Whether a link to choose a password works")
    @GetMapping("/api/public/password")
    JsonNode isOpen(@RequestParam(defaultValue = "") String token, HttpServletRequest request) {
        limits.take("password link " + request.getRemoteAddr(), 30, Duration.ofSeconds(10));
        return Json.object().put("open", links.isOpen(token));
    }

    @Route("Choose a password with a link; ends all sessions of that user")
    @PostMapping("/api/public/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void choose(JsonBody body, HttpServletRequest request) {
        var members = body.members();
        var token = members.text("token");
        var password = members.text("password");
        members.done();
        limits.take("password link " + request.getRemoteAddr(), 30, Duration.ofSeconds(10));
        var person = links.use(token, password);
        users.find(person).ifPresent(found -> audit.write(Audit.Event.of(found, "password.choose")));
    }
}
