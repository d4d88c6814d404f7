package dev.rapport.backup;

import dev.rapport.database.EmbeddedPostgres;
import dev.rapport.database.Seal;
import dev.rapport.database.WalArchive;
import dev.rapport.encryption.FieldKeys;
import dev.rapport.kernel.CannotStart;
import dev.rapport.kernel.Settings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./rapport backup}, {@code restore} and {@code verify-backup}. A backup may be made while the server runs; a restore
 * needs a fresh place.
 */
public final class BackupTool {
    private static final List<String> CUSTOM = List.of("customization", "catalogue_version");

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Settings settings;
    private final Runnable start;

    /** @param start starts the server once and stops it */
    public BackupTool(Settings settings, Runnable start) {
        this.settings = settings;
        this.start = start;
    }

    private Path files() {
        return settings.home().resolve("files");
    }

    /** Where the key of backups lies: {@code RAPPORT_BACKUP_KEY}, or a file in the data folder. */
    static Path keyFile(Settings settings) {
        return settings.path("RAPPORT_BACKUP_KEY", "keys/backup-key.json");
    }

    /** The key of this place, which is made if it is not there. */
    static BackupKey key(Settings settings) {
        return BackupKey.inFile(keyFile(settings));
    }

    /** The key that is there, asked for once something is to be opened: an older archive has nothing sealed. */
    private record PresentKey(Settings settings) implements Seal {
        @Override
        public OutputStream sealing(OutputStream to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream opening(InputStream from) throws IOException {
            return BackupKey.present(keyFile(settings)).opening(from);
        }
    }

    /** @param to where the backup goes; empty for the data folder's own place */
    public void backup(String to) {
        var moment = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(ZonedDateTime.now(ZoneOffset.UTC));
        var target = to.isEmpty()
                ? settings.home().resolve("backups/rapport-" + moment + ".backup")
                : Path.of(to).toAbsolutePath();
        var key = key(settings);
        withDatabase(connection -> {
            Files.createDirectories(target.getParent());
            var partial = target.resolveSibling(target.getFileName() + ".partial");
            Files.deleteIfExists(partial);
            BackupArchive.Summary summary;
            try (var out = new BufferedOutputStream(ownerOnly(partial), 1 << 16)) {
                summary = BackupArchive.write(connection, files(), out, key, (done, total) -> {});
            }
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
            say("%s: %,d rows of %d tables and %,d files, %,d bytes"
                    .formatted(target, summary.rows(), summary.tables(), summary.files(), Files.size(target)));
            say("It is encrypted with the key " + key.file()
                    + ". Keep a copy of this key somewhere else: without it the backup cannot be read.");
        });
    }

    /** A new file that nobody but the server's account can read. */
    static OutputStream ownerOnly(Path file) throws IOException {
        return Files.newOutputStream(Files.createFile(file, OWNER_ONLY));
    }

    /** Brings a backup back into a fresh place and compares every table and file with it. */
    public void restore(String from) {
        var archive = Path.of(from).toAbsolutePath();
        if (!Files.exists(archive)) throw new CannotStart("There is no such backup: " + archive);
        var key = BackupKey.present(keyFile(settings));
        if (settings.databaseUrl() == null && Files.exists(settings.home().resolve("postgres")))
            throw new CannotStart("There is data in " + settings.home()
                    + " already. Set RAPPORT_HOME to a folder that does not exist yet.");
        try {
            var manifest = BackupArchive.manifest(archive, key);
            if (settings.databaseUrl() != null) withDatabase(BackupTool::refuseData);
            start.run(); // makes the tables of this version
            withDatabase(connection -> BackupArchive.restoreTables(connection, archive, key, CUSTOM));
            start.run(); // makes those of custom objects
            withDatabase(connection -> {
                BackupArchive.restore(connection, archive, key, files());
                var differences = BackupArchive.compare(connection, files(), manifest);
                differences.forEach(difference -> say(difference.where() + ": " + difference.what()));
                if (!differences.isEmpty()) throw new CannotStart("The restored data differ from the backup.");
                erasures(archive);
                if (holdsEncryptedValues(connection))
                    say("There are encrypted values. They can be read once " + FieldKeys.keyFile(settings)
                            + " is there: copy it from where you keep it.");
                say("Restored and compared: %d tables as of %s"
                        .formatted(
                                manifest.path("tables").size(),
                                manifest.path("createdAt").asString()));
            });
        } catch (IOException e) {
            throw new CannotStart(
                    archive + " cannot be read: it is damaged or incomplete, or was made with another key than "
                            + key.file() + ". (" + e.getMessage() + ")",
                    e);
        }
    }

