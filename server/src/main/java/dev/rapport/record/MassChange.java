package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.job.Job;
import dev.rapport.job.JobHandler;
import dev.rapport.job.JobRun;
import dev.rapport.job.Jobs;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Sealed;
import dev.rapport.query.ListReader;
import dev.rapport.query.PathResolver;
import dev.rapport.query.Predicate;
import dev.rapport.query.Predicate.Comparison;
import dev.rapport.query.RecordQuery;
import dev.rapport.query.RecordQuery.CountMode;
import dev.rapport.query.RecordQuery.Start;
import dev.rapport.query.SortKey;
import dev.rapport.record.spi.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes or deletes all records that match a filter: first as a preview of what would change, then as a job whose
 * changes are one batch that can be undone.
 */
@Component
public class MassChange implements JobHandler {
    private static final int BATCH = 1_000;
    private static final int SAMPLE = 20;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Database database;
    private final Access access;
    private final RecordWriter writer;
    private final QueryReader queries;
    private final Parts parts;

    /** What a mass change needs beside the writer. */
    @Component
    record Parts(Records records, RecordStore store, ListReader lists, Batches batches, Jobs jobs) {}

    MassChange(Database database, Access access, RecordWriter writer, QueryReader queries, Parts parts) {
        this.database = database;
        this.access = access;
        this.writer = writer;
        this.queries = queries;
        this.parts = parts;
    }

    /** What shall happen to which records. */
    private record Request(
            @Nullable Predicate where,
            Set<RecordId> except,
            @Nullable Patch set,
            boolean adds,
            List<Violation> violations) {
        boolean deletes() {
            return set == null;
        }

        /** The record with its new values, or without those and deleted. */
        PendingChange of(StoredRecord stored) {
            if (set == null) return PendingChange.of(Change.Kind.DELETE, stored);
            return PendingChange.update(stored, adds ? added(set, stored) : set);
        }

        /** What the record has already, and what is added to it. */
        private static Patch added(Patch more, StoredRecord stored) {
            var values = new HashMap<dev.rapport.metadata.Field<?>, @Nullable Object>();
            more.values().forEach((field, value) -> {
                var all = new LinkedHashSet<@Nullable Object>();
                if (stored.values().get(field) instanceof List<?> there) all.addAll(there);
                if (value instanceof List<?> added) all.addAll(added);
                values.put(field, List.copyOf(all));
            });
            return new Patch(values);
        }
    }

    /** The preview's answer, or the job that was started. */
    public sealed interface Outcome {
        record Preview(ObjectNode body) implements Outcome {}

        record Started(Job job) implements Outcome {}
    }

    @Override
    public String kind() {
        return "bulk";
    }

    /** @throws Refusal 422 with every mistake in the request */
    public Outcome run(Actor actor, ObjectView object, JsonNode body) {
        access.require(actor, Operation.MASS, object.definition());
        boolean dryRun = body.path("dryRun").isBoolean() && body.path("dryRun").booleanValue();
        var request = read(actor, object, body);
        access.require(actor, request.deletes() ? Operation.DELETE : Operation.UPDATE, object.definition());
        if (dryRun) return new Outcome.Preview(preview(actor, object, request));
        var id = database.transact(tx -> {
            var batch =
                    parts.batches().open(tx, actor, "bulk", object.definition().name());
            var payload =
                    Json.object().put("object", object.definition().name()).put("batch", batch.toString());
            payload.set("body", body);
            return parts.jobs().start(tx, kind(), actor, batch, payload);
        });
        return new Outcome.Started(parts.jobs().find(id).orElseThrow());
    }

    private Request read(Actor actor, ObjectView object, JsonNode body) {
        var members = Members.of(body);
        var where = members.member("where").orElse(Json.object());
        var except = new java.util.HashSet<RecordId>();
        for (var id : members.texts("except"))
            RecordId.parse(id)
                    .ifPresentOrElse(except::add, () -> members.violations().add(Violation.of("except", "id")));
        var adds = members.member("add");
        var set = members.member("set").or(() -> adds);
        boolean delete = members.flag("delete");
        members.flag("dryRun");
        boolean both = adds.isPresent() && members.has("set");
        if (both || set.isPresent() == delete) members.violations().add(Violation.of("set", "set-or-delete"));
        if (!where.isObject()) members.violations().add(Violation.of("where", "object-expected"));
        members.done();
        var conditions = Members.of(where);
        var predicate = queries.filter(actor, object, conditions, new PathResolver(access.catalogue(actor)));
        conditions.done();
        queries.requireKeepable(actor, object, where.get("filter"));
        var violations = new ArrayList<Violation>();
        var patch = set.map(values -> new DraftReader(
                                access.catalogue(actor), parts.records().context(actor))
                        .read(object, values, Set.of(), violations))
                .orElse(null);
        // the job keeps what it was asked for, and what is encrypted must not stand there
        if (patch != null)
            patch.values().forEach((field, value) -> {
                if (value instanceof Sealed) violations.add(Violation.of(field.name(), "encrypted"));
            });
        if (patch != null && adds.isPresent())
            patch.values().forEach((field, value) -> {
                if (!(value instanceof List)) violations.add(Violation.of(field.name(), "not-addable"));
            });
        if (!violations.isEmpty())
            throw Refusal.invalid(violations.stream()
                    .map(v -> v.under(adds.isPresent() ? "add" : "set"))
                    .toList());
        return new Request(predicate, except, patch, adds.isPresent(), violations);
    }

