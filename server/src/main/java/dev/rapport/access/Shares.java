package dev.rapport.access;

import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Sharing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sharing single records with people, teams, departments and groups, for ever or until a moment. */
@Component
public class Shares {
    private static final String MANUAL = "manual";
    private static final Table<Record> SHARE = table(name("record_share"));
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<UUID> RECORD = field(name("record_id"), SQLDataType.UUID);
    private static final Field<UUID> PRINCIPAL = field(name("principal"), SQLDataType.UUID);
    private static final Field<String> PRINCIPAL_KIND = field(name("principal_kind"), SQLDataType.VARCHAR);
    private static final Field<String> LEVEL = field(name("level"), SQLDataType.VARCHAR);
    private static final Field<String> CAUSE = field(name("cause"), SQLDataType.VARCHAR);
    private static final Field<Instant> EXPIRES_AT = field(name("expires_at"), SQLDataType.INSTANT);
    private static final Field<Instant> CREATED_AT = field(name("created_at"), SQLDataType.INSTANT);
    private static final Field<UUID> CREATED_BY = field(name("created_by"), SQLDataType.UUID);

    private final Database database;
    private final Access access;
    private final Audit audit;

    /** One share as people read it. */
    public record Share(
            UUID principal,
            String kind,
            String name,
            String level,
            String cause,
            @Nullable Instant expiresAt,
            Instant createdAt,
            String createdBy) {}

    /** What may be done with one record. */
    public record May(boolean update, boolean delete, boolean transfer, boolean share, boolean shareable) {}

    public Shares(Database database, Access access, Audit audit) {
        this.database = database;
        this.access = access;
        this.audit = audit;
    }

    /** @throws Refusal 404 if the actor may not see the record */
    public May may(Actor actor, ObjectDef object, RecordId id) {
        return database.read(tx -> {
            requireVisible(tx, actor, object, id);
            boolean shareable = object.sharing().mode() == Sharing.Mode.OWNED;
            return new May(
                    permits(tx, actor, object, id, Operation.UPDATE),
                    permits(tx, actor, object, id, Operation.DELETE),
                    permits(tx, actor, object, id, Operation.TRANSFER),
                    shareable && permits(tx, actor, object, id, Operation.SHARE),
                    shareable);
        });
    }

    private boolean permits(Tx tx, Actor actor, ObjectDef object, RecordId id, Operation operation) {
        return access.allows(actor, operation, object) && isWithin(tx, actor, object, id, operation);
    }

    private boolean isWithin(Tx tx, Actor actor, ObjectDef object, RecordId id, Operation operation) {
        var source = table(name(object.table())).as(name("r"));
        return tx.dsl()
                .fetchExists(
                        source,
                        field(name("r", "id"), SQLDataType.UUID)
                                .eq(id.value())
                                .and(field(name("r", "deleted_at")).isNull())
                                .and(access.rows(actor, operation).visible(object, source)));
    }

    private void requireVisible(Tx tx, Actor actor, ObjectDef object, RecordId id) {
        access.require(actor, Operation.READ, object);
        if (!isWithin(tx, actor, object, id, Operation.READ)) throw Refusal.notFound();
    }

    /** Who has been given the record. @throws Refusal 404 if the actor may not see it */
    public List<Share> of(Actor actor, ObjectDef object, RecordId id) {
        return database.read(tx -> {
            requireVisible(tx, actor, object, id);
            var rows = tx.dsl()
                    .select(PRINCIPAL, PRINCIPAL_KIND, LEVEL, CAUSE, EXPIRES_AT, CREATED_AT, CREATED_BY)
                    .from(SHARE)
                    .where(RECORD.eq(id.value()))
                    .and(EXPIRES_AT.isNull().or(EXPIRES_AT.gt(currentInstant())))
                    .orderBy(CREATED_AT, PRINCIPAL)
                    .fetch();
            var ids = new HashSet<UUID>();
            for (var row : rows) ids.addAll(List.of(row.value1(), row.value7()));
            var names = Principals.find(tx, ids);
            var shares = new ArrayList<Share>();
            for (var row : rows)
                shares.add(new Share(
                        row.value1(),
                        row.value2(),
                        named(names, row.value1()),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        row.value6(),
                        named(names, row.value7())));
            return shares;
        });
    }

