package dev.rapport.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An import goes on after its server, and after its database, was killed: no row is lost, none is doubled. */
@Tag("faults")
class CrashTest {
    private static final int ROWS = 60_000;

    @TempDir
    Path home;

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void anImportSurvivesTheDeathOfServerAndDatabase() throws IOException, InterruptedException {
        String id;
        try (var first = ServerProcess.start(home)) {
            var client = first.client();
            id = client.upload("product", "products.csv", file())
                    .json()
                    .path("id")
                    .asString();
            client.patch("/api/imports/" + id, "{\"matchOn\":[]}");
            client.post("/api/imports/" + id + "/start", "{}");
            awaitRead(client, id, 1);
            first.kill();
        }
        try (var second = ServerProcess.start(home)) {
            var client = second.client();
            int before = awaitRead(client, id, 1);
            assertThat(before).as("killed in the middle").isLessThan(ROWS);
            second.killPostgres();
            var over = awaitEnd(client, id);
            assertThat(over.path("state").asString()).as(over.toString()).isEqualTo("done");
            assertThat(over.path("counts").path("read").asInt()).isEqualTo(ROWS);
            assertThat(over.path("counts").path("created").asInt()).isEqualTo(ROWS);
            var figures = client.post(
                            "/api/records/product/aggregate",
                            "{\"measures\":[{\"fn\":\"count\"},{\"fn\":\"countDistinct\",\"field\":\"code\"}]}")
                    .text();
            assertThat(figures).containsPattern("60000\\D+60000");
        }
    }

    private static byte[] file() {
        var csv = new StringBuilder("code,name\n");
        for (int i = 0; i < ROWS; i++)
            csv.append("CRASH-").append(i).append(",Product ").append(i).append('\n');
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Waits until at least {@code rows} rows were read, and returns how many. */
    private static int awaitRead(Client client, String id, int rows) throws InterruptedException {
        for (int i = 0; i < 1200; i++) {
            int read = client.get("/api/imports/" + id)
                    .json()
                    .path("counts")
                    .path("read")
                    .asInt();
            if (read >= rows) return read;
            Thread.sleep(25);
        }
        throw new AssertionError("The import does not begin");
    }

    private static JsonNode awaitEnd(Client client, String id) throws InterruptedException {
        for (int i = 0; i < 1800; i++) {
            var answer = client.get("/api/imports/" + id);
            // while PostgreSQL is away the server says so
            assertThat(answer.status()).isIn(200, 503);
            if (answer.status() == 200) {
                var state = answer.json().path("state").asString();
                if (!state.equals("running")) return answer.json();
            }
            Thread.sleep(100);
        }
        throw new AssertionError("The import does not end");
    }
}
