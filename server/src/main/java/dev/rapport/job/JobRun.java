package dev.rapport.job;

import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One attempt at a job, as its handler sees it. */
public interface JobRun {
    RecordId id();

    Actor actor();

    JsonNode payload();

    /** Where the last attempt had got to. */
    Optional<JsonNode> checkpoint();

    /** Whether somebody asked for it to stop. A handler looks between batches. */
    boolean isCancelled();

    /**
     * Records progress in the transaction that did the work, so that both are kept or neither.
     *
     * @param total null while it is not known
     * @throws Superseded if another node has taken the job over; the transaction must not commit
     */
    void checkpoint(Tx tx, long done, @Nullable Long total, JsonNode checkpoint);

    /** What the job leaves for whoever started it. */
    void result(JsonNode result);

    /** This attempt is no longer the one that counts. */
    final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Superseded() {
            super(null, null, false, false);
        }
    }
}
