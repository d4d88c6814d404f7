package dev.rapport.query;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param selection what the columns of {@code rows} mean; the first is the id, the second the version
 * @param next cursor behind the last row, or null at the end of the list
 * @param previous cursor before the first row, or null at the start
 * @param count null when it was not asked for
 * @param totals figures for the footer, by measure
 */
public record RowPage(
        Selection selection,
        List<@Nullable Object[]> rows,
        @Nullable String next,
        @Nullable String previous,
        @Nullable Count count,
        Map<RecordQuery.Measure, Object> totals) {

    /**
     * How many records match.
     *
     * @param exact false when there are more than {@code value}
     * @param estimate PostgreSQL's guess of the whole number; equals {@code value} when exact
     */
    public record Count(long value, boolean exact, long estimate) {}
}
