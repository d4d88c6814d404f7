package dev.rapport.query;

import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.val;

import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.Trait;
import dev.rapport.query.Predicate.Comparison;
import dev.rapport.text.SearchText;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Turns predicates into SQL conditions. Unknown or hidden fields were refused when the predicate was read, so no branch
 * may answer {@code noCondition()}; conjunctions of nothing are true and disjunctions of nothing false.
 */
final class PredicateRenderer {
    private static final String[] NO_DECIMALS = {
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
        "XPF"
    };
    private static final String[] THREE_DECIMALS = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

    private int aliases;

    Condition render(Predicate predicate, Relation relation) {
        return switch (predicate) {
            case Predicate.Compare(var path, var comparison, var value) -> compare(path, comparison, value, relation);
            case Predicate.In(var path, var values) -> in(path, values, relation);
            case Predicate.ListHolds(var path, var values, var all) -> listHolds(path, values, all, relation);
            case Predicate.TextMatch match -> textMatch(match, relation);
            case Predicate.IsEmpty(var path) -> relation.column(path).isNull();
            case Predicate.AllOf(var parts) ->
                parts.isEmpty()
                        ? trueCondition()
                        : and(parts.stream().map(part -> render(part, relation)).toList());
            case Predicate.AnyOf(var parts) ->
                parts.isEmpty()
                        ? falseCondition()
                        : or(parts.stream().map(part -> render(part, relation)).toList());
            case Predicate.Not(var part) -> not(render(part, relation));
            case Predicate.Exists exists -> existsIn(exists, relation);
            case Predicate.Search search -> search(search, relation);
            case Predicate.Resembles(var words) ->
                and(words.stream()
                        .map(word -> resembles(relation.searchKey(), word))
                        .toList());
        };
    }

    private Condition existsIn(Predicate.Exists exists, Relation parent) {
        var child = new Relation(exists.object(), parent.alias() + "e" + ++aliases, parent.scope());
        var filter = exists.filter() == null ? trueCondition() : render(exists.filter(), child);
        var via = child.column(exists.via(), exists.via().type().mainPart());
        return exists(selectOne()
                .from(child.from())
                .where(via.coerce(UUID.class).eq(parent.id()))
                .and(child.live())
                .and(filter));
    }

    private static Condition compare(FieldPath path, Comparison comparison, Object value, Relation relation) {
        if (isMoneyAmount(path)) return compareMoney(path, comparison, (BigDecimal) value, relation);
        return compare(
                relation.column(path), comparison, bound(value, path.mainPart().type()));
    }

    private static Condition compare(Field<Object> column, Comparison comparison, Field<Object> value) {
        return switch (comparison) {
            case EQ -> column.eq(value);
            case NE -> column.ne(value);
            case LT -> column.lt(value);
            case LTE -> column.le(value);
            case GT -> column.gt(value);
            case GTE -> column.ge(value);
        };
    }

    /** Amounts are kept in minor units, whose size depends on the currency of each row. */
    private static Condition compareMoney(FieldPath path, Comparison comparison, BigDecimal amount, Relation relation) {
        var owner = relation.owner(path);
        var minor = owner.column(path.field().columnName("minor"), ColumnType.BIGINT)
                .cast(SQLDataType.NUMERIC)
                .coerce(Object.class);
        var plain = owner.column(path.field().columnName("minor"), ColumnType.BIGINT);
        var currency = owner.column(path.field().columnName("currency"), ColumnType.CODE)
                .coerce(String.class);
        return or(
                currency.ne(DSL.all(concat(NO_DECIMALS, THREE_DECIMALS)))
                        .and(compareMinor(plain, minor, comparison, amount.movePointRight(2))),
                currency.eq(any(NO_DECIMALS)).and(compareMinor(plain, minor, comparison, amount)),
                currency.eq(any(THREE_DECIMALS)).and(compareMinor(plain, minor, comparison, amount.movePointRight(3))));
    }

    /** Compares whole minor units directly, so that an index serves; a fraction of one needs exact numbers. */
    private static Condition compareMinor(
            Field<Object> plain, Field<Object> exact, Comparison comparison, BigDecimal minor) {
        boolean whole = minor.stripTrailingZeros().scale() <= 0
                && minor.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0;
        return whole
                ? compare(plain, comparison, bound(minor.longValueExact(), ColumnType.BIGINT))
                : compare(exact, comparison, bound(minor, ColumnType.NUMERIC));
    }

