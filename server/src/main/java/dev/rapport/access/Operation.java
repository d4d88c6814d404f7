package dev.rapport.access;

import java.util.Locale;

/** What can be done with the records of an object. */
public enum Operation {
    READ,
    CREATE,
    UPDATE,
    DELETE,
    IMPORT,
    EXPORT,
    /** Change or delete many records at once. */
    MASS,
    /** Give a record another owner. */
    TRANSFER,
    /** Let others see or change a record. */
    SHARE,
    /** Take a record out of a public pool. */
    CLAIM,
    /** See a value that is masked, one at a time, which is written down. */
    REVEAL;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it leaves records as they are. */
    boolean reads() {
        return this == READ || this == EXPORT || this == REVEAL;
    }

    /** The one of {@link #READ}, {@link #UPDATE} and {@link #DELETE} whose scope says for which records. */
    Operation scoped() {
        return switch (this) {
            case READ, CREATE, IMPORT, EXPORT, CLAIM, REVEAL -> READ;
            case UPDATE, MASS, TRANSFER, SHARE -> UPDATE;
            case DELETE -> DELETE;
        };
    }
}
