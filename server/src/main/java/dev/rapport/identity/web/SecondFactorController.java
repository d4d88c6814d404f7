package dev.rapport.identity.web;

import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.RateLimits;
import dev.rapport.http.Route;
import dev.rapport.identity.PasswordProof;
import dev.rapport.identity.SecondFactor;
import dev.rapport.identity.Sessions;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** One's own second factor. */
@RestController
class SecondFactorController {
    private final Database database;
    private final SecondFactor secondFactor;
    private final Sessions sessions;
    private final RateLimits limits;
    private final PasswordProof proof;
    private final Audit audit;

    SecondFactorController(
            Database database,
            SecondFactor secondFactor,
            Sessions sessions,
            RateLimits limits,
            PasswordProof proof,
            Audit audit) {
        this.database = database;
        this.secondFactor = secondFactor;
        this.sessions = sessions;
        this.limits = limits;
        this.proof = proof;
        this.audit = audit;
    }

    @Route("Which second factors I have, whether a role asks for one, and how many recovery codes are left")
    @GetMapping("/api/session/second-factor")
    JsonNode get(Actor actor) {
        var ways = secondFactor.ways(actor.id());
        return Json.object()
                .put("on", ways.any())
                .put("app", ways.app())
                .put("passkey", ways.passkey())
                .put("required", secondFactor.isRequired(actor.id()))
                .put("recoveryCodesLeft", ways.recoveryCodesLeft());
    }

    @Route("Begin to set up one-time passwords: the secret for an authenticator app; needs the password")
    @PostMapping("/api/session/second-factor")
    @ResponseStatus(HttpStatus.CREATED)
    JsonNode begin(Actor actor, JsonBody body) {
        var members = body.members();
        var password = members.text("password");
        members.done();
        proof.require(actor, password);
        var secret = secondFactor.begin(actor.id());
        var label = URLEncoder.encode("Rapport:" + actor.name(), StandardCharsets.UTF_8)
                .replace("+", "%20");
        return Json.object()
                .put("secret", secret)
                .put("uri", "otpauth://totp/" + label + "?secret=" + secret + "&issuer=Rapport");
    }

    @Route("Turn one-time passwords on with a code of the app; the recovery codes are shown this once")
    @PostMapping("/api/session/second-factor/confirm")
    JsonNode confirm(Actor actor, JsonBody body) {
        var members = body.members();
        var code = members.text("code");
        members.done();
        limits.take("code " + actor.id(), 10, Duration.ofMinutes(1));
        var codes = database.transact(tx -> {
            audit.write(tx, Audit.Event.of(actor, "secondFactor.on"));
            return secondFactor.confirm(tx, actor.id(), code);
        });
        sessions.forget();
        return Json.MAPPER.valueToTree(Map.of("recoveryCodes", codes));
    }

    @Route("Turn one-time passwords off; needs the password and a code")
    @PostMapping("/api/session/second-factor/remove")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Actor actor, JsonBody body) {
        var members = body.members();
        var password = members.text("password");
        var code = members.text("code");
        members.done();
        proof.require(actor, password);
        limits.take("code " + actor.id(), 10, Duration.ofMinutes(1));
        if (!secondFactor.accepts(actor.id(), code)) throw Refusal.invalid(Violation.of("code", "code-wrong"));
        database.run(tx -> {
            secondFactor.removeApp(tx, actor.id());
            audit.write(tx, Audit.Event.of(actor, "secondFactor.off"));
        });
        sessions.forget();
    }
}
