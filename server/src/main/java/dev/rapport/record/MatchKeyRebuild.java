package dev.rapport.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Refusal;
import dev.rapport.match.MatchProfile;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ObjectDef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Makes the match keys of records that were there before matching was, in the background and a few hundred at a time. A
 * kill loses at most one batch; until a record has its keys, nobody is told that another is like it.
 */
@Component
class MatchKeyRebuild {
    private static final Logger log = LoggerFactory.getLogger(MatchKeyRebuild.class);
    private static final int BATCH = 1_000;
    private static final Table<Record> STATE = table(name("match_state"));
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<UUID> DONE_TO = field(name("done_to"), SQLDataType.UUID);
    private static final Field<Boolean> COMPLETE = field(name("complete"), SQLDataType.BOOLEAN);

    private final Database database;
    private final Catalogue catalogue;
    private final RecordStore store;
    private final MatchKeys keys;
    private volatile boolean stopping;

    MatchKeyRebuild(Database database, Catalogue catalogue, RecordStore store, MatchKeys keys) {
        this.database = database;
        this.catalogue = catalogue;
        this.store = store;
        this.keys = keys;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        Thread.ofVirtual().name("match-keys").start(() -> {
            try {
                for (var object : catalogue.all())
                    if (MatchProfiles.isMatched(object))
                        while (!stopping && database.transact(tx -> batch(tx, object))) {}
            } catch (RuntimeException e) {
                if (!stopping) log.warn("Match keys were not all made; the next start goes on with it", e);
            }
        });
    }

    @EventListener
    void closing(ContextClosedEvent event) {
        stopping = true;
    }

    /** Makes the keys that are missing; several may do so together. */
    void complete(ObjectDef object, BooleanSupplier stop) {
        boolean more = true;
        while (more && !stop.getAsBoolean()) {
            try {
                more = database.transact(tx -> batch(tx, object));
            } catch (Refusal busy) {
                log.debug("Somebody else is making the keys of {}", object.name(), busy);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One batch; false when there is nothing left to do. */
    private boolean batch(Tx tx, ObjectDef object) {
        tx.dsl()
                .insertInto(STATE)
                .set(OBJECT, object.name())
                .onConflictDoNothing()
                .execute();
        var state = Objects.requireNonNull(tx.dsl()
                .select(DONE_TO, COMPLETE)
                .from(STATE)
                .where(OBJECT.eq(object.name()))
                .forUpdate()
                .fetchOne());
        if (Boolean.TRUE.equals(state.get(COMPLETE))) return false;
        var ids = store.idsBy(tx, object, null, List.of(), state.get(DONE_TO), BATCH);
        var compared = MatchProfiles.compared(object);
        var profiles = new LinkedHashMap<UUID, MatchProfile>();
        store.loadForComparing(tx, compared, ids).forEach((id, record) -> {
            if (!record.deleted()) profiles.put(id.value(), MatchProfiles.of(compared, record.values()));
        });
        keys.remove(tx, profiles.keySet());
        keys.add(tx, object.name(), MatchKeys.of(profiles));
        tx.dsl()
                .update(STATE)
                .set(DONE_TO, ids.isEmpty() ? state.get(DONE_TO) : ids.getLast())
                .set(COMPLETE, ids.size() < BATCH)
                .where(OBJECT.eq(object.name()))
                .execute();
        return ids.size() == BATCH;
    }
}
