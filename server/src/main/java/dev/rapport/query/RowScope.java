package dev.rapport.query;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import org.jooq.Condition;
import org.jooq.Table;

/** The second gate: which rows of an object the caller may see, as a condition on the table they are read from. */
@FunctionalInterface
public interface RowScope {
    /** For rows that are found in another way, such as by their ids: whether each may be seen. */
    Condition visible(ObjectDef object, Table<?> table);

    /** The same rows, for a statement that has to find them: where they are few, it may begin with them. */
    default Condition listed(ObjectDef object, Table<?> table) {
        return visible(object, table);
    }

    /** Whether the caller may read {@code field}, which nobody named but which is shown all the same, as names of links are. */
    default boolean reads(ObjectDef object, Field<?> field) {
        return false;
    }

    /**
     * When values of {@code field}, which the caller may see otherwise, are hidden.
     *
     * @return null for never
     */
    default @org.jspecify.annotations.Nullable Condition masked(ObjectDef object, Field<?> field, Table<?> table) {
        return null;
    }

    /**
     * A scope that makes the same conditions for all callers of the caller's kind, with placeholders where theirs differ: a
     * statement that is kept is made with it, and runs with {@link #filled} values.
     *
     * @param root the object whose rows the statement begins with
     */
    default RowScope template(ObjectDef root) {
        return this;
    }

    /** What the caller has in the place of a placeholder of {@link #template}; any other value stays as it is. */
    default @org.jspecify.annotations.Nullable Object filled(@org.jspecify.annotations.Nullable Object value) {
        return value;
    }
}
