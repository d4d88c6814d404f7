package dev.rapport.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.database.Tx;
import dev.rapport.database.UncheckedSqlException;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.query.RowScope;
import dev.rapport.query.SqlTypes;
import dev.rapport.record.spi.Lookups;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads and writes whole records in their tables, always many at once. */
@Component
class RecordStore {
    private static final int COPY_FROM = 50;
    private static final String ALIAS = "r";
    private static final RowScope EVERY_ROW = (object, table) -> DSL.trueCondition();

    private final Cache<StatementKey, ById> byId =
            Caffeine.newBuilder().maximumSize(2_000).build();

    /** @param scope compared by identity: {@code access} gives the same one as long as the rights are the same */
    private record StatementKey(ObjectDef object, RowScope scope, ById.Reading reading) {}

    /** When and on whose behalf something is written. */
    record Stamp(java.time.Instant at, RecordId by) {}

    /** The records with these ids that {@code scope} shows, deleted ones included, in no order. */
    Map<RecordId, StoredRecord> load(Tx tx, ObjectDef object, Collection<RecordId> ids, RowScope scope, boolean lock) {
        var reading = lock ? ById.Reading.LOCKED : ById.Reading.WHOLE;
        var records = new LinkedHashMap<RecordId, StoredRecord>();
        statement(object, scope, reading)
                .run(tx, scope, ids.stream().map(RecordId::value).toArray(UUID[]::new), row -> {
                    var stored = read(object, row);
                    records.put(stored.id(), stored);
                });
        return records;
    }

    /** The records with these ids as the engine's own computations need them: all of them, and nobody changes them meanwhile. */
    Map<RecordId, StoredRecord> loadForComputing(Tx tx, ObjectDef object, Collection<UUID> ids, boolean lock) {
        var records = new LinkedHashMap<RecordId, StoredRecord>();
        if (ids.isEmpty()) return records;
        statement(object, EVERY_ROW, lock ? ById.Reading.LOCKED : ById.Reading.SHARED)
                .run(tx, EVERY_ROW, ids.toArray(UUID[]::new), row -> {
                    var stored = read(object, row);
                    records.put(stored.id(), stored);
                });
        return records;
    }

    /** The records with these ids for the engine's own comparisons; others may change them meanwhile. */
    Map<RecordId, StoredRecord> loadForComparing(Tx tx, ObjectDef object, Collection<UUID> ids) {
        return load(tx, object, ids.stream().map(RecordId::new).toList(), EVERY_ROW, false);
    }

    /** Writes computed fields alone: neither the version nor who changed the record last is touched. */
    void updateComputed(Tx tx, ObjectDef object, List<Integer> fields, List<PendingChange> changes) {
        if (!changes.isEmpty()) update(tx, object, List.of(), fields, changes, (statement, change) -> 1);
    }

    /** Writes by which words records are found, and nothing else. */
    void updateSearchKeys(Tx tx, ObjectDef object, List<PendingChange> changes) {
        update(tx, object, List.of("search_key"), List.of(), changes, (statement, change) -> {
            statement.setString(1, SearchKey.of(change));
            return 2;
        });
    }

    /** Gives records their next version and nothing else. */
    void raiseVersions(Tx tx, ObjectDef object, List<PendingChange> changes) {
        if (changes.isEmpty()) return;
        var version = field(name("version"), SQLDataType.INTEGER);
        tx.dsl()
                .update(table(name(object.table())))
                .set(version, version.plus(1))
                .where(field(name("id"), SQLDataType.UUID)
                        .eq(DSL.any(changes.stream()
                                .map(change -> change.id().value())
                                .toArray(UUID[]::new))))
                .execute();
    }

    /** Ids of records after {@code after} whose {@code lookup} leads to one of {@code targets}; of all records without a lookup. */
    List<UUID> idsBy(
            Tx tx,
            ObjectDef object,
            @Nullable Field<?> lookup,
            Collection<UUID> targets,
            @Nullable UUID after,
            int limit) {
        var id = field(name("id"), SQLDataType.UUID);
        var condition = after == null ? DSL.noCondition() : id.gt(after);
        if (lookup != null)
            condition = condition.and(
                    field(name(lookup.columnName("")), SQLDataType.UUID).eq(DSL.any(targets.toArray(UUID[]::new))));
        return tx.dsl()
                .select(id)
                .from(table(name(object.table())))
                .where(condition)
                .orderBy(id)
                .limit(limit)
                .fetch(row -> row.value1());
    }

