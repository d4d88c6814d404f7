package dev.rapport.customization.web;

import dev.rapport.customization.Customizations;
import dev.rapport.customization.TypeConversion;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.job.JobView;
import dev.rapport.kernel.Actor;
import dev.rapport.record.Recompute;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Custom objects and fields, layouts and rules. */
@RestController
class CustomizationController {
    private final Customizations customizations;
    private final TypeConversion conversion;
    private final Recompute recompute;

    CustomizationController(Customizations customizations, TypeConversion conversion, Recompute recompute) {
        this.customizations = customizations;
        this.conversion = conversion;
        this.recompute = recompute;
    }

    @Route("Define a new object")
    @PostMapping("/api/objects")
    ResponseEntity<JsonNode> createObject(Actor actor, JsonBody body) {
        customizations.createObject(actor, body.node());
        return created("/api/objects/" + body.node().path("name").asString());
    }

    private static ResponseEntity<JsonNode> created(String path) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .location(URI.create(path))
                .body(Json.object().put("location", path));
    }

    @Route("Change labels, icon, layouts, rules of an object, or how duplicates of it are found")
    @PatchMapping("/api/objects/{object}")
    ResponseEntity<Void> updateObject(Actor actor, @PathVariable String object, JsonBody body) {
        customizations.updateObject(actor, object, body.node());
        return ResponseEntity.noContent().build();
    }

    @Route("Put a custom object into the recycle bin")
    @DeleteMapping("/api/objects/{object}")
    ResponseEntity<Void> deleteObject(Actor actor, @PathVariable String object) {
        customizations.deleteObject(actor, object);
        return ResponseEntity.noContent().build();
    }

    @Route("Take a custom object out of the recycle bin")
    @PostMapping("/api/objects/{object}/restore")
    ResponseEntity<Void> restoreObject(Actor actor, @PathVariable String object) {
        customizations.restoreObject(actor, object);
        return ResponseEntity.noContent().build();
    }

    @Route("Add a field to an object")
    @PostMapping("/api/objects/{object}/fields")
    ResponseEntity<JsonNode> createField(Actor actor, @PathVariable String object, JsonBody body) {
        customizations.createField(actor, object, body.node());
        return created("/api/objects/" + object);
    }

    @Route("Change a field but for its type")
    @PatchMapping("/api/objects/{object}/fields/{field}")
    ResponseEntity<Void> updateField(
            Actor actor, @PathVariable String object, @PathVariable String field, JsonBody body) {
        customizations.updateField(actor, object, field, body.node());
        return ResponseEntity.noContent().build();
    }

    @Route("Put a custom field into the recycle bin")
    @DeleteMapping("/api/objects/{object}/fields/{field}")
    ResponseEntity<Void> deleteField(Actor actor, @PathVariable String object, @PathVariable String field) {
        customizations.deleteField(actor, object, field);
        return ResponseEntity.noContent().build();
    }

    @Route("Take a custom field out of the recycle bin")
    @PostMapping("/api/objects/{object}/fields/{field}/restore")
    ResponseEntity<Void> restoreField(Actor actor, @PathVariable String object, @PathVariable String field) {
        customizations.restoreField(actor, object, field);
        return ResponseEntity.noContent().build();
    }

    @Route("Give a custom field another type; a dry run tells what would be lost")
    @PostMapping("/api/objects/{object}/fields/{field}/convert")
    ResponseEntity<JsonNode> convert(
            Actor actor, @PathVariable String object, @PathVariable String field, JsonBody body) {
        return switch (conversion.run(actor, object, field, body.node())) {
            case TypeConversion.Outcome.Preview(var preview) -> ResponseEntity.ok(preview);
            case TypeConversion.Outcome.Started(var job) ->
                ResponseEntity.accepted().body(Json.object().set("job", JobView.of(job)));
        };
    }

    @Route("What a formula would result in")
    @PostMapping("/api/objects/{object}/formula")
    JsonNode checkFormula(Actor actor, @PathVariable String object, JsonBody body) {
        var members = body.members();
        var text = members.text("formula");
        boolean rule = members.flag("rule");
        members.done();
        return customizations.checkFormula(actor, object, text, rule);
    }

    @Route("What administrators made of every object")
    @GetMapping("/api/customizations")
    JsonNode definitions(Actor actor) {
        return customizations.definitions(actor);
    }

    @Route("The states that an object's definition was in")
    @GetMapping("/api/customizations/{object}/history")
    JsonNode history(Actor actor, @PathVariable String object) {
        return customizations.history(actor, object);
    }

    @Route("Compute every computed field anew and tell how many differed")
    @PostMapping("/api/consistency-check")
    ResponseEntity<JsonNode> check(Actor actor) {
        customizations.requireAdministrator(actor);
        return ResponseEntity.accepted().body(Json.object().set("job", JobView.of(recompute.start(actor, null))));
    }

    @Route("Functions that formulas may use")
    @GetMapping("/api/formula-functions")
    JsonNode functions() {
        var node = Json.object();
        var items = node.putArray("items");
        List<String> names = dev.rapport.formula.Functions.names();
        names.forEach(items::add);
        return node;
    }
}
