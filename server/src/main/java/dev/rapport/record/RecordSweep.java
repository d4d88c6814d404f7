package dev.rapport.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.ObjectDef;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Goes once through all records of an object whenever what is made of them has another format: in the background and a few
 * hundred at a time. Several nodes share the work; a kill loses at most one batch of it.
 */
@Component
class RecordSweep {
    private static final Logger log = LoggerFactory.getLogger(RecordSweep.class);
    private static final int BATCH = 500;
    private static final Table<Record> SWEEP = table(name("record_sweep"));
    private static final Field<String> PURPOSE = field(name("purpose"), SQLDataType.VARCHAR);
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<String> FORMAT = field(name("format"), SQLDataType.VARCHAR);
    private static final Field<UUID> DONE_TO = field(name("done_to"), SQLDataType.UUID);
    private static final Field<Boolean> COMPLETE = field(name("complete"), SQLDataType.BOOLEAN);

    private final Database database;
    private final RecordStore store;
    /** How often each sweep that runs was asked for. */
    private final ConcurrentMap<String, AtomicInteger> running = new ConcurrentHashMap<>();

    private volatile boolean stopping;

    RecordSweep(Database database, RecordStore store) {
        this.database = database;
        this.store = store;
    }

    /** What is made of each record. */
    interface Work {
        String purpose();

        /** The objects whose records it is made of, as they are defined now. */
        List<ObjectDef> objects();

        /** What it is made of now: another text means that it has to be made anew. */
        String format(ObjectDef object);

        void write(Tx tx, ObjectDef object, List<UUID> ids);
    }

    @EventListener
    void closing(ContextClosedEvent event) {
        stopping = true;
    }

    /** Does what is left to do for one object, and returns how many records that took. */
    long complete(ObjectDef object, Work work, BooleanSupplier stop) {
        long done = 0;
        while (!stopping && !stop.getAsBoolean()) {
            try {
                int count = database.transact(tx -> batch(tx, object, work));
                if (count < 0) break;
                done += count;
            } catch (Refusal busy) {
                log.debug("Somebody else holds the next records of {}", object.name(), busy);
                pause();
            }
        }
        return done;
    }

    /**
     * The same for all objects in the background; what fails is gone on with at the next start. There is one sweep for a
     * purpose at a time: asked again meanwhile, for the definitions have changed, it begins again with what holds now.
     */
    void completeAll(Work work) {
        var asked = running.computeIfAbsent(work.purpose(), k -> new AtomicInteger());
        if (asked.getAndIncrement() > 0) return;
        Thread.ofVirtual().name("sweep-" + work.purpose()).start(() -> {
            int answered;
            do {
                answered = asked.get();
                int present = answered;
                sweep(work, () -> asked.get() != present);
            } while (!asked.compareAndSet(answered, 0));
        });
    }

    private void sweep(Work work, BooleanSupplier stop) {
        try {
            for (var object : work.objects()) {
                long done = complete(object, work, stop);
                if (done > 0) log.info("{} keys of {} {} records are made anew", work.purpose(), done, object.name());
                if (stop.getAsBoolean()) return;
            }
        } catch (RuntimeException e) {
            if (!stopping) log.warn("Not all {} keys were made; the next start goes on with it", work.purpose(), e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One batch; -1 when there is nothing left to do. */
    private int batch(Tx tx, ObjectDef object, Work work) {
        var format = work.format(object);
        var own = PURPOSE.eq(work.purpose()).and(OBJECT.eq(object.name()));
        tx.dsl()
                .insertInto(SWEEP)
                .set(PURPOSE, work.purpose())
                .set(OBJECT, object.name())
                .set(FORMAT, format)
                .onConflictDoNothing()
                .execute();
        var state = Objects.requireNonNull(tx.dsl()
                .select(FORMAT, DONE_TO, COMPLETE)
                .from(SWEEP)
                .where(own)
                .forUpdate()
                .fetchOne());
        boolean same = format.equals(state.get(FORMAT));
        if (same && Boolean.TRUE.equals(state.get(COMPLETE))) return -1;
        var ids = store.idsBy(tx, object, null, List.of(), same ? state.get(DONE_TO) : null, BATCH);
        if (!ids.isEmpty()) work.write(tx, object, ids);
        tx.dsl()
                .update(SWEEP)
                .set(FORMAT, format)
                .set(DONE_TO, ids.isEmpty() ? null : ids.getLast())
                .set(COMPLETE, ids.size() < BATCH)
                .where(own)
                .execute();
        return ids.size();
    }
}
