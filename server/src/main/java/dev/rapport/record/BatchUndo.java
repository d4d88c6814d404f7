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
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Trait;
import dev.rapport.record.History.Entry;
import dev.rapport.record.spi.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
    record Parts(Records records, History history, Batches batches, Merges merges, Jobs jobs) {}

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

    /** @throws Refusal 404 if the batch is neither the actor's nor are all jobs in the actor's care, 409 if it was undone before */
    public Job start(Actor actor, RecordId batchId) {
        var id = database.transact(tx -> {
            var batch = parts.batches()
                    .find(tx, batchId)
                    .filter(found -> found.actor().equals(actor.id())
                            || access.functions(actor).contains("jobs"))
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
        var step = new Step(batch, undo, progress);
        boolean more = true;
        while (more && !run.isCancelled()) more = database.transactLong(LIMIT, tx -> step(tx, run, step, total));
        boolean stopped = more;
        database.run(tx -> {
            if (stopped) parts.batches().markNotUndone(tx, batch);
            else parts.merges().forget(tx, batch);
        });
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

    private boolean step(Tx tx, JobRun run, Step step, long total) {
        var progress = step.progress();
        var entries = parts.history()
                .ofBatch(tx, step.batch(), progress.path("before").asLong(), PAGE);
        if (entries.isEmpty()) return false;
        var byObject = new LinkedHashMap<String, List<Entry>>();
        for (var entry : entries)
            byObject.computeIfAbsent(entry.object(), k -> new ArrayList<>()).add(entry);
        byObject.forEach((object, group) -> access.catalogue(run.actor())
                .object(object)
                .ifPresentOrElse(
                        view -> undo(tx, run, view, group, step),
                        () -> group.forEach(entry -> step.report(entry, List.of("*")))));
        progress.put("seen", progress.path("seen").asLong() + entries.size());
        progress.put("before", entries.getLast().id());
        run.checkpoint(tx, progress.path("seen").asLong(), total, progress);
        return entries.size() == PAGE;
    }

    private void undo(Tx tx, JobRun run, ObjectView object, List<Entry> entries, Step step) {
        var actor = run.actor();
        var definition = object.definition();
        var ids = entries.stream().map(Entry::recordId).distinct().toList();
        var created = entries.stream()
                .filter(entry -> entry.kind().equals("create"))
                .map(Entry::recordId)
                .toList();
        var changedSince =
                parts.history().changedOutside(tx, definition.name(), created, List.of(step.batch(), step.undo()));
        var stored = store.load(tx, definition, ids, access.rows(actor), true);
        var inversions = new LinkedHashMap<RecordId, Inversion>();
        for (var entry : entries) {
            var now = stored.get(entry.recordId());
            if (now == null) continue;
            var inversion = inversions.computeIfAbsent(entry.recordId(), k -> new Inversion(now));
            var conflicts = invert(actor, object, entry, inversion, changedSince);
            if (!conflicts.isEmpty()) step.report(entry, conflicts);
        }
        // values that no two records share are freed first, then records come back, then the rest goes back into them
        revert(tx, actor, definition, step, inversions, Inversion::frees);
        var comings = inversions.values().stream()
                .flatMap(Inversion::deletionOrReturn)
                .toList();
        write(tx, actor, definition, step, comings);
        revert(tx, actor, definition, step, inversions, inversion -> !inversion.frees());
        step.undone(inversions.values().stream().filter(Inversion::isAny).count());
    }

    private void revert(
            Tx tx,
            Actor actor,
            ObjectDef object,
            Step step,
            Map<RecordId, Inversion> inversions,
            Predicate<Inversion> which) {
        var reverted = inversions.values().stream()
                .filter(Inversion::hasValues)
                .filter(which)
                .toList();
        var ids = reverted.stream().map(inversion -> inversion.now.id()).toList();
        if (ids.isEmpty()) return;
        var present = store.load(tx, object, ids, access.rows(actor), true);
        write(
                tx,
                actor,
                object,
                step,
                reverted.stream()
                        .map(inversion -> PendingChange.update(
                                Objects.requireNonNull(present.get(inversion.now.id())), new Patch(inversion.values)))
                        .toList());
    }

    private void write(Tx tx, Actor actor, ObjectDef object, Step step, List<PendingChange> changes) {
        writer.write(tx, actor, object, changes, step.undo());
        changes.stream().filter(change -> !change.isValid()).forEach(step::refused);
    }

    /** What one record's entries in the batch, the newest first, add up to when they are taken back. */
    private static final class Inversion {
        private final StoredRecord now;
        private final Map<Field<?>, @Nullable Object> values = new HashMap<>();
        private boolean deleted;

        Inversion(StoredRecord now) {
            this.now = now;
            this.deleted = now.deleted();
        }

        @Nullable
        Object current(Field<?> field) {
            return values.containsKey(field) ? values.get(field) : now.values().get(field);
        }

        Stream<PendingChange> deletionOrReturn() {
            if (deleted == now.deleted()) return Stream.empty();
            return Stream.of(PendingChange.of(deleted ? Change.Kind.DELETE : Change.Kind.RESTORE, now));
        }

        boolean hasValues() {
            return !deleted && !values.isEmpty();
        }

        /** Whether the record is there and gives a value back that only one record may have. */
        boolean frees() {
            return !now.deleted() && values.keySet().stream().anyMatch(field -> field.is(Trait.UNIQUE));
        }

        boolean isAny() {
            return deleted != now.deleted() || hasValues();
        }
    }

    /** Adds what takes {@code entry} back, and returns the fields that somebody has changed since; {@code *} for the record. */
    private List<String> invert(
            Actor actor, ObjectView object, Entry entry, Inversion inversion, Set<UUID> changedSince) {
        switch (entry.kind()) {
            case "create" -> {
                if (changedSince.contains(entry.recordId().value()))
                    return inversion.deleted ? List.of() : List.of("*");
                inversion.deleted = true;
            }
            case "delete" -> inversion.deleted = false;
            case "restore" -> inversion.deleted = true;
            default -> {
                if (!inversion.deleted) return revert(actor, object, entry, inversion);
            }
        }
        return List.of();
    }

    private List<String> revert(Actor actor, ObjectView object, Entry entry, Inversion inversion) {
        var changes = entry.changes();
        if (changes == null) return List.of();
        var conflicts = new ArrayList<String>();
        for (var change : changes.properties()) {
            var field = object.readable(change.getKey()).orElse(null);
            // what only the server writes was written by the act that is undone
            if (field == null || field.isWritable() && !object.canWrite(field)) continue;
            try {
                var written = value(actor, field, change.getValue().get(1));
                var before = value(actor, field, change.getValue().get(0));
                if (Objects.equals(written, inversion.current(field))) inversion.values.put(field, before);
                else conflicts.add(field.name());
            } catch (InvalidValue e) {
                // the field has been given another type since
                conflicts.add(field.name());
            }
        }
        return conflicts;
    }

    private @Nullable Object value(Actor actor, Field<?> field, JsonNode json) throws InvalidValue {
        return json.isNull()
                ? null
                : field.type().readKept(json, parts.records().context(actor));
    }

    /** How far an undo got, and what it could not take back. */
    private record Step(RecordId batch, RecordId undo, ObjectNode progress) {
        void undone(long records) {
            progress.put("undone", progress.path("undone").asLong() + records);
        }

        void report(Entry entry, List<String> fields) {
            conflict(entry.recordId(), entry.kind(), fields);
        }

        void refused(PendingChange change) {
            conflict(
                    change.id(),
                    "refused",
                    change.violations().stream().map(Violation::field).toList());
            undone(-1);
        }

        private void conflict(RecordId id, String kind, List<String> fields) {
            progress.put("conflicting", progress.path("conflicting").asLong() + 1);
            var conflicts = (ArrayNode) progress.path("conflicts");
            if (conflicts.size() >= MAX_CONFLICTS) return;
            var list = conflicts
                    .addObject()
                    .put("id", id.toString())
                    .put("kind", kind)
                    .putArray("fields");
            fields.forEach(list::add);
        }
    }
}
