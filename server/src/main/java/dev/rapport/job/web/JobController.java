package dev.rapport.job.web;

import dev.rapport.http.Json;
import dev.rapport.http.Route;
import dev.rapport.job.Job;
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
public class JobController {
    private final Jobs jobs;

    JobController(Jobs jobs) {
        this.jobs = jobs;
    }

    @Route("My newest jobs")
    @GetMapping("/api/jobs")
    JsonNode list(Actor actor) {
        var node = Json.object();
        var items = node.putArray("items");
        jobs.newest(actor, 50).forEach(job -> items.add(describe(job)));
        return node;
    }

    @Route("One of my jobs")
    @GetMapping("/api/jobs/{id}")
    JsonNode get(Actor actor, @PathVariable String id) {
        return describe(jobs.get(actor, id(id)));
    }

    @Route("Cancel one of my jobs")
    @PostMapping("/api/jobs/{id}/cancel")
    ResponseEntity<JsonNode> cancel(Actor actor, @PathVariable String id) {
        jobs.cancel(actor, id(id));
        return ResponseEntity.accepted().body(describe(jobs.get(actor, id(id))));
    }

    private static RecordId id(String text) {
        return RecordId.parse(text).orElseThrow(Refusal::notFound);
    }

    /** The job as the API shows it. */
    public static JsonNode describe(Job job) {
        var node = Json.object();
        node.put("id", job.id().toString());
        node.put("kind", job.kind());
        node.put("state", job.state());
        node.put("done", job.done());
        node.put("total", job.total());
        var subject = job.subject();
        node.put("subject", subject == null ? null : subject.toString());
        node.set("result", job.result());
        node.put("error", job.error());
        node.put("createdAt", job.createdAt().toString());
        var finished = job.finishedAt();
        node.put("finishedAt", finished == null ? null : finished.toString());
        return node;
    }
}
