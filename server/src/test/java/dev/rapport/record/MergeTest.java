package dev.rapport.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Making one record of several, and several of one again. */
class MergeTest {
    private final Client client = RapportServer.get().as("admin");

    private String contact(String given, String more) {
        return client.create("contact", "{\"name\":{\"given\":\"" + given + "\",\"family\":\"Merge\"}" + more + "}")
                .path("id")
                .asString();
    }

    private String child(String object, String field, String contact) {
        var text = object.equals("note") ? "body" : "name";
        return client.create(object, "{\"" + text + "\":\"child\",\"" + field + "\":\"" + contact + "\"}")
                .path("id")
                .asString();
    }

    private JsonNode record(String object, String id) {
        return client.get("/api/records/" + object + "/" + id).json();
    }

    private String linked(String object, String id, String field) {
        return record(object, id).path(field).path("id").asString();
    }

    private JsonNode merge(String survivor, String loser, String values) {
        var answer = client.post(
                "/api/records/contact/merge",
                "{\"survivor\":\"" + survivor + "\",\"losers\":[\"" + loser + "\"],\"values\":" + values + "}");
        assertThat(answer.status()).as(answer::text).isEqualTo(200);
        return answer.json();
    }

    private JsonNode undo(String batch) {
        var job = client.post("/api/batches/" + batch + "/undo", "{}")
                .json()
                .path("job")
                .path("id")
                .asString();
        return client.await(job).path("result");
    }

    @Test
    void childrenAndChosenValuesGoToTheSurvivorAndTheOldIdLeadsThere() {
        var key = "K-" + UUID.randomUUID();
        var survivor = contact("A", ",\"email\":\"a@example.com\"");
        var loser = contact("B", ",\"externalId\":\"" + key + "\",\"email\":\"b@example.com\",\"tags\":[\"vip\"]");
        var note = child("note", "contact", loser);
        var order = client.create("order", "{\"contact\":\"" + loser + "\"}")
                .path("id")
                .asString();

        var preview = client.post(
                        "/api/records/contact/merge",
                        "{\"survivor\":\"" + survivor + "\",\"losers\":[\"" + loser + "\"],\"dryRun\":true}")
                .json();
        assertThat(preview.path("fields").toString()).contains("\"field\":\"email\"", "a@example.com", "b@example.com");
        assertThat(preview.path("fields").toString()).doesNotContain("\"field\":\"owner\"");
        assertThat(preview.path("children").toString()).contains("note", "order");
        assertThat(record("contact", loser).path("name").path("given").asString())
                .isEqualTo("B");

        var done = merge(survivor, loser, "{\"externalId\":\"" + key + "\",\"tags\":[\"vip\"]}");
        assertThat(done.path("moved").asInt()).isEqualTo(2);
        var merged = record("contact", survivor);
        assertThat(merged.path("externalId").asString()).isEqualTo(key);
        assertThat(merged.path("email").asString()).isEqualTo("a@example.com");
        assertThat(linked("note", note, "contact")).isEqualTo(survivor);
        assertThat(linked("order", order, "contact")).isEqualTo(survivor);

        var old = client.get("/api/records/contact/" + loser);
        assertThat(old.status()).isEqualTo(308);
        assertThat(old.header("Location")).isEqualTo("/api/records/contact/" + survivor);
        var later = child("note", "contact", loser);
        assertThat(linked("note", later, "contact")).isEqualTo(survivor);
        assertThat(client.get("/api/records/contact/" + survivor + "/history").text())
                .contains(done.path("batch").asString());
        assertThat(client.get("/api/batches/" + done.path("batch").asString())
                        .json()
                        .path("entries")
                        .size())
                .isEqualTo(4);
    }

