package dev.rapport.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.Rapport;
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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Two nodes on one database: what happens on one is seen by those who look at the other. */
class NodeBusTest {
    private final RapportServer server = RapportServer.get();

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aChangeOnOneNodeIsToldToTheListenersOfAnother(@TempDir Path home) throws IOException, InterruptedException {
        var sales = server.as("admin");
        try (var second = secondNode(home);
                var http = HttpClient.newHttpClient()) {
            var there = "http://127.0.0.1:"
                    + Objects.requireNonNull(((WebServerApplicationContext) second).getWebServer())
                            .getPort();
            var events = http.send(
                    HttpRequest.newBuilder(URI.create(there + "/api/events"))
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

    private ConfigurableApplicationContext secondNode(Path home) {
        var source = server.bean(HikariDataSource.class);
        var external = System.getProperty("RAPPORT_DATABASE_URL");
        var firstHome = System.getProperty("RAPPORT_HOME");
        try {
            var url = source.getJdbcUrl();
            var user = source.getUsername();
            boolean named = user == null || url.contains("user=");
            System.setProperty("RAPPORT_DATABASE_URL", named ? url : url + "?user=" + user);
            System.setProperty("RAPPORT_HOME", home.toString());
            var application = new SpringApplication(Rapport.class);
            application.setDefaultProperties(Map.of("server.port", 0, "server.address", "127.0.0.1"));
            return application.run();
        } finally {
            if (external == null) System.clearProperty("RAPPORT_DATABASE_URL");
            else System.setProperty("RAPPORT_DATABASE_URL", external);
            System.setProperty("RAPPORT_HOME", firstHome);
        }
    }
}
