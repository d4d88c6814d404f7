package dev.rapport.query;

import dev.rapport.database.Tx;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.query.RecordQuery.Measure;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Computes figures over the records a caller may see, in groups or as a whole. */
@Component
public class AggregateReader {
    /** Lengths of time into which moments and days are grouped. Weeks begin on Monday (ISO 8601). */
    public enum Bucket {
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR
    }

    /** @param bucket null groups by the value itself */
    public record GroupKey(FieldPath path, @Nullable Bucket bucket) {}

    /**
     * @param sort index into the group keys and then the measures; negative (as {@code -1 - index}) for descending
     * @param locale language in which linked records are named
     */
    public record Request(
            ObjectDef object,
            @Nullable Predicate filter,
            List<GroupKey> groupBy,
            List<Measure> measures,
            @Nullable Integer sort,
            int limit,
            Locale locale) {}

    /** One group: its keys' values as the API writes them, then its figures. */
    public record Group(List<@Nullable Object> keys, List<@Nullable Object> figures) {}

    /** A group key that is a looked-up record. */
    public record NamedKey(String id, @Nullable String name) {}

    /** @throws Refusal 422 when a measure would add up different currencies */
    public List<Group> read(Tx tx, Request request, RowScope scope, ZoneId zone, Selection.Targets targets) {
        var groups = SummarySource.covering(request, scope)
                .flatMap(summary -> new AggregateStatement(request, scope, zone, summary).groups(tx))
                .orElseGet(() -> new AggregateStatement(request, scope, zone, null)
                        .groups(tx)
                        .orElseThrow());
        return new GroupNames(request, scope, targets).named(tx, groups);
    }

    /** Figures over one whole list. */
    Map<Measure, Object> totals(Tx tx, RecordQuery query, RowScope scope) {
        var request = new Request(query.object(), query.filter(), List.of(), query.totals(), null, 1, Locale.ROOT);
        var groups = read(tx, request, scope, ZoneId.of("UTC"), name -> query.object());
        var totals = new LinkedHashMap<Measure, Object>();
        if (groups.isEmpty()) return totals;
        for (int i = 0; i < query.totals().size(); i++) {
            var figure = groups.getFirst().figures().get(i);
            if (figure != null) totals.put(query.totals().get(i), figure);
        }
        return totals;
    }
}
