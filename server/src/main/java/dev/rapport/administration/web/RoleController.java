package dev.rapport.administration.web;

import dev.rapport.access.Branch;
import dev.rapport.access.Operation;
import dev.rapport.access.Roles;
import dev.rapport.access.Roles.RoleDraft;
import dev.rapport.http.ETags;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Members;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Labels;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Roles: what people may do, for which records, with which fields. */
@RestController
class RoleController {
    private final Roles roles;
    private final Catalogue catalogue;

    RoleController(Roles roles, Catalogue catalogue) {
        this.roles = roles;
        this.catalogue = catalogue;
    }

    @Route("All roles, with the operations, scopes, functions and objects there are")
    @GetMapping("/api/roles")
    JsonNode list(Actor actor) {
        var node = Json.object();
        var items = node.putArray("items");
        for (var role : roles.all(actor)) describe(items.addObject(), role);
        var operations = node.putArray("operations");
        for (var operation : Operation.values()) operations.add(operation.code());
        var branches = node.putArray("branches");
        for (var branch : Branch.values()) branches.add(branch.code());
        var functions = node.putArray("functions");
        new TreeSet<>(Roles.FUNCTIONS).forEach(functions::add);
        var objects = node.putArray("objects");
        for (var object : catalogue.all()) {
            var described = objects.addObject().put("name", object.name());
            described.set("labels", labels(object.plural()));
            described
                    .put("sharing", object.sharing().mode().name().toLowerCase(Locale.ROOT))
                    .put("governedBy", object.governedBy());
            var parents = described.putArray("parents");
            object.sharing().parents().forEach(parents::add);
        }
        return node;
    }

    private static ObjectNode labels(Labels labels) {
        return Json.object().put("en", labels.en()).put("zh-CN", labels.zh());
    }

    private static void describe(ObjectNode node, Roles.Role role) {
        node.put("name", role.name());
        node.set("labels", labels(role.labels()));
        node.put("note", role.note())
                .put("secondFactor", role.secondFactor())
                .put("version", role.version())
                .put("members", role.members())
                .put("fixed", role.isFixed());
        node.set("grants", role.grants());
    }

    @Route("Create a role")
    @PostMapping("/api/roles")
    @ResponseStatus(HttpStatus.CREATED)
    void create(Actor actor, JsonBody body) {
        var members = body.members();
        var name = members.text("name");
        roles.create(actor, draft(name, members));
    }

    @Route("Replace what a role says; If-Match names the version that is replaced")
    @PutMapping("/api/roles/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(
            Actor actor,
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            JsonBody body) {
        roles.change(actor, draft(name, body.members()), ETags.required(ifMatch));
    }

    private static RoleDraft draft(String name, Members members) {
        var labels = members.member("labels").orElse(Json.object());
        var note = members.optionalText("note").orElse("");
        var secondFactor = members.flag("secondFactor");
        var grants = members.member("grants").orElse(null);
        if (grants == null) members.violations().add(Violation.of("grants", "required"));
        if (!labels.isObject()) members.violations().add(Violation.of("labels", "type", "expected", "object"));
        members.done();
        return new RoleDraft(
                name,
                new Labels(labels.path("en").asString(""), labels.path("zh-CN").asString("")),
                note,
                grants == null ? Json.object() : grants,
                secondFactor);
    }

    @Route("Delete a role that nobody has")
    @DeleteMapping("/api/roles/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Actor actor,
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        roles.delete(actor, name, ETags.required(ifMatch));
    }
}
