package dev.rapport.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup is taken while others write, brought back elsewhere, and holds what was committed at one moment: records of
 * built-in and custom objects, their sums, history, files, sign-in, and the audit log as a whole.
 */
@Tag("faults")
class BackupTest {
    @TempDir
    Path here;

    @TempDir
    Path there;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void comesBackWholeInAnotherPlace() throws IOException, InterruptedException {
        var archive = here.resolve("one.backup");
        String attachment;
        try (var server = ServerProcess.start(here)) {
            var client = server.client();
            attachment = prepare(client);
            var stop = new AtomicBoolean();
            var pairs = new AtomicInteger();
            // two at a time, in one transaction: at every moment there is an even number of them
            var pair = "{\"create\":[{\"name\":\"Pair\"},{\"name\":\"Pair\"}]}";
            var writer = Thread.ofVirtual().start(() -> {
                while (!stop.get())
                    if (client.post("/api/records/product/bulk", pair).status() == 200) pairs.incrementAndGet();
            });
            while (pairs.get() < 5) Thread.sleep(20);
            var output = server.command("backup", archive.toString());
            stop.set(true);
            writer.join();
            assertThat(output).contains("rows of").contains("backup-key.json");
            assertThat(pairs.get()).isGreaterThan(5);
        }
        assertThat(Files.readString(archive, StandardCharsets.ISO_8859_1))
                .as("nothing can be read without the key")
                .doesNotContain("Backed up")
                .doesNotContain(NUMBER)
                .doesNotContain("PK\u0003\u0004");
        var key = here.resolve("data/keys/backup-key.json");
        assertThat(ServerProcess.command(there, "restore", archive.toString()))
                .as("without the key")
                .contains("There is no backup key");
        Files.createDirectories(there.resolve("data/keys"));
        Files.copy(key, there.resolve("data/keys/backup-key.json"));
        assertThat(ServerProcess.command(there, "restore", archive.toString()))
                .contains("Restored and compared")
                .contains("There are encrypted values.")
                .contains("field-key.json")
                .contains("erasures.ndjson");
        Files.copy(here.resolve("data/keys/field-key.json"), there.resolve("data/keys/field-key.json"));
        assertThat(ServerProcess.command(there, "restore", archive.toString()))
                .as("never over what is there")
                .contains("There is data in");
        try (var server = ServerProcess.start(there)) {
            check(server.client(), attachment);
        }
    }

    private static final String NUMBER = "440101199003071234";

    private static String prepare(Client client) {
        for (int i = 0; i < 30; i++)
            client.create("account", Json.object().put("name", "Backed up " + i).toString());
        var object = Json.object().put("name", "machine_c");
        object.putObject("labels").put("en", "Machine").put("zh-CN", "机器");
        object.putObject("plural").put("en", "Machines").put("zh-CN", "机器");
        assertThat(client.post("/api/objects", object.toString()).status()).isEqualTo(201);
        client.create("machine_c", "{\"name\":\"第一台\"}");
        var secret =
                Json.object().put("name", "idNumber_c").put("type", "encrypted").put("filterable", true);
        secret.putObject("labels").put("en", "Identity card").put("zh-CN", "身份证号");
        assertThat(client.post("/api/objects/contact/fields", secret.toString()).status())
                .isEqualTo(201);
        client.create("contact", "{\"name\":{\"family\":\"密\"},\"idNumber_c\":\"" + NUMBER + "\"}");
        var file = client.uploadFile("notes.txt", "kept\n".getBytes(StandardCharsets.UTF_8));
        client.create(
                "attachment",
                Json.object().put("name", "notes").put("file", file).toString());
        return file;
    }

    private static void check(Client client, String attachment) {
        var accounts = client.get("/api/records/account?count=exact&limit=1").json();
        assertThat(accounts.path("count").path("value").asInt()).isEqualTo(30);
        assertThat(client.get("/api/records/machine_c").text()).contains("第一台");
        assertThat(client.get("/api/files/" + attachment).text()).isEqualTo("kept\n");
        var products = client.get("/api/records/product?count=exact&limit=1").json();
        int pairs = products.path("count").path("value").asInt();
        assertThat(pairs).isGreaterThanOrEqualTo(10);
        assertThat(pairs % 2).as("products: " + pairs).isZero();
        assertThat(client.get("/api/audit/verify").json().path("whole").asBoolean())
                .isTrue();
        var account =
                client.get("/api/records/account?limit=1").json().path("items").get(0);
        var history = client.get("/api/records/account/" + account.path("id").asString() + "/history");
        assertThat(history.json().path("items").size()).isEqualTo(1);
        var found = client.post(
                        "/api/records/contact/query",
                        "{\"filter\":{\"field\":\"idNumber_c\",\"op\":\"eq\",\"value\":\"" + NUMBER + "\"}}")
                .json()
                .path("items");
        assertThat(found.size()).as("found by its encrypted value").isEqualTo(1);
        assertThat(client.post(
                                "/api/records/contact/"
                                        + found.get(0).path("id").asString() + "/reveal",
                                "{\"fields\":[\"idNumber_c\"]}")
                        .text())
                .contains(NUMBER);
        // numbers go on where they were
        assertThat(client.create("order", "{\"status\":\"created\"}")
                        .path("number")
                        .asString())
                .isNotEmpty();
        assertThat(client.create("account", "{\"name\":\"After\"}").path("id").asString())
                .isNotEmpty();
    }
}