    /** Records, deleted ones too, whose {@code lookup} (one link or several) leads to one of {@code targets}. */
    List<UUID> idsLeadingTo(Tx tx, ObjectDef object, Field<?> lookup, List<UUID> targets, int limit) {
        var wanted = targets.toArray(UUID[]::new);
        var column = name(lookup.columnName(""));
        var condition = lookup.type().mainPart().type().isArray()
                ? DSL.arrayOverlap(field(column, SQLDataType.UUID.array()), DSL.val(wanted))
                : field(column, SQLDataType.UUID).eq(DSL.any(wanted));
        var id = field(name("id"), SQLDataType.UUID);
        return tx.dsl()
                .select(id)
                .from(table(name(object.table())))
                .where(condition)
                .orderBy(id)
                .limit(limit)
                .fetch(row -> row.value1());
    }

    private ById statement(ObjectDef object, RowScope scope, ById.Reading reading) {
        return byId.get(
                new StatementKey(object, scope.template(object), reading),
                k -> ById.of(object, scope.template(object), reading));
    }

    private static Table<?> source(ObjectDef object) {
        return table(name(object.table())).as(name(ALIAS));
    }

    private static StoredRecord read(ObjectDef object, java.sql.ResultSet row) throws SQLException {
        var values = new Values(object);
        int at = 4;
        for (int i = 0; i < object.fields().size(); i++) {
            var type = object.fields().get(i).type();
            var columns = new @Nullable Object[type.parts().size()];
            for (int part = 0; part < columns.length; part++)
                columns[part] = SqlTypes.read(row, at++, type.parts().get(part).type());
            values.set(i, type.fromColumns(columns));
        }
        var id = new RecordId(java.util.Objects.requireNonNull(row.getObject(1, UUID.class)));
        return new StoredRecord(object, id, row.getInt(2), row.getObject(3) != null, values);
    }

