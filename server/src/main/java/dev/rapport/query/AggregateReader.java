package dev.rapport.query;

import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;

import dev.rapport.database.Tx;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.query.RecordQuery.Function;
import dev.rapport.query.RecordQuery.Measure;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Computes figures over the records a caller may see, in groups or as a whole. */
@Component
public class AggregateReader {
    private static final int MAX_GROUPS = 5_000;

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

    /** @throws Refusal 422 when a measure would add up different currencies */
    public List<Group> read(Tx tx, Request request, RowScope scope, ZoneId zone, Selection.Targets targets) {
        var summed = SummarySource.covering(request, scope)
                .map(summary -> new Statement(request, scope, zone, targets, summary))
                .flatMap(statement -> statement.groups(PlannedAnew.fetch(tx, statement.select())));
        if (summed.isPresent()) return summed.get();

        var statement = new Statement(request, scope, zone, targets, null);
        return statement.groups(PlannedAnew.fetch(tx, statement.select())).orElseThrow();
    }

    /** One request as SQL, over the records or over a summary of them. */
    private static final class Statement {
        private final Request request;
        private final @Nullable SummarySource summary;
        private final Relation relation;
        private final List<Field<?>> keys = new ArrayList<>();
        private final List<@Nullable Field<?>> names = new ArrayList<>();
        private final List<Field<?>> columns = new ArrayList<>();
        private final int measuresAt;

        Statement(
                Request request,
                RowScope scope,
                ZoneId zone,
                Selection.Targets targets,
                @Nullable SummarySource summary) {
            this.request = request;
            this.summary = summary;
            this.relation = new Relation(request.object(), "t", scope);
            request.groupBy().forEach(key -> keys.add(keyColumn(relation, key, zone)));
            request.groupBy().forEach(key -> names.add(nameColumn(relation, key, targets, request.locale())));
            columns.addAll(keys);
            names.stream().filter(Objects::nonNull).forEach(columns::add);
            measuresAt = columns.size();
            request.measures().forEach(measure -> columns.addAll(figureColumns(relation, measure, summary)));
        }

        Select<?> select() {
            var condition = condition();
            var grouped = Tx.renderer()
                    .select(columns)
                    .from(relation.from())
                    .where(condition)
                    .groupBy(List.copyOf(columns.subList(0, measuresAt)));
            var some = summary == null || request.groupBy().isEmpty()
                    ? grouped
                    : grouped.having(summary.isThere(relation));
            return some.orderBy(order(request, keys, columns, measuresAt)).limit(Math.min(request.limit(), MAX_GROUPS));
        }

        private Condition condition() {
            var renderer = new PredicateRenderer();
            if (summary != null) return summary.readInto(relation, renderer);
            return request.filter() == null
                    ? relation.live()
                    : relation.live().and(renderer.render(request.filter(), relation));
        }

        /** None if a summary tells of different currencies: those might be of records that are no more. */
        Optional<List<Group>> groups(Result<Record> rows) {
            if (summary != null) for (var row : rows) if (isMixed(row)) return Optional.empty();
            return Optional.of(rows.map(row -> group(row, request, names, measuresAt)));
        }

        private boolean isMixed(Record row) {
            int at = measuresAt;
            for (var measure : request.measures()) {
                if (width(measure) == 3 && row.get(at) != null && !Objects.equals(row.get(at + 1), row.get(at + 2)))
                    return true;
                at += width(measure);
            }
            return false;
        }
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

    private static Field<?> keyColumn(Relation relation, GroupKey key, ZoneId zone) {
        var column = relation.column(key.path());
        var bucket = key.bucket();
        if (bucket == null) return column;
        boolean moment = key.path().mainPart().type() == ColumnType.TIMESTAMP;
        // inlined, for PostgreSQL takes two parameters of one value for two different groups
        Field<?> local = moment
                ? DSL.function(DSL.name("timezone"), SQLDataType.LOCALDATETIME, DSL.inline(zone.getId()), column)
                : column.cast(SQLDataType.LOCALDATETIME);
        return DSL.function(
                        DSL.name("date_trunc"),
                        SQLDataType.LOCALDATETIME,
                        DSL.inline(bucket.name().toLowerCase(java.util.Locale.ROOT)),
                        local)
                .cast(SQLDataType.LOCALDATE);
    }

