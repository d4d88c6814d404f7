package dev.rapport.database;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;

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
