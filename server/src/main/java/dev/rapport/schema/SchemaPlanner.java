package dev.rapport.schema;

import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Summary;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.Trait;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Catalogue minus database shape: the DDL that is missing. Names come from the catalogue alone and are quoted. */
final class SchemaPlanner {
    private static final String LIVE = " WHERE deleted_at IS NULL";

    private final DatabaseShape shape;
    private final List<String> statements = new ArrayList<>();
    private final List<String> later = new ArrayList<>();
    private final Set<String> indexes = new HashSet<>();
    private final List<String> conflicts = new ArrayList<>();

    SchemaPlanner(DatabaseShape shape) {
        this.shape = shape;
    }

    SchemaPlan plan(Catalogue catalogue) {
        catalogue.all().forEach(this::planSequences);
        catalogue.all().forEach(this::planTable);
        catalogue.all().forEach(this::planIndexes);
        catalogue.all().forEach(this::planSummaries);
        return new SchemaPlan(List.copyOf(statements), List.copyOf(later), List.copyOf(conflicts));
    }

    private void planSequences(ObjectDef object) {
        for (var field : object.fields()) {
            var name = sequence(object, field);
            if (field.type() instanceof TextTypes.AutoNumber
                    && !shape.sequences().contains(name)) statements.add("CREATE SEQUENCE " + quoted(name));
        }
    }

    /** Where the numbers of an auto-number field come from. */
    static String sequence(ObjectDef object, Field<?> field) {
        return object.table() + "_" + field.columnName("") + "_seq";
    }

    private void planTable(ObjectDef object) {
        var wanted = columns(object);
        var present = shape.columns().get(object.table());
        if (present == null) {
            createTable(object, wanted);
            return;
        }
        wanted.forEach((column, type) -> {
            var actual = present.get(column);
            if (actual == null)
                statements.add("ALTER TABLE %s ADD COLUMN %s %s"
                        .formatted(quoted(object.table()), quoted(column), type.ddl()));
            else if (!actual.equals(udt(type)))
                conflicts.add("%s.%s is %s in the database but %s in the catalogue"
                        .formatted(object.table(), column, actual, type));
        });
    }

    private void createTable(ObjectDef object, Map<String, ColumnType> columns) {
        var ddl = new StringBuilder("CREATE TABLE ").append(quoted(object.table()));
        ddl.append(
                " (id uuid PRIMARY KEY, version integer NOT NULL DEFAULT 1, deleted_at timestamptz, search_key text");
        columns.forEach((column, type) ->
                ddl.append(", ").append(quoted(column)).append(' ').append(type.ddl()));
        statements.add(ddl.append(")").toString());
    }

    private static Map<String, ColumnType> columns(ObjectDef object) {
        var columns = new LinkedHashMap<String, ColumnType>();
        object.fields().forEach(field -> field.columns().forEach(column -> columns.put(column.name(), column.type())));
        return columns;
    }

    private static String udt(ColumnType type) {
        return switch (type) {
            case CODE, WORDS, LONG_TEXT -> "text";
            case BIGINT -> "int8";
            case NUMERIC -> "numeric";
            case BOOLEAN -> "bool";
            case DATE -> "date";
            case TIMESTAMP -> "timestamptz";
            case UUID -> "uuid";
            case CODES -> "_text";
            case UUIDS -> "_uuid";
        };
    }

    private void planIndexes(ObjectDef object) {
        for (var field : object.fields()) planIndex(object, field);
        if (!object.searchable().isEmpty()) planSearchIndexes(object);
        index(object, null, " (deleted_at, id) WHERE deleted_at IS NOT NULL", false);
        planTimelineIndexes(object);
        for (var covering : object.coverings())
            index(
                    object,
                    null,
                    " (" + columns(object, covering.keys()) + ") INCLUDE (" + columns(object, covering.read()) + ")"
                            + LIVE,
                    false);
        dropUnplanned(object);
    }

    private static String columns(ObjectDef object, List<String> fields) {
        return fields.stream()
                .flatMap(field -> object.require(field).columns().stream())
                .map(column -> quoted(column.name()))
                .collect(Collectors.joining(", "));
    }

