package dev.rapport.query;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Summary;
import dev.rapport.query.AggregateReader.Bucket;
import dev.rapport.query.AggregateReader.GroupKey;
import dev.rapport.query.Predicate.Comparison;
import dev.rapport.query.RecordQuery.Function;
import dev.rapport.query.RecordQuery.Measure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * A summary that answers a question exactly as the records would, for callers who may see all of them: whole months come
 * from the summary, what is left of months at either end of the period from the records.
 */
final class SummarySource {
    private static final String COUNT = "n";
    private static final Set<Bucket> WHOLE_MONTHS = Set.of(Bucket.MONTH, Bucket.QUARTER, Bucket.YEAR);

    private final ObjectDef object;
    private final Summary summary;
    private final Period period;
    private final @Nullable Predicate rest;

    private SummarySource(ObjectDef object, Summary summary, Period period, @Nullable Predicate rest) {
        this.object = object;
        this.summary = summary;
        this.period = period;
        this.rest = rest;
    }

    /** The first summary of the object that covers the request; none for callers who may not see every record. */
    static Optional<SummarySource> covering(AggregateReader.Request request, RowScope scope) {
        var object = request.object();
        if (object.summaries().isEmpty()) return Optional.empty();
        boolean all = scope.visible(object, table(name(object.table()))).equals(trueCondition());
        return all
                ? object.summaries().stream()
                        .flatMap(summary -> covering(summary, request).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<SummarySource> covering(Summary summary, AggregateReader.Request request) {
        boolean covers = request.groupBy().stream().allMatch(key -> groups(summary, key))
                && request.measures().stream().allMatch(measure -> measures(summary, measure))
                && !isSortedByMedian(request);
        if (!covers) return Optional.empty();
        var period = new Period();
        var rest = new ArrayList<Predicate>();
        for (var part : parts(request.filter())) {
            if (period.narrow(summary, part)) continue;
            if (!filters(summary, part)) return Optional.empty();
            rest.add(part);
        }
        return period.hasWholeMonths()
                ? Optional.of(new SummarySource(
                        request.object(), summary, period, rest.isEmpty() ? null : new Predicate.AllOf(rest)))
                : Optional.empty();
    }

    private static boolean isSortedByMedian(AggregateReader.Request request) {
        var sort = request.sort();
        if (sort == null) return false;
        int measure = (sort < 0 ? -1 - sort : sort) - request.groupBy().size();
        return measure >= 0 && request.measures().get(measure).function() == Function.MEDIAN;
    }

    private static List<Predicate> parts(@Nullable Predicate filter) {
        if (filter == null) return List.of();
        return filter instanceof Predicate.AllOf(var parts)
                ? parts.stream().flatMap(part -> parts(part).stream()).toList()
                : List.of(filter);
    }

    private static boolean groups(Summary summary, GroupKey key) {
        var bucket = key.bucket();
        if (bucket == null) return tells(summary, key.path());
        boolean day = key.path().mainPart().type() == ColumnType.DATE;
        return day && isMonth(summary, key.path()) && WHOLE_MONTHS.contains(bucket);
    }

    private static boolean isMonth(Summary summary, FieldPath path) {
        return path.steps().isEmpty() && path.field().name().equals(summary.month());
    }

    /** Whether the path's value, or the link it begins with, is kept as it is. */
    private static boolean tells(Summary summary, FieldPath path) {
        if (!path.steps().isEmpty())
            return summary.keys().contains(path.steps().getFirst().lookup().name());
        var part = path.part();
        boolean main = part == null || part == path.field().type().mainPart();
        if (main && summary.keys().contains(path.field().name())) return true;
        return part != null
                && part.name().equals("currency")
                && summary.measures().contains(path.field().name());
    }

    private static boolean isMeasured(Summary summary, FieldPath path) {
        boolean main = path.part() == null || path.part() == path.field().type().mainPart();
        return main
                && path.steps().isEmpty()
                && summary.measures().contains(path.field().name());
    }

    private static boolean measures(Summary summary, Measure measure) {
        var path = measure.path();
        if (path == null) return true;
        return switch (measure.function()) {
            case COUNT -> isMeasured(summary, path) || tells(summary, path);
            case SUM, AVG -> isMeasured(summary, path);
            case MEDIAN -> isKeptNumber(summary, path);
            case COUNT_DISTINCT, MIN, MAX -> false;
        };
    }

    private static boolean isKeptNumber(Summary summary, FieldPath path) {
        var type = path.mainPart().type();
        boolean number = type == ColumnType.BIGINT || type == ColumnType.NUMERIC;
        return number && path.part() == null && path.steps().isEmpty() && tells(summary, path);
    }

    private static boolean filters(Summary summary, Predicate predicate) {
        return switch (predicate) {
            case Predicate.Compare(var path, var _, var _) -> tells(summary, path);
            case Predicate.In(var path, var _) -> tells(summary, path);
            case Predicate.IsEmpty(var path) -> tells(summary, path);
            case Predicate.TextMatch match -> !match.path().steps().isEmpty() && tells(summary, match.path());
            case Predicate.AllOf(var parts) -> parts.stream().allMatch(part -> filters(summary, part));
            case Predicate.AnyOf(var parts) -> parts.stream().allMatch(part -> filters(summary, part));
            case Predicate.Not(var part) -> filters(summary, part);
            case Predicate.ListHolds _, Predicate.Exists _, Predicate.Search _, Predicate.Resembles _ -> false;
        };
    }

    /** The days or moments asked for: from the first on, and before the last. */
    private static final class Period {
        private @Nullable FieldPath path;
        private @Nullable Object from;
        private @Nullable Object before;

        /** Takes {@code part} in if it bounds the summary's month. */
        boolean narrow(Summary summary, Predicate part) {
            if (!(part instanceof Predicate.Compare(var compared, var comparison, var value))
                    || !isMonth(summary, compared)) return false;
            boolean day = value instanceof LocalDate;
            if (!day && !(value instanceof Instant)) return false;
            switch (comparison) {
                case GTE -> from = latest(from, value);
                case LT -> before = earliest(before, value);
                case GT -> from = latest(from, next(value));
                case LTE -> before = earliest(before, next(value));
                case EQ, NE -> {
                    return false;
                }
            }
            path = compared;
            return true;
        }

        /** The day after, or the next moment that PostgreSQL tells from it. */
        private static Object next(Object value) {
            return value instanceof LocalDate day ? day.plusDays(1) : ((Instant) value).plusNanos(1_000);
        }

        private static Object latest(@Nullable Object one, Object other) {
            return one == null || compare(one, other) < 0 ? other : one;
        }

        private static Object earliest(@Nullable Object one, Object other) {
            return one == null || compare(one, other) > 0 ? other : one;
        }

        private static int compare(Object one, Object other) {
            return one instanceof LocalDate day
                    ? day.compareTo((LocalDate) other)
                    : ((Instant) one).compareTo((Instant) other);
        }

        boolean hasWholeMonths() {
            return from == null || before == null || compare(firstMonth(from), month(before)) < 0;
        }

        /** The begin of the month in which {@code value} lies. */
        private static Object month(Object value) {
            return value instanceof LocalDate day
                    ? day.withDayOfMonth(1)
                    : ((Instant) value)
                            .atZone(ZoneOffset.UTC)
                            .toLocalDate()
                            .withDayOfMonth(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
        }

        /** The begin of the first month that lies wholly behind {@code value}. */
        private static Object firstMonth(Object value) {
            var begin = month(value);
            if (begin.equals(value)) return begin;
            return begin instanceof LocalDate day
                    ? day.plusMonths(1)
                    : ((Instant) begin).atZone(ZoneOffset.UTC).plusMonths(1).toInstant();
        }

        /** What the summary answers; null for all of it. */
        @Nullable
        Predicate months() {
            var parts = new ArrayList<Predicate>();
            if (path != null && from != null) parts.add(new Predicate.Compare(path, Comparison.GTE, firstMonth(from)));
            if (path != null && before != null) parts.add(new Predicate.Compare(path, Comparison.LT, month(before)));
            return parts.isEmpty() ? null : new Predicate.AllOf(parts);
        }

        /** What only the records answer; null for nothing. */
        @Nullable
        Predicate days() {
            var parts = new ArrayList<Predicate>();
            if (path != null && from != null && !from.equals(firstMonth(from)))
                parts.add(between(path, from, firstMonth(from)));
            if (path != null && before != null && !before.equals(month(before)))
                parts.add(between(path, month(before), before));
            return parts.isEmpty() ? null : new Predicate.AnyOf(parts);
        }

        private static Predicate between(FieldPath path, Object from, Object before) {
            return new Predicate.AllOf(List.of(
                    new Predicate.Compare(path, Comparison.GTE, from),
                    new Predicate.Compare(path, Comparison.LT, before)));
        }
    }

    /** Makes {@code relation} read from the summary, and returns what of the filter is left. */
    Condition readInto(Relation relation, PredicateRenderer renderer) {
        relation.readFrom(rows(relation));
        return rest == null ? trueCondition() : renderer.render(rest, relation);
    }

    @SuppressWarnings("unchecked")
    private Table<Record> rows(Relation relation) {
        var columns = new ArrayList<SelectField<?>>();
        var taken = new ArrayList<SelectField<?>>();
        for (var key : summary.keyColumns(object)) {
            columns.add(column(key.column(), key.type()));
            taken.add(column(key.column(), key.type()));
        }
        columns.add(field(name(COUNT), SQLDataType.BIGINT));
        taken.add(inline(1L).as(COUNT));
        for (var summed : summary.sumColumns(object)) {
            columns.add(field(name(Summary.sum(summed)), SQLDataType.NUMERIC));
            columns.add(field(name(Summary.count(summed)), SQLDataType.BIGINT));
            var value = field(name(summed), SQLDataType.NUMERIC);
            taken.add(coalesce(value.cast(SQLDataType.NUMERIC), inline(java.math.BigDecimal.ZERO))
                    .as(Summary.sum(summed)));
            taken.add(when(value.isNull(), inline(0L)).otherwise(inline(1L)).as(Summary.count(summed)));
        }
        var months = period.months();
        var days = period.days();
        var whole = select(columns)
                .from(table(name(summary.table(object))).as(name("w")))
                .where(months == null ? trueCondition() : bounds(months, "w", relation));
        var all = days == null
                ? whole
                : whole.unionAll(select(taken)
                        .from(table(name(object.table())).as(name("d")))
                        .where(field(name("d", "deleted_at"), SQLDataType.INSTANT)
                                .isNull())
                        .and(bounds(days, "d", relation)));
        return (Table<Record>) (Table<?>) all.asTable(name(relation.alias()));
    }

    private Condition bounds(Predicate predicate, String alias, Relation relation) {
        return new PredicateRenderer().render(predicate, new Relation(object, alias, relation.scope()));
    }

    private static Field<?> column(String columnName, ColumnType type) {
        return field(name(columnName), SqlTypes.of(type));
    }

    /** The figure that the records would give; of a median nothing, for it takes a statement of its own. */
    Field<?> figure(Measure measure, Relation relation) {
        var count = relation.column(COUNT, ColumnType.BIGINT).coerce(SQLDataType.BIGINT);
        var path = measure.path();
        if (path == null) return count(relation);
        if (measure.function() == Function.MEDIAN) return inline(null, SQLDataType.NUMERIC);
        if (!isMeasured(summary, path))
            return whole(sum(count).filterWhere(relation.column(path).isNotNull()));
        var summed = path.field().columnName(path.mainPart().suffix());
        var counted =
                sum(relation.column(Summary.count(summed), ColumnType.BIGINT).coerce(SQLDataType.BIGINT));
        var total = sum(relation.column(Summary.sum(summed), ColumnType.NUMERIC).coerce(SQLDataType.NUMERIC));
        return switch (measure.function()) {
            case COUNT -> whole(counted);
            case AVG -> total.div(nullif(counted, val(java.math.BigDecimal.ZERO)));
            default -> when(counted.ne(inline(java.math.BigDecimal.ZERO)), total);
        };
    }

    /** How many records there are. */
    Field<Long> count(Relation relation) {
        return whole(sum(relation.column(COUNT, ColumnType.BIGINT).coerce(SQLDataType.BIGINT)));
    }

    private static Field<Long> whole(Field<java.math.BigDecimal> sum) {
        return coalesce(sum, inline(java.math.BigDecimal.ZERO)).cast(SQLDataType.BIGINT);
    }

    /** Groups in which nothing is left have rows until they are folded. */
    Condition isThere(Relation relation) {
        return sum(relation.column(COUNT, ColumnType.BIGINT).coerce(SQLDataType.BIGINT))
                .ne(java.math.BigDecimal.ZERO);
    }
}
