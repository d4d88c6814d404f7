package dev.rapport.query;

import dev.rapport.metadata.ObjectDef;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** A filter over an object's own fields as a condition on a table that another statement reads it from. */
public final class RowCriteria {
    private RowCriteria() {}

    /**
     * Whether {@code predicate} needs nothing but the record itself; only such may be put into {@link #on}.
     *
     * @return false if it walks a lookup or asks for other records
     */
    public static boolean isOwn(Predicate predicate) {
        return switch (predicate) {
            case Predicate.AllOf(var parts) -> parts.stream().allMatch(RowCriteria::isOwn);
            case Predicate.AnyOf(var parts) -> parts.stream().allMatch(RowCriteria::isOwn);
            case Predicate.Not(var inner) -> isOwn(inner);
            case Predicate.Compare compare -> isOwn(compare.path());
            case Predicate.In in -> isOwn(in.path());
            case Predicate.ListHolds list -> isOwn(list.path());
            case Predicate.TextMatch text -> isOwn(text.path());
            case Predicate.IsEmpty empty -> isOwn(empty.path());
            case Predicate.Exists exists -> false;
            case Predicate.Search search -> false;
            case Predicate.Resembles resembles -> false;
        };
    }

    private static boolean isOwn(FieldPath path) {
        return path.steps().isEmpty();
    }

    public static Condition on(ObjectDef object, Table<?> table, Predicate predicate) {
        var relation = new Relation(object, table.getName(), (any, source) -> DSL.falseCondition());
        return new PredicateRenderer().render(predicate, relation);
    }
}
