package dev.rapport.quality.web;

import dev.rapport.access.Access;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.job.JobView;
import dev.rapport.kernel.Actor;
import dev.rapport.quality.Quality;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** How good the records are, and what could be put right. */
@RestController
class QualityController {
    private final Access access;
    private final Quality quality;

    QualityController(Access access, Quality quality) {
        this.access = access;
        this.quality = quality;
    }

    @Route("How complete and fresh an object's records are, with the trend")
    @GetMapping("/api/quality/{object}")
    JsonNode report(Actor actor, @PathVariable String object) {
        return quality.report(actor, access.object(actor, object));
    }

    @Route("Look through all records anew")
    @PostMapping("/api/quality/{object}/scan")
    ResponseEntity<JsonNode> scan(Actor actor, @PathVariable String object) {
        var job = quality.scan(actor, access.object(actor, object));
        return ResponseEntity.accepted().body(Json.object().set("job", JobView.of(job)));
    }

    @Route("Values that could be better, of one kind")
    @GetMapping("/api/quality/{object}/suggestions")
    JsonNode suggestions(Actor actor, @PathVariable String object, @RequestParam Map<String, String> parameters) {
        var kind = parameters.getOrDefault("kind", "");
        return quality.suggestions(actor, access.object(actor, object), kind, parameters.get("after"));
    }

    @Route("Carry suggestions out as one batch that can be undone")
    @PostMapping("/api/quality/{object}/apply")
    JsonNode apply(Actor actor, @PathVariable String object, JsonBody body) {
        return quality.apply(actor, access.object(actor, object), body.node());
    }
}
