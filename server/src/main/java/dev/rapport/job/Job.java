package dev.rapport.job;

import dev.rapport.kernel.RecordId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A piece of background work and how far it has got.
 *
 * @param state queued, running, done, failed or cancelled
 * @param subject what it works on, such as an import
 * @param total null while it is not known
 */
public record Job(
        RecordId id,
        String kind,
        RecordId actor,
        @Nullable RecordId subject,
        String state,
        long done,
        @Nullable Long total,
        @Nullable JsonNode result,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    public boolean isOver() {
        return state.equals("done") || state.equals("failed") || state.equals("cancelled");
    }
}
