package dev.rapport.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.ServerProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bulk edit, its undo and a backup while server and database are killed at random moments: each record is changed once, put
 * back once, and nothing half is left.
 */
@Tag("faults")
@Tag("long")
@NullUnmarked // the server is there while the test runs
class KillTest {
    private static final int ROWS = 20_000;

    @TempDir
    Path home;

    private final Random random = new Random();
    private ServerProcess server;
    private Client client;

    private List<Long> row(String sql) throws Exception {
        return server.ask(sql).stream().map(Long::valueOf).toList();
    }

    private void start() {
        server = ServerProcess.start(home);
        client = server.client();
    }

    /** Kills now the server, now its database, until the job is over or that was done so often. */
    private void killDuring(String job, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            Thread.sleep(random.nextInt(1_500));
            if (isOver(job)) return;
            if (random.nextBoolean()) {
                server.kill();
                start();
            } else server.killPostgres();
        }
        for (int i = 0; i < 1_200; i++) {
            if (isOver(job)) return;
            Thread.sleep(100);
        }
        throw new AssertionError("The job does not end");
    }

    private boolean isOver(String job) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            var answer = client.get("/api/jobs/" + job);
            if (answer.status() == 200) {
                assertThat(answer.json().path("state").asString())
                        .as(answer::text)
                        .isNotEqualTo("failed");
                return !answer.json().path("finishedAt").isNull();
            }
            assertThat(answer.status()).as(answer::text).isEqualTo(503);
            Thread.sleep(100);
        }
        throw new AssertionError("The database does not come back");
    }

    private static byte[] file() {
        var csv = new StringBuilder("code,name\n");
        for (int i = 0; i < ROWS; i++)
            csv.append("KILL-").append(i).append(",Before ").append(i).append('\n');
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void everyRecordIsChangedOnceAndPutBackOnce() throws Exception {
        start();
        try {
            var id = client.upload("product", "products.csv", file())
                    .json()
                    .path("id")
                    .asString();
            client.patch("/api/imports/" + id, "{\"matchOn\":[]}");
            client.post("/api/imports/" + id + "/start", "{}");
            client.awaitImport(id);
            var bulk = client.post("/api/records/product/bulk", "{\"where\":{},\"set\":{\"name\":\"After\"}}");
            assertThat(bulk.status()).as(bulk::text).isEqualTo(202);
            var batch = bulk.json().path("batch").asString();
            killDuring(bulk.json().path("job").path("id").asString(), 5);
            assertThat(row("SELECT count(*), count(DISTINCT record_id) FROM record_history WHERE batch_id = '" + batch
                            + "'"))
                    .as("one entry for each")
                    .containsExactly((long) ROWS, (long) ROWS);
            assertThat(row("SELECT count(*), max(version) FROM o_product WHERE name = 'After'"))
                    .containsExactly((long) ROWS, 2L);

            var undo = client.post("/api/batches/" + batch + "/undo", "{}");
            killDuring(undo.json().path("job").path("id").asString(), 4);
            assertThat(row("SELECT count(DISTINCT name), max(version) FROM o_product WHERE name LIKE 'Before %'"))
                    .as("each with its own name, written once")
                    .containsExactly((long) ROWS, 3L);

            var backup = client.post("/api/backups", "{}");
            server.kill();
            start();
            for (int i = 0;
                    i < 600 && !isOver(backup.json().path("job").path("id").asString());
                    i++) Thread.sleep(100);
            try (var files = Files.list(home.resolve("data/backups"))) {
                assertThat(files.map(path -> path.getFileName().toString()))
                        .as("begun again, and whole")
                        .hasSize(1)
                        .allMatch(name -> name.endsWith(".backup"));
            }
        } finally {
            server.close();
        }
    }
}
