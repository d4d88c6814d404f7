package dev.rapport.record;

import dev.rapport.kernel.RecordId;
import org.jspecify.annotations.Nullable;

/**
 * A record was changed and the change is committed.
 *
 * @param id null when so many changed at once that they are not told one by one
 * @param kind create, update, delete, restore or bulk
 * @param isFromElsewhere whether another node made the change and tells it
 */
public record RecordChanged(String object, @Nullable RecordId id, int version, String kind, boolean isFromElsewhere) {
    /** A change through this node. */
    RecordChanged(String object, @Nullable RecordId id, int version, String kind) {
        this(object, id, version, kind, false);
    }
}
