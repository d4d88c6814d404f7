package dev.rapport.query;

import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.val;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.database.Tx;
import dev.rapport.database.UncheckedSqlException;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.Trait;
import dev.rapport.query.RecordQuery.CountMode;
import dev.rapport.query.RecordQuery.Start;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads pages of records by keyset: a page costs the same wherever in the list it lies, because it starts at an index
 * entry instead of counting rows.
 */
@Component
public class ListReader {
    /** Counts stop here unless an exact one is asked for. */
    public static final int COUNT_BOUND = 10_000;

    private static final int ANCHORS = 20_000;
    private static final String ROOT = "t";

    private final Catalogue catalogue;
    private final Cache<AnchorKey, List<Cursor>> anchors = Caffeine.newBuilder()
            .maximumSize(200)
            .expireAfterWrite(Duration.ofMinutes(2))
            .build();

    private record AnchorKey(String object, String sort, String filter, String scope) {}

    public ListReader(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** One page with what was asked about the whole list. */
    public RowPage read(Tx tx, RecordQuery query, RowScope scope) {
        var count = query.count() == CountMode.NONE ? null : count(tx, query, scope);
        var page = page(tx, query, scope);
        var totals = query.totals().isEmpty()
                ? Map.<RecordQuery.Measure, Object>of()
                : new AggregateReader().totals(tx, query, scope);
        return new RowPage(page.selection(), page.rows(), page.next(), page.previous(), count, totals);
    }

    private RowPage page(Tx tx, RecordQuery query, RowScope scope) {
        return switch (query.start()) {
            case Start.First first -> first(tx, query, scope, 0);
            case Start.After(var cursor) -> forward(tx, query, scope, cursor);
            case Start.Before(var cursor) -> backward(tx, query, scope, cursor);
            case Start.Position(var share) -> at(tx, query, scope, share);
        };
    }

    private RowPage first(Tx tx, RecordQuery query, RowScope scope, long offset) {
        var statement = new Statement(query, scope, query.sort(), false);
        var rows = statement.fetch(tx, List.of(statement.condition), offset);
        boolean more = rows.size() > query.limit();
        if (more) rows.removeLast();
        return statement.page(rows, more, offset > 0);
    }

    private RowPage forward(Tx tx, RecordQuery query, RowScope scope, Cursor cursor) {
        var statement = new Statement(query, scope, query.sort(), false);
        var rows = statement.fetch(tx, statement.phasesAfter(cursor), 0);
        boolean more = rows.size() > query.limit();
        if (more) rows.removeLast();
        return statement.page(rows, more, true);
    }

    private RowPage backward(Tx tx, RecordQuery query, RowScope scope, Cursor cursor) {
        var reversed = query.sort().stream().map(SortKey::reversed).toList();
        var statement = new Statement(query, scope, reversed, true);
        var rows = statement.fetch(tx, statement.phasesAfter(cursor), 0);
        boolean more = rows.size() > query.limit();
        if (more) rows.removeLast();
        Collections.reverse(rows);
        return statement.page(rows, true, more);
    }

    /** Short lists are counted and stepped into exactly; long ones are entered at an anchor sampled from the table. */
    private RowPage at(Tx tx, RecordQuery query, RowScope scope, double share) {
        var count = bounded(tx, query, scope);
        if (count <= COUNT_BOUND) {
            long offset = Math.min(Math.round(share * count), Math.max(0, count - query.limit()));
            return first(tx, query, scope, offset);
        }
        if (share <= 0) return first(tx, query, scope, 0);
        var places = anchors(tx, query, scope);
        if (places.isEmpty()) return first(tx, query, scope, Math.round(share * COUNT_BOUND));
        if (share >= 1) return lastPage(tx, query, scope);
        return forward(tx, query, scope, places.get((int) Math.min(places.size() - 1, (long) (share * places.size()))));
    }

    private RowPage lastPage(Tx tx, RecordQuery query, RowScope scope) {
        var reversed = query.sort().stream().map(SortKey::reversed).toList();
        var statement = new Statement(query, scope, reversed, true);
        var rows = statement.fetch(tx, List.of(statement.condition), 0);
        boolean more = rows.size() > query.limit();
        if (more) rows.removeLast();
        Collections.reverse(rows);
        return statement.page(rows, false, more);
    }

    private List<Cursor> anchors(Tx tx, RecordQuery query, RowScope scope) {
        var key = new AnchorKey(
                query.object().name(),
                sortText(query.sort()),
                String.valueOf(query.filter()) + query.deleted(),
                scope.visible(query.object(), DSL.table(DSL.name(ROOT))).toString());
        var present = anchors.getIfPresent(key);
        if (present != null) return present;
        var sampled = sample(tx, query, scope);
        anchors.put(key, sampled);
        return sampled;
    }

    private List<Cursor> sample(Tx tx, RecordQuery query, RowScope scope) {
        double total = Math.max(1, rowEstimate(tx, query.object().table()));
        double percent = Math.clamp(100.0 * ANCHORS / total, 0.000_1, 100.0);
        var statement = new Statement(
                new RecordQuery(
                        query.object(),
                        List.of(),
                        query.filter(),
                        query.sort(),
                        ANCHORS * 2,
                        new Start.First(),
                        CountMode.NONE,
                        List.of(),
                        query.deleted()),
                scope,
                query.sort(),
                false);
        statement.relation.readFrom(SampledTable.of(query.object(), percent, ROOT));
        return statement.fetch(tx, List.of(statement.condition), 0).stream()
                .map(statement::cursor)
                .toList();
    }

    private static long rowEstimate(Tx tx, String table) {
        var pages = tx.dsl()
                .select(DSL.field(DSL.name("reltuples"), SQLDataType.DOUBLE))
                .from(DSL.table(DSL.name("pg_catalog", "pg_class")))
                .where(DSL.field(DSL.name("relname"), SQLDataType.VARCHAR).eq(table))
                .fetchOne(r -> r.value1());
        return pages == null ? 0 : pages.longValue();
    }

    private RowPage.Count count(Tx tx, RecordQuery query, RowScope scope) {
        if (query.count() == CountMode.EXACT) {
            long exact = exact(tx, query, scope);
            return new RowPage.Count(exact, true, exact);
        }
        long bounded = bounded(tx, query, scope);
        if (bounded <= COUNT_BOUND) return new RowPage.Count(bounded, true, bounded);
        return new RowPage.Count(COUNT_BOUND, false, Math.max(COUNT_BOUND + 1L, estimate(tx, query, scope)));
    }

    private long bounded(Tx tx, RecordQuery query, RowScope scope) {
        var statement = new Statement(query, scope, List.of(), false);
        var some = DSL.selectOne()
                .from(statement.relation.from())
                .where(statement.condition)
                .limit(COUNT_BOUND + 1)
                .asTable("bounded");
        return tx.dsl().fetchCount(some);
    }

    private long exact(Tx tx, RecordQuery query, RowScope scope) {
        var statement = new Statement(query, scope, List.of(), false);
        var counted = tx.dsl()
                .selectCount()
                .from(statement.relation.from())
                .where(statement.condition)
                .fetchOne();
        return counted == null ? 0 : counted.value1();
    }

    private long estimate(Tx tx, RecordQuery query, RowScope scope) {
        var statement = new Statement(query, scope, List.of(), false);
        var plan =
                tx.dsl().explain(DSL.selectOne().from(statement.relation.from()).where(statement.condition));
        return (long) plan.rows();
    }

    /** Streams all matching rows in order to {@code sink}; memory does not grow with their number. */
    public Selection stream(Tx tx, RecordQuery query, RowScope scope, Consumer<@Nullable Object[]> sink) {
        var statement = new Statement(query, scope, query.sort(), false);
        statement.stream(tx, sink);
        return statement.selection;
    }

    /** The columns that {@link #stream} will deliver. */
    public Selection selection(RecordQuery query, RowScope scope) {
        return new Statement(query, scope, query.sort(), false).selection;
    }

    /** Canonical text of a sort, to tie cursors to it. */
    public static String sortText(List<SortKey> sort) {
        return String.join(
                ",",
                sort.stream()
                        .map(key -> (key.descending() ? "-" : "") + key.path().text())
                        .toList());
    }

    /** One SELECT over an object: its columns, its condition, and its order. */
    private final class Statement {
        private final RecordQuery query;
        private final Relation relation;
        private final Selection selection;
        private final List<SortKey> sort;
        private final Condition condition;
        private final boolean reversed;
        private final int sortAt;

        Statement(RecordQuery query, RowScope scope, List<SortKey> sort, boolean reversed) {
            this.query = query;
            this.sort = sort;
            this.reversed = reversed;
            relation = new Relation(query.object(), ROOT, scope);
            selection = new Selection(relation).with(catalogue::require);
            query.fields().forEach(selection::select);
            sortAt = selection.width();
            sort.forEach(key -> relation.column(key.path()));
            var live = query.deleted() ? relation.deleted() : relation.live();
            condition =
                    query.filter() == null ? live : live.and(new PredicateRenderer().render(query.filter(), relation));
        }

        List<@Nullable Object[]> fetch(Tx tx, List<Condition> phases, long offset) {
            var rows = new ArrayList<@Nullable Object[]>();
            for (var phase : phases) {
                int wanted = query.limit() + 1 - rows.size();
                if (wanted <= 0) break;
                collect(statement(tx, phase, wanted, offset), rows::add);
            }
            return rows;
        }

        void stream(Tx tx, Consumer<@Nullable Object[]> sink) {
            var select = tx.dsl()
                    .select(columns())
                    .from(relation.from())
                    .where(condition)
                    .orderBy(order());
            collect(select.fetchSize(2_000), sink);
        }

        private ResultQuery<?> statement(Tx tx, Condition phase, int limit, long offset) {
            var select = tx.dsl()
                    .select(columns())
                    .from(relation.from())
                    .where(phase)
                    .orderBy(order());
            return offset == 0 ? select.limit(limit) : select.limit(limit).offset(offset);
        }

        private void collect(ResultQuery<?> select, Consumer<@Nullable Object[]> sink) {
            try (var result = select.fetchResultSet()) {
                while (result.next()) {
                    var values = selection.read(result);
                    var row = java.util.Arrays.copyOf(values, values.length + sort.size());
                    for (int i = 0; i < sort.size(); i++) row[sortAt + i] = result.getString(sortAt + i + 1);
                    sink.accept(row);
                }
            } catch (SQLException e) {
                throw new UncheckedSqlException(e);
            }
        }

        private List<org.jooq.SelectFieldOrAsterisk> columns() {
            var columns = new ArrayList<>(selection.columns());
            for (var key : sort) columns.add(relation.column(key.path()).cast(SQLDataType.CLOB));
            return columns;
        }

        private List<OrderField<?>> order() {
            var order = new ArrayList<OrderField<?>>();
            for (var key : sort) {
                var column = relation.column(key.path());
                order.add(key.descending() ? column.desc() : column.asc());
            }
            boolean down = sort.isEmpty() ? reversed : sort.getFirst().descending();
            order.add(down ? relation.id().desc() : relation.id().asc());
            return order;
        }

        Cursor cursor(@Nullable Object[] row) {
            var values = new ArrayList<@Nullable String>();
            for (int i = 0; i < sort.size(); i++) values.add((String) row[sortAt + i]);
            values.add(String.valueOf(row[0]));
            return new Cursor(sortText(query.sort()), values);
        }

        RowPage page(List<@Nullable Object[]> rows, boolean more, boolean earlier) {
            var next = more && !rows.isEmpty() ? cursor(rows.getLast()).encode() : null;
            var previous = earlier && !rows.isEmpty() ? cursor(rows.getFirst()).encode() : null;
            return new RowPage(selection, rows, next, previous, null, Map.of());
        }

        /**
         * Conditions that, one after the other, select the rows behind {@code cursor}. A single key that may be empty needs
         * two, so that each is one range of its index; several keys are compared one by one.
         */
        List<Condition> phasesAfter(Cursor cursor) {
            if (cursor.values().size() != sort.size() + 1) throw Refusal.malformed("cursor");
            var id = id(cursor);
            boolean down = sort.isEmpty() ? reversed : sort.getFirst().descending();
            if (sort.isEmpty())
                return List.of(condition.and(
                        down ? relation.id().lt(id) : relation.id().gt(id)));
            if (sort.size() > 1) return List.of(condition.and(afterAll(cursor, id, down)));
            var key = sort.getFirst();
            var column = relation.column(key.path());
            var text = cursor.values().getFirst();
            return text == null ? afterEmpty(column, id, down) : afterValue(key, column, value(key, text), id, down);
        }

        private List<Condition> afterEmpty(Field<Object> column, Field<java.util.UUID> id, boolean down) {
            var rest = condition
                    .and(column.isNull())
                    .and(down ? relation.id().lt(id) : relation.id().gt(id));
            return down ? List.of(rest, condition.and(column.isNotNull())) : List.of(rest);
        }

        private List<Condition> afterValue(
                SortKey key, Field<Object> column, Field<Object> value, Field<java.util.UUID> id, boolean down) {
            var here = row(column, relation.id());
            var there = row(value, id);
            var rest = condition.and(down ? here.lt(there) : here.gt(there));
            boolean nullable = !key.path().steps().isEmpty() || !isAlwaysThere(key);
            return !down && nullable ? List.of(rest, condition.and(column.isNull())) : List.of(rest);
        }

        private static boolean isAlwaysThere(SortKey key) {
            var name = key.path().field().name();
            return key.path().field().is(Trait.REQUIRED) || name.equals("updatedAt") || name.equals("createdAt");
        }

        private Condition afterAll(Cursor cursor, Field<java.util.UUID> id, boolean down) {
            var options = new ArrayList<Condition>();
            Condition equal = trueCondition();
            for (int i = 0; i < sort.size(); i++) {
                var key = sort.get(i);
                var column = relation.column(key.path());
                var text = cursor.values().get(i);
                options.add(equal.and(beyond(column, text, key)));
                equal = equal.and(text == null ? column.isNull() : column.eq(value(key, text)));
            }
            options.add(equal.and(down ? relation.id().lt(id) : relation.id().gt(id)));
            return and(leadingBound(cursor), or(options));
        }

        /** Repeats the first key's bound on its own, so that its index can start there. */
        private Condition leadingBound(Cursor cursor) {
            var key = sort.getFirst();
            var column = relation.column(key.path());
            var text = cursor.values().getFirst();
            if (text == null) return key.descending() ? trueCondition() : column.isNull();
            if (key.descending()) return column.le(value(key, text));
            return isAlwaysThere(key) && key.path().steps().isEmpty()
                    ? column.ge(value(key, text))
                    : column.ge(value(key, text)).or(column.isNull());
        }

        private Condition beyond(Field<Object> column, @Nullable String text, SortKey key) {
            if (text == null) return key.descending() ? column.isNotNull() : falseCondition();
            if (key.descending()) return column.lt(value(key, text));
            return column.gt(value(key, text)).or(column.isNull());
        }

        private Field<java.util.UUID> id(Cursor cursor) {
            var text = cursor.values().getLast();
            return val(dev.rapport.kernel.RecordId.parse(text == null ? "" : text)
                    .orElseThrow(() -> Refusal.malformed("cursor"))
                    .value());
        }

        @SuppressWarnings("unchecked")
        private Field<Object> value(SortKey key, String text) {
            var type = key.path().mainPart().type();
            if (!readable(text, type)) throw Refusal.malformed("cursor");
            var bound = val(text, SQLDataType.VARCHAR);
            return (Field<Object>) (Field<?>) (isText(type) ? bound : bound.cast(SqlTypes.of(type)));
        }
    }

    private static boolean isText(ColumnType type) {
        return type == ColumnType.CODE || type == ColumnType.WORDS || type == ColumnType.LONG_TEXT;
    }

    /** Whether PostgreSQL can have written {@code text} for a value of this type; a forged cursor must not reach it. */
    private static boolean readable(String text, ColumnType type) {
        return switch (type) {
            case CODE, WORDS, LONG_TEXT -> text.indexOf('\0') < 0;
            case BIGINT -> text.matches("-?\\d{1,18}");
            case NUMERIC -> text.matches("-?\\d{1,18}(\\.\\d{1,6})?");
            case BOOLEAN -> text.equals("true") || text.equals("false");
            case DATE -> text.matches("\\d{4}-(0[1-9]|1[0-2])-([0-2]\\d|3[01])") && isDate(text);
            case TIMESTAMP ->
                text.matches("\\d{4}-\\d\\d-\\d\\d [0-2]\\d:[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?\\+00")
                        && isDate(text.substring(0, 10));
            case UUID -> dev.rapport.kernel.RecordId.parse(text).isPresent();
            case CODES, UUIDS -> false;
        };
    }

    private static boolean isDate(String text) {
        try {
            java.time.LocalDate.parse(text);
            return true;
        } catch (java.time.DateTimeException e) {
            return false;
        }
    }
}
