package dev.rapport.database;

import java.sql.SQLException;

/** Finds PostgreSQL's five-character reason in a chain of exceptions. */
public final class SqlState {
    public static final String UNIQUE_VIOLATION = "23505";

    private SqlState() {}

    /** The innermost SQLSTATE, or an empty text if there is none. */
    public static String of(Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof SQLException sql && sql.getSQLState() != null) return sql.getSQLState();
        }
        return "";
    }
}
