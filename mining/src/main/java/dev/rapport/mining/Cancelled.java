package dev.rapport.mining;

/**
 * The caller's {@link Progress} said stop. Nothing was changed; the work can be started again.
 *
 * {@snippet :
 * var run = Run.of(1).watchedBy((done, message) -> false);
 * boolean stopped = false;
 * try { run.at(0.5, "half"); } catch (Cancelled e) { stopped = true; }
 * check(stopped);
 * }
 */
public final class Cancelled extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says where the work stopped. */
    public Cancelled(String message) {
        super(message);
    }
}
