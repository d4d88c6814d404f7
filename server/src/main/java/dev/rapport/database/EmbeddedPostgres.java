package dev.rapport.database;

import dev.rapport.kernel.CannotStart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own: real binaries, a persistent data folder, one process at a time.
 *
 * <p>The server runs under a small shell that holds a pipe from this JVM; when the JVM goes, however it goes, the pipe
 * closes and the shell stops PostgreSQL cleanly. A file lock keeps two JVMs from sharing the folder. A
 * {@code postmaster.pid} left behind is judged by what the process of that number really is, before anything is
 * signalled or removed.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final String SUPERVISOR =
            "\"$@\" & pid=$!; (while read -r line; do :; done; kill -INT $pid 2>/dev/null) <&3 & wait $pid";

    private final Path home;
    private final Path data;
    private final Path binaries;
    private final OsAccount account;
    private final FileChannel lockChannel;
    private final int port;
    private final Duration startLimit;
    private volatile boolean closing;
    private volatile Process supervisor;

    private EmbeddedPostgres(
            Path home, Path data, Path binaries, OsAccount account, FileChannel lockChannel, Duration startLimit)
            throws IOException, InterruptedException {
        this.startLimit = startLimit;
        this.home = home;
        this.data = data;
        this.binaries = binaries;
        this.account = account;
        this.lockChannel = lockChannel;
        this.port = FreePort.find();
        this.supervisor = launch();
    }

    /**
     * Starts the server on a free loopback port, creating its data folder at first.
     *
     * @throws CannotStart if another process uses {@code home}, or PostgreSQL does not start
     */
    public static EmbeddedPostgres start(Path home) {
        return start(home, START_LIMIT);
    }

    /** @param limit how long it may take until it is ready */
    static EmbeddedPostgres start(Path home, Duration limit) {
        try {
            Files.createDirectories(home);
            var lockChannel = lock(home);
            var binaries = PostgresBinaries.unpack(home);
            var data = home.resolve("postgres");
            var account = OsAccount.forServer(home, data, binaries);
            if (!Files.exists(data.resolve("PG_VERSION"))) initialise(home, data, binaries, account);
            account.own(data);
            var postgres = new EmbeddedPostgres(home, data, binaries, account, lockChannel, limit);
            Thread.ofVirtual().name("postgres-watch").start(postgres::restartWhenKilled);
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL was starting", e);
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public long pid() throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    }

    public boolean isRunning() {
        return supervisor.isAlive();
    }

    /** PostgreSQL may be killed under us; it comes back on the same port, so that the pool recovers without a restart. */
    private void restartWhenKilled() {
        while (!closing) {
            try {
                supervisor.waitFor();
                if (closing) return;
                log.warn("PostgreSQL ended unexpectedly and is started again");
                Thread.sleep(200);
                supervisor = launch();
            } catch (IOException | CannotStart e) {
                log.error("PostgreSQL could not be started again; trying once more", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            supervisor.getOutputStream().close();
            if (!supervisor.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) supervisor.destroy();
            lockChannel.close();
        } catch (IOException e) {
            log.warn("PostgreSQL could not be stopped cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static FileChannel lock(Path home) throws IOException {
        var channel =
                FileChannel.open(home.resolve("rapport.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) return channel;
        } catch (OverlappingFileLockException e) {
            log.debug("This process holds the lock already", e);
        }
        channel.close();
        throw new CannotStart("Another Rapport is running with the data folder " + home
                + ". Stop it first, or set RAPPORT_HOME to another folder.");
    }

    private static void initialise(Path home, Path data, Path binaries, OsAccount account)
            throws IOException, InterruptedException {
        var fresh = home.resolve("postgres.new");
        FileTree.delete(fresh);
        Files.createDirectories(fresh);
        account.own(fresh);
        var command = List.of(
                binaries.resolve("bin/initdb").toString(),
                "-D",
                fresh.toString(),
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C.UTF-8",
                "--data-checksums");
        run(account.command(command), home.resolve("initdb.log"));
        Files.move(fresh, data);
    }

    private static void run(List<String> command, Path logFile) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(logFile.toFile())
                .start();
        if (process.waitFor() != 0)
            throw new CannotStart(
                    "PostgreSQL could not be prepared: " + Files.readString(logFile, StandardCharsets.UTF_8));
    }

    private static void stopOrphan(Path data) throws IOException, InterruptedException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return;
        var lines = Files.readAllLines(pidFile);
        var orphan =
                lines.isEmpty() ? null : OrphanedPostgres.find(lines.getFirst().strip(), data);
        if (orphan != null) {
            log.warn("Stopping a PostgreSQL that an earlier run left behind, process {}", orphan.pid());
            orphan.stop(STOP_LIMIT);
        }
        Files.deleteIfExists(pidFile);
    }

    private Process launch() throws IOException, InterruptedException {
        stopOrphan(data);
        var server = new ArrayList<>(List.of(binaries.resolve("bin/postgres").toString(), "-D", data.toString()));
        for (var setting : serverSettings(port)) server.addAll(List.of("-c", setting));
        var archive = WalArchive.configured().orElse(null);
        if (archive != null) {
            archive.prepare(data, account);
            for (var setting : archive.serverSettings()) server.addAll(List.of("-c", setting));
        }
        var command = new ArrayList<>(List.of("/bin/sh", "-c", "exec 3<&0; " + SUPERVISOR, "rapport-postgres"));
        command.addAll(account.command(server));
        var logFile = home.resolve("postgres.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                .start();
        awaitReady(data, process, logFile, startLimit);
        return process;
    }

    private static List<String> serverSettings(int port) {
        return List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=60",
                "shared_buffers=512MB",
                "work_mem=16MB",
                "maintenance_work_mem=256MB",
                "max_wal_size=4GB",
                "checkpoint_timeout=15min",
                "update_process_title=off",
                "random_page_cost=1.1",
                "effective_cache_size=4GB",
                "jit=off",
                "log_min_messages=warning",
                "max_parallel_workers_per_gather=1");
    }

    private static void awaitReady(Path data, Process process, Path logFile, Duration limit)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        var pidFile = data.resolve("postmaster.pid");
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) break;
            if (Files.exists(pidFile)) {
                var lines = Files.readAllLines(pidFile);
                if (lines.size() >= 8 && lines.get(7).strip().equals("ready")) return;
            }
            Thread.sleep(20);
        }
        process.destroy();
        throw new CannotStart("PostgreSQL did not start; see " + logFile);
    }

    /** The archive's bytes for this platform, as the binaries' artifact names it. */
    static InputStream archive() throws IOException {
        return archiveUrl().openStream();
    }

    static URL archiveUrl() {
        var name = "postgres-linux-" + (System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64") + ".txz";
        var url = EmbeddedPostgres.class.getClassLoader().getResource(name);
        if (url == null)
            throw new CannotStart("No PostgreSQL binaries for this machine (" + name
                    + "). Set RAPPORT_DATABASE_URL to a PostgreSQL server instead.");
        return url;
    }
}
