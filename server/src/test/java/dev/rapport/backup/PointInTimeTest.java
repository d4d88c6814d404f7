package dev.rapport.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database is brought back as it was at a moment between two mistakes. */
@Tag("faults")
@Tag("long")
class PointInTimeTest {
    @TempDir
    Path here;

    @TempDir
    Path there;

    @TempDir
    Path archive;

    private Map<String, String> environment() {
        return Map.of("RAPPORT_WAL_ARCHIVE", archive.toString());
    }

    private Map<String, String> withKey() {
        return Map.of(
                "RAPPORT_WAL_ARCHIVE",
                archive.toString(),
                "RAPPORT_BACKUP_KEY",
                here.resolve("data/keys/backup-key.json").toString());
    }

    /** Nothing of the company can be read in the archive without the key. */
    private void requireNothingInTheClear() throws IOException {
        try (var paths = Files.walk(archive)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                assertThat(path.getFileName().toString()).endsWith(".sealed");
                var text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
                assertThat(text.contains("After the base") || text.contains("kept\n"))
                        .as("in the clear: " + path)
                        .isFalse();
            }
        }
    }

    private void awaitBase() throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            try (var paths = Files.list(archive)) {
                if (paths.anyMatch(path -> path.getFileName().toString().matches("base-\\d{8}-\\d{6}"))) return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("No base backup was taken");
    }

    /** So that the log up to now is in the archive. */
    private void archiveTheLog(ServerProcess server) throws Exception {
        var segment = archive.resolve("wal")
                .resolve(server.ask("SELECT pg_walfile_name(pg_switch_wal())").getFirst() + ".sealed");
        for (int i = 0; i < 300 && !Files.exists(segment); i++) Thread.sleep(100);
        assertThat(segment).exists();
    }

    /** Files follow within five minutes; what is sealed already is not sealed again. */
    private void awaitFile() throws IOException, InterruptedException {
        for (int i = 0; i < 3_300; i++) {
            var files = archive.resolve("files");
            if (Files.isDirectory(files))
                try (var paths = Files.walk(files)) {
                    if (paths.anyMatch(Files::isRegularFile)) return;
                }
            Thread.sleep(100);
        }
        throw new AssertionError("No file was taken into the archive");
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void theStateBetweenTwoMomentsComesBack() throws Exception {
        Instant moment;
        String kept;
        String file;
        try (var server = ServerProcess.start(here, environment())) {
            var client = server.client();
            kept = account(client, "Before");
            awaitBase();
            var second = account(client, "After the base");
            file = client.uploadFile("notes.txt", "kept\n".getBytes(StandardCharsets.UTF_8));
            Thread.sleep(1_500);
            moment = Instant.now();
            Thread.sleep(1_500);
            assertThat(client.delete("/api/records/account/" + kept, "If-Match", "\"1\"")
                            .status())
                    .isLessThan(300);
            assertThat(client.delete("/api/records/account/" + second, "If-Match", "\"1\"")
                            .status())
                    .isLessThan(300);
            account(client, "The mistake");
            archiveTheLog(server);
            awaitFile();
        }
        requireNothingInTheClear();
        assertThat(ServerProcess.command(there.resolve("keyless"), environment(), "restore-to", moment.toString()))
                .contains("There is no backup key");
        var said = ServerProcess.command(there, withKey(), "restore-to", moment.toString());
        assertThat(said).as(() -> log()).contains("Restored as of");
        assertThat(ServerProcess.command(there, environment(), "restore-to", moment.toString()))
                .as("never over what is there")
                .contains("There is data in");
        try (var server = ServerProcess.start(there)) {
            var accounts = server.client().get("/api/records/account").text();
            assertThat(accounts).contains("Before").contains("After the base").doesNotContain("The mistake");
            assertThat(server.client().get("/api/records/account/" + kept).status())
                    .isEqualTo(200);
            assertThat(account(server.client(), "Goes on")).isNotEmpty();
            assertThat(server.client().get("/api/files/" + file).text()).isEqualTo("kept\n");
        }
        assertThat(ServerProcess.command(there.resolve("nowhere"), environment(), "restore-to", "2020-01-01T00:00:00Z"))
                .contains("No base backup in");
    }

    /** Wherever the sealing of the log and the copying of the base are broken off, what was confirmed comes back. */
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void anArchiveWhoseServersWereKilledIsWhole() throws Exception {
        var random = new Random(11);
        var confirmed = new TreeSet<String>();
        for (int round = 0; round < 5; round++) {
            try (var server = ServerProcess.start(here, environment())) {
                var client = server.client();
                // the log is sealed every ten seconds
                var end = Instant.now().plusMillis(9_000 + random.nextInt(6_000));
                while (Instant.now().isBefore(end)) {
                    var name = "Confirmed " + confirmed.size();
                    account(client, name);
                    confirmed.add(name);
                    if (confirmed.size() % 8 == 0) server.ask("SELECT pg_switch_wal()");
                }
                if (random.nextBoolean()) server.killPostgres();
                server.kill();
            }
        }
        Instant moment;
        try (var server = ServerProcess.start(here, environment())) {
            awaitBase();
            moment = Instant.now();
            account(server.client(), "After it");
            archiveTheLog(server);
        }
        var said = ServerProcess.command(there, withKey(), "restore-to", moment.toString());
        assertThat(said).as(() -> log()).contains("Restored as of");
        try (var server = ServerProcess.start(there)) {
            var count = server.client()
                    .post(
                            "/api/records/account/aggregate",
                            "{\"filter\":{\"field\":\"name\",\"op\":\"startsWith\",\"value\":\"Confirmed \"},"
                                    + "\"measures\":[{\"fn\":\"count\"},{\"fn\":\"countDistinct\",\"field\":\"name\"}]}")
                    .text();
            assertThat(count).containsPattern(confirmed.size() + "\\D+" + confirmed.size());
        }
    }

    private String log() {
        try {
            return Files.readString(there.resolve("data/postgres.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String account(Client client, String name) {
        return client.create("account", "{\"name\":\"" + name + "\"}")
                .path("id")
                .asString();
    }
}
