package dev.rapport.administration.web;

import dev.rapport.access.Access;
import dev.rapport.audit.Audit;
import dev.rapport.audit.Audit.Question;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The audit log: reading, checking, and taking it elsewhere. */
@RestController
class AuditController {
    private static final int PAGE = 100;
    private static final Set<String> KNOWN =
            Set.of("actor", "action", "outcome", "object", "record", "from", "to", "before");

    private final Database database;
    private final Audit audit;
    private final Access access;

    AuditController(Database database, Audit audit, Access access) {
        this.database = database;
        this.audit = audit;
        this.access = access;
    }

    @Route("The audit log, the newest entries first")
    @GetMapping("/api/audit")
    JsonNode list(Actor actor, @RequestParam Map<String, String> parameters) {
        access.requireFunction(actor, "audit");
        var question = question(parameters);
        var before = parameters.get("before");
        if (before != null && !before.matches("\\d{1,18}")) throw Refusal.malformed("cursor");
        var entries = audit.read(question, before == null ? null : Long.valueOf(before), PAGE + 1);
        var shown = entries.subList(0, Math.min(PAGE, entries.size()));
        var node = Json.object();
        var items = node.putArray("items");
        for (var entry : shown) items.add(json(entry));
        node.put("next", entries.size() > PAGE ? Long.toString(shown.getLast().seq()) : null);
        return node;
    }

    @Route("The audit log as lines of JSON, the oldest first, for another system to keep")
    @GetMapping(path = "/api/audit/export")
    void export(Actor actor, @RequestParam Map<String, String> parameters, HttpServletResponse response)
            throws IOException {
        access.requireFunction(actor, "audit");
        var question = question(parameters);
        audit.write(Audit.Event.of(actor, "audit.export"));
        response.setContentType("application/x-ndjson");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.ndjson\"");
        var out = response.getOutputStream();
        audit.stream(question, entry -> {
            try {
                out.write((json(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Route("Whether the audit log is whole: every entry is there and as it was written")
    @GetMapping("/api/audit/verify")
    JsonNode verify(Actor actor) {
        access.requireFunction(actor, "audit");
        var verified = audit.verify();
        return Json.object()
                .put("checked", verified.checked())
                .put("whole", verified.broken().isEmpty())
                .put("brokenAt", verified.broken().orElse(null));
    }

    @Route("For how many days entries of the audit log are kept (null for ever), and when the oldest was written")
    @GetMapping("/api/audit/retention")
    JsonNode retention(Actor actor) {
        access.requireFunction(actor, "audit");
        var retention = audit.retention();
        return Json.object()
                .put("days", retention.days().orElse(null))
                .put("leastDays", Audit.LEAST_DAYS)
                .put("oldest", retention.oldest().map(Instant::toString).orElse(null));
    }

    @Route("Change for how many days entries of the audit log are kept: null for ever, else half a year at least")
    @PatchMapping("/api/audit/retention")
    JsonNode changeRetention(Actor actor, JsonBody body) {
        access.requireFunction(actor, "audit");
        access.requireFunction(actor, "users");
        var members = body.members();
        boolean forever = members.has("days") && members.member("days").isEmpty();
        if (!members.has("days")) members.violations().add(Violation.of("days", "required"));
        Integer days = forever ? null : members.whole("days", Audit.LEAST_DAYS, Audit.LEAST_DAYS, Audit.MOST_DAYS);
        members.done();
        database.run(tx -> {
            var before = audit.retention().days().map(String::valueOf).orElse("");
            audit.setRetention(tx, days);
            audit.write(
                    tx,
                    Audit.Event.of(actor, "audit.retention")
                            .with("days", days == null ? "" : days.toString())
                            .with("before", before));
        });
        return retention(actor);
    }

    private static Question question(Map<String, String> parameters) {
        var violations = new ArrayList<Violation>();
        for (var name : parameters.keySet())
            if (!KNOWN.contains(name)) violations.add(Violation.of(name, "unknown-member"));
        var question = new Question(
                id(parameters, "actor", violations),
                text(parameters, "action"),
                text(parameters, "outcome"),
                text(parameters, "object"),
                id(parameters, "record", violations),
                moment(parameters, "from", violations),
                moment(parameters, "to", violations));
        if (!violations.isEmpty()) throw Refusal.invalid(violations);
        return question;
    }

    private static @Nullable String text(Map<String, String> parameters, String name) {
        var text = parameters.get(name);
        return text == null || text.isBlank() ? null : text.replace('\0', ' ');
    }

    private static @Nullable UUID id(Map<String, String> parameters, String name, List<Violation> violations) {
        var text = text(parameters, name);
        if (text == null) return null;
        var id = RecordId.parse(text);
        if (id.isEmpty()) violations.add(Violation.of(name, "id"));
        return id.map(RecordId::value).orElse(null);
    }

    private static @Nullable Instant moment(Map<String, String> parameters, String name, List<Violation> violations) {
        var text = text(parameters, name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            violations.add(Violation.of(name, "moment"));
            return null;
        }
    }

    private static ObjectNode json(Audit.Entry entry) {
        var node = Json.object().put("seq", entry.seq()).put("at", entry.at().toString());
        if (entry.actor().isEmpty()) node.putNull("actor");
        else node.putObject("actor").put("id", entry.actor().get().toString()).put("name", entry.actorName());
        node.put("name", entry.actorName())
                .put("address", entry.address())
                .put("action", entry.action())
                .put("outcome", entry.outcome())
                .put("object", entry.object().isEmpty() ? null : entry.object())
                .put("record", entry.record().map(UUID::toString).orElse(null));
        node.set("details", entry.details());
        return node;
    }
}
