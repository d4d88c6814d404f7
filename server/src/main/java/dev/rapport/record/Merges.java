package dev.rapport.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import dev.rapport.kernel.RecordId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;

/** Remembers which record took the place of which. */
@Component
class Merges {
    private static final int LONGEST_CHAIN = 20;
    private static final Table<Record> MERGE = table(name("record_merge"));
    private static final Field<UUID> LOSER = field(name("loser"), SQLDataType.UUID);
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<UUID> SURVIVOR = field(name("survivor"), SQLDataType.UUID);
    private static final Field<UUID> BATCH_ID = field(name("batch_id"), SQLDataType.UUID);

    void remember(Tx tx, String object, RecordId survivor, Collection<RecordId> losers, RecordId batch) {
        for (var loser : losers)
            tx.dsl()
                    .insertInto(MERGE)
                    .set(LOSER, loser.value())
                    .set(OBJECT, object)
                    .set(SURVIVOR, survivor.value())
                    .set(BATCH_ID, batch.value())
                    .onConflict(LOSER)
                    .doUpdate()
                    .set(SURVIVOR, survivor.value())
                    .set(BATCH_ID, batch.value())
                    .execute();
    }

    /** Forgets the merges of a batch that was undone. */
    void forget(Tx tx, RecordId batch) {
        tx.dsl().deleteFrom(MERGE).where(BATCH_ID.eq(batch.value())).execute();
    }

    /** Records that were merged with this one in one step: into it, or it into them. */
    List<UUID> around(Tx tx, String object, UUID id) {
        return tx.dsl()
                .select(LOSER, SURVIVOR)
                .from(MERGE)
                .where(OBJECT.eq(object))
                .and(LOSER.eq(id).or(SURVIVOR.eq(id)))
                .fetch(row -> row.value1().equals(id) ? row.value2() : row.value1());
    }

    /** The record that stands for {@code id} today, through any number of merges; empty if it was never merged. */
    Optional<RecordId> survivor(Tx tx, String object, RecordId id) {
        var at = id.value();
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            var next = tx.dsl()
                    .select(SURVIVOR)
                    .from(MERGE)
                    .where(LOSER.eq(at).and(OBJECT.eq(object)))
                    .fetchOne(SURVIVOR);
            if (next == null) break;
            at = next;
        }
        return at.equals(id.value()) ? Optional.empty() : Optional.of(new RecordId(at));
    }
}
