package dev.rapport.query;

import dev.rapport.metadata.ObjectDef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list shows, with every name found and every value typed.
 *
 * @param filter null for all records the caller may see
 * @param sort without the id, which always breaks ties
 * @param start where the page begins
 * @param deleted whether the recycle bin is read instead of the live records
 */
public record RecordQuery(
        ObjectDef object,
        List<FieldPath> fields,
        @Nullable Predicate filter,
        List<SortKey> sort,
        int limit,
        Start start,
        CountMode count,
        List<Measure> totals,
        boolean deleted) {

    /** How precisely the matching records are counted. */
    public enum CountMode {
        NONE,
        BOUNDED,
        EXACT
    }

    /** Where a page begins. */
    public sealed interface Start {
        record First() implements Start {}

        record After(Cursor cursor) implements Start {}

        record Before(Cursor cursor) implements Start {}

        /** About this share of the way through the list, from 0 to 1. */
        record Position(double share) implements Start {}
    }

    /** A figure over many records. */
    public record Measure(Function function, @Nullable FieldPath path) {}

    /** Aggregate functions. */
    public enum Function {
        COUNT,
        COUNT_DISTINCT,
        SUM,
        AVG,
        MIN,
        MAX,
        /** The middle value; between two of them their mean. */
        MEDIAN
    }

    /** The same records in no order and with no fields of theirs. */
    RecordQuery unordered() {
        return new RecordQuery(
                object, List.of(), filter, List.of(), limit, new Start.First(), CountMode.NONE, List.of(), deleted);
    }

    /** The first page of {@code object} in id order, for work that walks through all records. */
    public static RecordQuery all(
            ObjectDef object, List<FieldPath> fields, @Nullable Predicate filter, List<SortKey> sort) {
        return new RecordQuery(object, fields, filter, sort, 500, new Start.First(), CountMode.NONE, List.of(), false);
    }
}
