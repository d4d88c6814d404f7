package dev.rapport.job.web;

import dev.rapport.http.Json;
import dev.rapport.http.Route;
import dev.rapport.job.JobView;
import dev.rapport.job.Jobs;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Shows how background work gets on, and stops it. */
@RestController
class JobController {
    private final Jobs jobs;

    JobController(Jobs jobs) {
        this.jobs = jobs;
    }

    @Route("My newest jobs")
    @GetMapping("/api/jobs")
    JsonNode list(Actor actor) {
        var node = Json.object();
        var items = node.putArray("items");
        jobs.newest(actor, 50).forEach(job -> items.add(JobView.of(job)));
        return node;
    }

    @Route("One of my jobs")
    @GetMapping("/api/jobs/{id}")
    JsonNode get(Actor actor, @PathVariable String id) {
        return JobView.of(jobs.get(actor, id(id)));
    }

    @Route("Cancel one of my jobs")
    @PostMapping("/api/jobs/{id}/cancel")
    ResponseEntity<JsonNode> cancel(Actor actor, @PathVariable String id) {
        jobs.cancel(actor, id(id));
        return ResponseEntity.accepted().body(JobView.of(jobs.get(actor, id(id))));
    }

    private static RecordId id(String text) {
        return RecordId.parse(text).orElseThrow(Refusal::notFound);
    }
}
