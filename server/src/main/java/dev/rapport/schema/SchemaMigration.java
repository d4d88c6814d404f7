package dev.rapport.schema;

import dev.rapport.database.BaseBackup;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.database.UncheckedSqlException;
import dev.rapport.kernel.CannotStart;
import dev.rapport.kernel.Settings;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings the database to what this version needs, before anything else uses it: first the system tables (Flyway), then
 * the records' tables (the planner), all of the latter in one transaction under one lock, so that two nodes starting
 * together migrate once and a failure leaves the database as it was.
 */
@Component
public class SchemaMigration {
    private static final Logger log = LoggerFactory.getLogger(SchemaMigration.class);
    private static final long LOCK = 0x5261_7070_6f72_74L;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String SNAPSHOT = "before-";
    private static final int SNAPSHOTS_KEPT = 2;
    private static final Duration LIMIT = Duration.ofHours(2);

    private final Database database;

    /** @throws CannotStart if the database holds columns of other types than the catalogue asks for */
    public SchemaMigration(Database database, Catalogue catalogue, Settings settings) {
        this.database = database;
        var flyway = Flyway.configure().dataSource(database.unhurried()).load();
        var present = flyway.info().current();
        var pending = flyway.info().pending();
        if (present != null && pending.length > 0 && settings.databaseUrl() == null)
            snapshot(settings.home(), String.valueOf(present.getVersion()), pending.length);
        flyway.migrate();
        if (present != null && pending.length > 0) thinOut(settings.home().resolve("snapshots"));
        readCustomizations(catalogue);
        migrate(catalogue);
    }

    /** Keeps the data as they are before a new version changes them, so that {@code ./rapport rollback} can bring them back. */
    private void snapshot(Path home, String version, int pending) {
        var name = SNAPSHOT + NAME.format(Instant.now()) + "-from-" + version;
        try (var connection = database.dataSource().getConnection()) {
            BaseBackup.take(
                    connection,
                    home.resolve("postgres"),
                    home.resolve("snapshots").resolve(name));
            log.info("{} migrations follow; the data before them are kept in snapshots/{}", pending, name);
        } catch (IOException | SQLException e) {
            throw new CannotStart(
                    "The data could not be kept before the upgrade, which was not begun: " + e.getMessage(), e);
        }
    }

    /** What was kept before earlier upgrades takes room, and holds people who were erased since. */
    private static void thinOut(Path snapshots) {
        try {
            BaseBackup.keepLast(snapshots, SNAPSHOT, SNAPSHOTS_KEPT);
        } catch (IOException e) {
            log.warn("Old snapshots in {} could not be deleted: {}", snapshots, e.toString());
        }
    }

    private void readCustomizations(Catalogue catalogue) {
        database.run(tx -> {
            long version = CustomizationStore.version(tx);
            catalogue.install(version, CustomizationStore.all(tx));
        });
    }

    /** Carries out what is missing and returns it. */
    public SchemaPlan migrate(Catalogue catalogue) {
        return database.transactLong(LIMIT, tx -> {
            execute(tx, "SET LOCAL lock_timeout = '10min'");
            lock(tx);
            var plan = new SchemaPlanner(DatabaseShape.read(tx)).plan(catalogue);
            if (!plan.conflicts().isEmpty())
                throw new CannotStart("The database does not fit this version: " + String.join("; ", plan.conflicts()));
            plan.statements().forEach(statement -> execute(tx, statement));
            if (!plan.isEmpty())
                log.info(
                        "Schema brought up to date by {} statements",
                        plan.statements().size());
            return plan;
        });
    }

    /** Only one at a time changes the schema, on whichever node. */
    static void lock(Tx tx) {
        execute(tx, "SELECT pg_advisory_xact_lock(" + LOCK + ")");
    }

    /** Name of the sequence behind an auto-number field. */
    public static String sequence(ObjectDef object, Field<?> field) {
        return SchemaPlanner.sequence(object, field);
    }

    static void execute(Tx tx, String statement) {
        try (var prepared = tx.connection().createStatement()) {
            prepared.execute(statement);
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }
}