    private static @Nullable Field<?> nameColumn(
            Relation relation, GroupKey key, Selection.Targets targets, Locale locale) {
        if (!(key.path().field().type() instanceof LinkTypes.Lookup lookup)) return null;
        var target = relation.owner(key.path()).join(key.path().field(), targets.object(lookup.target()));
        var naming = target.object().naming();
        if (!target.scope().reads(target.object(), naming)) return null;
        Field<Object> name = target.column(naming, naming.type().mainPart());
        var local = target.object().namingIn(locale).orElse(naming);
        return local != naming && target.scope().reads(target.object(), local)
                ? DSL.coalesce(target.column(local, local.type().mainPart()), name)
                : name;
    }

    private static List<Field<?>> figureColumns(Relation relation, Measure measure, @Nullable SummarySource summary) {
        var path = measure.path();
        var figure = summary == null ? figure(measure, relation) : summary.figure(measure, relation);
        if (path == null) return List.of(figure);
        if (!isMoney(path) || !needsCurrency(measure)) return List.of(figure);
        var currency = relation.owner(path).column(path.field().columnName("currency"), ColumnType.CODE);
        return List.of(figure, min(currency), max(currency));
    }

    private static Field<?> figure(Measure measure, Relation relation) {
        var path = measure.path();
        if (path == null) return count();
        var column = relation.column(path);
        return switch (measure.function()) {
            case COUNT -> count(column);
            case COUNT_DISTINCT -> countDistinct(column);
            case SUM -> sum(column.coerce(SQLDataType.NUMERIC));
            case AVG -> avg(column.coerce(SQLDataType.NUMERIC));
            case MIN -> min(column);
            case MAX -> max(column);
            // a continuous percentile, as people expect of an even number of values (ISO 9075-2, 10.9)
            case MEDIAN -> DSL.percentileCont(DSL.inline(0.5)).withinGroupOrderBy(column.coerce(SQLDataType.NUMERIC));
        };
    }

    private static List<OrderField<?>> order(
            Request request, List<Field<?>> keys, List<Field<?>> columns, int measuresAt) {
        var order = new ArrayList<OrderField<?>>();
        var sort = request.sort();
        if (sort != null) {
            int index = sort < 0 ? -1 - sort : sort;
            Field<?> column = index < keys.size()
                    ? keys.get(index)
                    : columns.get(columnOf(request, index - keys.size(), measuresAt));
            order.add(sort < 0 ? column.desc().nullsLast() : column.asc());
        }
        keys.forEach(key -> order.add(key.asc()));
        return order;
    }

    private static int columnOf(Request request, int measure, int measuresAt) {
        int at = measuresAt;
        for (int i = 0; i < measure; i++) at += width(request.measures().get(i));
        return at;
    }

    private static int width(Measure measure) {
        return measure.path() != null && isMoney(measure.path()) && needsCurrency(measure) ? 3 : 1;
    }

    private static boolean isMoney(FieldPath path) {
        return path.field().type() instanceof NumberTypes.MoneyAmount
                && path.mainPart().name().equals("amount");
    }

    private static boolean needsCurrency(Measure measure) {
        return measure.function() != Function.COUNT && measure.function() != Function.COUNT_DISTINCT;
    }

    private static Group group(Record row, Request request, List<@Nullable Field<?>> names, int measuresAt) {
        var keys = new ArrayList<@Nullable Object>();
        int nameAt = request.groupBy().size();
        for (int i = 0; i < request.groupBy().size(); i++) {
            Object value = row.get(i);
            boolean named = names.get(i) != null;
            Object name = named ? row.get(nameAt++) : null;
            keys.add(named && value != null ? new NamedKey(String.valueOf(value), (String) name) : value);
        }
        var figures = new ArrayList<@Nullable Object>();
        int at = measuresAt;
        for (var measure : request.measures()) {
            figures.add(figureValue(row, at, measure));
            at += width(measure);
        }
        return new Group(keys, figures);
    }

    /** A group key that is a looked-up record. */
    public record NamedKey(String id, @Nullable String name) {}

    private static @Nullable Object figureValue(Record row, int at, Measure measure) {
        Object value = row.get(at);
        if (width(measure) == 1 || value == null) return value;
        var currency = (String) row.get(at + 1);
        if (currency == null || !currency.equals(row.get(at + 2)))
            throw Refusal.invalid(
                    Violation.of(measure.path() == null ? "" : measure.path().text(), "mixed-currencies"));
        var minor = new BigDecimal(value.toString()).setScale(0, java.math.RoundingMode.HALF_EVEN);
        return new Money(minor.longValueExact(), Currency.getInstance(currency));
    }
}
