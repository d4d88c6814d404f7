package dev.rapport.query;

import dev.rapport.database.Tx;
import dev.rapport.database.UncheckedSqlException;
import java.sql.SQLException;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Select;
import org.postgresql.PGStatement;

/**
 * Runs statements over many rows whose best plan depends on the values that are bound: PostgreSQL plans them at every run.
 * Values are bound with their types; what jOOQ binds as text and casts, PostgreSQL would cast again for every row.
 */
final class PlannedAnew {
    private PlannedAnew() {}

    static Result<Record> fetch(Tx tx, Select<?> select) {
        try (var statement = tx.connection().prepareStatement(select.getSQL())) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            var values = select.getBindValues();
            for (int i = 0; i < values.size(); i++) SqlTypes.bind(statement, i + 1, values.get(i));
            try (var rows = statement.executeQuery()) {
                return tx.dsl().fetch(rows, select.getSelect().toArray(Field<?>[]::new));
            }
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }
}
