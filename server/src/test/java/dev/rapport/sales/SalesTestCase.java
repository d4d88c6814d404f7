package dev.rapport.sales;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What tests of sales share: a company that is ready to sell, and words for what they do. */
abstract class SalesTestCase {
    static final RapportServer SERVER = RapportServer.get();

    final Client client = ready();

    private static Client ready() {
        var client = SERVER.as("admin");
        SERVER.bean(SalesSetup.class).prepare(client.actor());
        return client;
    }

    static String unique() {
        return UUID.randomUUID().toString();
    }

    String create(String object, String json) {
        return client.create(object, json).path("id").asString();
    }

    JsonNode read(String object, String id) {
        var answer = client.get("/api/records/" + object + "/" + id);
        assertThat(answer.status()).as(answer::text).isEqualTo(200);
        return answer.json();
    }

    /** Changes a record as it is now, and returns the answer. */
    Client.Answer change(String object, String id, String json) {
        var version = read(object, id).path("version").asInt();
        return client.patch("/api/records/" + object + "/" + id, json, "If-Match", "\"" + version + "\"");
    }

    JsonNode act(String path, String json) {
        var answer = client.post(path, json);
        assertThat(answer.status()).as(answer::text).isBetween(200, 299);
        return answer.json();
    }

    /** Records of {@code object} whose {@code field} has the value. */
    JsonNode where(String object, String field, String value) {
        var body = Json.object().put("limit", 500).put("sort", "createdAt");
        body.putObject("filter").put("field", field).put("op", "eq").put("value", value);
        return client.post("/api/records/" + object + "/query", body.toString())
                .json()
                .path("items");
    }

    /** The first pipeline that is called so. */
    String pipeline(String name) {
        return where("pipeline", "name", name).get(0).path("id").asString();
    }

    String stage(String pipeline, String name) {
        for (var stage : where("stage", "pipeline", pipeline).values())
            if (stage.path("name").asString().equals(name))
                return stage.path("id").asString();
        throw new AssertionError("No stage " + name);
    }

    void undo(String batch) {
        var job = act("/api/batches/" + batch + "/undo", "{}")
                .path("job")
                .path("id")
                .asString();
        var done = client.await(job);
        assertThat(done.path("state").asString()).as(done::toString).isEqualTo("done");
        assertThat(done.path("result").path("conflicting").asInt())
                .as(done::toString)
                .isZero();
    }

    static String amount(JsonNode record, String field) {
        return record.path(field).path("amount").asString();
    }

    static String cny(String amount) {
        return "{\"amount\":\"" + amount + "\",\"currency\":\"CNY\"}";
    }
}
