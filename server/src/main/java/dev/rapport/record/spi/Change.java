package dev.rapport.record.spi;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is about to happen to one record, as rules see it. */
public interface Change {
    /** What kind of change it is. */
    enum Kind {
        CREATE,
        UPDATE,
        DELETE,
        RESTORE
    }

    Kind kind();

    RecordId id();

    /** All fields of the record's object. */
    List<Field<?>> fields();

    /** The value that the field will have. */
    <T> @Nullable T after(Field<T> field);

    /** The value that the field has now; null for a new record. */
    <T> @Nullable T before(Field<T> field);

    /** Whether this change gives the field another value. */
    boolean touches(Field<?> field);
}
