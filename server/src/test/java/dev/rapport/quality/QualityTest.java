package dev.rapport.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is not as it should be is found, put right as one batch, and can be taken back. */
class QualityTest {
    private final Client client = RapportServer.get().as("admin");
    private final String tag = UUID.randomUUID().toString().substring(0, 6);

    private String contact(String json) {
        return client.create("contact", json).path("id").asString();
    }

    private JsonNode record(String id) {
        return client.get("/api/records/contact/" + id).json();
    }

    private JsonNode suggestion(String kind, String id) {
        var after = "";
        do {
            var page = client.get("/api/quality/contact/suggestions?kind=" + kind + after)
                    .json();
            for (var item : page.path("items").values())
                if (item.path("id").asString().equals(id)) return item;
            after = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asString();
        } while (!after.isEmpty());
        throw new AssertionError("No suggestion of kind " + kind);
    }

    @Test
    void suggestionsAreFoundAppliedAndUndone() {
        var shouted = contact("{\"name\":{\"family\":\"ROSSI" + tag.toUpperCase() + "\",\"given\":\"MARIA\"}}");
        var mistyped = contact(
                "{\"name\":{\"family\":\"Q\",\"given\":\"M" + tag + "\"},\"email\":\"m" + tag + "@gmial.com\"}");
        var wide = contact("{\"name\":{\"family\":\"W\",\"given\":\"N" + tag + "\"},\"title\":\"ＣＥＯ\"}");
        for (int i = 0; i < 12; i++)
            contact("{\"name\":{\"family\":\"T" + i + tag + "\",\"given\":\"x\"},\"title\":\"Technology lead " + tag
                    + "\",\"address\":{\"city\":\"Springtown\",\"postcode\":\"P" + tag + "\"}}");
        var rare = contact(
                "{\"name\":{\"family\":\"Rare\",\"given\":\"x" + tag + "\"},\"title\":\"Technolgy lead " + tag + "\"}");
        var homeless = contact("{\"name\":{\"family\":\"Home\",\"given\":\"y" + tag
                + "\"},\"address\":{\"postcode\":\"P" + tag + "\"}}");

        var job = client.post("/api/quality/contact/scan", "{}")
                .json()
                .path("job")
                .path("id")
                .asString();
        assertThat(client.await(job).path("state").asString()).isEqualTo("done");
        var report = client.get("/api/quality/contact").json();
        assertThat(report.path("now").path("records").asInt()).isGreaterThan(15);
        assertThat(report.path("now").path("filled").path("name").asInt())
                .isEqualTo(report.path("now").path("records").asInt());
        assertThat(report.path("now").path("completeness").asDouble()).isBetween(0.01, 0.99);
        assertThat(report.path("trend").size()).isEqualTo(1);

        assertThat(suggestion("domain", mistyped).path("to").asString()).isEqualTo("m" + tag + "@gmail.com");
        assertThat(suggestion("width", wide).path("to").asString()).isEqualTo("CEO");
        assertThat(suggestion("case", shouted).path("to").asString()).startsWith("Maria Rossi");
        assertThat(suggestion("typo", rare).path("to").asString()).isEqualTo("Technology lead " + tag);
        assertThat(suggestion("city", homeless).path("to").asString()).isEqualTo("Springtown");

        apply("case", shouted);
        assertThat(record(shouted).path("name").path("given").asString()).isEqualTo("Maria");
        apply("city", homeless);
        assertThat(record(homeless).path("address").path("city").asString()).isEqualTo("Springtown");
        assertThat(record(homeless).path("address").path("postcode").asString()).isEqualTo("P" + tag);
        var batch = apply("domain", mistyped);
        assertThat(record(mistyped).path("email").asString()).isEqualTo("m" + tag + "@gmail.com");
        var undo = client.post("/api/batches/" + batch + "/undo", "{}")
                .json()
                .path("job")
                .path("id")
                .asString();
        client.await(undo);
        assertThat(record(mistyped).path("email").asString()).isEqualTo("m" + tag + "@gmial.com");

        var version = record(rare).path("version").asInt();
        client.patch("/api/records/contact/" + rare, "{\"title\":\"Boss\"}", "If-Match", "\"" + version + "\"");
        apply("typo", rare);
        assertThat(record(rare).path("title").asString()).isEqualTo("Boss");
        assertThat(client.post("/api/quality/contact/apply", "{\"kind\":\"typo\",\"ids\":[\"" + rare + "\"]}")
                        .status())
                .isEqualTo(404);
    }

    private String apply(String kind, String id) {
        var answer = client.post("/api/quality/contact/apply", "{\"kind\":\"" + kind + "\",\"ids\":[\"" + id + "\"]}");
        assertThat(answer.status()).as(answer::text).isEqualTo(200);
        return answer.json().path("batch").asString();
    }

    @Test
    void readersMayLookButNotPutRight() {
        var reader = RapportServer.get().as("reader");
        assertThat(reader.get("/api/quality/contact").status()).isEqualTo(200);
        assertThat(reader.post("/api/quality/contact/scan", "{}").status()).isEqualTo(403);
        assertThat(reader.get("/api/quality/contact/suggestions?kind=case").status())
                .isEqualTo(403);
        assertThat(reader.post("/api/quality/contact/apply", "{\"kind\":\"case\"}")
                        .status())
                .isEqualTo(403);
        assertThat(client.get("/api/quality/nothing").status()).isEqualTo(404);
    }
}
