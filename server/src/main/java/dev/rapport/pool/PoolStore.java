package dev.rapport.pool;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.rapport.database.Tx;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.schema.SchemaMigration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is remembered of passages into pools and out of them. */
@Component
class PoolStore {
    private static final Table<Record> MOVEMENT = table(name("pool_movement"));
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<UUID> POOL = field(name("pool"), SQLDataType.UUID);
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<UUID> RECORD = field(name("record_id"), SQLDataType.UUID);
    private static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);
    private static final Field<UUID> FROM = field(name("from_person"), SQLDataType.UUID);
    private static final Field<UUID> TO = field(name("to_person"), SQLDataType.UUID);
    private static final Field<UUID> BY = field(name("by_person"), SQLDataType.UUID);
    private static final Field<String> REASON = field(name("reason"), SQLDataType.VARCHAR);
    private static final Field<Instant> AT = field(name("at"), SQLDataType.INSTANT);

    /** One passage. @param kind {@code claim}, {@code assign}, {@code return} or {@code recycle} */
    record Movement(
            UUID pool,
            String object,
            UUID record,
            String kind,
            @Nullable UUID from,
            @Nullable UUID to,
            UUID by,
            String reason,
            Instant at) {}

    /** @param migrated makes sure that the tables are there */
    PoolStore(SchemaMigration migrated) {}

    void add(Tx tx, Movement movement) {
        tx.dsl()
                .insertInto(MOVEMENT)
                .set(ID, RecordId.next().value())
                .set(POOL, movement.pool())
                .set(OBJECT, movement.object())
                .set(RECORD, movement.record())
                .set(KIND, movement.kind())
                .set(FROM, movement.from())
                .set(TO, movement.to())
                .set(BY, movement.by())
                .set(REASON, movement.reason())
                .set(AT, movement.at())
                .execute();
    }

    /** Who held a record, the newest passage first. */
    List<Movement> of(Tx tx, RecordId record) {
        return tx.dsl()
                .select(POOL, OBJECT, RECORD, KIND, FROM, TO, BY, REASON, AT)
                .from(MOVEMENT)
                .where(RECORD.eq(record.value()))
                .orderBy(AT.desc(), ID.desc())
                .limit(200)
                .fetch(row -> new Movement(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        row.value6(),
                        row.value7(),
                        row.value8(),
                        row.value9()));
    }

    /** Lets nobody else claim in this person's name until the end of the transaction, so that limits hold. */
    void lockClaimsOf(Tx tx, RecordId person) {
        tx.dsl()
                .select(function(
                        name("pg_advisory_xact_lock"),
                        SQLDataType.OTHER,
                        val(person.value().getLeastSignificantBits())))
                .fetch();
    }

    int claimsSince(Tx tx, UUID pool, RecordId person, Instant since) {
        return tx.dsl()
                .fetchCount(
                        MOVEMENT,
                        TO.eq(person.value())
                                .and(POOL.eq(pool))
                                .and(KIND.eq("claim"))
                                .and(AT.ge(since)));
    }

    /** How many live records of the object the person owns. */
    int held(Tx tx, ObjectDef object, RecordId person) {
        return tx.dsl()
                .fetchCount(
                        table(name(object.table())),
                        field(name("owner"), SQLDataType.UUID)
                                .eq(person.value())
                                .and(field(name("deleted_at")).isNull()));
    }

    /** How many records wait in each pool. */
    Map<UUID, Integer> waiting(Tx tx, ObjectDef object) {
        var waiting = new HashMap<UUID, Integer>();
        tx.dsl()
                .select(POOL, count())
                .from(table(name(object.table())))
                .where(POOL.isNotNull().and(field(name("deleted_at")).isNull()))
                .groupBy(POOL)
                .forEach(row -> waiting.put(row.value1(), row.value2()));
        return waiting;
    }

    /** When the person last gave the record back or lost it. */
    Optional<Instant> lostAt(Tx tx, RecordId record, RecordId person) {
        return tx.dsl()
                .select(AT)
                .from(MOVEMENT)
                .where(RECORD.eq(record.value()))
                .and(FROM.eq(person.value()))
                .and(KIND.in("return", "recycle"))
                .orderBy(AT.desc())
                .limit(1)
                .fetchOptional(row -> row.value1());
    }

    /** Whether the pool's rules have not run on {@code day}; they count as run from now on. */
    boolean beginDay(Tx tx, UUID pool, LocalDate day) {
        var on = field(name("day"), SQLDataType.LOCALDATE);
        return tx.dsl()
                        .insertInto(table(name("pool_recycling")))
                        .set(POOL, pool)
                        .set(on, day)
                        .onConflict(POOL)
                        .doUpdate()
                        .set(on, day)
                        .where(field(name("pool_recycling", "day"), SQLDataType.LOCALDATE)
                                .lt(day))
                        .execute()
                == 1;
    }
}
