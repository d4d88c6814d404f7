package dev.rapport.query;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on records, with every field found and every value typed. Nothing in it is text from a request. */
public sealed interface Predicate {
    /** Order comparisons. A record without a value satisfies none of them. */
    enum Comparison {
        EQ,
        NE,
        LT,
        LTE,
        GT,
        GTE
    }

    record Compare(FieldPath path, Comparison comparison, Object value) implements Predicate {}

    /** The value is one of {@code values}; an empty list matches nothing. */
    record In(FieldPath path, List<?> values) implements Predicate {}

    /** The list in the field shares at least one ({@code any}) or all of {@code values}. */
    record ListHolds(FieldPath path, List<?> values, boolean all) implements Predicate {}

    /** The text holds or starts with {@code text}, ignoring case. */
    record TextMatch(FieldPath path, String text, boolean fromStart) implements Predicate {}

    record IsEmpty(FieldPath path) implements Predicate {}

    record AllOf(List<Predicate> parts) implements Predicate {}

    record AnyOf(List<Predicate> parts) implements Predicate {}

    record Not(Predicate part) implements Predicate {}

    /** Some record of {@code object} that looks this one up by {@code via} satisfies {@code filter}. */
    record Exists(ObjectDef object, Field<?> via, @Nullable Predicate filter) implements Predicate {}

    /**
     * Every word of one of the options stands somewhere in the record's search key.
     *
     * @param within the searched fields that the caller may read; null if that is all of them
     */
    record Search(List<List<String>> options, @Nullable List<FieldPath> within) implements Predicate {}

    /** Each word resembles some word of the record's search key, as one does that was mistyped. */
    record Resembles(List<String> words) implements Predicate {}
}
