package dev.rapport.record;

import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.job.Job;
import dev.rapport.job.JobHandler;
import dev.rapport.job.JobRun;
import dev.rapport.job.Jobs;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.schema.SchemaChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Computes fields of many records anew: after a field was defined, when a change reaches thousands of others, and to
 * check that all is as it should be. The result names how many records were looked at and how many differed.
 */
@Component
public class Recompute implements JobHandler {
    static final String KIND = "recompute";
    private static final int BATCH = 500;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Database database;
    private final Catalogue catalogue;
    private final RecordStore store;
    private final ComputedFields computed;
    private final Jobs jobs;
    private final SchemaChange schema;

    Recompute(
            Database database,
            Catalogue catalogue,
            RecordStore store,
            ComputedFields computed,
            Jobs jobs,
            SchemaChange schema) {
        this.schema = schema;
        this.database = database;
        this.catalogue = catalogue;
        this.store = store;
        this.computed = computed;
        this.jobs = jobs;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Starts the recomputation of one object's records, or of every object's. */
    public Job start(Actor actor, @Nullable String object) {
        var id = database.transact(tx -> start(tx, actor, object));
        return jobs.find(id).orElseThrow();
    }

    /** The same in the caller's transaction: it begins once that is committed. */
    public RecordId start(Tx tx, Actor actor, @Nullable String object) {
        return jobs.start(tx, KIND, actor, null, Json.object().put("object", object));
    }

    @Override
    public void run(JobRun run) {
        // a job begins once the change of a field is committed, which may be before this node has heard of it
        database.run(schema::refresh);
        var progress = new Progress(run.checkpoint().orElse(Json.object()));
        var named = run.payload().path("object").asString("");
        var objects = named.isEmpty()
                ? computed.computedObjects()
                : catalogue.find(named).stream().toList();
        for (var object : objects) {
            if (progress.isBehind(object)) continue;
            while (!run.isCancelled() && step(run, object, progress)) {}
            if (run.isCancelled()) break;
            progress.finished(object);
        }
        run.result(progress.json());
    }

    private boolean step(JobRun run, ObjectDef object, Progress progress) {
        return database.transactLong(LIMIT, tx -> {
            var ids = next(tx, run.payload(), object, progress.last);
            if (ids.isEmpty()) return false;
            progress.differed += computed.repair(tx, run.actor(), object, ids);
            progress.checked += ids.size();
            progress.last = ids.getLast();
            progress.object = object.name();
            run.checkpoint(tx, progress.checked, null, progress.json());
            return ids.size() == BATCH;
        });
    }

    /** The next records in the order of their ids: all, or those whose lookups lead to the ones named. */
    private List<UUID> next(Tx tx, JsonNode payload, ObjectDef object, @Nullable UUID after) {
        var steps = payload.path("steps");
        if (steps.isEmpty()) return store.idsBy(tx, object, null, List.of(), after, BATCH);
        Collection<UUID> at = ids(payload.path("to"));
        var owners = new ArrayList<ObjectDef>(List.of(object));
        for (int i = 0; i + 1 < steps.size(); i++)
            owners.add(target(owners.getLast(), steps.get(i).asString()));
        for (int i = steps.size() - 1; i >= 0; i--) {
            boolean last = i == 0;
            var owner = owners.get(i);
            at = store.idsBy(
                    tx,
                    owner,
                    owner.require(steps.get(i).asString()),
                    at,
                    last ? after : null,
                    last ? BATCH : 1_000_000);
        }
        return List.copyOf(at);
    }

    private ObjectDef target(ObjectDef object, String lookup) {
        return catalogue.require(((LinkTypes.Lookup) object.require(lookup).type()).target());
    }

    private static List<UUID> ids(JsonNode list) {
        return list.values().stream().map(id -> UUID.fromString(id.asString())).toList();
    }

    private static final class Progress {
        private long checked;
        private long differed;
        private String object;
        private @Nullable UUID last;
        private final List<String> finished = new ArrayList<>();

        Progress(JsonNode checkpoint) {
            checked = checkpoint.path("checked").asLong(0);
            differed = checkpoint.path("differed").asLong(0);
            object = checkpoint.path("object").asString("");
            var written = checkpoint.path("last").asString("");
            last = written.isEmpty() ? null : UUID.fromString(written);
            checkpoint.path("finished").values().forEach(name -> finished.add(name.asString()));
        }

        boolean isBehind(ObjectDef candidate) {
            return finished.contains(candidate.name());
        }

        void finished(ObjectDef done) {
            finished.add(done.name());
            last = null;
        }

        ObjectNode json() {
            var node = Json.object()
                    .put("checked", checked)
                    .put("differed", differed)
                    .put("object", object)
                    .put("last", last == null ? null : last.toString());
            var list = node.putArray("finished");
            finished.forEach(list::add);
            return node;
        }
    }
}
