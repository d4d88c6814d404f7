package dev.rapport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clock of the machine jumps by two hours while jobs run. libfaketime (Debian's package faketime) sets it, for the
 * server and its PostgreSQL at once.
 */
@Tag("faults")
@Tag("long")
class ClockJumpTest {
    private static final int ROWS = 60_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path home;

    private Path clock;

    @BeforeEach
    void theClockIsRight() throws IOException {
        clock = home.resolve("clock");
        set("+0");
    }

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void aRunningImportIsNeitherDoubledNorStuckAndRecurringWorkGoesOn() throws IOException, InterruptedException {
        String orphan;
        try (var server = ServerProcess.start(home, fakedClock())) {
            var client = server.client();
            var early = begin(client, "EARLY");
            set("+2h");
            assertComplete(client, early, "EARLY");
            var late = begin(client, "LATE");
            set("+0");
            assertComplete(client, late, "LATE");
            assertRecurringWorkGoesOn(client);
            set("+2h");
            Thread.sleep(2_000);
            orphan = begin(client, "ORPHAN");
            server.kill();
        }
        // the heartbeat of the dead server lies two hours in the future of the next one
        set("+0");
        try (var server = ServerProcess.start(home, fakedClock())) {
            assertComplete(server.client(), orphan, "ORPHAN");
        }
    }

    /** It holds within a second. */
    private void set(String offset) throws IOException {
        Files.writeString(clock, offset + "\n");
    }

    private Map<String, String> fakedClock() throws IOException {
        try (var found =
                Files.find(Path.of("/usr/lib"), 4, (file, attributes) -> file.endsWith("faketime/libfaketime.so.1"))) {
            var library = found.findFirst()
                    .orElseThrow(() -> new AssertionError("Install Debian's package faketime to set the clock."));
            return Map.of(
                    "LD_PRELOAD", library.toString(),
                    "FAKETIME_TIMESTAMP_FILE", clock.toString(),
                    "FAKETIME_CACHE_DURATION", "1",
                    "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                    // a mend for another C library: here it lets no thread wait
                    "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                    "RAPPORT_SMTP_URL", "smtp://127.0.0.1:9",
                    "RAPPORT_MAIL_FROM", "crm@rapport.example",
                    "RAPPORT_MAIL_RECALL_SECONDS", "0");
        }
    }

    /** Starts an import of products and waits until it reads. */
    private static String begin(Client client, String prefix) throws InterruptedException {
        var csv = new StringBuilder("code,name\n");
        Stream.iterate(0, i -> i < ROWS, i -> i + 1)
                .forEach(i -> csv.append(prefix)
                        .append('-')
                        .append(i)
                        .append(",Product ")
                        .append(i)
                        .append('\n'));
        var id = client.upload("product", prefix + ".csv", csv.toString().getBytes(StandardCharsets.UTF_8))
                .json()
                .path("id")
                .asString();
        client.patch("/api/imports/" + id, "{\"matchOn\":[]}");
        client.post("/api/imports/" + id + "/start", "{}");
        for (int i = 0; i < 1_200; i++) {
            var file = client.get("/api/imports/" + id).json();
            if (file.path("counts").path("read").asInt() > 0) {
                assertThat(file.path("state").asString()).as("it still runs").isEqualTo("running");
                return id;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("The import does not begin");
    }

    private static void assertComplete(Client client, String id, String prefix) throws InterruptedException {
        var file = client.get("/api/imports/" + id).json();
        for (int i = 0; i < 1_200 && file.path("state").asString().equals("running"); i++) {
            Thread.sleep(100);
            file = client.get("/api/imports/" + id).json();
        }
        assertThat(file.path("state").asString()).as(file.toString()).isEqualTo("done");
        assertThat(file.path("counts").path("created").asInt()).isEqualTo(ROWS);
        var figures = client.post(
                        "/api/records/product/aggregate",
                        "{\"filter\":{\"field\":\"code\",\"op\":\"startsWith\",\"value\":\"" + prefix + "-\"},"
                                + "\"measures\":[{\"fn\":\"count\"},{\"fn\":\"countDistinct\",\"field\":\"code\"}]}")
                .text();
        assertThat(figures).containsPattern(ROWS + "\\D+" + ROWS);
    }

    /** Nobody listens at the mail server's port: the dispatcher, which comes every few seconds, notes an attempt. */
    private static void assertRecurringWorkGoesOn(Client client) throws InterruptedException {
        client.create("mail", "{\"to\":\"a@example.com\",\"name\":\"Hello\",\"body\":\"b\"}");
        for (int i = 0; i < 600; i++) {
            var tried = client.post(
                    "/api/records/mail/query",
                    "{\"filter\":{\"field\":\"attempts\",\"op\":\"gte\",\"value\":1},\"fields\":[\"name\"]}");
            if (!tried.json().path("items").isEmpty()) return;
            Thread.sleep(200);
        }
        throw new AssertionError("Nobody dispatches mails");
    }
}
