package dev.rapport.privacy.web;

import dev.rapport.audit.Audit;
import dev.rapport.file.FileStore;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.job.Job;
import dev.rapport.job.JobView;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.privacy.Erasures;
import dev.rapport.privacy.KeyRotation;
import dev.rapport.privacy.Retention;
import dev.rapport.record.Subjects;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people can ask of a company about their data, and how long it is kept. */
@RestController
class PrivacyController {
    private static final int SHOWN = 200;

    private final Subjects subjects;
    private final Erasures erasures;
    private final Retention retention;
    private final KeyRotation rotation;
    private final FileStore files;
    private final Audit audit;

    PrivacyController(
            Subjects subjects,
            Erasures erasures,
            Retention retention,
            KeyRotation rotation,
            FileStore files,
            Audit audit) {
        this.subjects = subjects;
        this.erasures = erasures;
        this.retention = retention;
        this.rotation = rotation;
        this.files = files;
        this.audit = audit;
    }

    @Route("What is kept about a person, by object, and what erasing would do with it")
    @GetMapping("/api/privacy/people/{object}/{id}")
    JsonNode preview(Actor actor, @PathVariable String object, @PathVariable String id) {
        var node = Json.object();
        node.set("items", subjects.preview(actor, object, id(id)));
        return node;
    }

    @Route("Everything about a person as a ZIP file: records, changes and files")
    @GetMapping("/api/privacy/people/{object}/{id}/export")
    void export(Actor actor, @PathVariable String object, @PathVariable String id, HttpServletResponse response)
            throws IOException {
        var json = new ByteArrayOutputStream();
        var attached = new LinkedHashSet<RecordId>();
        try (var out = Json.MAPPER.writerWithDefaultPrettyPrinter().createGenerator(json)) {
            subjects.export(actor, object, id(id), out, attached::add);
        }
        audit.write(Audit.Event.of(actor, "person.export").on(object, id(id)).with("files", attached.size()));
        response.setContentType("application/zip");
        response.setHeader("Content-Disposition", "attachment; filename=\"person-" + id(id) + ".zip\"");
        response.setHeader("Cache-Control", "no-store");
        try (var zip = new ZipOutputStream(response.getOutputStream())) {
            zip.putNextEntry(new ZipEntry("person.json"));
            json.writeTo(zip);
            zip.closeEntry();
            for (var file : attached) {
                var stored = files.find(file).orElse(null);
                if (stored == null) continue;
                zip.putNextEntry(new ZipEntry("files/" + file + "-" + stored.name()));
                try (var content = files.open(stored)) {
                    content.transferTo(zip);
                }
                zip.closeEntry();
            }
        }
    }

    @Route("Erase a person for good")
    @PostMapping("/api/privacy/people/{object}/{id}/erase")
    ObjectNode erase(Actor actor, @PathVariable String object, @PathVariable String id, JsonBody body) {
        var members = body.members();
        var reason = members.text("reason");
        if (reason.length() > 200) members.violations().add(Violation.of("reason", "too-long", "max", 200));
        Set<String> also = new HashSet<>(members.texts("also"));
        members.done();
        return Erasures.json(erasures.erase(actor, object, id(id), reason, also));
    }

    @Route("The newest erasures; q is an e-mail address or phone number of whom they were about")
    @GetMapping("/api/privacy/erasures")
    JsonNode erasures(Actor actor, @RequestParam(required = false) @Nullable String q) {
        var node = Json.object();
        var items = node.putArray("items");
        for (var erasure : erasures.newest(actor, q == null || q.isBlank() ? null : q, SHOWN))
            items.add(Erasures.json(erasure));
        return node;
    }

    @Route("What a retention rule would do if it were carried out now")
    @GetMapping("/api/privacy/retention/{id}/simulation")
    JsonNode simulate(Actor actor, @PathVariable String id) {
        return retention.simulate(actor, id(id));
    }

    @Route("Carry a retention rule out now instead of at night")
    @PostMapping("/api/privacy/retention/{id}/run")
    ResponseEntity<JsonNode> run(Actor actor, @PathVariable String id) {
        return started(retention.run(actor, id(id)));
    }

    @Route("The keys of encrypted values: since when, how many values, and where the master key lies")
    @GetMapping("/api/privacy/keys")
    JsonNode keys(Actor actor) {
        return rotation.describe(actor);
    }

    @Route("Encrypt with a new key from now on, and what is there by a job")
    @PostMapping("/api/privacy/keys/rotate")
    ResponseEntity<JsonNode> rotate(Actor actor) {
        return started(rotation.rotate(actor));
    }

    private static ResponseEntity<JsonNode> started(Job job) {
        return ResponseEntity.accepted().body(Json.object().set("job", JobView.of(job)));
    }

    private static RecordId id(String text) {
        return RecordId.parse(text).orElseThrow(Refusal::notFound);
    }
}
