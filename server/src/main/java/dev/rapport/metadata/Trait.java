package dev.rapport.metadata;

/** What holds for a field beyond its type. */
public enum Trait {
    /** A record cannot be without it. */
    REQUIRED,
    /** No two records share a value. */
    UNIQUE,
    /** Found by the search of lists. */
    SEARCHABLE,
    /** Has an index, so that filters and sorts on it stay quick at any size. */
    FILTERABLE,
    /** Set by the server; refused in requests. */
    READ_ONLY,
    /** Personal data, guarded by access and left out of logs. */
    SENSITIVE,
    /** Each change of it is kept. On by default; {@link #NO_HISTORY} turns it off. */
    HISTORY,
    /** Changes of it are not kept, because it is computed from what is kept. */
    NO_HISTORY
}
