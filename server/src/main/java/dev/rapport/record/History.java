package dev.rapport.record;

import static org.jooq.impl.DSL.all;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.jsonbKeyExists;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import dev.rapport.database.UncheckedSqlException;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.FieldType;
import dev.rapport.record.spi.Change;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who changed which field from what to what. A creation keeps no values: they are today's values with every later
 * change taken back.
 */
@Component
class History {
    private static final int COPY_FROM = 50;
    private static final int REWRITTEN_AT_ONCE = 500;
    private static final Table<Record> HISTORY = table(name("record_history"));
    private static final org.jooq.Field<Long> ID = field(name("id"), SQLDataType.BIGINT);
    private static final org.jooq.Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final org.jooq.Field<UUID> RECORD_ID = field(name("record_id"), SQLDataType.UUID);
    private static final org.jooq.Field<Integer> VERSION = field(name("version"), SQLDataType.INTEGER);
    private static final org.jooq.Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);
    private static final org.jooq.Field<Instant> AT = field(name("at"), SQLDataType.INSTANT);
    private static final org.jooq.Field<UUID> ACTOR = field(name("actor"), SQLDataType.UUID);
    private static final org.jooq.Field<UUID> BATCH_ID = field(name("batch_id"), SQLDataType.UUID);
    private static final org.jooq.Field<org.jooq.JSONB> CHANGES = field(name("changes"), SQLDataType.JSONB);
    private static final List<String> COLUMNS =
            List.of("object", "record_id", "version", "kind", "actor", "batch_id", "changes");

    /** One entry: {@code changes} maps each field to an array of its old and new value as the API writes them. */
    record Entry(
            long id,
            String object,
            RecordId recordId,
            int version,
            String kind,
            Instant at,
            RecordId actor,
            @Nullable RecordId batch,
            @Nullable JsonNode changes) {}

    void append(Tx tx, Actor actor, List<PendingChange> changes, @Nullable RecordId batch) {
        try {
            if (changes.size() < COPY_FROM) insert(tx, actor, changes, batch);
            else copy(tx, actor, changes, batch);
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    private static void insert(Tx tx, Actor actor, List<PendingChange> changes, @Nullable RecordId batch)
            throws SQLException {
        var sql = "INSERT INTO record_history (object, record_id, version, kind, actor, batch_id, changes)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?::jsonb)";
        try (var statement = tx.connection().prepareStatement(sql)) {
            for (var change : changes) {
                statement.setString(1, change.object().name());
                statement.setObject(2, change.id().value());
                statement.setInt(3, change.newVersion());
                statement.setString(4, kind(change));
                statement.setObject(5, actor.id().value());
                statement.setObject(6, batch == null ? null : batch.value(), java.sql.Types.OTHER);
                statement.setString(7, changes(change));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void copy(Tx tx, Actor actor, List<PendingChange> changes, @Nullable RecordId batch)
            throws SQLException {
        try (var copy = CopyWriter.open(tx.connection(), "record_history", COLUMNS)) {
            for (var change : changes) {
                copy.value(ColumnType.CODE, change.object().name());
                copy.value(ColumnType.UUID, change.id().value());
                copy.value(ColumnType.BIGINT, (long) change.newVersion());
                copy.value(ColumnType.CODE, kind(change));
                copy.value(ColumnType.UUID, actor.id().value());
                copy.value(ColumnType.UUID, batch == null ? null : batch.value());
                copy.value(ColumnType.LONG_TEXT, changes(change));
                copy.endRow();
            }
            copy.finish();
        }
    }

    /** Writes every value that the history of an object keeps for a field anew, by {@code rewritten}. */
    void rewrite(Tx tx, String object, String field, BiFunction<RecordId, JsonNode, JsonNode> rewritten) {
        long last = 0;
        while (true) {
            var rows = tx.dsl()
                    .select(ID, RECORD_ID, CHANGES)
                    .from(HISTORY)
                    .where(OBJECT.eq(object))
                    .and(ID.gt(last))
                    .and(jsonbKeyExists(CHANGES, field))
                    .orderBy(ID)
                    .limit(REWRITTEN_AT_ONCE)
                    .fetch();
            if (rows.isEmpty()) return;
            for (var row : rows) {
                var changes = (ObjectNode) Json.parse(row.get(CHANGES).data());
                var pair = Json.MAPPER.createArrayNode();
                for (var old : changes.path(field)) pair.add(rewritten.apply(new RecordId(row.get(RECORD_ID)), old));
                changes.set(field, pair);
                tx.dsl()
                        .update(HISTORY)
                        .set(CHANGES, org.jooq.JSONB.valueOf(changes.toString()))
                        .where(ID.eq(row.get(ID)))
                        .execute();
            }
            last = rows.getLast().get(ID);
        }
    }

    /** Takes what was changed out of the history of a record; that it was changed, when and by whom stays. */
    int forget(Tx tx, String object, RecordId record) {
        return tx.dsl()
                .update(HISTORY)
                .setNull(CHANGES)
                .where(OBJECT.eq(object))
                .and(RECORD_ID.eq(record.value()))
                .and(CHANGES.isNotNull())
                .execute();
    }

    /** Destroys the whole history of records. */
    void destroy(Tx tx, String object, Collection<RecordId> records) {
        tx.dsl()
                .deleteFrom(HISTORY)
                .where(OBJECT.eq(object))
                .and(RECORD_ID.eq(any(records.stream().map(RecordId::value).toArray(UUID[]::new))))
                .execute();
    }

    private static String kind(PendingChange change) {
        return change.kind().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String changes(PendingChange change) {
        var before = change.before();
        if (change.kind() != Change.Kind.UPDATE || before == null) return null;
        var bytes = Json.write(json -> {
            json.writeStartObject();
            for (int index : change.touched()) write(json, change, before, index);
            json.writeEndObject();
        });
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, PendingChange change, Values before, int index) {
        var touched = change.object().fields().get(index);
        if (!touched.keepsHistory()) return;
        json.writeName(touched.name());
        json.writeStartArray();
        writeValue(json, touched.type(), before.at(index));
        writeValue(json, touched.type(), change.after().at(index));
        json.writeEndArray();
    }

    @SuppressWarnings("unchecked")
    private static <T> void writeValue(JsonGenerator json, FieldType<T> type, @Nullable Object value) {
        if (value == null) json.writeNull();
        else type.writeKept(json, (T) value);
    }

    /** Entries of one record, the newest first, older than version {@code before}. */
    List<Entry> ofRecord(Tx tx, String object, RecordId id, int before, int limit) {
        return tx.dsl()
                .select(ID, OBJECT, RECORD_ID, VERSION, KIND, AT, ACTOR, BATCH_ID, CHANGES)
                .from(HISTORY)
                .where(RECORD_ID.eq(id.value()).and(OBJECT.eq(object)).and(VERSION.lt(before)))
                .orderBy(VERSION.desc(), ID.desc())
                .limit(limit)
                .fetch(History::entry);
    }

    /** Entries that a batch wrote, the newest first, before entry {@code before}. */
    List<Entry> ofBatch(Tx tx, RecordId batch, long before, int limit) {
        return tx.dsl()
                .select(ID, OBJECT, RECORD_ID, VERSION, KIND, AT, ACTOR, BATCH_ID, CHANGES)
                .from(HISTORY)
                .where(BATCH_ID.eq(batch.value()).and(ID.lt(before)))
                .orderBy(ID.desc())
                .limit(limit)
                .fetch(History::entry);
    }

    /**
     * Which of {@code records} have been changed since by anything but {@code batches}. A batch that was undone and the undo of
     * it count only if they left something else behind than they found.
     */
    Set<UUID> changedOutside(Tx tx, String object, List<RecordId> records, List<RecordId> batches) {
        if (records.isEmpty()) return Set.of();
        var own = batches.stream().map(RecordId::value).toArray(UUID[]::new);
        var changed = new HashSet<UUID>();
        var firsts = new HashMap<UUID, Map<String, JsonNode>>();
        var lasts = new HashMap<UUID, Map<String, JsonNode>>();
        var batch = table(name("batch"));
        var kind = field(name("batch", "kind"), SQLDataType.VARCHAR);
        var undoneAt = field(name("batch", "undone_at"), SQLDataType.INSTANT);
        var takenBack = field(kind.eq("undo").or(undoneAt.isNotNull()));
        tx.dsl()
                .select(RECORD_ID, CHANGES, takenBack)
                .from(HISTORY.leftJoin(batch).on(BATCH_ID.eq(field(name("batch", "id"), SQLDataType.UUID))))
                .where(RECORD_ID.eq(any(records.stream().map(RecordId::value).toArray(UUID[]::new))))
                .and(qualified(OBJECT).eq(object))
                .and(VERSION.gt(1))
                .and(BATCH_ID.isNull().or(BATCH_ID.ne(all(own))))
                .orderBy(qualified(ID))
                .forEach(row -> {
                    if (!Boolean.TRUE.equals(row.value3())) changed.add(row.value1());
                    if (row.value2() == null) return;
                    Json.stored(row.value2().data()).forEachEntry((field, change) -> {
                        firsts.computeIfAbsent(row.value1(), k -> new HashMap<>())
                                .putIfAbsent(field, change.get(0));
                        lasts.computeIfAbsent(row.value1(), k -> new HashMap<>())
                                .put(field, change.get(1));
                    });
                });
        firsts.forEach((id, first) -> {
            if (!first.equals(lasts.get(id))) changed.add(id);
        });
        return changed;
    }

    private static <T> org.jooq.Field<T> qualified(org.jooq.Field<T> field) {
        return field(name("record_history", field.getName()), field.getDataType());
    }

    /** How many entries of each kind a batch wrote, counting no more than {@code most}. */
    Map<String, Integer> kindsOfBatch(Tx tx, RecordId batch, int most) {
        var some = tx.dsl()
                .select(KIND)
                .from(HISTORY)
                .where(BATCH_ID.eq(batch.value()))
                .orderBy(ID)
                .limit(most)
                .asTable("some");
        return tx.dsl()
                .select(KIND, org.jooq.impl.DSL.count())
                .from(some)
                .groupBy(KIND)
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    long countOfBatch(Tx tx, RecordId batch) {
        return tx.dsl().fetchCount(HISTORY, BATCH_ID.eq(batch.value()));
    }

    private static Entry entry(org.jooq.Record row) {
        var changes = row.get(CHANGES);
        return new Entry(
                Objects.requireNonNull(row.get(ID)),
                Objects.requireNonNull(row.get(OBJECT)),
                new RecordId(Objects.requireNonNull(row.get(RECORD_ID))),
                Objects.requireNonNull(row.get(VERSION)),
                Objects.requireNonNull(row.get(KIND)),
                Objects.requireNonNull(row.get(AT)),
                new RecordId(Objects.requireNonNull(row.get(ACTOR))),
                row.get(BATCH_ID) == null ? null : new RecordId(row.get(BATCH_ID)),
                changes == null ? null : Json.stored(changes.data()));
    }
}
