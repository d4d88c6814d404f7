package dev.rapport.administration.web;

import dev.rapport.access.Access;
import dev.rapport.audit.Audit;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.identity.Sessions;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tokens by which programs call the API on behalf of a user. */
@RestController
class TokenController {
    private static final int MOST_SCOPES = 100;
    private static final int MOST_TOKENS = 100;

    private final Sessions sessions;
    private final Access access;
    private final Audit audit;

    TokenController(Sessions sessions, Access access, Audit audit) {
        this.access = access;
        this.audit = audit;
        this.sessions = sessions;
    }

    @Route(
            "Create an API token that reads or writes all that I may, or some objects (read:contact); its secret is shown once")
    @PostMapping("/api/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    JsonNode create(Actor actor, JsonBody body) {
        var members = body.members();
        var name = members.text("name");
        var scopes = members.texts("scopes");
        var expiresOn = members.optionalText("expiresOn");
        if (name.length() > 100) members.violations().add(Violation.of("name", "too-long", "max", 100));
        if (scopes.isEmpty()) members.violations().add(Violation.of("scopes", "required"));
        if (scopes.size() > MOST_SCOPES)
            members.violations().add(Violation.of("scopes", "too-many", "max", MOST_SCOPES));
        for (int i = 0; i < scopes.size(); i++) checkScope(actor, scopes.get(i), "scopes." + i, members.violations());
        Optional<LocalDate> expiry = Optional.empty();
        try {
            expiry = expiresOn.map(LocalDate::parse);
        } catch (DateTimeException e) {
            members.violations().add(Violation.of("expiresOn", "date"));
        }
        members.done();
        if (sessions.tokens(actor).size() >= MOST_TOKENS)
            throw Refusal.of(Refusal.Kind.CONFLICT, "tokens-enough", Map.of("max", MOST_TOKENS));
        var id = RecordId.next();
        var secret = sessions.createToken(actor, id, name, scopes, expiry);
        audit.write(Audit.Event.of(actor, "token.create")
                .with("token", id.toString())
                .with("name", name)
                .with("scopes", String.join(", ", scopes)));
        return Json.object().put("id", id.toString()).put("name", name).put("token", secret);
    }

    /** {@code read} and {@code write} are for all that the person may do, {@code read:contact} for one object. */
    private void checkScope(Actor actor, String scope, String at, List<Violation> violations) {
        int colon = scope.indexOf(':');
        var verb = colon < 0 ? scope : scope.substring(0, colon);
        if (!verb.equals("read") && !verb.equals("write"))
            violations.add(Violation.of(at, "choice", "allowed", "read, write, read:…, write:…"));
        else if (colon >= 0
                && access.catalogue(actor).object(scope.substring(colon + 1)).isEmpty())
            violations.add(Violation.of(at, "unknown-object", "object", scope.substring(colon + 1)));
    }

    @Route("List my API tokens")
    @GetMapping("/api/tokens")
    JsonNode list(Actor actor) {
        var node = Json.object();
        var items = node.putArray("items");
        for (var token : sessions.tokens(actor)) {
            ObjectNode item = items.addObject();
            item.put("id", token.id().toString()).put("name", token.name()).put("prefix", token.prefix());
            var scopes = item.putArray("scopes");
            token.scopes().forEach(scopes::add);
            item.put("expiresOn", token.expiresOn().map(LocalDate::toString).orElse(null));
            item.put("createdAt", token.createdAt().toString());
        }
        return node;
    }

    @Route("Revoke one of my API tokens")
    @DeleteMapping("/api/tokens/{id}")
    ResponseEntity<Void> revoke(Actor actor, @PathVariable String id) {
        boolean revoked = RecordId.parse(id)
                .map(token -> sessions.revokeToken(actor, token))
                .orElse(false);
        if (!revoked) throw Refusal.notFound();
        audit.write(Audit.Event.of(actor, "token.revoke").with("token", id));
        return ResponseEntity.noContent().build();
    }
}
