package dev.rapport.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that answers nothing, as on a machine that swaps or a disk that hangs: people are told, and it goes on by itself. */
@Tag("faults")
@Tag("long")
class FrozenDatabaseTest {
    @TempDir
    Path home;

    private List<Long> processes() throws Exception {
        var pid = Long.parseLong(
                Files.readAllLines(home.resolve("data/postgres/postmaster.pid")).getFirst());
        var all = new ArrayList<Long>();
        all.add(pid);
        ProcessHandle.of(pid).orElseThrow().descendants().forEach(child -> all.add(child.pid()));
        return all;
    }

    private static void signal(String signal, List<Long> processes) throws Exception {
        var command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(pid -> command.add(pid.toString()));
        new ProcessBuilder(command).start().waitFor();
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void peopleAreToldAndItGoesOn() throws Exception {
        try (var server = ServerProcess.start(home);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var client = server.client();
            var id =
                    client.create("account", "{\"name\":\"Before\"}").path("id").asString();
            var frozen = processes();
            signal("STOP", frozen);
            try {
                var began = Instant.now();
                var asked = new ArrayList<Callable<Client.Answer>>();
                for (int i = 0; i < 40; i++) {
                    int number = i;
                    asked.add(() -> number % 2 == 0
                            ? client.get("/api/records/account/" + id)
                            : client.post("/api/records/account", "{\"name\":\"While it was frozen\"}"));
                }
                for (var answer : threads.invokeAll(asked)) {
                    assertThat(answer.get().status()).as(answer.get()::text).isEqualTo(503);
                    assertThat(answer.get().text()).contains("problems/");
                }
                // though they wait for each other, they do not find it out one by one
                assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(45));
                assertThat(new Client(server.address(), "").get("/api/health").status())
                        .as("the process itself is well")
                        .isEqualTo(200);
            } finally {
                signal("CONT", frozen);
            }
            for (int i = 0; i < 300 && client.get("/api/records/account/" + id).status() != 200; i++) Thread.sleep(100);
            assertThat(client.get("/api/records/account/" + id).status())
                    .as("it goes on by itself")
                    .isEqualTo(200);
            assertThat(client.create("account", "{\"name\":\"Afterwards\"}")
                            .path("id")
                            .asString())
                    .isNotEmpty();
        }
    }
}
