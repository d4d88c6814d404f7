package dev.rapport.backup;

import dev.rapport.http.Json;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A backup: one encrypted ZIP with the rows of every table as COPY writes them, all as of one moment, the stored files, and a
 * manifest with counts and checksums. The tables themselves are not in it: the same version of the product makes them, so a
 * backup fits every PostgreSQL that the product runs on.
 */
public final class BackupArchive {
    private static final int FORMAT = 1;
    private static final String MANIFEST = "manifest.json";
    private static final String TABLE = "table/";
    private static final String FILE = "file/";
    /** What belongs to a running server and not to its data. */
    private static final List<String> LEFT_OUT =
            List.of("flyway_schema_history", "node", "scheduled_tasks", "setup_link");

    private BackupArchive() {}

    /** A problem that verification found, in words for the operator. */
    public record Difference(String where, String what) {}

    /** What a backup holds. */
    public record Summary(Instant createdAt, long tables, long rows, long files) {}

    /** Is told how far a backup has got. */
    @FunctionalInterface
    public interface Progress {
        void at(long tables, long ofAll);
    }

    /** Writes a backup of what is committed now; others may write meanwhile. @param files folder of the stored files */
    public static Summary write(
            Connection connection, Path files, OutputStream target, BackupKey key, Progress progress)
            throws SQLException, IOException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement();
                var zip = new ZipOutputStream(new BufferedOutputStream(key.sealing(target), 1 << 16))) {
            zip.setLevel(Deflater.BEST_SPEED);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            statement.execute("SET LOCAL statement_timeout = 0");
            var manifest = Json.object()
                    .put("format", FORMAT)
                    .put("createdAt", Instant.now().toString());
            manifest.put("schema", schemaVersion(connection));
            var tables = manifest.putObject("tables");
            long rows = 0;
            var all = tables(connection);
            for (var table : all) {
                rows += writeTable(connection, table, zip, tables);
                progress.at(tables.size(), all.size());
            }
            sequences(connection, manifest.putObject("sequences"));
            long stored = writeFiles(connection, files, zip);
            manifest.put("files", stored);
            zip.putNextEntry(new ZipEntry(MANIFEST));
            zip.write(manifest.toString().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            return new Summary(Instant.parse(manifest.path("createdAt").asString()), tables.size(), rows, stored);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static long writeTable(Connection connection, String table, ZipOutputStream zip, ObjectNode tables)
            throws SQLException, IOException {
        var columns = columns(connection, table);
        zip.putNextEntry(new ZipEntry(TABLE + table));
        var checksum = new RowChecksum(zip);
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY " + quoted(table) + " (" + columns + ") TO STDOUT", checksum);
        zip.closeEntry();
        tables.putObject(table)
                .put("columns", columns)
                .put("rows", checksum.rows())
                .put("sum", checksum.sum());
        return checksum.rows();
    }

    private static long writeFiles(Connection connection, Path files, ZipOutputStream zip)
            throws SQLException, IOException {
        long count = 0;
        for (var key : texts(connection, "SELECT storage_key FROM file ORDER BY storage_key")) {
            var path = files.resolve(key);
            if (!Files.exists(path)) continue;
            zip.putNextEntry(new ZipEntry(FILE + key));
            Files.copy(path, zip);
            zip.closeEntry();
            count++;
        }
        return count;
    }

    private static String schemaVersion(Connection connection) throws SQLException {
        return texts(
                        connection,
                        "SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL"
                                + " ORDER BY installed_rank DESC LIMIT 1")
                .getFirst();
    }

    /** All tables; those that others refer to first. */
    private static List<String> tables(Connection connection) throws SQLException {
        var tables = texts(
                connection,
                "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace"
                        + " ORDER BY EXISTS (SELECT 1 FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f'), c.relname");
        tables.removeAll(LEFT_OUT);
        return tables;
    }

    private static String columns(Connection connection, String table) throws SQLException {
        return texts(
                        connection,
                        "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '"
                                + quoted(table)
                                + "'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''")
                .getFirst();
    }

    private static void sequences(Connection connection, ObjectNode into) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT sequencename, last_value FROM pg_sequences"
                        + " WHERE schemaname = current_schema() AND last_value IS NOT NULL")) {
            while (rows.next()) into.put(rows.getString(1), rows.getLong(2));
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        var texts = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) texts.add(rows.getString(1));
        }
        return texts;
    }

    private static String quoted(String name) {
        if (!name.matches("[a-z_][a-z0-9_]{0,62}")) throw new IllegalArgumentException("Not a name: " + name);
        return "\"" + name + "\"";
    }

    /** Reads what is said in the manifest, after everything else. */
    public static JsonNode manifest(Path archive, BackupKey key) throws IOException {
        try (var zip = open(archive, key)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                if (entry.getName().equals(MANIFEST))
                    return Json.parse(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        }
        throw new IOException("The backup ends early: it has no manifest.");
    }

    private static ZipInputStream open(Path archive, BackupKey key) throws IOException {
        return new ZipInputStream(new BufferedInputStream(key.opening(Files.newInputStream(archive)), 1 << 16));
    }

    /** Brings back some tables into a database that has them, whatever was in them before. */
    public static void restoreTables(Connection connection, Path archive, BackupKey key, List<String> some)
            throws SQLException, IOException {
        restore(connection, archive, key, null, some);
    }

    /** Brings everything back into a database of the same version and a folder for the files. */
    public static void restore(Connection connection, Path archive, BackupKey key, Path files)
            throws SQLException, IOException {
        restore(connection, archive, key, files, null);
    }

    private static void restore(
            Connection connection,
            Path archive,
            BackupKey key,
            @org.jspecify.annotations.Nullable Path files,
            @org.jspecify.annotations.Nullable List<String> some)
            throws SQLException, IOException {
        var manifest = manifest(archive, key);
        connection.setAutoCommit(false);
        try (var zip = open(archive, key)) {
            execute(connection, "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '1min'");
            var present = tables(connection);
            triggers(connection, present, "DISABLE");
            if (some == null) for (var table : present) execute(connection, "TRUNCATE " + quoted(table) + " CASCADE");
            var indexes = some == null ? dropIndexes(connection) : List.<String>of();
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var name = entry.getName();
                if (name.startsWith(TABLE)) {
                    var table = name.substring(TABLE.length());
                    if (some != null && !some.contains(table)) continue;
                    if (!present.contains(table))
                        throw new IOException("The backup holds a table that this version does not know: " + table);
                    restoreTable(connection, table, manifest, zip);
                } else if (name.startsWith(FILE) && files != null) {
                    restoreFile(files, name.substring(FILE.length()), zip);
                }
            }
            triggers(connection, present, "ENABLE");
            for (var index : indexes) execute(connection, index);
            if (some == null)
                for (var sequence : manifest.path("sequences").properties())
                    execute(
                            connection,
                            "SELECT setval('" + quoted(sequence.getKey()) + "', "
                                    + sequence.getValue().asLong() + ")");
            connection.commit();
        } catch (SQLException | IOException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Sums are in the backup as they were; nothing is to be derived from the rows while they are loaded. */
    private static void triggers(Connection connection, List<String> tables, String what) throws SQLException {
        for (var table : tables) execute(connection, "ALTER TABLE " + quoted(table) + " " + what + " TRIGGER USER");
    }

    private static void restoreTable(Connection connection, String table, JsonNode manifest, ZipInputStream zip)
            throws SQLException, IOException {
        execute(connection, "DELETE FROM " + quoted(table));
        var columns = manifest.path("tables").path(table).path("columns").asString();
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + quoted(table) + " (" + columns + ") FROM STDIN", new Unclosed(zip));
    }

    private static void restoreFile(Path files, String storageKey, ZipInputStream zip) throws IOException {
        var target = files.resolve(storageKey).normalize();
        if (!target.startsWith(files)) throw new IOException("Not a stored file: " + storageKey);
        Files.createDirectories(target.getParent());
        Files.copy(new Unclosed(zip), target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Loading is many times faster without them. @return how they are made again */
    private static List<String> dropIndexes(Connection connection) throws SQLException {
        var definitions = new LinkedHashMap<String, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT indexname, indexdef FROM pg_indexes"
                        + " WHERE schemaname = current_schema() AND indexname LIKE 'ix\\_%'")) {
            while (rows.next()) definitions.put(rows.getString(1), rows.getString(2));
        }
        for (var index : definitions.keySet()) execute(connection, "DROP INDEX " + quoted(index));
        return List.copyOf(definitions.values());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Compares a database and its files with what the manifest says; empty if all agrees. */
    public static List<Difference> compare(Connection connection, Path files, JsonNode manifest)
            throws SQLException, IOException {
        var differences = new ArrayList<Difference>();
        for (Map.Entry<String, JsonNode> table : manifest.path("tables").properties()) {
            var checksum = new RowChecksum(OutputStream.nullOutputStream());
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "COPY " + quoted(table.getKey()) + " ("
                                    + table.getValue().path("columns").asString() + ") TO STDOUT",
                            checksum);
            long rows = table.getValue().path("rows").asLong();
            if (checksum.rows() != rows)
                differences.add(new Difference(table.getKey(), checksum.rows() + " rows instead of " + rows));
            else if (!checksum.sum().equals(table.getValue().path("sum").asString()))
                differences.add(new Difference(table.getKey(), "rows differ"));
        }
        for (var key : texts(connection, "SELECT storage_key FROM file"))
            if (!Files.exists(files.resolve(key))) differences.add(new Difference("files", key + " is missing"));
        return differences;
    }

    /** An entry of the archive, which whoever reads it must not close. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // the archive goes on
        }
    }
}
