package dev.rapport.record.spi;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import org.jspecify.annotations.Nullable;

/** Lets a rule read a field of a record that the changed one looks up. */
public interface Lookups {
    /** The field's value, or null if the record has none or is not there. */
    <T> @Nullable T value(String object, RecordId id, Field<T> field);
}