    private ObjectNode preview(Actor actor, ObjectView object, Request request) {
        var answer = Json.object();
        database.read(tx -> {
            var query = query(actor, object, request, null, SAMPLE, CountMode.EXACT);
            var page = parts.lists().read(tx, query, access.rows(actor));
            long count = page.count() == null ? 0 : page.count().value();
            answer.put("count", count);
            var ids = page.rows().stream()
                    .map(row -> new RecordId((UUID) java.util.Objects.requireNonNull(row[0])))
                    .toList();
            var sample = answer.putArray("sample");
            parts.store().load(tx, object.definition(), ids, access.rows(actor), false).values().stream()
                    .forEach(stored -> describe(sample.addObject(), object, stored, request));
            return answer;
        });
        return answer;
    }

    private static void describe(ObjectNode item, ObjectView object, StoredRecord stored, Request request) {
        item.put("id", stored.id().toString());
        var naming = object.definition().naming();
        boolean named = object.readable(naming.name()).isPresent();
        item.put("name", named ? text(naming, stored.values().get(naming)) : null);
        if (request.deletes()) return;
        var changes = item.putArray("changes");
        var change = request.of(stored);
        for (int index : change.touched()) {
            var field = object.definition().fields().get(index);
            changes.addObject()
                    .put("field", field.name())
                    .put("from", text(field, stored.values().at(index)))
                    .put("to", text(field, change.after().at(index)));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable String text(dev.rapport.metadata.Field<T> field, @Nullable Object value) {
        return value == null ? null : field.type().text((T) value);
    }

    /** Walks through the matching records by id, so that a change which alters the match neither skips nor repeats any. */
    private RecordQuery query(
            Actor actor, ObjectView object, Request request, @Nullable RecordId after, int limit, CountMode count) {
        var byId = new PathResolver(access.catalogue(actor))
                .resolve(object, "id", new ArrayList<>())
                .orElseThrow();
        var conditions = new ArrayList<Predicate>();
        if (request.where() != null) conditions.add(request.where());
        if (after != null) conditions.add(new Predicate.Compare(byId, Comparison.GT, after));
        if (!request.except().isEmpty())
            conditions.add(new Predicate.Not(new Predicate.In(byId, List.copyOf(request.except()))));
        return new RecordQuery(
                object.definition(),
                List.of(),
                new Predicate.AllOf(conditions),
                List.<SortKey>of(),
                limit,
                new Start.First(),
                count,
                List.of(),
                false);
    }

    @Override
    public void run(JobRun run) {
        var actor = run.actor();
        var object = access.object(actor, run.payload().path("object").asString());
        var request = read(actor, object, run.payload().path("body"));
        var batch = RecordId.parse(run.payload().path("batch").asString()).orElseThrow();
        long total = database.read(tx -> {
            var count = parts.lists()
                    .read(tx, query(actor, object, request, null, 1, CountMode.EXACT), access.rows(actor))
                    .count();
            return count == null ? 0 : count.value();
        });
        var progress = new Progress(run.checkpoint().orElse(Json.object()));
        while (!run.isCancelled()) {
            boolean more = database.transactLong(LIMIT, tx -> step(tx, run, object, request, batch, progress, total));
            if (!more) break;
        }
        run.result(progress.json().put("batch", batch.toString()));
    }

    private boolean step(
            Tx tx, JobRun run, ObjectView object, Request request, RecordId batch, Progress progress, long total) {
        var actor = run.actor();
        var query = query(actor, object, request, progress.last, BATCH, CountMode.NONE);
        var ids = parts.lists().read(tx, query, access.rows(actor)).rows().stream()
                .map(row -> new RecordId((UUID) java.util.Objects.requireNonNull(row[0])))
                .toList();
        if (ids.isEmpty()) return false;
        var stored = parts.store()
                .load(tx, object.definition(), ids, access.rows(actor), true)
                .values();
        var changes = stored.stream()
                .filter(record -> !record.deleted())
                .map(request::of)
                .toList();
        writer.write(tx, actor, object.definition(), changes, batch);
        progress.changed += changes.stream().filter(PendingChange::isValid).count();
        progress.failed += changes.stream().filter(change -> !change.isValid()).count();
        progress.last = ids.getLast();
        run.checkpoint(tx, progress.changed + progress.failed, Math.max(total, progress.changed), progress.json());
        return ids.size() == BATCH;
    }

    private static final class Progress {
        private long changed;
        private long failed;
        private @Nullable RecordId last;

        Progress(JsonNode checkpoint) {
            changed = checkpoint.path("changed").asLong(0);
            failed = checkpoint.path("failed").asLong(0);
            last = RecordId.parse(checkpoint.path("last").asString("")).orElse(null);
        }

        ObjectNode json() {
            return Json.object()
                    .put("changed", changed)
                    .put("failed", failed)
                    .put("last", last == null ? null : last.toString());
        }
    }
}
