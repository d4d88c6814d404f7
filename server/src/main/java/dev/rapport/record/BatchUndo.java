package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.job.Job;
import dev.rapport.job.JobHandler;
import dev.rapport.job.JobRun;
import dev.rapport.job.Jobs;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.InvalidValue;
import dev.rapport.record.History.Entry;
import dev.rapport.record.spi.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a whole batch back: what it created goes to the recycle bin, what it changed gets its old values, what it deleted
 * comes back. A field that somebody has changed since keeps its newer value and is reported as a conflict.
 */
@Component
public class BatchUndo implements JobHandler {
    private static final int PAGE = 1_000;
    private static final int MAX_CONFLICTS = 200;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Database database;
    private final Access access;
    private final RecordWriter writer;
    private final RecordStore store;
    private final Parts parts;

    /** What an undo needs beside the writer. */
    @Component
    record Parts(Records records, History history, Batches batches, Jobs jobs) {}

    BatchUndo(Database database, Access access, RecordWriter writer, RecordStore store, Parts parts) {
        this.database = database;
        this.access = access;
        this.writer = writer;
        this.store = store;
        this.parts = parts;
    }

    @Override
    public String kind() {
        return "undo";
    }

    /** @throws Refusal 404 if the batch is not the actor's, 409 if it was undone before */
    public Job start(Actor actor, RecordId batchId) {
        var id = database.transact(tx -> {
            var batch = parts.batches()
                    .find(tx, batchId)
                    .filter(found -> found.actor().equals(actor.id()))
                    .orElseThrow(Refusal::notFound);
            var object = access.object(actor, batch.object()).definition();
            access.require(actor, Operation.UPDATE, object);
            access.require(actor, Operation.DELETE, object);
            if (!parts.batches().markUndone(tx, actor, batchId))
                throw Refusal.of(Refusal.Kind.CONFLICT, "undone-before");
            var undo = parts.batches().open(tx, actor, "undo", batch.object());
            var payload = Json.object()
                    .put("object", batch.object())
                    .put("batch", batchId.toString())
                    .put("undo", undo.toString());
            return parts.jobs().start(tx, kind(), actor, batchId, payload);
        });
        return parts.jobs().find(id).orElseThrow();
    }

    @Override
    public void run(JobRun run) {
        var batch = RecordId.parse(run.payload().path("batch").asString()).orElseThrow();
        var undo = RecordId.parse(run.payload().path("undo").asString()).orElseThrow();
        long total = database.read(tx -> parts.history().countOfBatch(tx, batch));
        var progress = (ObjectNode) run.checkpoint().orElseGet(BatchUndo::fresh).deepCopy();
        while (!run.isCancelled()) {
            boolean more = database.transactLong(LIMIT, tx -> step(tx, run, batch, undo, progress, total));
            if (!more) break;
        }
        run.result(progress.put("batch", undo.toString()));
    }

    private static ObjectNode fresh() {
        var progress = Json.object()
                .put("undone", 0)
                .put("conflicting", 0)
                .put("seen", 0)
                .put("before", Long.MAX_VALUE);
        progress.putArray("conflicts");
        return progress;
    }

    private boolean step(Tx tx, JobRun run, RecordId batch, RecordId undo, ObjectNode progress, long total) {
        var entries = parts.history().ofBatch(tx, batch, progress.path("before").asLong(), PAGE);
        if (entries.isEmpty()) return false;
        var byObject = new LinkedHashMap<String, List<Entry>>();
        for (var entry : entries)
            byObject.computeIfAbsent(entry.object(), k -> new ArrayList<>()).add(entry);
        byObject.forEach(
                (object, group) -> undo(tx, run.actor(), access.object(run.actor(), object), group, undo, progress));
        progress.put("seen", progress.path("seen").asLong() + entries.size());
        progress.put("before", entries.getLast().id());
        run.checkpoint(tx, progress.path("seen").asLong(), total, progress);
        return entries.size() == PAGE;
    }

    private void undo(Tx tx, Actor actor, ObjectView object, List<Entry> entries, RecordId undo, ObjectNode progress) {
        var ids = entries.stream().map(Entry::recordId).distinct().toList();
        var stored = store.load(tx, object.definition(), ids, access.rows(actor), true);
        var changes = new LinkedHashMap<RecordId, PendingChange>();
        var conflicts = (ArrayNode) progress.path("conflicts");
        int conflicting = 0;
        for (var entry : entries) {
            var fields = new ArrayList<String>();
            var change = invert(actor, object, entry, stored.get(entry.recordId()), fields);
            if (change != null) changes.put(entry.recordId(), change);
            if (!fields.isEmpty()) {
                conflicting++;
                report(conflicts, entry, fields);
            }
        }
        var all = List.copyOf(changes.values());
        writer.write(tx, actor, object.definition(), all, undo);
        for (var change : all)
            if (!change.isValid()) {
                conflicting++;
                report(conflicts, change);
            }
        progress.put(
                "undone",
                progress.path("undone").asLong()
                        + all.stream().filter(PendingChange::isValid).count());
        progress.put("conflicting", progress.path("conflicting").asLong() + conflicting);
    }

    /** The change that takes {@code entry} back, or null if there is nothing left to take back. */
    private @Nullable PendingChange invert(
            Actor actor, ObjectView object, Entry entry, @Nullable StoredRecord now, List<String> conflicts) {
        if (now == null) return null;
        return switch (entry.kind()) {
            case "create" -> {
                if (now.deleted()) yield null;
                if (now.version() != entry.version()) {
                    conflicts.add("*");
                    yield null;
                }
                yield PendingChange.of(Change.Kind.DELETE, now);
            }
            case "delete" -> now.deleted() ? PendingChange.of(Change.Kind.RESTORE, now) : null;
            case "restore" -> now.deleted() ? null : PendingChange.of(Change.Kind.DELETE, now);
            default -> now.deleted() ? null : revert(actor, object, entry, now, conflicts);
        };
    }

    private @Nullable PendingChange revert(
            Actor actor, ObjectView object, Entry entry, StoredRecord now, List<String> conflicts) {
        var changes = entry.changes();
        if (changes == null) return null;
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        for (var change : changes.properties()) {
            var field = object.readable(change.getKey()).orElse(null);
            if (field == null || !object.canWrite(field)) continue;
            var written = value(actor, field, change.getValue().get(1));
            var current = now.values().get(field);
            if (java.util.Objects.equals(written, current))
                values.put(field, value(actor, field, change.getValue().get(0)));
            else conflicts.add(field.name());
        }
        return values.isEmpty() ? null : PendingChange.update(now, new Patch(values));
    }

    private @Nullable Object value(Actor actor, Field<?> field, JsonNode json) {
        if (json.isNull()) return null;
        try {
            return field.type().read(json, parts.records().context(actor));
        } catch (InvalidValue e) {
            throw Refusal.invalid(Violation.of(field.name(), e.violation().code()));
        }
    }

    private static void report(ArrayNode conflicts, Entry entry, List<String> fields) {
        if (conflicts.size() >= MAX_CONFLICTS) return;
        var conflict =
                conflicts.addObject().put("id", entry.recordId().toString()).put("kind", entry.kind());
        var list = conflict.putArray("fields");
        fields.forEach(list::add);
    }

    private static void report(ArrayNode conflicts, PendingChange change) {
        if (conflicts.size() >= MAX_CONFLICTS) return;
        var conflict = conflicts.addObject().put("id", change.id().toString()).put("kind", "refused");
        var list = conflict.putArray("fields");
        change.violations().forEach(v -> list.add(v.field()));
    }
}
