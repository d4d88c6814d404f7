package dev.rapport.query;

import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.val;

import dev.rapport.database.Tx;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.Trait;
import dev.rapport.query.Predicate.Comparison;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** One SELECT over an object: its columns, its condition, and its order. */
final class ListStatement {
    static final String ROOT = "t";

    private final RecordQuery query;
    private final Relation relation;
    private final Selection selection;
    private final List<SortKey> sort;
    private final Condition condition;
    private final boolean reversed;
    private final boolean restricted;

    /** Which way the list is read, and how names of linked records come. */
    record Form(boolean reversed, boolean joinNames, boolean byId) {
        static final Form PAGE = new Form(false, false, false);
        static final Form REVERSED_PAGE = new Form(true, false, false);
        static final Form STREAM = new Form(false, true, false);
        /** Of one record whose id is known. */
        static final Form RECORD = new Form(false, false, true);
    }

    ListStatement(RecordQuery query, RowScope scope, Form form, Selection.Targets targets) {
        this.query = query;
        this.reversed = form.reversed();
        this.sort = reversed ? query.sort().stream().map(SortKey::reversed).toList() : query.sort();
        relation = form.byId() ? new Relation(query.object(), ROOT, scope) : Relation.root(query.object(), ROOT, scope);
        restricted = !form.byId()
                && !scope.visible(query.object(), relation.source()).equals(trueCondition());
        selection = new Selection(relation, form.joinNames()).with(targets);
        query.fields().forEach(selection::select);
        sort.forEach(key -> relation.column(key.path()));
        var live = query.deleted() ? relation.deleted() : relation.live();
        condition = query.filter() == null ? live : live.and(new PredicateRenderer().render(query.filter(), relation));
    }

    Selection selection() {
        return selection;
    }

    boolean isReversed() {
        return reversed;
    }

    Condition condition() {
        return condition;
    }

    Table<?> from() {
        return relation.from();
    }

    /** Reads from a sample of the object's table instead of the whole. */
    void readFrom(Table<Record> sample) {
        relation.readFrom(sample);
    }

    /** The rows in {@code phase}, from {@code offset} on, at most {@code limit}. */
    RenderedQuery rendered(Condition phase, int limit, long offset) {
        var select = Tx.renderer()
                .select(columns())
                .from(relation.from())
                .where(phase)
                .orderBy(order());
        // a bound limit would keep PostgreSQL from ever settling on one plan
        var limited = select.limit(DSL.inline(limit));
        return new RenderedQuery(
                offset == 0 ? limited : limited.offset(offset), selection, sort, query.sort(), hasOneGoodPlan());
    }

    /** Some of the rows, in no order. */
    RenderedQuery some(int limit) {
        var select = Tx.renderer()
                .select(columns())
                .from(relation.from())
                .where(condition)
                .limit(DSL.inline(limit));
        return new RenderedQuery(select, selection, sort, query.sort(), false);
    }

    /** All rows, in order. */
    RenderedQuery rendered() {
        var select = Tx.renderer()
                .select(columns())
                .from(relation.from())
                .where(condition)
                .orderBy(order());
        return new RenderedQuery(select, selection, sort, query.sort(), false);
    }

    /**
     * Whether the best plan is the same for all values that may be bound: then PostgreSQL need not plan each time. It is
     * where an index leads straight to the rows in order; anything else depends on how common the values are.
     */
    private boolean hasOneGoodPlan() {
        if (restricted) return false;
        if (query.filter() == null) return true;
        if (!(query.filter() instanceof Predicate.Compare(var path, var comparison, var value))) return false;
        if (comparison != Comparison.EQ || !path.steps().isEmpty()) return false;
        if (path.field() == PathResolver.ID) return true;
        boolean byUpdate = sort.size() == 1
                && sort.getFirst().path().steps().isEmpty()
                && sort.getFirst().path().field().name().equals("updatedAt");
        return byUpdate && path.field().isSharedByMany() && path.field().is(Trait.FILTERABLE);
    }

    private List<org.jooq.SelectFieldOrAsterisk> columns() {
        var columns = new ArrayList<>(selection.columns());
        for (var key : sort) columns.add(relation.column(key.path()));
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

    /**
     * Conditions that, one after the other, select the rows behind {@code cursor}. A single key that may be empty needs
     * two, so that each is one range of its index; several keys are compared one by one.
     */
    List<Condition> phasesAfter(Cursor cursor) {
        if (cursor.values().size() != sort.size() + 1) throw Refusal.malformed("cursor");
        var id = id(cursor);
        boolean down = sort.isEmpty() ? reversed : sort.getFirst().descending();
        if (sort.isEmpty())
            return List.of(
                    condition.and(down ? relation.id().lt(id) : relation.id().gt(id)));
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
