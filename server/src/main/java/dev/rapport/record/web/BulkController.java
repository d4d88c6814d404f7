package dev.rapport.record.web;

import dev.rapport.access.Access;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.job.JobView;
import dev.rapport.kernel.Actor;
import dev.rapport.record.BatchJournal;
import dev.rapport.record.BatchUndo;
import dev.rapport.record.Bulk;
import dev.rapport.record.MassChange;
import dev.rapport.record.QueryReader;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Many records at once, and taking that back. */
@RestController
class BulkController {
    private final Access access;
    private final Bulk bulk;
    private final MassChange massChange;
    private final Undoing undoing;

    /** Batches and how they are undone. */
    @org.springframework.stereotype.Component
    record Undoing(BatchJournal journal, BatchUndo undo) {}

    BulkController(Access access, Bulk bulk, MassChange massChange, Undoing undoing) {
        this.access = access;
        this.bulk = bulk;
        this.massChange = massChange;
        this.undoing = undoing;
    }

    @Route("Create, change and delete many records; or change all that match a filter")
    @PostMapping("/api/records/{object}/bulk")
    ResponseEntity<JsonNode> run(Actor actor, @PathVariable String object, JsonBody body) {
        var view = access.object(actor, object);
        if (!body.node().has("where")) return ResponseEntity.ok(bulk.run(actor, view, body.node()));
        return switch (massChange.run(actor, view, body.node())) {
            case MassChange.Outcome.Preview(var preview) -> ResponseEntity.ok(preview);
            case MassChange.Outcome.Started(var job) ->
                ResponseEntity.accepted()
                        .body(Json.object()
                                .put("batch", String.valueOf(job.subject()))
                                .set("job", JobView.of(job)));
        };
    }

    @Route("The newest batches: my own, or everybody’s for those who care for all jobs")
    @GetMapping("/api/batches")
    JsonNode list(Actor actor, @RequestParam Map<String, String> parameters) {
        return undoing.journal().list(actor, "true".equals(parameters.get("all")), parameters.get("after"));
    }

    @Route("What a batch changed")
    @GetMapping("/api/batches/{id}")
    JsonNode get(Actor actor, @PathVariable String id, @RequestParam Map<String, String> parameters) {
        return undoing.journal().one(actor, QueryReader.id(id), parameters.get("after"));
    }

    @Route("Undo a bulk change, merge or import as a whole")
    @PostMapping("/api/batches/{id}/undo")
    ResponseEntity<JsonNode> undo(Actor actor, @PathVariable String id) {
        var job = undoing.undo().start(actor, QueryReader.id(id));
        return ResponseEntity.accepted().body(Json.object().set("job", JobView.of(job)));
    }
}
