package dev.rapport.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a batch did, undoing it leaves every record as it was: undo ∘ do = identity, for random batches. */
class UndoIdentityTest {
    private static final List<String> TYPES = List.of("prospect", "customer", "partner");
    private static final int RECORDS = 30;

    private final Client client = RapportServer.get().as("admin");
    private final String mark = "undo" + System.nanoTime();

    @RepeatedTest(6)
    void undoingABatchGivesBackWhatWasThere(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var ids = IntStream.range(0, RECORDS)
                .mapToObj(i -> client.create("account", account(random, i).toString())
                        .path("id")
                        .asString())
                .toList();
        ids.stream().limit(8).forEach(id -> client.create("note", "{\"body\":\"n\",\"account\":\"" + id + "\"}"));
        for (int round = 0; round < 5; round++) {
            var before = state();
            var batches = new ArrayList<String>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) batches.add(batch(random));
            assertThat(state()).isNotEqualTo(before);
            for (var batch : batches.reversed()) undo(batch);
            assertThat(state()).isEqualTo(before);
        }
    }

    private ObjectNode account(Random random, int i) {
        var account = Json.object().put("name", mark + " " + i).put("type", TYPES.get(random.nextInt(3)));
        if (random.nextBoolean()) account.put("employees", random.nextInt(50));
        if (random.nextBoolean()) account.put("industry", "trade " + random.nextInt(4));
        if (random.nextBoolean()) account.putArray("tags").add("t" + random.nextInt(3));
        if (random.nextBoolean())
            account.putObject("address").put("city", "杭州市").put("country", "CN");
        return account;
    }

    /** Does one of the things that are undone as a whole, and returns its batch. */
    private String batch(Random random) {
        var live = List.copyOf(state().keySet()).stream()
                .filter(key -> key.startsWith("account "))
                .map(key -> key.substring(8))
                .toList();
        if (live.size() < 6) return imported(random);
        return switch (random.nextInt(4)) {
            case 0 -> edited(random);
            case 1 -> deleted(live, random);
            case 2 -> merged(live, random);
            default -> imported(random);
        };
    }

    private String where(String more) {
        return "{\"where\":{\"filter\":{\"and\":[{\"field\":\"name\",\"op\":\"startsWith\",\"value\":\"" + mark + "\"}"
                + more + "]}},";
    }

    private String edited(Random random) {
        var set = random.nextBoolean()
                ? "{\"employees\":" + (100 + random.nextInt(1_000_000)) + ",\"tags\":[\"bulk\"]}"
                : "{\"industry\":null,\"address\":{\"city\":\"上海市\"},\"employees\":" + (100 + random.nextInt(1_000_000))
                        + "}";
        return batchOf(client.post("/api/records/account/bulk", where("") + "\"set\":" + set + "}"));
    }

    private String deleted(List<String> live, Random random) {
        var chosen = live.subList(0, 1 + random.nextInt(4));
        var ids = String.join("\",\"", chosen);
        return batchOf(client.post(
                "/api/records/account/bulk",
                where(",{\"field\":\"id\",\"op\":\"in\",\"value\":[\"" + ids + "\"]}") + "\"delete\":true}"));
    }

    private String merged(List<String> live, Random random) {
        int at = random.nextInt(live.size() - 2);
        var answer = client.post(
                "/api/records/account/merge",
                "{\"survivor\":\"" + live.get(at) + "\",\"losers\":[\"" + live.get(at + 1) + "\",\"" + live.get(at + 2)
                        + "\"],\"values\":{\"employees\":9999,\"name\":\"" + mark + " merged\"}}");
        assertThat(answer.status()).as(answer::text).isEqualTo(200);
        return answer.json().path("batch").asString();
    }

    private String imported(Random random) {
        var csv = "name,employees\n" + mark + " 3," + random.nextInt(900) + "\n" + mark + " new" + random.nextInt(900)
                + ",5\n";
        var id = client.upload("account", "a.csv", csv.getBytes(StandardCharsets.UTF_8))
                .json()
                .path("id")
                .asString();
        client.patch("/api/imports/" + id, "{\"matchOn\":[\"name\"],\"onMatch\":\"update\"}");
        client.post("/api/imports/" + id + "/start", "{}");
        var done = client.awaitImport(id);
        assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("done");
        return done.path("batch").asString();
    }

    private String batchOf(Client.Answer answer) {
        assertThat(answer.status()).as(answer::text).isLessThan(300);
        var json = answer.json();
        var job = json.path("job").path("id").asString(json.path("id").asString(""));
        var ended = client.await(job);
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("done");
        return json.path("batch").asString(ended.path("result").path("batch").asString());
    }

    private void undo(String batch) {
        var answer = client.post("/api/batches/" + batch + "/undo", "{}");
        assertThat(answer.status()).as(() -> batch + " " + answer.text()).isLessThan(300);
        var job = client.await(answer.json().path("job").path("id").asString());
        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("done");
        assertThat(job.path("result").path("conflicts")).as(job.toString()).isEmpty();
    }

    /** Every value of every account and note of this test but who changed it when, and how often. */
    private Map<String, JsonNode> state() {
        var state = new TreeMap<String, JsonNode>();
        read("account", "{\"field\":\"name\",\"op\":\"startsWith\",\"value\":\"" + mark + "\"}", state);
        read("note", "{\"field\":\"account.name\",\"op\":\"startsWith\",\"value\":\"" + mark + "\"}", state);
        return state;
    }

    private void read(String object, String filter, Map<String, JsonNode> state) {
        var fields = new ArrayList<String>();
        for (var field :
                client.get("/api/objects/" + object).json().path("fields").values())
            fields.add("\"" + field.path("name").asString() + "\"");
        var answer = client.post(
                "/api/records/" + object + "/query",
                "{\"limit\":500,\"filter\":" + filter + ",\"fields\":[" + String.join(",", fields) + "]}");
        assertThat(answer.status()).as(answer::text).isEqualTo(200);
        for (var item : answer.json().path("items").values()) {
            var record = ((ObjectNode) item).deepCopy();
            record.remove(List.of("version", "updatedAt", "updatedBy"));
            state.put(object + " " + item.path("id").asString(), record);
        }
    }
}