    private void planSearchIndexes(ObjectDef object) {
        var words = " USING gin ((" + SearchWords.BEFORE_KEY + "search_key" + SearchWords.BEHIND_KEY + "))";
        index(object, null, " USING gin (search_key gin_trgm_ops) WITH (gin_pending_list_limit = 4096)" + LIVE, false);
        index(object, null, words + LIVE, false);
        var sample = LIVE + " AND " + SearchWords.BEFORE_ID + "id" + SearchWords.BEHIND_ID;
        index(object, null, words + sample, false);
        index(object, null, " USING gin (search_key gin_trgm_ops)" + sample, false);
    }

    /** Drops indexes that an earlier version planned. */
    private void dropUnplanned(ObjectDef object) {
        for (var name : new TreeSet<>(shape.indexes()))
            if (name.matches("ix_" + object.table() + "_[0-9a-f]{1,8}") && !indexes.contains(name))
                statements.add("DROP INDEX " + quoted(name));
    }

    private void planIndex(ObjectDef object, Field<?> field) {
        var part = field.type().mainPart();
        var column = quoted(field.columnName(part.suffix()));
        if (field.is(Trait.UNIQUE)) index(object, field, " (" + column + ")" + LIVE, true);
        if (!field.is(Trait.FILTERABLE) && !isCustomLookup(field)) return;
        if (part.type().isArray()) index(object, field, " USING gin (" + column + ")" + LIVE, false);
        else if (!isLookup(field)) index(object, field, " (" + column + ", id)" + LIVE, false);
        if (field.isSharedByMany()) index(object, field, " (" + column + ", updated_at, id)" + LIVE, false);
    }

    /** Related lists, roll-ups and formulas ask for the children of a record. */
    private static boolean isCustomLookup(Field<?> field) {
        return isLookup(field) && field.isCustom();
    }

    /** Nobody reads a list in the order of other records' ids. */
    private static boolean isLookup(Field<?> field) {
        return field.type() instanceof LinkTypes.Lookup;
    }

    private void planTimelineIndexes(ObjectDef object) {
        var timeline = object.timeline();
        if (timeline == null) return;
        var at = quoted(object.require(timeline.at()).columnName(""));
        for (var field : object.fields()) {
            boolean record = field.type() instanceof LinkTypes.Lookup lookup
                    && !lookup.target().equals("user");
            if (record) index(object, field, " (" + quoted(field.columnName("")) + ", " + at + ", id)" + LIVE, false);
        }
    }

    private void planSummaries(ObjectDef object) {
        var wanted = new HashSet<String>();
        for (var summary : object.summaries()) {
            var table = summary.table(object);
            wanted.add(table);
            if (!shape.columns().containsKey(table)) statements.addAll(new SummaryTables(object, summary).create());
        }
        for (var table : new TreeSet<>(shape.columns().keySet()))
            if (table.matches(Summary.tablePrefix(object) + "[0-9a-f]{1,8}") && !wanted.contains(table))
                statements.addAll(SummaryTables.drop(table));
    }

    /** @param field whose index it is; those of custom fields on a table with records are built without blocking anybody */
    private void index(ObjectDef object, @Nullable Field<?> field, String definition, boolean unique) {
        var checksum = new CRC32();
        checksum.update((definition + unique).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var name = "ix_" + object.table() + "_" + Long.toHexString(checksum.getValue());
        if (!indexes.add(name) || shape.indexes().contains(name)) return;
        boolean present = shape.columns().containsKey(object.table());
        boolean waits = present && field != null && field.isCustom();
        (waits ? later : statements)
                .add("CREATE " + (unique ? "UNIQUE " : "") + "INDEX " + (waits ? "CONCURRENTLY IF NOT EXISTS " : "")
                        + quoted(name) + " ON " + quoted(object.table()) + definition);
    }

    static String quoted(String identifier) {
        if (!identifier.matches("[a-z_][a-z0-9_]{0,62}"))
            throw new IllegalArgumentException("Not a name: " + identifier);
        return "\"" + identifier + "\"";
    }
}
