package dev.rapport.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What administrators say about how duplicates of an object are found, and what an import says before it starts. */
class MatchRulesTest {
    private static final String LABELS = "{\"en\":\"Boat\",\"zh-CN\":\"船\"}";

    private final Client admin = RapportServer.get().as("admin");

    @BeforeEach
    void object() {
        admin.post("/api/objects", "{\"name\":\"boat_c\",\"labels\":" + LABELS + ",\"plural\":" + LABELS + "}");
        for (var field : new String[] {"mail_c", "second_c"})
            admin.post(
                    "/api/objects/boat_c/fields",
                    "{\"name\":\"" + field + "\",\"type\":\"email\",\"labels\":" + LABELS + "}");
    }

    @AfterEach
    void usual() {
        matching("null");
    }

    private Client.Answer matching(String rules) {
        return admin.patch("/api/objects/boat_c", "{\"matching\":" + rules + "}");
    }

    private JsonNode alike(String values) {
        return admin.post("/api/records/boat_c/duplicates", "{\"values\":" + values + "}")
                .json()
                .path("items");
    }

    @Test
    void aFieldThatIsIgnoredSaysNothing() {
        admin.create("boat_c", "{\"name\":\"Fair Wind\",\"mail_c\":\"captain@boats.example\"}");
        var other = "{\"name\":\"Fair Winds\",\"mail_c\":\"captain@boats.example\"}";
        assertThat(alike(other)).hasSize(1);
        assertThat(matching("{\"ignored\":[\"mail_c\"]}").status()).isEqualTo(204);
        assertThat(alike(other)).isEmpty();
        var shown = admin.get("/api/objects/boat_c").json().path("matching");
        assertThat(shown.path("ignored").toString()).isEqualTo("[\"mail_c\"]");
        assertThat(shown.path("compared").toString()).contains("second_c").doesNotContain("mail_c");
    }

    @Test
    void nobodyIsAskedWhereItIsSwitchedOff() {
        admin.create("boat_c", "{\"name\":\"Calm Sea\",\"mail_c\":\"mate@boats.example\"}");
        var same = "{\"name\":\"Calm Sea\",\"mail_c\":\"mate@boats.example\"}";
        assertThat(alike(same)).hasSize(1);
        matching("{\"enabled\":false}");
        assertThat(alike(same)).isEmpty();
        admin.create("boat_c", same);
        matching("null");
        assertThat(alike(same)).hasSize(1);
    }

    @Test
    void theStricterTheFewer() {
        admin.create("boat_c", "{\"name\":\"Morning Star Trading\",\"mail_c\":\"a@boats.example\"}");
        var similar = "{\"name\":\"Morning Star Trading Ltd\",\"mail_c\":\"b@boats.example\"}";
        matching("{\"level\":\"loose\"}");
        int loose = alike(similar).size();
        matching("{\"level\":\"strict\"}");
        int strict = alike(similar).size();
        assertThat(loose).isGreaterThanOrEqualTo(strict);
        assertThat(alike("{\"name\":\"Morning Star Trading\",\"mail_c\":\"a@boats.example\"}"))
                .hasSize(1);
    }

    @Test
    void mistakesAreNamed() {
        var wrong = matching("{\"level\":\"wild\",\"ignored\":5}");
        assertThat(wrong.violations()).as(wrong::text).contains("matching.level:choice", "matching.ignored:type");
        assertThat(matching("[]").status()).isEqualTo(422);
        assertThat(matching("{\"ignored\":[\"" + "x".repeat(1_000_000) + "\"]}").violations())
                .containsExactly("matching.ignored:too-long");
        assertThat(matching("{\"levels\":\"usual\"}").status()).isEqualTo(422);
        assertThat(RapportServer.get()
                        .as("member")
                        .patch("/api/objects/boat_c", "{\"matching\":{\"enabled\":false}}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anImportSaysWhichRowsLookLikeRecordsThatAreThere() {
        var known = admin.create("boat_c", "{\"name\":\"Northern Light\",\"mail_c\":\"north@boats.example\"}")
                .path("id")
                .asString();
        var csv = "name,mail_c\nNorthern Lights,north@boats.example\nQuite Another,other@boats.example\n";
        var preview = preview(admin, csv);
        assertThat(preview.path("created").asInt()).isEqualTo(2);
        assertThat(preview.path("alike").asInt()).isEqualTo(1);
        var alike = preview.path("lookAlikes").get(0);
        assertThat(alike.path("id").asString()).isEqualTo(known);
        assertThat(alike.path("name").asString()).isEqualTo("Northern Light");
        assertThat(alike.path("cells").toString()).contains("Northern Lights");
        assertThat(alike.path("probability").asDouble()).isBetween(0.5, 1.0);
    }

    @Test
    void anImportTellsNobodyOfRecordsAndFieldsThatAreHidden() {
        admin.create("boat_c", "{\"name\":\"Deep Secret\",\"mail_c\":\"deep@boats.example\"}");
        RapportServer.get()
                .role(
                        "noBoatMail",
                        "{\"objects\":{\"*\":[\"read\",\"create\",\"update\",\"import\"]},\"fields\":{\"boat_c.mail_c\":\"none\"}}");
        var curious = RapportServer.get().as("noBoatMail");
        var preview = preview(curious, "name,second_c\nOther Name,deep@boats.example\n");
        assertThat(preview.path("alike").asInt()).isZero();
        assertThat(preview.path("lookAlikes").size()).isZero();
    }

    private static JsonNode preview(Client client, String csv) {
        var id = client.upload("boat_c", "boats.csv", csv.getBytes(StandardCharsets.UTF_8))
                .json()
                .path("id")
                .asString();
        client.patch("/api/imports/" + id, "{\"matchOn\":[]}");
        client.post("/api/imports/" + id + "/preview", "{}");
        var it = client.awaitImport(id);
        assertThat(it.path("preview").isObject()).as(it.toString()).isTrue();
        return it.path("preview");
    }
}
