package dev.rapport.database;

import java.sql.SQLException;

/** Carries an {@link SQLException} through code that declares none. */
public final class UncheckedSqlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UncheckedSqlException(SQLException cause) {
        super(cause);
    }
}
