package dev.rapport.database;

import dev.rapport.kernel.CannotStart;
import dev.rapport.kernel.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Point-in-time recovery of the embedded database (PostgreSQL's manual, "Continuous Archiving"): every segment of the
 * write-ahead log goes into a folder that the operator names, a base backup now and then beside it, and so does each
 * stored file, all of it compressed and encrypted. From these the database of any moment since the oldest base can be had.
 *
 * <p>PostgreSQL hands its segments over in a folder of its own, from which they are sealed some seconds later; while it
 * replays, it asks for segments in one folder and finds them opened in another.
 */
public final class WalArchive {
    /** Folders inside PostgreSQL's data folder, which is where its commands run. */
    static final String OUTGOING = "rapport-outgoing";

    static final String WANTED = "rapport-wanted";
    static final String GIVEN = "rapport-given";
    private static final Pattern LOG_FILE =
            Pattern.compile("[0-9A-F]{24}(\\.[0-9A-F]{8}\\.backup)?|[0-9A-F]{8}\\.history");
    private static final String BASE = "base-";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TARGET =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);
    /** Asks for a file of the log and waits until it is there, or is said not to be. */
    private static final String RESTORE = "touch " + WANTED + "/%f && while [ ! -e " + GIVEN + "/%f ] && [ ! -e "
            + GIVEN + "/%f.none ]; do sleep 0.05; done; mv " + GIVEN + "/%f %p";

    private static final Duration REPLAY = Duration.ofHours(12);

    private final Path folder;

    private WalArchive(Path folder) {
        this.folder = folder;
    }

    /** The archive that {@code RAPPORT_WAL_ARCHIVE} names; empty for none. */
    public static Optional<WalArchive> configured() {
        return Optional.ofNullable(Settings.find("RAPPORT_WAL_ARCHIVE"))
                .map(named -> new WalArchive(Path.of(named).toAbsolutePath().normalize()));
    }

    private Path wal() {
        return folder.resolve("wal");
    }

    /** Makes the folders; into the first the server's account must be able to write. */
    void prepare(Path data, OsAccount account) throws IOException, InterruptedException {
        account.own(Files.createDirectories(data.resolve(OUTGOING)));
        Files.createDirectories(wal());
    }

    /** Settings with which the server hands over its log: a segment a minute at least, never one over another. */
    List<String> serverSettings() {
        var to = OUTGOING + "/%f";
        return List.of(
                "archive_mode=on",
                "archive_timeout=60",
                "archive_command=test ! -f " + to + " && cp %p " + to + ".part && mv " + to + ".part " + to);
    }

    /** Takes what the server has handed over into the archive, the oldest first. */
    public void takeLog(Path home, Seal seal) throws IOException {
        var outgoing = home.resolve("postgres").resolve(OUTGOING);
        if (!Files.isDirectory(outgoing)) return;
        List<Path> segments;
        try (var files = Files.list(outgoing)) {
            segments = files.filter(file ->
                            LOG_FILE.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
        Files.createDirectories(wal());
        for (var segment : segments) {
            SealedFile.write(segment, SealedFile.of(wal().resolve(segment.getFileName())), seal);
            Files.delete(segment);
        }
    }

    /** When the newest base backup was begun; empty if there is none. */
    public Optional<Instant> newestBase() throws IOException {
        return bases().stream().findFirst().map(WalArchive::begun);
    }

    private List<Path> bases() throws IOException {
        if (!Files.exists(folder)) return List.of();
        try (var paths = Files.list(folder)) {
            return paths.filter(path -> path.getFileName().toString().matches(BASE + "\\d{8}-\\d{6}"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private static Instant begun(Path base) {
        return Instant.from(NAME.parse(base.getFileName().toString().substring(BASE.length())));
    }

    /**
     * Copies the data folder of a server that runs, by PostgreSQL's low-level backup.
     *
     * @param connection to that server, used for nothing else meanwhile
     * @param home the data folder of the product
     */
    public void takeBase(Connection connection, Path home, Seal seal) throws IOException, SQLException {
        var base = folder.resolve(BASE + NAME.format(Instant.now()));
        var log = BaseBackup.Log.IN_ARCHIVE;
        BaseBackup.take(connection, home.resolve("postgres"), base, log, BaseBackup.sealing(seal));
    }

    /** Copies stored files that are not in the archive yet. They never change. */
    public void takeFiles(Path files, Seal seal) throws IOException {
        if (Files.exists(files)) BaseBackup.copyTree(files, folder.resolve("files"), true, BaseBackup.sealing(seal));
    }

    /** Removes base backups beyond the newest {@code kept}, and the log that none of these needs. */
    public void thinOut(int kept, Seal seal) throws IOException {
        var bases = bases();
        for (var base : bases.subList(Math.min(kept, bases.size()), bases.size())) FileTree.delete(base);
        if (bases.size() <= kept) return;
        var first = firstSegment(bases.get(kept - 1), seal);
        try (var segments = Files.list(wal())) {
            for (var segment : segments.toList()) {
                var name = segment.getFileName().toString();
                // the first eight digits are the timeline; the rest goes up
                if (name.length() >= 24 && name.substring(8, 24).compareTo(first.substring(8, 24)) < 0)
                    Files.deleteIfExists(segment);
            }
        }
    }

    private static String firstSegment(Path base, Seal seal) throws IOException {
        var label = label(base, seal);
        var found = Pattern.compile("\\(file ([0-9A-F]{24})\\)").matcher(label);
        if (!found.find()) throw new IOException("No log segment is named in " + base.resolve("backup_label"));
        return found.group(1);
    }

    private static String label(Path base, Seal seal) throws IOException {
        var plain = base.resolve("backup_label");
        if (Files.exists(plain)) return Files.readString(plain);
        var opened = Files.createTempFile("backup", "label");
        try {
            SealedFile.read(SealedFile.of(plain), opened, seal);
            return Files.readString(opened);
        } finally {
            Files.delete(opened);
        }
    }

    /**
     * Puts the database and the files as of {@code moment} into {@code home} and lets PostgreSQL replay the log up to it.
     *
     * @param moment null for as late as the archive goes
     * @param seal with which the archive was made
     * @throws CannotStart if {@code home} holds data, no base is that old, or the archive ends before
     */
    public void restore(Path home, @Nullable Instant moment, Seal seal) throws IOException {
        var data = home.resolve("postgres");
        if (Files.exists(data))
            throw new CannotStart(
                    "There is data in " + home + " already. Set RAPPORT_HOME to a folder that does not exist yet.");
        var base = bases().stream()
                .filter(one -> moment == null || begun(one).isBefore(moment))
                .findFirst()
                .orElseThrow(() -> new CannotStart("No base backup in " + folder + " is from before that moment."));
        Files.createDirectories(home);
        BaseBackup.copyTree(base, data, false, BaseBackup.opening(seal));
        BaseBackup.makeEmptyFolders(data);
        var settings = data.resolve("postgresql.auto.conf");
        var before = Files.exists(settings) ? Files.readString(settings) : "";
        var recovery = new StringBuilder(before)
                .append("\nrestore_command = '")
                .append(RESTORE)
                .append("'\n");
        if (moment != null)
            recovery.append("recovery_target_time = '")
                    .append(TARGET.format(moment))
                    .append("'\n");
        // it counts as ready once it has replayed everything, not before
        recovery.append("recovery_target_action = 'promote'\nhot_standby = off\n");
        Files.writeString(settings, recovery);
        Files.writeString(data.resolve("recovery.signal"), "", StandardCharsets.UTF_8, StandardOpenOption.CREATE);
        if (Files.exists(folder.resolve("files")))
            BaseBackup.copyTree(folder.resolve("files"), home.resolve("files"), true, BaseBackup.opening(seal));
        try (var desk = new LogDesk(wal(), data, seal)) {
            EmbeddedPostgres.start(home, REPLAY).close();
            desk.check();
        } catch (CannotStart e) {
            throw new CannotStart(
                    "PostgreSQL did not get to that moment: the archive may end before it. See "
                            + home.resolve("postgres.log"),
                    e);
        }
        Files.writeString(settings, before);
    }
}
