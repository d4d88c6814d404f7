package dev.rapport.query;

import static org.jooq.impl.DSL.name;

import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.FieldType.Part;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** An object's table in one statement, with the tables joined to it by the lookups that the statement walks. */
public final class Relation {
    private static final int LONGEST_ALIAS = 58;

    private final ObjectDef object;
    private final String alias;
    private final RowScope scope;
    private final Map<String, Relation> joined = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final boolean searched;
    private Table<?> source;

    Relation(ObjectDef object, String alias, RowScope scope) {
        this(object, alias, scope, false);
    }

    private Relation(ObjectDef object, String alias, RowScope scope, boolean searched) {
        this.searched = searched;
        this.object = object;
        this.alias = alias;
        this.scope = scope;
        this.source = DSL.table(name(object.table())).as(name(alias));
    }

    /** The relation that a statement begins with: its rows have to be found, not only checked. */
    static Relation root(ObjectDef object, String alias, RowScope scope) {
        return new Relation(object, alias, scope, true);
    }

    ObjectDef object() {
        return object;
    }

    Table<?> source() {
        return source;
    }

    /** Replaces the table by another with the same columns under the same alias, such as a sample of it. */
    void readFrom(Table<Record> other) {
        source = other;
    }

    public org.jooq.Field<Object> column(String columnName, ColumnType type) {
        return untyped(DSL.field(name(alias, columnName), SqlTypes.of(type)));
    }

    @SuppressWarnings("unchecked")
    private static org.jooq.Field<Object> untyped(org.jooq.Field<?> field) {
        return (org.jooq.Field<Object>) field;
    }

    public org.jooq.Field<Object> column(Field<?> field, Part part) {
        return column(field.columnName(part.suffix()), part.type());
    }

    /** The column of {@code path}, joining what lies on the way; empty where the value is hidden. */
    public org.jooq.Field<Object> column(FieldPath path) {
        var owner = owner(path);
        var column = owner.column(path.field(), path.mainPart());
        var masked = owner.masked(path.field());
        return masked == null ? column : DSL.when(masked.not(), column);
    }

    private @Nullable Condition masked(Field<?> field) {
        return scope.masked(object, field, source);
    }

    /** The column as it is shown: values that are hidden are shown in part, where that makes sense. */
    org.jooq.Field<Object> shown(Field<?> field, Part part) {
        var column = column(field, part);
        var masked = masked(field);
        return masked == null
                ? column
                : DSL.when(masked, Mask.of(field.type(), column)).otherwise(column);
    }

    /** The relation that holds the path's last field. */
    Relation owner(FieldPath path) {
        var at = this;
        for (var step : path.steps()) at = at.join(step.lookup(), step.target());
        return at;
    }

    /** The relation that {@code lookup} leads to. Rows the caller may not see join as if there were none. */
    Relation join(Field<?> lookup, ObjectDef target) {
        var present = joined.get(lookup.name());
        if (present != null) return present;
        var other = new Relation(target, shortened(alias + "_" + lookup.columnName("")), scope);
        joined.put(lookup.name(), other);
        return other;
    }

    /** PostgreSQL cuts longer names, and two that were cut might become one. */
    private static String shortened(String name) {
        if (name.length() <= LONGEST_ALIAS) return name;
        var checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        return name.substring(0, LONGEST_ALIAS - 9) + "_" + Long.toHexString(checksum.getValue());
    }

    /** The alias of the stored file that {@code field} names. */
    String joinFile(Field<?> field) {
        return files.computeIfAbsent(field.name(), k -> shortened(alias + "_f_" + field.columnName("")));
    }

    /** This table with everything joined so far. */
    Table<?> from() {
        Table<?> result = source;
        for (var entry : joined.entrySet()) result = attach(result, entry.getKey(), entry.getValue());
        for (var entry : files.entrySet()) {
            var file = DSL.table(name("file")).as(name(entry.getValue()));
            var id = DSL.field(name(entry.getValue(), "id"), SQLDataType.UUID);
            var own = DSL.field(name(alias, object.require(entry.getKey()).columnName("")), SQLDataType.UUID);
            result = result.leftJoin(file).on(own.eq(id));
        }
        return result;
    }

    private Table<?> attach(Table<?> left, String lookupName, Relation other) {
        var own = DSL.field(name(alias, object.require(lookupName).columnName("")), SQLDataType.UUID);
        var theirs = DSL.field(name(other.alias, "id"), SQLDataType.UUID);
        Table<?> result = left.leftJoin(other.source).on(own.eq(theirs).and(other.live()));
        for (var entry : other.joined.entrySet()) result = other.attach(result, entry.getKey(), entry.getValue());
        return result;
    }

    org.jooq.Field<java.util.UUID> id() {
        return DSL.field(name(alias, "id"), SQLDataType.UUID);
    }

    org.jooq.Field<java.time.Instant> deletedAt() {
        return DSL.field(name(alias, "deleted_at"), SQLDataType.INSTANT);
    }

    org.jooq.Field<String> searchKey() {
        return DSL.field(name(alias, "search_key"), SQLDataType.VARCHAR);
    }

    /** Rows that are visible to the caller and not in the recycle bin. */
    Condition live() {
        var shown = searched ? scope.listed(object, source) : scope.visible(object, source);
        return deletedAt().isNull().and(shown);
    }

    Condition deleted() {
        return deletedAt().isNotNull().and(scope.visible(object, source));
    }

    RowScope scope() {
        return scope;
    }

    String alias() {
        return alias;
    }

    static boolean isLink(Field<?> field) {
        return field.type() instanceof LinkTypes.Lookup;
    }
}
