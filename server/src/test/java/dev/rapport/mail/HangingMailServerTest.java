package dev.rapport.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.ServerProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A mail server that takes connections and says nothing: one mail finds it out, the others and everybody else go on. */
@Tag("faults")
@Tag("long")
class HangingMailServerTest {
    @TempDir
    Path home;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void oneMailWaitsForItAndNobodyElse() throws Exception {
        List<Socket> held = Collections.synchronizedList(new ArrayList<>());
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) held.add(silent.accept());
                } catch (java.io.IOException e) {
                    // closed at the end
                }
            });
            var environment = Map.of(
                    "RAPPORT_SMTP_URL", "smtp://127.0.0.1:" + silent.getLocalPort(),
                    "RAPPORT_MAIL_FROM", "crm@rapport.example",
                    "RAPPORT_MAIL_RECALL_SECONDS", "0");
            try (var server = ServerProcess.start(home, environment)) {
                var client = server.client();
                var account = client.create("account", "{\"name\":\"Beside it\"}")
                        .path("id")
                        .asString();
                for (int i = 0; i < 5; i++)
                    client.create("mail", "{\"to\":\"c" + i + "@example.com\",\"name\":\"Hello\",\"body\":\"b\"}");
                for (int i = 0; i < 300 && held.isEmpty(); i++) Thread.sleep(100);
                var began = Instant.now();
                var slowest = Duration.ZERO;
                while (count(client, "{\"field\":\"attempts\",\"op\":\"gte\",\"value\":1}") < 1
                        || count(client, "{\"field\":\"status\",\"op\":\"eq\",\"value\":\"sending\"}") > 0) {
                    var asked = Instant.now();
                    assertThat(client.get("/api/records/account/" + account).status())
                            .isEqualTo(200);
                    var took = Duration.between(asked, Instant.now());
                    if (took.compareTo(slowest) > 0) slowest = took;
                    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(40));
                    Thread.sleep(100);
                }
                System.out.println("Reading a record beside it took at most " + slowest.toMillis() + " ms");
                assertThat(slowest).isLessThan(Duration.ofSeconds(2));
                assertThat(count(client, "{\"field\":\"attempts\",\"op\":\"gte\",\"value\":1}"))
                        .as("the others have not lost an attempt")
                        .isEqualTo(1);
                assertThat(count(client, "{\"field\":\"status\",\"op\":\"eq\",\"value\":\"queued\"}"))
                        .isEqualTo(5);
            }
        } finally {
            for (var socket : held) socket.close();
        }
    }

    private static int count(Client client, String filter) {
        var answer = client.post("/api/records/mail/query", "{\"filter\":" + filter + ",\"fields\":[\"name\"]}");
        assertThat(answer.status()).as(answer::text).isEqualTo(200);
        return answer.json().path("items").size();
    }
}
