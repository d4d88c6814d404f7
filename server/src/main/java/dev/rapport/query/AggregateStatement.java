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
import dev.rapport.metadata.NumberTypes;
import dev.rapport.query.AggregateReader.Group;
import dev.rapport.query.AggregateReader.GroupKey;
import dev.rapport.query.AggregateReader.Request;
import dev.rapport.query.RecordQuery.Function;
import dev.rapport.query.RecordQuery.Measure;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** One request for figures as SQL, over the records or over a summary of them. */
final class AggregateStatement {
    private static final int MAX_GROUPS = 5_000;

    private final Request request;
    private final @Nullable SummarySource summary;
    private final Relation relation;
    private final List<Field<?>> keys = new ArrayList<>();
    private final List<Field<?>> columns = new ArrayList<>();
    private final Condition condition;

    /** @param summary read instead of the records; null to read these */
    AggregateStatement(Request request, RowScope scope, ZoneId zone, @Nullable SummarySource summary) {
        this.request = request;
        this.summary = summary;
        this.relation = Relation.root(request.object(), "t", scope);
        request.groupBy().forEach(key -> keys.add(keyColumn(relation, key, zone)));
        columns.addAll(keys);
        request.measures().forEach(measure -> columns.addAll(figureColumns(measure)));
        condition = condition();
    }

    private Condition condition() {
        var renderer = new PredicateRenderer();
        if (summary != null) return summary.readInto(relation, renderer);
        return request.filter() == null
                ? relation.live()
                : relation.live().and(renderer.render(request.filter(), relation));
    }

    /**
     * The groups, their linked keys without names.
     *
     * @return none if a summary tells of different currencies: those might be of records that are no more
     * @throws Refusal 422 when a measure would add up different currencies
     */
    Optional<List<Group>> groups(Tx tx) {
        var rows = PlannedAnew.fetch(tx, select());
        if (summary != null) for (var row : rows) if (isMixed(row)) return Optional.empty();
        var medians = summary == null ? Map.<Integer, Map<List<?>, BigDecimal>>of() : medians(tx, summary);
        return Optional.of(rows.map(row -> group(row, medians)));
    }

    private Select<?> select() {
        var grouped = Tx.renderer()
                .select(columns)
                .from(relation.from())
                .where(condition)
                .groupBy(keys);
        var some = summary == null || keys.isEmpty() ? grouped : grouped.having(summary.isThere(relation));
        return some.orderBy(order()).limit(Math.min(request.limit(), MAX_GROUPS));
    }

    /** Medians by measure and group, from how often each value is there. */
    private Map<Integer, Map<List<?>, BigDecimal>> medians(Tx tx, SummarySource source) {
        var medians = new HashMap<Integer, Map<List<?>, BigDecimal>>();
        for (int i = 0; i < request.measures().size(); i++) {
            var measure = request.measures().get(i);
            if (measure.function() == Function.MEDIAN)
                medians.put(i, medians(tx, source, relation.column(Objects.requireNonNull(measure.path()))));
        }
        return medians;
    }

    private Map<List<?>, BigDecimal> medians(Tx tx, SummarySource source, Field<Object> value) {
        var grouping = new ArrayList<Field<?>>(keys);
        grouping.add(value);
        var selected = new ArrayList<>(grouping);
        selected.add(source.count(relation));
        var rows = PlannedAnew.fetch(
                tx,
                Tx.renderer()
                        .select(selected)
                        .from(relation.from())
                        .where(condition)
                        .and(value.isNotNull())
                        .groupBy(grouping)
                        .having(source.isThere(relation))
                        .orderBy(value));
        var counted = new HashMap<List<?>, WeightedMedian>();
        int at = keys.size();
        for (var row : rows)
            counted.computeIfAbsent(key(row), k -> new WeightedMedian())
                    .add(row.get(at, BigDecimal.class), row.get(at + 1, Long.class));
        var medians = new HashMap<List<?>, BigDecimal>();
        counted.forEach((key, values) -> medians.put(key, values.median()));
        return medians;
    }

    private List<?> key(Record row) {
        return Arrays.asList(row.intoArray()).subList(0, keys.size());
    }

    private boolean isMixed(Record row) {
        int at = keys.size();
        for (var measure : request.measures()) {
            if (width(measure) == 3 && row.get(at) != null && !Objects.equals(row.get(at + 1), row.get(at + 2)))
                return true;
            at += width(measure);
        }
        return false;
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

    private List<Field<?>> figureColumns(Measure measure) {
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

    private List<OrderField<?>> order() {
        var order = new ArrayList<OrderField<?>>();
        var sort = request.sort();
        if (sort != null) {
            int index = sort < 0 ? -1 - sort : sort;
            Field<?> column = index < keys.size() ? keys.get(index) : columns.get(columnOf(index - keys.size()));
            order.add(sort < 0 ? column.desc().nullsLast() : column.asc());
        }
        keys.forEach(key -> order.add(key.asc()));
        return order;
    }

    private int columnOf(int measure) {
        int at = keys.size();
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

    private Group group(Record row, Map<Integer, Map<List<?>, BigDecimal>> medians) {
        var figures = new ArrayList<@Nullable Object>();
        int at = keys.size();
        for (int i = 0; i < request.measures().size(); i++) {
            var measure = request.measures().get(i);
            var known = medians.get(i);
            figures.add(known == null ? figureValue(row, at, measure) : known.get(key(row)));
            at += width(measure);
        }
        return new Group(new ArrayList<>(key(row)), figures);
    }

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
