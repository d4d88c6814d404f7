package dev.rapport.record.spi;

import dev.rapport.metadata.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that come into being because records of one object have changed, in the same transaction and the same batch, so
 * that both happen or neither, and both are undone together.
 */
public interface Consequence {
    /** Name of the object whose changes have consequences. */
    String object();

    /** What follows from changes that have been written. */
    List<Draft> follow(List<? extends Change> changes, Lookups lookups);

    /** A record to be created; its values are the server's own and need no permission. */
    record Draft(String object, Map<Field<?>, @Nullable Object> values) {}
}
