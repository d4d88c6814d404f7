package dev.rapport.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.database.Database;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One person takes no more than so many rows along in a day, and an attempt is written down. */
class ExportQuotaTest {
    private static final RapportServer SERVER = RapportServer.get();

    private final Client person = SERVER.as("member");
    private final String mark = "Q" + UUID.randomUUID();

    private Client.Answer export(String q) {
        var prepared = person.post("/api/exports", "{\"object\":\"account\",\"q\":\"" + q + "\"}");
        assertThat(prepared.status()).as(prepared::text).isEqualTo(201);
        return person.get(prepared.json().path("file").asString());
    }

    private void exportedToday(long rows) {
        SERVER.bean(Database.class)
                .run(tx -> tx.dsl()
                        .execute(
                                "UPDATE export_usage SET rows = ? WHERE person = ?::uuid",
                                rows,
                                person.actor().id().toString()));
    }

    @Test
    void theLastRowsOfTheDayGoAndNoMore() {
        for (int i = 0; i < 3; i++) person.create("account", "{\"name\":\"" + mark + " " + i + "\"}");
        assertThat(export(mark)
                        .text()
                        .lines()
                        .filter(line -> line.contains(mark))
                        .count())
                .isEqualTo(3);
        exportedToday(999_997);
        assertThat(export(mark).status()).as("exactly as many as are left").isEqualTo(200);
        exportedToday(999_998);
        var refused = export(mark);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("code").asString()).isEqualTo("export-quota");
        assertThat(refused.json().path("detail").asString()).contains("3 rows").contains("1000000");
        assertThat(export("nothing has this name " + mark).status())
                .as("what has no rows takes none")
                .isEqualTo(200);
        var log = SERVER.as("admin")
                .get("/api/audit?action=export.run&outcome=denied&actor="
                        + person.actor().id())
                .json()
                .path("items");
        assertThat(log.size()).isEqualTo(1);
    }
}
