package dev.rapport.query;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import org.jooq.Condition;
import org.jooq.Table;

/** The second gate: which rows of an object the caller may see, as a condition on the table they are read from. */
@FunctionalInterface
public interface RowScope {
    Condition visible(ObjectDef object, Table<?> table);

    /** Whether the caller may read {@code field}, which nobody named but which is shown all the same, as names of links are. */
    default boolean reads(ObjectDef object, Field<?> field) {
        return false;
    }
}
