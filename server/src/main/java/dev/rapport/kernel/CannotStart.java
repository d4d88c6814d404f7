package dev.rapport.kernel;

/** The server cannot start until the operator changes something; the message says what is wrong and how to mend it. */
public final class CannotStart extends RuntimeException {
    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
