package dev.rapport.record.spi;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets a rule read other records in the sight of whoever writes. What was read once is remembered for the whole batch. */
public interface Lookups {
    /** A record that a rule found. */
    interface Found {
        RecordId id();

        <T> @Nullable T value(Field<T> field);
    }

    /** The field's value, or null if the record has none or is not there. */
    <T> @Nullable T value(String object, RecordId id, Field<T> field);

    /**
     * The live records of {@code object} that have this value in {@code field}, at most a thousand, in order of their
     * creation.
     *
     * @param field indexed, or of an object with few records such as rates and price books
     */
    <T> List<Found> find(String object, Field<T> field, T value);

    /** How many live records have these values, each in one field, and when the newest of them was created. */
    Tally tally(String object, java.util.Map<Field<?>, Object> values);

    /** @param newest null where there is none */
    record Tally(long count, java.time.@Nullable Instant newest) {}

    /** Whether {@code condition}, in the formula language, holds for the record as it will be. A condition that does not hold together does not hold. */
    boolean holds(String condition, Change change);

    /** What is wrong with {@code condition} as one about {@code object}; empty for a condition that holds together. */
    java.util.Optional<dev.rapport.kernel.Violation> fault(String object, String condition);

    /** Reads a record anew and keeps it from being changed by others until the transaction is over; empty if it is not there. */
    java.util.Optional<Found> lock(String object, RecordId id);

    /** Something that a rule keeps for the length of this batch, made at the first call with {@code key}. */
    <T> T memory(Object key, Class<T> type, Supplier<T> first);
}
