package dev.rapport.sales;

import dev.rapport.record.Figures.Group;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all deals of a report come to.
 *
 * @param deals how many
 * @param value in the company's currency; null of no value
 */
record WonSums(long deals, @Nullable BigDecimal value) {
    private static final String VALUE = "sum(value)";
    private static final int MOST_GROUPS = 5_000;

    /** The sums of these groups, each with its count and value. */
    static WonSums of(List<Group> groups) {
        long deals = 0;
        BigDecimal value = null;
        for (var group : groups) {
            deals += group.count("count");
            var more = group.number(VALUE);
            if (more != null) value = value == null ? more : value.add(more);
        }
        return new WonSums(deals, value);
    }

    /** The groups of {@code grouped} by value, the greatest first, as many as one answer holds. */
    static List<Group> greatest(ReportScope scope, Question grouped) {
        return scope.ask(grouped.count().measure("sum", "value").most(VALUE, MOST_GROUPS));
    }

    /** The sums of {@code won}, which were asked for in {@code groups}: anew only if they are not all there. */
    static WonSums of(ReportScope scope, Question won, List<Group> groups) {
        if (groups.size() < MOST_GROUPS) return of(groups);
        return of(List.of(scope.figure(won.copy().count().measure("sum", "value"))));
    }

    ReportTable into(ReportTable table) {
        return table.total("won", deals).total("value", value);
    }
}