    /**
     * Brings the embedded database back as it was at a moment, from the archive of its log.
     *
     * @param moment such as {@code 2026-11-27T10:00:00+08:00}; {@code latest} for as late as the archive goes
     */
    public void restoreTo(String moment) {
        var archive = WalArchive.configured()
                .orElseThrow(() -> new CannotStart("Set RAPPORT_WAL_ARCHIVE to the folder of the archive."));
        if (settings.databaseUrl() != null)
            throw new CannotStart("Point-in-time recovery of an external PostgreSQL is that server's business.");
        try {
            archive.restore(settings.home(), moment.equals("latest") ? null : moment(moment), new PresentKey(settings));
        } catch (IOException e) {
            throw new CannotStart("That did not work: " + e.getMessage(), e);
        }
        start.run();
        say("Restored as of " + moment + " into " + settings.home());
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new CannotStart("Not a moment with its offset, such as 2026-11-27T10:00:00+08:00: " + text, e);
        }
    }

    /** Who was erased after the backup is erased again at the start, if the list of erased people is there. */
    private void erasures(Path archive) throws IOException {
        var list = settings.home().resolve("erasures.ndjson");
        var beside = archive.resolveSibling("../erasures.ndjson").normalize();
        if (Files.exists(list)) return;
        if (Files.exists(beside)) {
            Files.copy(beside, list);
            say("Who was erased after this backup will be erased again: " + beside + " was taken along.");
        } else
            say("If people were erased after this backup, copy erasures.ndjson of the former data folder to " + list
                    + " before the start: they will be erased again.");
    }

    private static boolean holdsEncryptedValues(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM sealed_value)")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private static void refuseData(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT to_regclass('o_user') IS NOT NULL")) {
            rows.next();
            if (rows.getBoolean(1))
                throw new CannotStart("The database holds data already. A restore needs an empty one.");
        }
    }

    private interface Work {
        void with(Connection connection) throws SQLException, IOException;
    }

    /** The database of a server that runs, or that is started for this. */
    private void withDatabase(Work work) {
        try {
            var url = settings.databaseUrl();
            if (url != null) {
                var properties = new Properties();
                if (settings.databaseUser() != null) properties.setProperty("user", settings.databaseUser());
                if (settings.databasePassword() != null)
                    properties.setProperty("password", settings.databasePassword());
                try (var connection = DriverManager.getConnection(url, properties)) {
                    work.with(connection);
                }
                return;
            }
            var running = running();
            if (running != null) {
                try (running) {
                    work.with(running);
                }
                return;
            }
            try (var postgres = EmbeddedPostgres.start(settings.home());
                    var connection = DriverManager.getConnection(postgres.jdbcUrl() + "?user=postgres")) {
                work.with(connection);
            }
        } catch (SQLException | IOException e) {
            throw new CannotStart("That did not work: " + e.getMessage(), e);
        }
    }

    /** A connection to the embedded database if a server runs on it. */
    private @Nullable Connection running() throws IOException {
        var pidFile = settings.home().resolve("postgres/postmaster.pid");
        if (!Files.exists(pidFile)) return null;
        var lines = Files.readAllLines(pidFile);
        if (lines.size() < 4) return null;
        try {
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + lines.get(3).strip() + "/postgres?user=postgres");
        } catch (SQLException e) {
            return null; // a file that a crash left behind
        }
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
