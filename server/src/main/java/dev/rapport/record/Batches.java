package dev.rapport.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.audit.Audit;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Batches: many changes that one act made and that can be undone as one. */
@Component
public class Batches {
    /** Kinds that the audit log tells of. */
    private static final Set<String> LOGGED = Set.of("bulk", "import", "undo", "merge", "sample");

    private static final Table<Record> BATCH = table(name("batch"));
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<UUID> ACTOR = field(name("actor"), SQLDataType.UUID);
    private static final Field<Instant> CREATED_AT = field(name("created_at"), SQLDataType.INSTANT);
    private static final Field<Instant> UNDONE_AT = field(name("undone_at"), SQLDataType.INSTANT);

    private final Audit audit;

    Batches(Audit audit) {
        this.audit = audit;
    }

    /** @param kind bulk, import, undo, merge or sample */
    public record Batch(
            RecordId id,
            String kind,
            String object,
            RecordId actor,
            Instant createdAt,
            @Nullable Instant undoneAt) {}

    public RecordId open(Tx tx, Actor actor, String kind, String object) {
        var id = RecordId.next();
        tx.dsl()
                .insertInto(BATCH)
                .set(ID, id.value())
                .set(KIND, kind)
                .set(OBJECT, object)
                .set(ACTOR, actor.id().value())
                .execute();
        // the batch itself is the proof; the log's chain is not held up by what may take long
        if (LOGGED.contains(kind))
            tx.afterCommit(() -> audit.write(
                    Audit.Event.of(actor, "batch." + kind).on(object, null).with("batch", id.toString())));
        return id;
    }

    public Optional<Batch> find(Tx tx, RecordId id) {
        return tx.dsl()
                .select(ID, KIND, OBJECT, ACTOR, CREATED_AT, UNDONE_AT)
                .from(BATCH)
                .where(ID.eq(id.value()))
                .fetchOptional()
                .map(Batches::batch);
    }

    /** The newest batch of this kind that was not undone. */
    public Optional<Batch> standing(Tx tx, String kind) {
        return tx.dsl()
                .select(ID, KIND, OBJECT, ACTOR, CREATED_AT, UNDONE_AT)
                .from(BATCH)
                .where(KIND.eq(kind).and(UNDONE_AT.isNull()))
                .orderBy(ID.desc())
                .limit(1)
                .fetchOptional()
                .map(Batches::batch);
    }

    /** The newest batches of one actor, or of everybody. @param actor null for everybody */
    List<Batch> newest(Tx tx, @Nullable RecordId actor, @Nullable RecordId before, int limit) {
        return tx.dsl()
                .select(ID, KIND, OBJECT, ACTOR, CREATED_AT, UNDONE_AT)
                .from(BATCH)
                .where(actor == null ? DSL.noCondition() : ACTOR.eq(actor.value()))
                .and(before == null ? DSL.noCondition() : ID.lt(before.value()))
                .orderBy(ID.desc())
                .limit(limit)
                .fetch(Batches::batch);
    }

    /** Whether the batch was not undone before. */
    boolean markUndone(Tx tx, Actor actor, RecordId id) {
        return tx.dsl()
                        .update(BATCH)
                        .set(UNDONE_AT, Instant.now())
                        .set(
                                field(name("undone_by"), SQLDataType.UUID),
                                actor.id().value())
                        .where(ID.eq(id.value()).and(UNDONE_AT.isNull()))
                        .execute()
                == 1;
    }

    /** An undo that was stopped half-way may be asked for again. */
    void markNotUndone(Tx tx, RecordId id) {
        tx.dsl()
                .update(BATCH)
                .set(UNDONE_AT, (Instant) null)
                .set(field(name("undone_by"), SQLDataType.UUID), (UUID) null)
                .where(ID.eq(id.value()))
                .execute();
    }

    private static Batch batch(Record row) {
        return new Batch(
                new RecordId(Objects.requireNonNull(row.get(ID))),
                Objects.requireNonNull(row.get(KIND)),
                Objects.requireNonNull(row.get(OBJECT)),
                new RecordId(Objects.requireNonNull(row.get(ACTOR))),
                Objects.requireNonNull(row.get(CREATED_AT)),
                row.get(UNDONE_AT));
    }
}
