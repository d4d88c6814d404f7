package dev.rapport.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.RapportServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one database: what happens on one is seen by those who look at the other. */
class NodeBusTest {
    private final RapportServer server = RapportServer.get();

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aChangeOnOneNodeIsToldToTheListenersOfAnother(@TempDir Path home) throws IOException, InterruptedException {
        var sales = server.as("admin");
        try (var second = server.secondNode(home);
                var http = HttpClient.newHttpClient()) {
            var events = http.send(
                    HttpRequest.newBuilder(URI.create(second.address() + "/api/events"))
                            .header("Authorization", "Bearer " + sales.token())
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (var lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
                waitFor(lines, "{}");
                var made = sales.create("account", "{\"name\":\"Told to both nodes\"}");
                var told = waitFor(lines, made.path("id").asString());
                assertThat(told).contains("\"kind\":\"create\"").contains("\"object\":\"account\"");
            }
        }
    }

    private static String waitFor(BufferedReader lines, String part) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine())
            if (line.startsWith("data:") && line.contains(part)) return line;
        throw new AssertionError("The stream ended before it told " + part);
    }
}
