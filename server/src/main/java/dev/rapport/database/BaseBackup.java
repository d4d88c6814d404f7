package dev.rapport.database;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Copies the data folder of a PostgreSQL that runs, by its low-level backup (the manual, "Making a Base Backup"). */
public final class BaseBackup {
    /** What belongs to a running server and is made anew (the manual's list of what a base backup leaves out). */
    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "pg_replslot", "pg_stat_tmp", "pg_dynshmem", "pg_notify");
    /** What of ours lies in the data folder for a while; no copy needs it. */
    private static final Set<String> OURS = Set.of(WalArchive.OUTGOING, WalArchive.WANTED, WalArchive.GIVEN);

    private BaseBackup() {}

    /** Where the log of the copy is: a copy without it needs an archive. */
    enum Log {
        IN_ARCHIVE,
        IN_COPY
    }

    /** Copies one file. */
    interface Copying {
        void copy(Path from, Path to) throws IOException;
    }

    /** How files are copied, and what the copies are called. */
    record Copier(UnaryOperator<Path> target, Copying copying) {}

    /** Files as they are. */
    static final Copier PLAIN = new Copier(path -> path, BaseBackup::copyAsItIs);

    private static void copyAsItIs(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    static Copier sealing(Seal seal) {
        return new Copier(SealedFile::of, (from, to) -> SealedFile.write(from, to, seal));
    }

    /** Reads sealed files; those of an archive from before it was sealed are copied. */
    static Copier opening(Seal seal) {
        return new Copier(SealedFile::plain, (from, to) -> {
            if (SealedFile.isSealed(from)) SealedFile.read(from, to, seal);
            else copyAsItIs(from, to);
        });
    }

    /**
     * Copies a server's data so that a server can start from the copy.
     *
     * @param connection to that server, used for nothing else meanwhile
     * @param to a folder that does not exist yet
     */
    public static void take(Connection connection, Path data, Path to) throws IOException, SQLException {
        take(connection, data, to, Log.IN_COPY, PLAIN);
    }

    static void take(Connection connection, Path data, Path to, Log log, Copier copier)
            throws IOException, SQLException {
        var partial = to.resolveSibling(to.getFileName() + ".partial");
        FileTree.delete(partial);
        Files.createDirectories(partial);
        copy(connection, data, partial, log, copier);
        Files.move(partial, to);
    }

    /** Deletes the copies in {@code folder} whose names begin with {@code prefix}, but for the last {@code count} by name. */
    public static void keepLast(Path folder, String prefix, int count) throws IOException {
        if (!Files.isDirectory(folder)) return;
        try (var paths = Files.list(folder)) {
            var old = paths.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .sorted(Comparator.reverseOrder())
                    .skip(count)
                    .toList();
            for (var path : old) FileTree.delete(path);
        }
    }

    private static void copy(Connection connection, Path data, Path to, Log log, Copier copier)
            throws IOException, SQLException {
        Database.wait(connection, Duration.ZERO);
        try (var statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = 0");
            statement.execute("SELECT pg_backup_start('rapport', true)");
            copyTree(data, to, false, copier);
            var stop = "SELECT labelfile FROM pg_backup_stop(" + (log == Log.IN_ARCHIVE) + ")";
            try (var label = statement.executeQuery(stop)) {
                label.next();
                writeLabel(to, label.getString(1), copier);
            }
        } finally {
            Database.wait(connection, Database.SILENCE);
            try (var statement = connection.createStatement()) {
                statement.execute(DatabaseConfiguration.SESSION);
            }
        }
        makeEmptyFolders(to);
        if (log == Log.IN_COPY) copyTree(data.resolve("pg_wal"), to.resolve("pg_wal"), false, copier);
    }

    private static void writeLabel(Path to, String label, Copier copier) throws IOException {
        var written = Files.writeString(Files.createTempFile("backup", "label"), label);
        try {
            copier.copying().copy(written, copier.target().apply(to.resolve("backup_label")));
        } finally {
            Files.delete(written);
        }
    }

    /** Folders that a copy leaves out, which a server expects to be there. */
    static void makeEmptyFolders(Path data) throws IOException {
        Files.createDirectories(data.resolve("pg_wal"));
        for (var left : LEFT_OUT) if (!left.startsWith("postmaster")) Files.createDirectories(data.resolve(left));
    }

    static void copyTree(Path from, Path to, boolean onlyNew, Copier copier) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                if (OURS.contains(path.getFileName().toString())) return FileVisitResult.SKIP_SUBTREE;
                Files.createDirectories(to.resolve(from.relativize(path)));
                // their contents are made anew, the log itself comes from the archive
                boolean empty = LEFT_OUT.contains(path.getFileName().toString()) || path.equals(from.resolve("pg_wal"));
                return empty ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                var name = path.getFileName().toString();
                var target = copier.target().apply(to.resolve(from.relativize(path)));
                boolean skipped = LEFT_OUT.contains(name)
                        || name.endsWith(".tmp")
                        || name.endsWith(".part")
                        || onlyNew && Files.exists(target);
                try {
                    if (!skipped) copier.copying().copy(path, target);
                } catch (NoSuchFileException gone) {
                    // a running server removes files; what it needs of them is in the log
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
                throw e;
            }
        });
    }
}
