package dev.rapport.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.kernel.Refusal;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Runs units of work against PostgreSQL. The only place that opens, commits, rolls back and repeats transactions. */
public final class Database {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final int TRIES = 5;

    /** So long the server may say nothing at all: it cancels statements sooner by itself, unless it is not there any more. */
    static final Duration SILENCE = Duration.ofSeconds(20);

    /** So long nobody asks a server that was found silent: those who wait for each other would find it out one by one. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(2);

    private final DataSource dataSource;
    /** By {@link System#nanoTime()}. */
    private volatile long silentUntil = System.nanoTime();

    public Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** Connections of their own, on which nothing is limited in time: for what must be done before anything else. */
    public DataSource unhurried() {
        if (!(dataSource instanceof HikariDataSource pool)) return dataSource;
        return new DriverManagerDataSource(
                Objects.requireNonNull(pool.getJdbcUrl()),
                Objects.requireNonNullElse(pool.getUsername(), ""),
                Objects.requireNonNullElse(pool.getPassword(), ""));
    }

    /**
     * Runs {@code work} in one transaction and repeats it when PostgreSQL asks for that (serialization failure or deadlock).
     *
     * @throws Refusal 503 when the database is away
     */
    public <T> T transact(Function<Tx, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work, "", SILENCE);
            } catch (DataAccessException | UncheckedSqlException e) {
                if (!isRepeatable(e) || attempt == TRIES) throw translated(e);
                pause(attempt);
            }
        }
    }

    public void run(Consumer<Tx> work) {
        transact(tx -> {
            work.accept(tx);
            return true;
        });
    }

    /**
     * Like {@link #transact} for background work: statements may take up to {@code limit}, and nothing is repeated. More
     * entries of search indexes wait to be sorted in at once than {@link DatabaseConfiguration#SESSION} lets wait.
     */
    public <T> T transactLong(Duration limit, Function<Tx, T> work) {
        try {
            return once(
                    work,
                    "SET LOCAL statement_timeout = " + limit.toMillis() + "; SET LOCAL gin_pending_list_limit = '8MB'",
                    limit.plus(SILENCE));
        } catch (DataAccessException | UncheckedSqlException e) {
            throw translated(e);
        }
    }

    /** Runs reads without a transaction: each statement sees the newest committed state. */
    public <T> T read(Function<Tx, T> work) {
        requireVoice();
        try (var connection = dataSource.getConnection()) {
            return work.apply(new Tx(connection));
        } catch (SQLException e) {
            throw translated(new UncheckedSqlException(e));
        } catch (DataAccessException | UncheckedSqlException e) {
            throw translated(e);
        }
    }

    /** Vacuums and gathers statistics after a large load, so that the first queries are planned well. */
    public void analyse() {
        maintain(List.of("VACUUM (ANALYZE)"));
    }

    /** Runs statements that no transaction may hold and that may take as long as they need, one after the other. */
    public void maintain(List<String> statements) {
        try (var connection = dataSource.getConnection()) {
            wait(connection, Duration.ZERO);
            try {
                execute(connection, "SET statement_timeout = 0; SET lock_timeout = 0");
                for (var statement : statements) execute(connection, statement);
            } finally {
                wait(connection, SILENCE);
                execute(connection, DatabaseConfiguration.SESSION);
            }
        } catch (SQLException e) {
            throw translated(new UncheckedSqlException(e));
        }
    }

    /**
     * Runs {@code work} while no other node runs any under the same key. The waiting holds no snapshot, for which the
     * building of an index would wait in turn.
     */
    public void exclusively(long key, Runnable work) {
        try (var connection = dataSource.getConnection()) {
            while (!answersYes(connection, "SELECT pg_try_advisory_lock(" + key + ")")) pause(10);
            try {
                work.run();
            } finally {
                answersYes(connection, "SELECT pg_advisory_unlock(" + key + ")");
            }
        } catch (SQLException e) {
            throw translated(new UncheckedSqlException(e));
        }
    }

    private static boolean answersYes(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    /** @param silence how long the server may say nothing */
    private <T> T once(Function<Tx, T> work, String prologue, Duration silence) {
        requireVoice();
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean patient = !silence.equals(SILENCE);
            if (patient) wait(connection, silence);
            try {
                if (!prologue.isEmpty()) execute(connection, prologue);
                var tx = new Tx(connection);
                T result = work.apply(tx);
                connection.commit();
                tx.committed();
                return result;
            } catch (Throwable e) {
                rollBack(connection);
                throw e;
            } finally {
                restore(connection);
                if (patient) wait(connection, SILENCE);
            }
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    /** Lets the server be silent for so long; zero for ever. A connection that is lost is not waited for anyway. */
    static void wait(Connection connection, Duration silence) {
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(silence.toMillis()));
        } catch (SQLException e) {
            log.debug("The connection was lost", e);
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (var prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            log.debug("Nothing to roll back on a lost connection", e);
        }
    }

    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            log.debug("The connection was lost", e);
        }
    }

    private static final String DISK_FULL = "53100";

    private static boolean isRepeatable(RuntimeException e) {
        var state = SqlState.of(e);
        // the last: a prepared statement met a column whose type an administrator has just changed
        return state.equals("40001") || state.equals("40P01") || state.equals("0A000");
    }

    private void requireVoice() {
        if (System.nanoTime() - silentUntil < 0) throw Refusal.of(Refusal.Kind.UNAVAILABLE, "database-away");
    }

    private static boolean isSilence(@Nullable Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof SocketTimeoutException) return true;
        return false;
    }

    private RuntimeException translated(RuntimeException e) {
        if (isSilence(e)) silentUntil = System.nanoTime() + LEFT_ALONE.toNanos();
        var state = SqlState.of(e);
        boolean away = state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("53300")
                || e.getCause() instanceof SQLTransientConnectionException;
        if (away) return Refusal.of(Refusal.Kind.UNAVAILABLE, "database-away");
        if (state.equals(DISK_FULL)) return Refusal.of(Refusal.Kind.OUT_OF_SPACE, "out-of-space");
        if (state.equals("57014")) return Refusal.of(Refusal.Kind.UNAVAILABLE, "took-too-long");
        if (state.equals("42703") || state.equals("42P01")) {
            log.warn("Somebody changes what exists, or a statement is wrong: {}", e.getMessage());
            return Refusal.of(Refusal.Kind.UNAVAILABLE, "schema-changed");
        }
        if (state.equals("55P03")) return Refusal.of(Refusal.Kind.CONFLICT, "locked");
        return e;
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(java.util.concurrent.ThreadLocalRandom.current().nextInt(5, 20 * attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
