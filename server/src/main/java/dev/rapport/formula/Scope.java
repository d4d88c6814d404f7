package dev.rapport.formula;

import dev.rapport.query.FieldPath;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The record that a formula is asked about. */
public interface Scope {
    /** The value of the field that {@code path} names, as its field type keeps it; null if there is none on the way. */
    @Nullable
    Object value(FieldPath path);

    /** The value before this change; the present one where nothing changes. */
    default @Nullable Object before(FieldPath path) {
        return value(path);
    }

    /** Whether the record is being created. */
    default boolean isNew() {
        return false;
    }

    /** The present moment; asked only by formulas that are not stored. */
    default Instant now() {
        throw new IllegalStateException("A stored formula asks for the time");
    }

    default ZoneId zone() {
        throw new IllegalStateException("A stored formula asks for the time");
    }
}
