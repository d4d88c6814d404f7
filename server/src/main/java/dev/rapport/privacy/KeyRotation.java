package dev.rapport.privacy;

import dev.rapport.access.Access;
import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.encryption.FieldKeys;
import dev.rapport.encryption.SealedValues;
import dev.rapport.http.Json;
import dev.rapport.job.Job;
import dev.rapport.job.JobHandler;
import dev.rapport.job.JobRun;
import dev.rapport.job.Jobs;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encrypts with a new key: new values at once, those that are there one after the other by a job. The key from before is
 * destroyed at the next change, when it is certain that nobody uses it.
 */
@Component
public class KeyRotation implements JobHandler {
    private static final int AT_ONCE = 500;
    private static final int TRIES = 20;
    /** After so long no node and no transaction uses a key from before. */
    private static final Duration SETTLED = Duration.ofHours(1);

    private final Access access;
    private final Database database;
    private final FieldKeys keys;
    private final SealedValues values;
    private final ObjectProvider<Jobs> jobs;
    private final Audit audit;
    private final Clock clock;

    KeyRotation(
            Access access,
            Database database,
            FieldKeys keys,
            SealedValues values,
            ObjectProvider<Jobs> jobs,
            Audit audit,
            Clock clock) {
        this.clock = clock;
        this.access = access;
        this.database = database;
        this.keys = keys;
        this.values = values;
        this.jobs = jobs;
        this.audit = audit;
    }

    /** What there is to know about the keys; nothing secret. */
    public ObjectNode describe(Actor actor) {
        access.requireFunction(actor, "privacy");
        var node = Json.object()
                .put("inUse", keys.exist())
                .put("usable", keys.usable())
                .put("file", keys.file().toString());
        long count = database.read(values::count);
        node.put("values", count);
        keys.changedAt().ifPresent(moment -> node.put("changedAt", moment.toString()));
        return node;
    }

    /** @return the job that encrypts what is there anew */
    public Job rotate(Actor actor) {
        access.requireFunction(actor, "privacy");
        if (!keys.exist()) throw Refusal.of(Refusal.Kind.CONFLICT, "nothing-encrypted");
        // until then another node may have encrypted with the key from before
        boolean settled = keys.changedAt()
                .map(moment -> moment.plus(SETTLED).isBefore(clock.instant()))
                .orElse(false);
        if (settled) database.run(values::forgetOldKeys);
        long key = keys.rotate();
        var id = database.transact(tx -> {
            audit.write(tx, Audit.Event.of(actor, "key.rotate"));
            return jobs.getObject().start(tx, kind(), actor, null, Json.object().put("key", key));
        });
        return jobs.getObject().find(id).orElseThrow();
    }

    @Override
    public String kind() {
        return "rotate-key";
    }

    @Override
    public void run(JobRun run) {
        long key = run.payload().path("key").asLong();
        long done = run.checkpoint().map(place -> place.path("done").asLong()).orElse(0L);
        long total = done + database.read(tx -> values.olderThan(tx, key));
        for (int pass = 0; pass < TRIES; pass++) {
            long before = done;
            UUID last = null;
            do {
                if (run.isCancelled()) return;
                var from = last;
                long so = done;
                var renewed = database.transact(tx -> {
                    var some = values.renew(tx, key, from, AT_ONCE);
                    run.checkpoint(tx, so + some.count(), total, Json.object().put("done", so + some.count()));
                    return some;
                });
                done += renewed.count();
                last = renewed.last();
            } while (last != null);
            if (done == before) break;
        }
        long unreadable = database.read(tx -> values.olderThan(tx, key));
        run.result(Json.object().put("renewed", done).put("unreadable", unreadable));
    }
}
