package dev.rapport.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Backups from a screen: made, checked by a drill, taken elsewhere, deleted; and a damaged one is found out. */
class BackupsTest {
    @TempDir
    Path home;

    private static JsonNode done(Client client, Client.Answer started) {
        assertThat(started.status()).as(started::text).isEqualTo(202);
        return client.await(started.json().path("job").path("id").asString());
    }

    private static JsonNode newest(Client client) {
        return client.get("/api/backups").json().path("items").get(0);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void areMadeCheckedAndDeleted() throws Exception {
        try (var server = ServerProcess.start(home)) {
            var client = server.client();
            client.create("account", "{\"name\":\"Kept\"}");
            var job = done(client, client.post("/api/backups", "{}"));
            assertThat(job.path("state").asString()).as(job::toString).isEqualTo("done");
            assertThat(job.path("done").asLong()).isEqualTo(job.path("total").asLong());
            var made = newest(client);
            assertThat(made.path("present").asBoolean()).isTrue();
            assertThat(made.path("rows").asLong()).isPositive();
            var id = made.path("id").asString();

            var drill = done(client, client.post("/api/backups/" + id + "/verify", "{}"));
            assertThat(drill.path("result").path("good").asBoolean())
                    .as(() -> newest(client).path("report").asString())
                    .isTrue();
            assertThat(newest(client).path("report").asString()).contains("Restored and compared");
            assertThat(client.get("/api/records/account").text())
                    .as("nothing of the real data was touched")
                    .contains("Kept");

            var file = client.get("/api/backups/" + id + "/file");
            assertThat(file.status()).isEqualTo(200);
            var path = home.resolve("data/backups").resolve(made.path("file").asString());
            assertThat(file.response().body()).isEqualTo(Files.readAllBytes(path));

            var bytes = Files.readAllBytes(path);
            bytes[bytes.length / 2] ^= 1;
            Files.write(path, bytes);
            var second = done(client, client.post("/api/backups/" + id + "/verify", "{}"));
            assertThat(second.path("result").path("good").asBoolean()).isFalse();
            assertThat(newest(client).path("verified").asBoolean()).isFalse();

            assertThat(client.delete("/api/backups/" + id).status()).isEqualTo(204);
            assertThat(path).doesNotExist();
            assertThat(client.get("/api/backups/" + id + "/file").status()).isEqualTo(404);
            var plan = client.put("/api/backups/plan", "{\"active\":true,\"hour\":24,\"daily\":0}");
            assertThat(plan.violations()).contains("hour:range", "daily:range");
            var kept = client.put(
                    "/api/backups/plan", "{\"active\":true,\"hour\":0,\"daily\":2,\"weekly\":0,\"monthly\":0}");
            assertThat(kept.json().path("plan").path("daily").asInt()).isEqualTo(2);
            assertThat(client.get("/api/audit?action=backup.")
                            .json()
                            .path("items")
                            .size())
                    .isGreaterThanOrEqualTo(5);
        }
    }
}
