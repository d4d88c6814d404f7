package dev.rapport.job;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recurring work over many items, none of which may keep the others from their turn. */
public final class OneByOne {
    private static final Logger log = LoggerFactory.getLogger(OneByOne.class);

    private OneByOne() {}

    /**
     * Does {@code work} for each item. An item for which it fails is written to the log and put aside, so that it does not come
     * back in every round.
     *
     * @param putAside gets the item and what happened
     */
    public static <T> void run(Iterable<T> items, Consumer<T> work, BiConsumer<T, RuntimeException> putAside) {
        for (var item : items) {
            try {
                work.accept(item);
            } catch (RuntimeException e) {
                log.error("{} failed and is put aside", item, e);
                putAside(item, e, putAside);
            }
        }
    }

    private static <T> void putAside(T item, RuntimeException cause, BiConsumer<T, RuntimeException> putAside) {
        try {
            putAside.accept(item, cause);
        } catch (RuntimeException e) {
            log.error("{} could not be put aside and comes back", item, e);
        }
    }
}