    private static String named(Map<UUID, Principals.Principal> names, UUID id) {
        var principal = names.get(id);
        return principal == null ? "" : principal.name();
    }

    /**
     * Shares a record, or changes how it is shared.
     *
     * @param level {@code read} or {@code write}
     * @throws Refusal 404 if the actor may not see it, 403 if they may not share it, 422 if there is no such principal
     */
    public void share(
            Actor actor, ObjectDef object, RecordId id, UUID principal, String level, @Nullable Instant expiresAt) {
        database.run(tx -> {
            requireSharing(tx, actor, object, id);
            var violations = new ArrayList<Violation>();
            var found = Principals.find(tx, List.of(principal)).get(principal);
            if (found == null) violations.add(Violation.of("principal", "lookup-not-found"));
            if (!level.equals("read") && !level.equals("write"))
                violations.add(Violation.of("level", "choice", "allowed", "read, write"));
            if (expiresAt != null && !expiresAt.isAfter(Instant.now()))
                violations.add(Violation.of("expiresAt", "in-the-past"));
            if (found == null || !violations.isEmpty()) throw Refusal.invalid(violations);
            tx.dsl()
                    .insertInto(SHARE)
                    .set(OBJECT, object.name())
                    .set(RECORD, id.value())
                    .set(PRINCIPAL, principal)
                    .set(PRINCIPAL_KIND, found.kind())
                    .set(LEVEL, level)
                    .set(CAUSE, MANUAL)
                    .set(EXPIRES_AT, expiresAt)
                    .set(CREATED_BY, actor.id().value())
                    .onConflict(RECORD, PRINCIPAL, CAUSE)
                    .doUpdate()
                    .set(LEVEL, level)
                    .set(EXPIRES_AT, expiresAt)
                    .set(CREATED_BY, actor.id().value())
                    .execute();
            audit.write(
                    tx,
                    Audit.Event.of(actor, "share.give")
                            .on(object.name(), id)
                            .with("with", principal.toString())
                            .with("kind", found.kind())
                            .with("level", level)
                            .with("until", expiresAt == null ? "" : expiresAt.toString()));
        });
    }

    /** @throws Refusal 404 if there is no such share, 403 if the actor may not share the record */
    public void unshare(Actor actor, ObjectDef object, RecordId id, UUID principal) {
        database.run(tx -> {
            requireSharing(tx, actor, object, id);
            int gone = tx.dsl()
                    .deleteFrom(SHARE)
                    .where(RECORD.eq(id.value()))
                    .and(PRINCIPAL.eq(principal))
                    .and(CAUSE.eq(MANUAL))
                    .execute();
            if (gone == 0) throw Refusal.notFound();
            audit.write(
                    tx,
                    Audit.Event.of(actor, "share.take").on(object.name(), id).with("from", principal.toString()));
        });
    }

    private void requireSharing(Tx tx, Actor actor, ObjectDef object, RecordId id) {
        requireVisible(tx, actor, object, id);
        access.require(actor, Operation.SHARE, object);
        if (object.sharing().mode() != Sharing.Mode.OWNED || !isWithin(tx, actor, object, id, Operation.SHARE))
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN, "forbidden", Map.of("operation", "share", "object", object.name()));
    }

    /** Takes back all shares whose time is over; returns how many. */
    public int sweep() {
        return database.transact(tx -> tx.dsl()
                .deleteFrom(SHARE)
                .where(EXPIRES_AT.le(currentInstant()))
                .execute());
    }
}
