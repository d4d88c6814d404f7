package dev.rapport.pool;

import dev.rapport.kernel.RecordId;
import dev.rapport.record.Act;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A pool as its record says, read once for one act. Limits are null where there is none. */
record PoolTerms(
        RecordId id,
        String name,
        String object,
        boolean active,
        List<RecordId> managers,
        @Nullable Long capacity,
        @Nullable Long claimsPerDay,
        @Nullable Long coolOffDays,
        @Nullable Long noFollowUpDays,
        @Nullable Long noDealDays,
        @Nullable Long contractEndDays) {
    static PoolTerms of(Act.Item item) {
        return new PoolTerms(
                item.id(),
                Objects.requireNonNullElse(item.get(Pool.NAME), ""),
                Objects.requireNonNullElse(item.get(Pool.OBJECT), ""),
                Boolean.TRUE.equals(item.get(Pool.ACTIVE)),
                Objects.requireNonNullElse(item.get(Pool.MANAGERS), List.of()),
                item.get(Pool.CAPACITY),
                item.get(Pool.CLAIMS_PER_DAY),
                item.get(Pool.COOL_OFF_DAYS),
                item.get(Pool.NO_FOLLOW_UP_DAYS),
                item.get(Pool.NO_DEAL_DAYS),
                item.get(Pool.CONTRACT_END_DAYS));
    }

    boolean recycles() {
        return active && (noFollowUpDays != null || noDealDays != null || contractEndDays != null);
    }
}
