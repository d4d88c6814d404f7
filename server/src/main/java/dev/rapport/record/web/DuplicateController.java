package dev.rapport.record.web;

import dev.rapport.access.Access;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.job.JobView;
import dev.rapport.kernel.Actor;
import dev.rapport.record.Duplicates;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Records that may mean the same. */
@RestController
class DuplicateController {
    private final Access access;
    private final Duplicates duplicates;

    DuplicateController(Access access, Duplicates duplicates) {
        this.access = access;
        this.duplicates = duplicates;
    }

    @Route("Records that a draft looks like")
    @PostMapping("/api/records/{object}/duplicates")
    JsonNode candidates(Actor actor, @PathVariable String object, JsonBody body) {
        return duplicates.candidates(actor, access.object(actor, object), body.node());
    }

    @Route("Pairs of records that may mean the same, the likeliest first")
    @GetMapping("/api/duplicates/{object}")
    JsonNode queue(Actor actor, @PathVariable String object, @RequestParam Map<String, String> parameters) {
        return duplicates.queue(actor, access.object(actor, object), parameters.get("after"));
    }

    @Route("Say that two records are two; with open, take that back")
    @PostMapping("/api/duplicates/{object}/dismiss")
    ResponseEntity<Void> dismiss(Actor actor, @PathVariable String object, JsonBody body) {
        duplicates.dismiss(actor, access.object(actor, object), body.node());
        return ResponseEntity.noContent().build();
    }

    @Route("Look through all records for such pairs")
    @PostMapping("/api/duplicates/{object}/scan")
    ResponseEntity<JsonNode> scan(Actor actor, @PathVariable String object) {
        var job = duplicates.scan(actor, access.object(actor, object));
        return ResponseEntity.accepted().body(Json.object().set("job", JobView.of(job)));
    }
}
