package dev.rapport.database;

import dev.rapport.kernel.CannotStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL process of ours whose JVM is gone. Recognised by its program and its data folder, never by number alone. */
final class OrphanedPostgres {
    private final ProcessHandle process;

    private OrphanedPostgres(ProcessHandle process) {
        this.process = process;
    }

    /** The process numbered {@code pid} if it really is a postgres over {@code data}; otherwise null. */
    static @Nullable OrphanedPostgres find(String pid, Path data) throws IOException {
        var commandLine = Path.of("/proc", pid, "cmdline");
        if (!pid.matches("\\d+") || !Files.exists(commandLine)) return null;
        var arguments = Files.readString(commandLine, StandardCharsets.UTF_8).split("\0", -1);
        boolean ours = arguments[0].endsWith("/bin/postgres")
                && java.util.List.of(arguments).contains(data.toString());
        if (!ours) return null;
        return ProcessHandle.of(Long.parseLong(pid)).map(OrphanedPostgres::new).orElse(null);
    }

    long pid() {
        return process.pid();
    }

    void stop(Duration limit) throws InterruptedException, IOException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        CompletableFuture<ProcessHandle> gone = process.onExit();
        try {
            gone.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CannotStart(
                    "A PostgreSQL left behind by an earlier run does not stop: process " + process.pid(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
