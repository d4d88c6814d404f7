package dev.rapport.mining;

/**
 * Hears how far long work has come and may end it.
 *
 * {@snippet :
 * Progress patient = (done, message) -> done < 0.9;
 * check(patient.at(0.1, "reading"));
 * }
 */
@FunctionalInterface
public interface Progress {
    /** Hears nothing, never stops. */
    Progress NONE = (done, message) -> true;

    /**
     * Called from the thread that called {@code fit}.
     *
     * @param done share of the work done, in [0, 1], never falling
     * @param message what is being done, for a log
     * @return false to stop; the work then ends with {@link Cancelled}
     */
    boolean at(double done, String message);
}
