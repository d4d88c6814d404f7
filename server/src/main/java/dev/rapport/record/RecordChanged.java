package dev.rapport.record;

import dev.rapport.kernel.RecordId;
import org.jspecify.annotations.Nullable;

/**
 * A record was changed and the change is committed.
 *
 * @param id null when so many changed at once that they are not told one by one
 * @param kind create, update, delete, restore or bulk
 */
public record RecordChanged(String object, @Nullable RecordId id, int version, String kind) {}
