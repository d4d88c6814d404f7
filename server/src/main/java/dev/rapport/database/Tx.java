package dev.rapport.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;
import org.postgresql.PGConnection;

/** One unit of work with the database: the connection it runs on, and what shall happen once it has been committed. */
public final class Tx {
    private static final Settings SETTINGS = new Settings()
            .withExecuteLogging(false)
            .withRenderQuotedNames(RenderQuotedNames.ALWAYS)
            .withStatementType(StatementType.PREPARED_STATEMENT);

    private final Connection connection;
    private final List<Runnable> afterCommit = new ArrayList<>();

    Tx(Connection connection) {
        this.connection = connection;
    }

    public Connection connection() {
        return connection;
    }

    public DSLContext dsl() {
        return DSL.using(connection, SQLDialect.POSTGRES, SETTINGS);
    }

    /**
     * For statements whose best plan depends on the values that are bound, such as how many rows a filter leaves: PostgreSQL
     * plans them at every run instead of keeping one plan for all values.
     */
    public <T> T plannedAnew(Function<DSLContext, T> work) {
        try {
            var postgres = connection.unwrap(PGConnection.class);
            int threshold = postgres.getPrepareThreshold();
            postgres.setPrepareThreshold(0);
            try {
                return work.apply(dsl());
            } finally {
                postgres.setPrepareThreshold(threshold);
            }
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    /** Renders statements without a connection, in the same way as {@link #dsl()}. */
    public static DSLContext renderer() {
        return DSL.using(SQLDialect.POSTGRES, SETTINGS);
    }

    /** Runs {@code work} after the commit; never if the transaction is rolled back. */
    public void afterCommit(Runnable work) {
        afterCommit.add(work);
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}