    private static String[] concat(String[] one, String[] other) {
        var all = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private static boolean isMoneyAmount(FieldPath path) {
        return path.field().type() instanceof NumberTypes.MoneyAmount
                && path.mainPart().name().equals("amount");
    }

    private static Condition in(FieldPath path, List<?> values, Relation relation) {
        if (values.isEmpty()) return falseCondition();
        if (isMoneyAmount(path))
            return or(values.stream()
                    .map(value -> compareMoney(path, Comparison.EQ, (BigDecimal) value, relation))
                    .toList());
        var type = path.mainPart().type();
        return relation.column(path).eq(any(array(values, type)));
    }

    /** All values in one bound array: the statement's text does not depend on how many there are. */
    private static Object[] array(List<?> values, ColumnType type) {
        var array = (Object[]) Array.newInstance(SqlTypes.of(type).getType(), values.size());
        for (int i = 0; i < array.length; i++) array[i] = SqlTypes.plain(values.get(i));
        return array;
    }

    private static Condition listHolds(FieldPath path, List<?> values, boolean all, Relation relation) {
        if (path.mainPart().type() == ColumnType.UUIDS) {
            var column = relation.column(path).coerce(UUID[].class);
            var wanted = val(values.stream().map(SqlTypes::plain).toArray(UUID[]::new));
            return all ? column.contains(wanted) : DSL.arrayOverlap(column, wanted);
        }
        var column = relation.column(path).coerce(String[].class);
        var wanted = val(values.toArray(String[]::new))
                .cast(SQLDataType.CLOB.array())
                .coerce(String[].class);
        return all ? column.contains(wanted) : DSL.arrayOverlap(column, wanted);
    }

    /** Searchable text also stands in the search key, whose trigram index finds candidates at any size. */
    private static Condition textMatch(Predicate.TextMatch match, Relation relation) {
        var owner = relation.owner(match.path());
        var column = relation.column(match.path()).coerce(String.class);
        var text = escaped(match.text());
        var exact = column.likeIgnoreCase(match.fromStart() ? text + "%" : "%" + text + "%", '\\');
        boolean indexed = match.path().field().is(Trait.SEARCHABLE)
                && isSearchedAsWritten(match.path())
                && match.text().length() > 2;
        if (!indexed) return exact;
        var inKey = owner.searchKey().like("%" + escaped(SearchText.normalised(match.text())) + "%", '\\');
        boolean mayBeCut = match.path().mainPart().type() == ColumnType.LONG_TEXT;
        var found = mayBeCut ? inKey.or(DSL.length(column).gt(SearchText.LONGEST)) : inKey;
        return found.and(exact);
    }

    private static boolean isSearchedAsWritten(FieldPath path) {
        return path.part() == null && !(path.field().type() instanceof TextTypes.RichText);
    }

    private static Condition search(Predicate.Search search, Relation relation) {
        return or(search.options().stream()
                .map(words -> and(words.stream()
                        .map(word -> found(word, search.within(), relation))
                        .toList()))
                .toList());
    }

    /** The key is made of all fields, so a word that stands in it must also stand in a field that the caller may read. */
    private static Condition found(String word, @Nullable List<FieldPath> within, Relation relation) {
        var inKey = relation.searchKey().like(WordSearch.patterns(List.of(word))[0], '\\');
        if (within == null) return inKey;
        var fields = within.stream()
                .map(path -> relation.column(path).coerce(String.class).likeIgnoreCase("%" + escaped(word) + "%", '\\'))
                .toList();
        return fields.isEmpty() ? falseCondition() : inKey.and(or(fields));
    }

    /** The operator of pg_trgm that its index serves; jOOQ has no word for it. */
    private static Condition resembles(Field<String> key, String word) {
        return CustomCondition.of(context -> context.visit(key).sql(" %> ").visit(val(word)));
    }

    static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    @SuppressWarnings("unchecked")
    private static Field<Object> bound(Object value, ColumnType type) {
        return (Field<Object>) (Field<?>) val(SqlTypes.plain(value), SqlTypes.of(type));
    }
}