    /** Inserts new records: a few by one batch, many by COPY. */
    void insert(Tx tx, ObjectDef object, List<PendingChange> changes) {
        if (changes.isEmpty()) return;
        try {
            if (changes.size() < COPY_FROM) insertBatch(tx, object, changes);
            else copy(tx, object, changes);
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    private static void insertBatch(Tx tx, ObjectDef object, List<PendingChange> changes) throws SQLException {
        var columns = insertColumns(object);
        var marks = String.join(",", java.util.Collections.nCopies(columns.size(), "?"));
        var sql = "INSERT INTO " + quoted(object.table()) + " (" + quoted(columns) + ") VALUES (" + marks + ")";
        try (var statement = tx.connection().prepareStatement(sql)) {
            for (var change : changes) {
                statement.setObject(1, change.id().value());
                statement.setInt(2, 1);
                statement.setString(3, SearchKey.of(change));
                int at = 4;
                for (int i = 0; i < object.fields().size(); i++)
                    at = JdbcParameters.bind(
                            statement,
                            at,
                            object.fields().get(i).type(),
                            change.after().at(i));
                if (changes.size() == 1) {
                    statement.execute();
                    return;
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void copy(Tx tx, ObjectDef object, List<PendingChange> changes) throws SQLException {
        try (var copy = CopyWriter.open(tx.connection(), object.table(), insertColumns(object))) {
            for (var change : changes) {
                copy.value(ColumnType.UUID, change.id().value());
                copy.value(ColumnType.BIGINT, 1L);
                copy.value(ColumnType.LONG_TEXT, SearchKey.of(change));
                for (int i = 0; i < object.fields().size(); i++)
                    copyField(
                            copy, object.fields().get(i).type(), change.after().at(i));
                copy.endRow();
            }
            copy.finish();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> void copyField(CopyWriter copy, FieldType<T> type, @Nullable Object value) throws SQLException {
        var columns = value == null ? null : type.toColumns((T) value);
        for (int part = 0; part < type.parts().size(); part++)
            copy.value(type.parts().get(part).type(), columns == null ? null : columns[part]);
    }

    private static List<String> insertColumns(ObjectDef object) {
        var columns = new ArrayList<>(List.of("id", "version", "search_key"));
        object.fields().forEach(f -> f.columns().forEach(column -> columns.add(column.name())));
        return columns;
    }

    /** Writes the touched fields of each change; records changed alike go in one batch. */
    void update(Tx tx, ObjectDef object, List<PendingChange> changes) {
        var alike = new LinkedHashMap<List<Integer>, List<PendingChange>>();
        for (var change : changes)
            alike.computeIfAbsent(change.touched(), k -> new ArrayList<>()).add(change);
        alike.forEach((fields, group) -> updateAlike(tx, object, fields, group));
    }

    private static void updateAlike(Tx tx, ObjectDef object, List<Integer> fields, List<PendingChange> changes) {
        update(tx, object, List.of("version", "search_key"), fields, changes, (statement, change) -> {
            statement.setInt(1, change.newVersion());
            statement.setString(2, SearchKey.of(change));
            return 3;
        });
    }

    /** Binds the columns before the fields and returns the next parameter. */
    @FunctionalInterface
    private interface Head {
        int bind(PreparedStatement statement, PendingChange change) throws SQLException;
    }

    private static void update(
            Tx tx,
            ObjectDef object,
            List<String> head,
            List<Integer> fields,
            List<PendingChange> changes,
            Head binding) {
        var assigned = new ArrayList<>(head);
        for (int index : fields) object.fields().get(index).columns().forEach(column -> assigned.add(column.name()));
        var assignments =
                assigned.stream().map(column -> quoted(column) + " = ?").toList();
        var sql = "UPDATE " + quoted(object.table()) + " SET " + String.join(", ", assignments) + " WHERE id = ?";
        try (var statement = tx.connection().prepareStatement(sql)) {
            for (var change : changes) {
                int at = binding.bind(statement, change);
                for (int index : fields)
                    at = JdbcParameters.bind(
                            statement,
                            at,
                            object.fields().get(index).type(),
                            change.after().at(index));
                statement.setObject(at, change.id().value());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    /** Puts records into the recycle bin at {@code at}, or takes them out where it is null. */
    void markDeleted(
            Tx tx, ObjectDef object, List<PendingChange> changes, java.time.@Nullable Instant at, Stamp stamp) {
        if (changes.isEmpty()) return;
        tx.dsl()
                .update(table(name(object.table())))
                .set(field(name("deleted_at"), SQLDataType.INSTANT), at)
                .set(field(name("updated_at"), SQLDataType.INSTANT), stamp.at())
                .set(field(name("updated_by"), SQLDataType.UUID), stamp.by().value())
                .set(
                        field(name("version"), SQLDataType.INTEGER),
                        field(name("version"), SQLDataType.INTEGER).plus(1))
                .where(field(name("id"), SQLDataType.UUID)
                        .eq(DSL.any(changes.stream()
                                .map(change -> change.id().value())
                                .toArray(UUID[]::new))))
                .execute();
    }

    /** Which of {@code ids} are live records that {@code scope} shows. */
    java.util.Set<UUID> existing(Tx tx, ObjectDef object, Collection<UUID> ids, RowScope scope) {
        var found = new java.util.HashSet<UUID>();
        statement(object, scope, ById.Reading.EXISTENCE)
                .run(tx, scope, ids.toArray(UUID[]::new), row -> found.add(row.getObject(1, UUID.class)));
        return found;
    }

    /** Which of these people can sign in, or are not there at all, which is told elsewhere. */
    java.util.Set<UUID> activeUsers(Tx tx, Collection<UUID> ids) {
        var id = field(name("id"), SQLDataType.UUID);
        var inactive = tx.dsl()
                .select(id)
                .from(table(name("o_user")))
                .where(id.eq(DSL.any(ids.toArray(UUID[]::new))))
                .and(field(name("active"), SQLDataType.BOOLEAN).isFalse())
                .fetchSet(row -> row.value1());
        var active = new java.util.HashSet<>(ids);
        active.removeAll(inactive);
        return active;
    }

    /** Which of these records, deleted ones too, lie within {@code scope}. */
    java.util.Set<UUID> within(Tx tx, ObjectDef object, Collection<UUID> ids, RowScope scope) {
        var source = source(object);
        var id = field(name(ALIAS, "id"), SQLDataType.UUID);
        return tx.dsl()
                .select(id)
                .from(source)
                .where(id.eq(DSL.any(ids.toArray(UUID[]::new))))
                .and(scope.visible(object, source))
                .fetchSet(row -> row.value1());
    }

    /** Ids of the live records by the key each has in {@code key}; a key that several records share has them all. */
    Map<String, List<UUID>> byKey(Tx tx, ObjectDef object, Field<?> key, Collection<String> keys, RowScope scope) {
        var part = key.type().mainPart();
        var column = field(name(ALIAS, key.columnName(part.suffix())), SqlTypes.of(part.type()));
        var id = field(name(ALIAS, "id"), SQLDataType.UUID);
        var source = source(object);
        var found = new java.util.HashMap<String, List<UUID>>();
        tx.dsl()
                .select(column.cast(SQLDataType.CLOB), id)
                .from(source)
                .where(equalsAny(column, part.type(), keys))
                .and(field(name(ALIAS, "deleted_at")).isNull())
                .and(scope.visible(object, source))
                .forEach(row -> found.computeIfAbsent(row.value1(), k -> new ArrayList<>())
                        .add(row.value2()));
        return found;
    }

    private static org.jooq.Condition equalsAny(org.jooq.Field<?> column, ColumnType type, Collection<String> keys) {
        if (SqlTypes.of(type).getType() == String.class)
            return column.coerce(String.class).eq(DSL.any(keys.toArray(String[]::new)));
        return column.cast(SQLDataType.CLOB).eq(DSL.any(keys.toArray(String[]::new)));
    }

    /**
     * How many live records have these values in the main parts of their fields, and when the newest was created: all of
     * them, for the product's own rules, such as those that spread work evenly.
     */
    Lookups.Tally tally(Tx tx, ObjectDef object, Map<Field<?>, Object> values) {
        var source = source(object);
        var condition = field(name(ALIAS, "deleted_at")).isNull();
        for (var entry : values.entrySet()) condition = condition.and(equal(entry.getKey(), entry.getValue()));
        var newest = DSL.max(field(name(ALIAS, "created_at"), SQLDataType.INSTANT));
        var row = java.util.Objects.requireNonNull(tx.dsl()
                .select(DSL.count(), newest)
                .from(source)
                .where(condition)
                .fetchOne());
        return new Lookups.Tally(row.value1(), row.value2());
    }

    private static org.jooq.Condition equal(Field<?> key, Object value) {
        return column(key).eq(columnValue(key, value));
    }

    @SuppressWarnings("unchecked")
    private static org.jooq.Field<Object> column(Field<?> key) {
        var part = key.type().mainPart();
        return (org.jooq.Field<Object>) field(name(ALIAS, key.columnName(part.suffix())), SqlTypes.of(part.type()));
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable Object columnValue(Field<T> key, @Nullable Object value) {
        return key.type().toColumns((T) java.util.Objects.requireNonNull(value))[0];
    }

    /** The live records whose {@code key} is at least this value, at most a thousand. */
    <T> List<StoredRecord> since(Tx tx, ObjectDef object, Field<T> key, T value, RowScope scope) {
        return live(tx, object, column(key).ge(columnValue(key, value)), scope);
    }

    /** The live records whose {@code key} has this value, at most a thousand, in order of their creation. */
    <T> List<StoredRecord> live(Tx tx, ObjectDef object, Field<T> key, T value, RowScope scope) {
        return live(tx, object, equal(key, java.util.Objects.requireNonNull(value)), scope);
    }

    private List<StoredRecord> live(Tx tx, ObjectDef object, org.jooq.Condition condition, RowScope scope) {
        var id = field(name(ALIAS, "id"), SQLDataType.UUID);
        var source = source(object);
        var ids = tx.dsl()
                .select(id)
                .from(source)
                .where(condition)
                .and(field(name(ALIAS, "deleted_at")).isNull())
                .and(scope.visible(object, source))
                .orderBy(id)
                .limit(1_000)
                .fetch(row -> new RecordId(row.value1()));
        if (ids.isEmpty()) return List.of();
        var records = load(tx, object, ids, scope, false);
        return ids.stream().map(records::get).filter(java.util.Objects::nonNull).toList();
    }

    /** The next {@code count} numbers of an auto-number field. */
    List<Long> numbers(Tx tx, String sequence, int count) {
        return tx.dsl()
                .select(DSL.function(
                        name("nextval"),
                        SQLDataType.BIGINT,
                        DSL.val(quoted(sequence)).cast(DSL.val("").getDataType())))
                .from(DSL.generateSeries(1, count))
                .fetch(row -> row.value1());
    }

    static String quoted(String identifier) {
        return '"' + identifier + '"';
    }

    private static String quoted(List<String> identifiers) {
        return String.join(",", identifiers.stream().map(RecordStore::quoted).toList());
    }
}
