package dev.rapport.identity.web;

import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.RateLimits;
import dev.rapport.http.Route;
import dev.rapport.identity.Passkeys;
import dev.rapport.identity.PasswordProof;
import dev.rapport.identity.SecondFactor;
import dev.rapport.identity.Sessions;
import dev.rapport.identity.Users;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** One's own passkeys, and signing in with one. What goes to and comes from the device has the shapes of WebAuthn's JSON. */
@RestController
class PasskeyController {
    private static final int LONGEST_NAME = 100;

    private final Database database;
    private final Users users;
    private final Passkeys passkeys;
    private final SecondFactor secondFactor;
    private final Sessions sessions;
    private final SessionOpening opening;
    private final RateLimits limits;
    private final PasswordProof proof;
    private final Audit audit;

    PasskeyController(
            Database database,
            Users users,
            Passkeys passkeys,
            SecondFactor secondFactor,
            Sessions sessions,
            SessionOpening opening,
            RateLimits limits,
            PasswordProof proof,
            Audit audit) {
        this.database = database;
        this.users = users;
        this.passkeys = passkeys;
        this.secondFactor = secondFactor;
        this.sessions = sessions;
        this.opening = opening;
        this.limits = limits;
        this.proof = proof;
        this.audit = audit;
    }

    @Route("My passkeys, and the address at which browsers offer them")
    @GetMapping("/api/session/passkeys")
    JsonNode list(Actor actor) {
        var node = Json.object().put("address", passkeys.address().orElse(null));
        var items = node.putArray("items");
        for (var passkey : passkeys.of(actor.id()))
            items.addObject()
                    .put("id", passkey.id().toString())
                    .put("name", passkey.name())
                    .put("synced", passkey.synced())
                    .put("createdAt", passkey.createdAt().toString())
                    .put("usedAt", passkey.usedAt().map(Instant::toString).orElse(null));
        return node;
    }

    @Route("Begin to add a passkey: what the device needs to make one; needs the password")
    @PostMapping("/api/session/passkeys/options")
    JsonNode options(Actor actor, JsonBody body) {
        var members = body.members();
        var password = members.text("password");
        members.done();
        proof.require(actor, password);
        return passkeys.creation(actor.id(), users.username(actor.id()), actor.name());
    }

    @Route("Add the passkey that the device made; with the first factor come recovery codes, shown this once")
    @PostMapping("/api/session/passkeys")
    @ResponseStatus(HttpStatus.CREATED)
    JsonNode add(Actor actor, JsonBody body) {
        var members = body.members();
        var name = members.text("name").strip();
        var credential = credential(members.member("credential").orElse(null), members.violations());
        if (name.length() > LONGEST_NAME)
            members.violations().add(Violation.of("name", "too-long", "max", LONGEST_NAME));
        members.done();
        limits.take("passkey " + actor.id(), 10, Duration.ofSeconds(30));
        var id = RecordId.next();
        var codes = database.transact(tx -> {
            audit.write(tx, Audit.Event.of(actor, "passkey.add").with("name", name));
            return secondFactor.addPasskey(tx, actor.id(), id, name, credential);
        });
        sessions.forget();
        var node = Json.object().put("id", id.toString()).put("name", name);
        var list = node.putArray("recoveryCodes");
        codes.forEach(list::add);
        return node;
    }

    @Route("Remove one of my passkeys; needs the password")
    @PostMapping("/api/session/passkeys/{id}/remove")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Actor actor, @PathVariable String id, JsonBody body) {
        var members = body.members();
        var password = members.text("password");
        members.done();
        proof.require(actor, password);
        var passkey = RecordId.parse(id).orElseThrow(Refusal::notFound);
        database.run(tx -> {
            if (!secondFactor.removePasskey(tx, actor.id(), passkey)) throw Refusal.notFound();
            audit.write(tx, Audit.Event.of(actor, "passkey.remove"));
        });
        sessions.forget();
    }

    @Route("Begin to sign in with a passkey: what the device signs")
    @PostMapping("/api/public/passkeys/options")
    JsonNode request(HttpServletRequest request) {
        SessionOpening.refuseCrossSite(request);
        limits.take("passkey " + request.getRemoteAddr(), 60, Duration.ofSeconds(1));
        return passkeys.request();
    }

    @Route("Sign in with a passkey")
    @PostMapping("/api/public/passkeys/session")
    ResponseEntity<JsonNode> signIn(JsonBody body, HttpServletRequest request) {
        var members = body.members();
        var credential = credential(members.member("credential").orElse(null), members.violations());
        members.done();
        SessionOpening.refuseCrossSite(request);
        limits.take("passkey sign-in " + request.getRemoteAddr(), 60, Duration.ofSeconds(1));
        var person = passkeys.authenticate(credential).flatMap(users::find);
        if (person.isEmpty()) {
            opening.failed("", "passkey");
            throw Refusal.of(Refusal.Kind.UNAUTHENTICATED, "sign-in-passkey");
        }
        return opening.answer(person.get(), request, "passkey");
    }

    private static JsonNode credential(@Nullable JsonNode sent, List<Violation> violations) {
        if (sent != null && sent.isObject()) return sent;
        violations.add(Violation.of("credential", sent == null ? "required" : "passkey"));
        return Json.object();
    }
}
