package dev.rapport.backup.web;

import dev.rapport.backup.BackupPlan;
import dev.rapport.backup.Backups;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.job.Job;
import dev.rapport.job.JobView;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Backups: the plan, making, checking, taking elsewhere. */
@RestController
class BackupController {
    private final Backups backups;

    BackupController(Backups backups) {
        this.backups = backups;
    }

    @Route("The plan of backups, and those that were made")
    @GetMapping("/api/backups")
    JsonNode list(Actor actor) {
        return backups.describe(actor);
    }

    @Route("Say when backups are made by themselves and which are kept")
    @PutMapping("/api/backups/plan")
    JsonNode plan(Actor actor, JsonBody body) {
        var members = body.members();
        var plan = new BackupPlan(
                members.flag("active"),
                members.whole("hour", 1, 0, 23),
                members.whole("daily", 7, 1, 366),
                members.whole("weekly", 4, 0, 104),
                members.whole("monthly", 6, 0, 120));
        members.done();
        backups.plan(actor, plan);
        return backups.describe(actor);
    }

    @Route("Make a backup now")
    @PostMapping("/api/backups")
    ResponseEntity<JsonNode> make(Actor actor) {
        return started(backups.start(actor));
    }

    @Route("Restore a backup elsewhere and start the server on it, to see that it is good")
    @PostMapping("/api/backups/{id}/verify")
    ResponseEntity<JsonNode> verify(Actor actor, @PathVariable String id) {
        return started(backups.verify(actor, id(id)));
    }

    @Route("The encrypted file of a backup")
    @GetMapping("/api/backups/{id}/file")
    ResponseEntity<FileSystemResource> file(Actor actor, @PathVariable String id) {
        var file = backups.file(actor, id(id));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header("Content-Disposition", "attachment; filename=\"" + file.getFileName() + "\"")
                .header("Cache-Control", "no-store")
                .body(new FileSystemResource(file));
    }

    @Route("Delete a backup")
    @DeleteMapping("/api/backups/{id}")
    ResponseEntity<Void> delete(Actor actor, @PathVariable String id) {
        backups.delete(actor, id(id));
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<JsonNode> started(Job job) {
        return ResponseEntity.accepted().body(Json.object().set("job", JobView.of(job)));
    }

    private static RecordId id(String text) {
        return RecordId.parse(text).orElseThrow(Refusal::notFound);
    }
}
