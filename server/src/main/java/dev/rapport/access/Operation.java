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
    MASS;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
