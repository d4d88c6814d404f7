package dev.rapport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.RapportServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One person's flood does not take the server away from the others. */
class WorkQuotaTest {
    private static final String RECORDS = "/api/records/account";

    @TempDir
    private Path home;

    @Test
    void answersTellHowMuchIsLeft() {
        var answer = RapportServer.get().as("member").get(RECORDS);
        assertThat(answer.header("RateLimit-Limit")).isEqualTo("1000");
        assertThat(answer.header("RateLimit-Remaining")).isEqualTo("1000");
        assertThat(answer.header("RateLimit-Reset")).isEqualTo("0");
    }

    @Test
    void whoeverFloodsWaitsAndNobodyElseDoes() throws Exception {
        var server = RapportServer.get();
        var flooding = server.as("member");
        var other = server.as("member");
        System.setProperty("RAPPORT_WORK_QUOTA", "1");
        try (var node = server.secondNode(home)) {
            var flood = node.like(flooding);
            var answer = flood.get(RECORDS);
            for (int asked = 0; answer.status() == 200 && asked < 5_000; asked++) answer = flood.get(RECORDS);
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.json().path("code").asString()).isEqualTo("too-much-work");
            assertThat(answer.header("RateLimit-Remaining")).isEqualTo("0");
            long wait = Long.parseLong(answer.header("Retry-After"));
            assertThat(wait).isBetween(1L, 20L);
            assertThat(node.like(other).get(RECORDS).status()).isEqualTo(200);

            Thread.sleep(wait * 1000);
            assertThat(flood.get(RECORDS).status()).isEqualTo(200);
        } finally {
            System.clearProperty("RAPPORT_WORK_QUOTA");
        }
    }
}
