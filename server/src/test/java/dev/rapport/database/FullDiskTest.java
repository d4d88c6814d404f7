package dev.rapport.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rapport.support.Client;
import dev.rapport.support.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full: what does not fit is refused as such, nothing that was answered is lost, and it goes on once there is
 * room. The disk is a small one in memory, which only root may make; elsewhere the tests are skipped.
 */
@Tag("faults")
@Tag("long")
class FullDiskTest {
    private static final long MIB = 1L << 20;

    @TempDir
    Path home;

    private final List<Path> mounted = new ArrayList<>();

    private void disk(Path at, long mib) throws Exception {
        Files.createDirectories(at);
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m,mode=0755", "tmpfs", at.toString()));
        mounted.add(at);
    }

    private static void resize(Path at, long mib) throws Exception {
        assertThat(run("mount", "-o", "remount,size=" + mib + "m", at.toString()))
                .isTrue();
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    @AfterEach
    void disksGo() throws Exception {
        for (var disk : mounted) run("umount", "-l", disk.toString());
    }

    private static Client.Answer upload(Client client, int size) {
        return client.file("large.bin", new byte[size]);
    }

    private static long files(Path folder) throws Exception {
        try (var paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).count();
        }
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void aFileThatDoesNotFitIsRefusedAndLeavesNothing() throws Exception {
        var folder = home.resolve("data/files");
        disk(folder, 300);
        try (var server = ServerProcess.start(home)) {
            var client = server.client();
            assertThat(upload(client, 1_000).status()).isEqualTo(201);
            long before = files(folder);
            resize(folder, 100);
            var refused = upload(client, 8 << 20);
            assertThat(refused.status()).as(refused::text).isEqualTo(507);
            assertThat(files(folder)).as("no part stays").isEqualTo(before);
            resize(folder, 300);
            assertThat(upload(client, 8 << 20).status()).isEqualTo(201);
        }
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void whatTheDatabaseAnsweredIsThereWhenThereIsRoomAgain() throws Exception {
        var folder = home.resolve("data");
        disk(folder, 900);
        try (var server = ServerProcess.start(home)) {
            var client = server.client();
            var kept = new ArrayList<String>();
            for (int i = 0; i < 20; i++)
                kept.add(client.create("account", "{\"name\":\"Before " + i + "\"}")
                        .path("id")
                        .asString());
            var ballast = folder.resolve("ballast");
            long free = Files.getFileStore(folder).getUsableSpace();
            try (var out = Files.newOutputStream(ballast)) {
                for (long written = 0; written < free - MIB; written += MIB) out.write(new byte[(int) MIB]);
            }
            var seen = new ArrayList<Integer>();
            for (int i = 0;
                    i < 400 && seen.stream().filter(status -> status != 201).count() < 20;
                    i++) {
                var body = "{\"name\":\"While full " + i + "\",\"description\":\"" + random(20_000) + "\"}";
                var answer = client.post("/api/records/account", body);
                seen.add(answer.status());
                if (answer.status() == 201) kept.add(answer.json().path("id").asString());
            }
            assertThat(seen).as("told as what it is").containsAnyOf(507, 503).doesNotContain(500);
            Files.delete(ballast);
            Client.Answer again = client.get("/api/ready");
            for (int i = 0; i < 120 && again.status() != 200; i++) {
                Thread.sleep(500);
                again = client.get("/api/ready");
            }
            assertThat(client.post("/api/records/account", "{\"name\":\"There is room\"}")
                            .status())
                    .isEqualTo(201);
            for (var id : kept)
                assertThat(client.get("/api/records/account/" + id).status()).isEqualTo(200);
        }
    }

    /** Text that the database cannot make smaller. */
    private static String random(int length) {
        var text = new StringBuilder(length);
        var random = java.util.concurrent.ThreadLocalRandom.current();
        for (int i = 0; i < length; i++) text.append((char) ('!' + random.nextInt(94)));
        return text.toString().replace("\\", "/").replace("\"", "'").replace("<", "(");
    }
}
