package dev.rapport.administration.web;

import dev.rapport.access.Access;
import dev.rapport.access.Explanation;
import dev.rapport.access.Explanation.Supposed;
import dev.rapport.access.Shares;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.ActorSource;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who sees what and why, and sharing single records. */
@RestController
class AccessController {
    private final Access access;
    private final Shares shares;
    private final Explanation explanation;
    private final ActorSource people;

    AccessController(Access access, Shares shares, Explanation explanation, ActorSource people) {
        this.access = access;
        this.shares = shares;
        this.explanation = explanation;
        this.people = people;
    }

    @Route("What the caller may do with a record")
    @GetMapping("/api/records/{object}/{id}/access")
    JsonNode may(Actor actor, @PathVariable String object, @PathVariable String id) {
        var may = shares.may(actor, access.object(actor, object).definition(), id(id));
        return Json.object()
                .put("update", may.update())
                .put("delete", may.delete())
                .put("transfer", may.transfer())
                .put("share", may.share())
                .put("shareable", may.shareable());
    }

    @Route("With whom a record is shared")
    @GetMapping("/api/records/{object}/{id}/shares")
    JsonNode list(Actor actor, @PathVariable String object, @PathVariable String id) {
        var node = Json.object();
        var items = node.putArray("items");
        for (var share : shares.of(actor, access.object(actor, object).definition(), id(id))) {
            var item = items.addObject();
            item.putObject("principal")
                    .put("id", share.principal().toString())
                    .put("kind", share.kind())
                    .put("name", share.name());
            var until = share.expiresAt();
            item.put("level", share.level())
                    .put("cause", share.cause())
                    .put("expiresAt", until == null ? null : until.toString())
                    .put("createdAt", share.createdAt().toString())
                    .put("createdBy", share.createdBy());
        }
        return node;
    }

    @Route("Share a record with a user, team, department or public group, or change how it is shared")
    @PostMapping("/api/records/{object}/{id}/shares")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void share(Actor actor, @PathVariable String object, @PathVariable String id, JsonBody body) {
        var definition = access.object(actor, object).definition();
        var members = body.members();
        var principal = members.text("principal");
        var level = members.oneOf("level", "read", Set.of("read", "write"));
        var until = members.optionalText("expiresAt").orElse(null);
        var principalId = RecordId.parse(principal).orElse(null);
        if (principalId == null) members.violations().add(Violation.of("principal", "id"));
        @Nullable Instant expiresAt = null;
        try {
            if (until != null) expiresAt = Instant.parse(until);
        } catch (DateTimeException e) {
            members.violations().add(Violation.of("expiresAt", "moment"));
        }
        members.done();
        if (principalId != null) shares.share(actor, definition, id(id), principalId.value(), level, expiresAt);
    }

    @Route("Take back a share")
    @DeleteMapping("/api/records/{object}/{id}/shares/{principal}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unshare(Actor actor, @PathVariable String object, @PathVariable String id, @PathVariable String principal) {
        shares.unshare(
                actor,
                access.object(actor, object).definition(),
                id(id),
                id(principal).value());
    }

    @Route("Why a user may see and change a record; without a user, why the caller may")
    @GetMapping("/api/access/why")
    JsonNode why(
            Actor actor,
            @RequestParam String object,
            @RequestParam String id,
            @RequestParam(defaultValue = "") String user) {
        var person = person(actor, user);
        var node = Json.object();
        var items = node.putArray("items");
        for (var why :
                explanation.why(actor, person, access.object(actor, object).definition(), id(id))) {
            var item = items.addObject();
            item.put("role", why.role()).put("operation", why.operation()).put("by", why.by());
            var of = why.of();
            if (of == null) item.putNull("of");
            else
                item.putObject("of")
                        .put("id", of.toString())
                        .put("kind", why.kind())
                        .put("name", why.name());
        }
        return node;
    }

    private Actor person(Actor actor, String user) {
        return user.isEmpty() ? actor : people.find(id(user)).orElseThrow(Refusal::notFound);
    }

    @Route("What a user may see and do, object by object; without a user, what the caller may")
    @GetMapping("/api/access/what")
    JsonNode what(Actor actor, @RequestParam(defaultValue = "") String user) {
        var node = Json.object();
        var items = node.putArray("items");
        for (var what : explanation.what(actor, person(actor, user))) {
            var item = items.addObject().put("object", what.object().name());
            var operations = item.putArray("operations");
            what.operations().forEach(operations::add);
            var scopes = item.putObject("scopes");
            what.branches().forEach((operation, branches) -> {
                var list = scopes.putArray(operation);
                branches.forEach(list::add);
            });
            item.put("visible", what.visible()).put("more", what.visible() >= Explanation.MOST_COUNTED);
            var fields = item.putObject("fields");
            what.fields().forEach(fields::put);
        }
        return node;
    }

    @Route("What would change if a user had other roles, or another team or department")
    @PostMapping("/api/access/simulate")
    JsonNode simulate(Actor actor, JsonBody body) {
        var members = body.members();
        var user = RecordId.parse(members.text("user")).orElse(null);
        if (user == null) members.violations().add(Violation.of("user", "id"));
        var roles = members.has("roles") ? new LinkedHashSet<>(members.texts("roles")) : null;
        var team = reference(members, "team");
        var department = reference(members, "department");
        members.done();
        access.requireFunction(actor, "users");
        var person = people.find(java.util.Objects.requireNonNull(user)).orElseThrow(Refusal::notFound);
        var node = Json.object();
        var items = node.putArray("items");
        for (var effect : explanation.simulate(actor, person, new Supposed(roles, team, department)))
            write(items.addObject(), effect);
        return node;
    }

    private static void write(ObjectNode item, Explanation.Effect effect) {
        item.put("object", effect.object().name())
                .put("before", effect.before())
                .put("after", effect.after())
                .put("gained", effect.gained())
                .put("lost", effect.lost());
    }

    private static @Nullable UUID reference(dev.rapport.http.Members members, String name) {
        var text = members.optionalText(name).orElse(null);
        if (text == null) return null;
        var id = RecordId.parse(text).orElse(null);
        if (id == null) members.violations().add(Violation.of(name, "id"));
        return id == null ? null : id.value();
    }

    private static RecordId id(String text) {
        return RecordId.parse(text).orElseThrow(Refusal::notFound);
    }
}
