package dev.rapport.demo.web;

import dev.rapport.demo.SampleData;
import dev.rapport.http.Json;
import dev.rapport.http.Route;
import dev.rapport.job.JobView;
import dev.rapport.kernel.Actor;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Sample data for a new company: put in, and taken out again. */
@RestController
class SampleDataController {
    private final SampleData samples;

    SampleDataController(SampleData samples) {
        this.samples = samples;
    }

    @Route("Whether there is sample data")
    @GetMapping("/api/sample-data")
    JsonNode get(Actor actor) {
        return Json.object().put("present", samples.present(actor).isPresent());
    }

    @Route("Fill in sample data, in the background")
    @PostMapping("/api/sample-data")
    ResponseEntity<JsonNode> fill(Actor actor) {
        return ResponseEntity.accepted().body(Json.object().set("job", JobView.of(samples.start(actor))));
    }

    @Route("Take the sample data out again, in the background")
    @DeleteMapping("/api/sample-data")
    ResponseEntity<JsonNode> remove(Actor actor) {
        return ResponseEntity.accepted().body(Json.object().set("job", JobView.of(samples.remove(actor))));
    }
}
