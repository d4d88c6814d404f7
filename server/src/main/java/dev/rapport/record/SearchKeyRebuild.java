package dev.rapport.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trueCondition;

import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.database.UncheckedSqlException;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ObjectDef;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Makes search keys anew, in the background and a few hundred at a time, after what they are made of has changed. Several
 * nodes share the work; a kill loses at most one batch of it. Nobody waits: until then records are found by their old keys.
 */
@Component
public class SearchKeyRebuild {
    private static final Logger log = LoggerFactory.getLogger(SearchKeyRebuild.class);
    private static final int BATCH = 500;
    private static final Table<Record> FORMATS = table(name("search_format"));
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<String> FORMAT = field(name("format"), SQLDataType.VARCHAR);
    private static final Field<UUID> DONE_TO = field(name("done_to"), SQLDataType.UUID);
    private static final Field<Boolean> COMPLETE = field(name("complete"), SQLDataType.BOOLEAN);
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);

    private final Database database;
    private final Catalogue catalogue;
    private final RecordStore store;
    private volatile boolean stopping;

    SearchKeyRebuild(Database database, Catalogue catalogue, RecordStore store) {
        this.database = database;
        this.catalogue = catalogue;
        this.store = store;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        Thread.ofVirtual().name("search-keys").start(this::rebuild);
    }

    @EventListener
    void closing(ContextClosedEvent event) {
        stopping = true;
    }

    /** Works through every object whose keys are of another format. */
    public void rebuild() {
        try {
            for (var object : catalogue.all()) if (!object.searchable().isEmpty()) rebuild(object);
        } catch (RuntimeException e) {
            if (!stopping) log.warn("Search keys were not all made anew; the next start goes on with it", e);
        }
    }

    private void rebuild(ObjectDef object) {
        long done = 0;
        while (!stopping) {
            try {
                int count = database.transact(tx -> batch(tx, object));
                if (count < 0) break;
                done += count;
            } catch (Refusal busy) {
                log.debug("Somebody else holds the next records of {}", object.name(), busy);
                pause();
            }
        }
        if (done > 0) log.info("Search keys of {} {} records are made anew", done, object.name());
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One batch; -1 when there is nothing left to do. */
    private int batch(Tx tx, ObjectDef object) {
        var format = SearchKey.format(object);
        tx.dsl()
                .insertInto(FORMATS)
                .set(OBJECT, object.name())
                .set(FORMAT, format)
                .onConflictDoNothing()
                .execute();
        var state = Objects.requireNonNull(tx.dsl()
                .select(FORMAT, DONE_TO, COMPLETE)
                .from(FORMATS)
                .where(OBJECT.eq(object.name()))
                .forUpdate()
                .fetchOne());
        boolean same = format.equals(state.get(FORMAT));
        if (same && Boolean.TRUE.equals(state.get(COMPLETE))) return -1;
        var ids = next(tx, object, same ? state.get(DONE_TO) : null);
        write(tx, object, ids);
        tx.dsl()
                .update(FORMATS)
                .set(FORMAT, format)
                .set(DONE_TO, ids.isEmpty() ? null : ids.getLast())
                .set(COMPLETE, ids.size() < BATCH)
                .where(OBJECT.eq(object.name()))
                .execute();
        return ids.size();
    }

    private static List<UUID> next(Tx tx, ObjectDef object, @Nullable UUID after) {
        return tx.dsl()
                .select(ID)
                .from(table(name(object.table())))
                .where(after == null ? noCondition() : ID.gt(after))
                .orderBy(ID)
                .limit(BATCH)
                .fetch(row -> row.value1());
    }

    /** Every row counts here, seen or not: nobody is told anything of them. */
    private void write(Tx tx, ObjectDef object, List<UUID> ids) {
        if (ids.isEmpty()) return;
        var records = store.load(
                tx, object, ids.stream().map(RecordId::new).toList(), (any, source) -> trueCondition(), true);
        var sql = "UPDATE " + RecordStore.quoted(object.table())
                + " SET search_key = ? WHERE id = ? AND search_key IS DISTINCT FROM ?";
        try (var statement = tx.connection().prepareStatement(sql)) {
            for (var stored : records.values()) {
                var key = SearchKey.of(object, stored.values());
                statement.setString(1, key);
                statement.setObject(2, stored.id().value());
                statement.setString(3, key);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }
}
