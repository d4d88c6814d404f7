package dev.rapport.record;

import dev.rapport.metadata.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** New values for some fields of a record; null clears a field. Every value already has its field's type. */
public record Patch(Map<Field<?>, @Nullable Object> values) {
    /** Stands where a lookup was written as a key of the record it means: resolved inside the transaction. */
    public record Match(Field<?> field, String key) {}
}