    @Test
    void undoPutsAllBackAndLaterEditsAreReportedNotLost() {
        var key = "K-" + UUID.randomUUID();
        var survivor = contact("C", ",\"title\":\"Boss\"");
        var loser = contact("D", ",\"externalId\":\"" + key + "\",\"title\":\"Clerk\"");
        var note = child("note", "contact", loser);
        var task = child("task", "contact", loser);
        var batch = merge(survivor, loser, "{\"externalId\":\"" + key + "\",\"title\":\"Clerk\"}")
                .path("batch")
                .asString();
        var third = contact("E", "");
        var version = record("task", task).path("version").asInt();
        client.patch("/api/records/task/" + task, "{\"contact\":\"" + third + "\"}", "If-Match", "\"" + version + "\"");
        version = record("contact", survivor).path("version").asInt();
        client.patch("/api/records/contact/" + survivor, "{\"title\":\"Chief\"}", "If-Match", "\"" + version + "\"");

        var result = undo(batch);
        assertThat(record("contact", loser).path("externalId").asString()).isEqualTo(key);
        assertThat(record("contact", loser).path("title").asString()).isEqualTo("Clerk");
        assertThat(record("contact", survivor).path("externalId").isNull()).isTrue();
        assertThat(linked("note", note, "contact")).isEqualTo(loser);
        assertThat(record("contact", survivor).path("title").asString()).isEqualTo("Chief");
        assertThat(linked("task", task, "contact")).isEqualTo(third);
        assertThat(result.path("conflicting").asInt()).isEqualTo(2);
        assertThat(result.path("conflicts").toString()).contains("title", "contact");
        assertThat(client.get("/api/records/contact/" + loser).status()).isEqualTo(200);
        assertThat(client.post("/api/batches/" + batch + "/undo", "{}").status())
                .isEqualTo(409);
    }

    @Test
    void aSurvivorThatLedToALoserDoesNotLeadToItself() {
        var parent = client.create("account", "{\"name\":\"Parent " + UUID.randomUUID() + "\"}")
                .path("id")
                .asString();
        var child = client.create("account", "{\"name\":\"Child\",\"parent\":\"" + parent + "\"}")
                .path("id")
                .asString();
        var answer = client.post(
                "/api/records/account/merge", "{\"survivor\":\"" + child + "\",\"losers\":[\"" + parent + "\"]}");
        assertThat(answer.status()).as(answer::text).isEqualTo(200);
        assertThat(record("account", child).path("parent").isNull()).isTrue();
        undo(answer.json().path("batch").asString());
        assertThat(linked("account", child, "parent")).isEqualTo(parent);
    }

    @Test
    void mergesOfMergesLeadToTheLast() {
        var one = contact("F", "");
        var two = contact("G", "");
        var three = contact("H", "");
        merge(two, one, "{}");
        var last = merge(three, two, "{}").path("batch").asString();
        assertThat(client.get("/api/records/contact/" + one).header("Location")).endsWith(three);
        undo(last);
        assertThat(client.get("/api/records/contact/" + one).header("Location")).endsWith(two);
    }

    @Test
    void whoMayNotMayNotAndNonsenseIsRefused() {
        var one = contact("I", "");
        var two = contact("J", "");
        var body = "{\"survivor\":\"" + one + "\",\"losers\":[\"" + two + "\"]}";
        assertThat(RapportServer.get()
                        .as("reader")
                        .post("/api/records/contact/merge", body)
                        .status())
                .isEqualTo(403);
        assertThat(client.post(
                                "/api/records/contact/merge",
                                "{\"survivor\":\"" + one + "\",\"losers\":[\"" + one + "\"]}")
                        .violations())
                .containsExactly("losers:repeated");
        assertThat(client.post(
                                "/api/records/contact/merge",
                                "{\"survivor\":\"x\",\"losers\":[],\"values\":{\"nope\":1}}")
                        .violations())
                .containsExactly("losers:required", "survivor:id", "values.nope:unknown-field");
        var unknown = "{\"survivor\":\"" + one + "\",\"losers\":[\"" + UUID.randomUUID() + "\"]}";
        assertThat(client.post("/api/records/contact/merge", unknown).status()).isEqualTo(404);
        assertThat(RapportServer.get()
                        .as("member")
                        .get("/api/batches?all=true")
                        .json()
                        .path("items")
                        .size())
                .isZero();
    }
}
