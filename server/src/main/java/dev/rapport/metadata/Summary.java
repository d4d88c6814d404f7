package dev.rapport.metadata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Sums that the database keeps of an object's live records, one for each combination of some fields' values, so that
 * questions over millions of records are answered from some thousands of rows. They are kept as the records are written,
 * whoever writes them.
 *
 * @param keys fields that questions may filter and group by
 * @param month the one day or moment among the questions' fields of which only the month is kept (of moments the month in
 *     UTC); the records themselves are read for the parts of months at either end of a period. Null for none
 * @param measures numbers and money that questions may sum and average, besides counting
 */
public record Summary(List<String> keys, @Nullable String month, List<String> measures) {
    /** Of how summaries are kept. Another one has them made anew. */
    private static final int FORMAT = 1;

    public Summary {
        keys = List.copyOf(keys);
        measures = List.copyOf(measures);
    }

    /** Sums by the values of {@code keys}. */
    public static Summary by(Field<?>... keys) {
        return new Summary(names(keys), null, List.of());
    }

    /** Also by the month of {@code field}, which is a day or a moment. */
    public Summary byMonth(Field<?> field) {
        return new Summary(keys, field.name(), measures);
    }

    /** With the sums of {@code fields}. */
    public Summary of(Field<?>... fields) {
        return new Summary(keys, month, names(fields));
    }

    private static List<String> names(Field<?>... fields) {
        return List.of(fields).stream().map(Field::name).toList();
    }

    /**
     * One column by which the records are told apart.
     *
     * @param month whether only the first day (or moment) of its month is kept
     */
    public record Key(String column, ColumnType type, boolean month) {}

    /** What tells records apart: the keys, the month, and the currencies of measured money. */
    public List<Key> keyColumns(ObjectDef object) {
        var columns = new LinkedHashMap<String, Key>();
        for (var name : keys) {
            var field = object.require(name);
            var part = field.type().mainPart();
            add(columns, new Key(field.columnName(part.suffix()), part.type(), false));
        }
        if (month != null) {
            var field = object.require(month);
            add(columns, new Key(field.columnName(""), field.type().mainPart().type(), true));
        }
        for (var name : measures)
            if (object.require(name).type() instanceof NumberTypes.MoneyAmount)
                add(columns, new Key(object.require(name).columnName("currency"), ColumnType.CODE, false));
        return new ArrayList<>(columns.values());
    }

    private static void add(Map<String, Key> columns, Key key) {
        columns.putIfAbsent(key.column(), key);
    }

    /** The columns that are summed. Beside each its values are counted, for averages. */
    public List<String> sumColumns(ObjectDef object) {
        return measures.stream()
                .map(object::require)
                .map(field -> field.columnName(field.type().mainPart().suffix()))
                .toList();
    }

    /** Name of the column with the sum of {@code column}. */
    public static String sum(String column) {
        return column + "_sum";
    }

    /** Name of the column that counts the values of {@code column}. */
    public static String count(String column) {
        return column + "_count";
    }

    /** The table that holds them. Other sums lie in another table, so that a new version fills its own. */
    public String table(ObjectDef object) {
        var checksum = new CRC32();
        checksum.update((FORMAT + "|" + keyColumns(object) + "|" + sumColumns(object))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return tablePrefix(object) + Long.toHexString(checksum.getValue());
    }

    /** Name of the function that adds the rows of one combination up to one. */
    public String folding(ObjectDef object) {
        return folding(table(object));
    }

    public static String folding(String table) {
        return table + "_fold";
    }

    /** Name of the function that counts what differs from the records, and sums up anew if anything does. */
    public String mending(ObjectDef object) {
        return mending(table(object));
    }

    public static String mending(String table) {
        return table + "_mend";
    }

    /** How the names of all tables begin that hold sums of {@code object}. */
    public static String tablePrefix(ObjectDef object) {
        return "s" + object.table().substring(1) + "_";
    }
}
