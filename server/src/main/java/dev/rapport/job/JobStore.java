package dev.rapport.job;

import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The table of jobs. */
@Component
class JobStore {
    private static final Table<Record> JOB = table(name("job"));
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);
    private static final Field<UUID> ACTOR = field(name("actor"), SQLDataType.UUID);
    private static final Field<UUID> SUBJECT = field(name("subject"), SQLDataType.UUID);
    private static final Field<String> STATE = field(name("state"), SQLDataType.VARCHAR);
    private static final Field<Long> DONE = field(name("done"), SQLDataType.BIGINT);
    private static final Field<Long> TOTAL = field(name("total"), SQLDataType.BIGINT);
    private static final Field<JSONB> PAYLOAD = field(name("payload"), SQLDataType.JSONB);
    private static final Field<JSONB> CHECKPOINT = field(name("checkpoint"), SQLDataType.JSONB);
    private static final Field<JSONB> RESULT = field(name("result"), SQLDataType.JSONB);
    private static final Field<String> ERROR = field(name("error"), SQLDataType.VARCHAR);
    private static final Field<Integer> LEASE_NO = field(name("lease_no"), SQLDataType.INTEGER);
    private static final Field<Integer> ATTEMPTS = field(name("attempts"), SQLDataType.INTEGER);
    private static final Field<Boolean> CANCEL = field(name("cancel_requested"), SQLDataType.BOOLEAN);
    private static final Field<Instant> CREATED_AT = field(name("created_at"), SQLDataType.INSTANT);
    private static final Field<Instant> STARTED_AT = field(name("started_at"), SQLDataType.INSTANT);
    private static final Field<Instant> FINISHED_AT = field(name("finished_at"), SQLDataType.INSTANT);

    /** What an attempt starts from. */
    record Claim(
            String kind,
            RecordId actor,
            int leaseNo,
            int attempts,
            JsonNode payload,
            @Nullable JsonNode checkpoint) {}

    void insert(Tx tx, RecordId id, String kind, Actor actor, @Nullable RecordId subject, JsonNode payload) {
        tx.dsl()
                .insertInto(JOB)
                .set(ID, id.value())
                .set(KIND, kind)
                .set(ACTOR, actor.id().value())
                .set(field(name("actor_name"), SQLDataType.VARCHAR), actor.name())
                .set(
                        field(name("actor_locale"), SQLDataType.VARCHAR),
                        actor.locale().toLanguageTag())
                .set(
                        field(name("actor_zone"), SQLDataType.VARCHAR),
                        actor.zone().getId())
                .set(SUBJECT, subject == null ? null : subject.value())
                .set(PAYLOAD, json(payload))
                .set(STATE, "queued")
                .execute();
    }

    /** Begins an attempt, unless the job is over. Earlier attempts can write no more. */
    Optional<Claim> claim(Tx tx, RecordId id) {
        return tx.dsl()
                .update(JOB)
                .set(STATE, "running")
                .set(LEASE_NO, LEASE_NO.plus(1))
                .set(ATTEMPTS, ATTEMPTS.plus(1))
                .set(STARTED_AT, currentInstant())
                .where(ID.eq(id.value()).and(STATE.in("queued", "running")))
                .returningResult(KIND, ACTOR, LEASE_NO, ATTEMPTS, PAYLOAD, CHECKPOINT)
                .fetchOptional()
                .map(row -> new Claim(
                        row.value1(),
                        new RecordId(row.value2()),
                        row.value3(),
                        row.value4(),
                        Json.stored(row.value5().data()),
                        row.value6() == null ? null : Json.stored(row.value6().data())));
    }

    /** Whether the attempt still holds the job. */
    boolean progress(Tx tx, RecordId id, int leaseNo, long done, @Nullable Long total, JsonNode checkpoint) {
        return tx.dsl()
                        .update(JOB)
                        .set(DONE, done)
                        .set(TOTAL, total)
                        .set(CHECKPOINT, json(checkpoint))
                        .where(held(id, leaseNo))
                        .execute()
                == 1;
    }

    void finish(Tx tx, RecordId id, int leaseNo, String state, @Nullable JsonNode result, @Nullable String error) {
        tx.dsl()
                .update(JOB)
                .set(STATE, state)
                .set(RESULT, result == null ? null : json(result))
                .set(ERROR, error)
                .set(FINISHED_AT, currentInstant())
                .where(held(id, leaseNo))
                .execute();
    }

    void requeue(Tx tx, RecordId id, int leaseNo) {
        tx.dsl().update(JOB).set(STATE, "queued").where(held(id, leaseNo)).execute();
    }

    private static Condition held(RecordId id, int leaseNo) {
        return ID.eq(id.value()).and(LEASE_NO.eq(leaseNo)).and(STATE.eq("running"));
    }

    boolean requestCancel(Tx tx, RecordId id) {
        return tx.dsl()
                        .update(JOB)
                        .set(CANCEL, true)
                        .where(ID.eq(id.value()).and(STATE.in("queued", "running")))
                        .execute()
                == 1;
    }

    boolean isCancelRequested(Tx tx, RecordId id) {
        return tx.dsl().fetchExists(JOB, ID.eq(id.value()).and(CANCEL));
    }

    Optional<Job> find(Tx tx, RecordId id) {
        return tx.dsl()
                .select(ID, KIND, ACTOR, SUBJECT, STATE, DONE, TOTAL, RESULT, ERROR, CREATED_AT, FINISHED_AT)
                .from(JOB)
                .where(ID.eq(id.value()))
                .fetchOptional()
                .map(JobStore::job);
    }

    List<Job> newest(Tx tx, @Nullable RecordId actor, int limit) {
        return tx.dsl()
                .select(ID, KIND, ACTOR, SUBJECT, STATE, DONE, TOTAL, RESULT, ERROR, CREATED_AT, FINISHED_AT)
                .from(JOB)
                .where(actor == null ? org.jooq.impl.DSL.trueCondition() : ACTOR.eq(actor.value()))
                .orderBy(CREATED_AT.desc(), ID.desc())
                .limit(limit)
                .fetch(JobStore::job);
    }

    List<RecordId> unfinished(Tx tx) {
        return tx.dsl()
                .select(ID)
                .from(JOB)
                .where(STATE.in("queued", "running"))
                .fetch(row -> new RecordId(row.value1()));
    }

    private static Job job(Record row) {
        var result = row.get(RESULT);
        return new Job(
                new RecordId(Objects.requireNonNull(row.get(ID))),
                Objects.requireNonNull(row.get(KIND)),
                new RecordId(Objects.requireNonNull(row.get(ACTOR))),
                row.get(SUBJECT) == null ? null : new RecordId(row.get(SUBJECT)),
                Objects.requireNonNull(row.get(STATE)),
                Objects.requireNonNull(row.get(DONE)),
                row.get(TOTAL),
                result == null ? null : Json.stored(result.data()),
                row.get(ERROR),
                Objects.requireNonNull(row.get(CREATED_AT)),
                row.get(FINISHED_AT));
    }

    private static JSONB json(JsonNode node) {
        return JSONB.valueOf(node.toString());
    }
}
