package dev.rapport.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Records that may mean the same are found when they are written, and wait for people to decide. */
class DuplicatesTest {
    private final Client client = RapportServer.get().as("admin");
    private final String unique = UUID.randomUUID().toString().substring(0, 8);

    private String contact(String family, String given, String more) {
        return client.create(
                        "contact", "{\"name\":{\"family\":\"" + family + "\",\"given\":\"" + given + "\"}" + more + "}")
                .path("id")
                .asString();
    }

    private boolean isQueued(Client who, String object, String a, String b) {
        String after = "";
        do {
            var page = who.get("/api/duplicates/" + object + after).json();
            boolean found = StreamSupport.stream(page.path("items").spliterator(), false)
                    .anyMatch(item ->
                            item.toString().contains(a) && item.toString().contains(b));
            if (found) return true;
            after = page.path("next").isNull()
                    ? ""
                    : "?after=" + page.path("next").asString();
        } while (!after.isEmpty());
        return false;
    }

    private JsonNode candidates(String object, String values) {
        return client.post("/api/records/" + object + "/duplicates", "{\"values\":" + values + "}")
                .json()
                .path("items");
    }

    @Test
    void aLikelyPairIsQueuedWithItsReasonsAndLeavesTheQueueWhenDismissedOrChanged() {
        var mail = unique + "@example.org";
        var one = contact("Halvorsen" + unique, "Robert", ",\"email\":\"" + mail + "\"");
        var two = contact("Halvorsen" + unique, "Bob", ",\"email\":\"" + mail.toUpperCase() + "\"");
        assertThat(isQueued(client, "contact", one, two)).isTrue();
        assertThat(candidates(
                                "contact",
                                "{\"email\":\"" + mail + "\",\"name\":{\"family\":\"Halvorsen" + unique
                                        + "\",\"given\":\"Rob\"}}")
                        .size())
                .isEqualTo(2);
        var pair = "{\"a\":\"" + two + "\",\"b\":\"" + one + "\"";
        assertThat(client.post("/api/duplicates/contact/dismiss", pair + "}").status())
                .isEqualTo(204);
        assertThat(isQueued(client, "contact", one, two)).isFalse();
        assertThat(client.post("/api/duplicates/contact/dismiss", pair + ",\"open\":true}")
                        .status())
                .isEqualTo(204);
        assertThat(isQueued(client, "contact", one, two)).isTrue();
        var other = "{\"email\":\"else" + unique + "@example.net\",\"name\":{\"family\":\"Qu\",\"given\":\"X" + unique
                + "\"}}";
        client.patch("/api/records/contact/" + two, other, "If-Match", "\"1\"");
        assertThat(isQueued(client, "contact", one, two)).isFalse();
    }

    @Test
    void chineseNamesCompaniesAndPhonesAreComparedByWhatTheyMean() {
        var one = client.create(
                "account", "{\"name\":\"杭州云帆" + unique + "科技有限公司\",\"phone\":\"0571-8" + digits(7) + "\"}");
        var two = client.create(
                "account",
                "{\"name\":\"杭州雲帆" + unique.toUpperCase() + "科技\",\"phone\":\""
                        + one.path("phone").asString() + "\"}");
        assertThat(isQueued(
                        client,
                        "account",
                        one.path("id").asString(),
                        two.path("id").asString()))
                .isTrue();
        var three = client.create("account", "{\"name\":\"北京远航" + digits(6) + "\"}");
        assertThat(isQueued(
                        client,
                        "account",
                        one.path("id").asString(),
                        three.path("id").asString()))
                .isFalse();
    }

    private String digits(int count) {
        return (unique.replaceAll("\\D", "") + "9284756318").substring(0, count);
    }

    @Test
    void mergedAndDeletedRecordsLeaveTheQueueAndComeBackWithAnUndo() {
        var more = ",\"mobile\":\"+86139" + digits(8) + "\"";
        var one = contact("欧阳" + unique, "娜娜", more);
        var two = contact("歐陽" + unique, "娜娜", more);
        assertThat(isQueued(client, "contact", one, two)).isTrue();
        var merged = client.post(
                "/api/records/contact/merge", "{\"survivor\":\"" + one + "\",\"losers\":[\"" + two + "\"]}");
        assertThat(isQueued(client, "contact", one, two)).isFalse();
        var job = client.post("/api/batches/" + merged.json().path("batch").asString() + "/undo", "{}")
                .json();
        client.await(job.path("job").path("id").asString());
        assertThat(isQueued(client, "contact", one, two)).isTrue();
    }

    @Test
    void aScanFindsWhatWasThereAndHiddenFieldsTellNothing() {
        var mail = "scan" + unique + "@example.org";
        var one = contact("Iverson" + unique, "Ada", ",\"email\":\"" + mail + "\"");
        var two = contact("Iverson" + unique, "Ada", ",\"email\":\"" + mail + "\"");
        var job = client.post("/api/duplicates/contact/scan", "{}")
                .json()
                .path("job")
                .path("id")
                .asString();
        var done = client.await(job);
        assertThat(done.path("state").asString()).isEqualTo("done");
        assertThat(done.path("result").path("pairs").asInt()).isPositive();
        assertThat(isQueued(client, "contact", one, two)).isTrue();
        RapportServer.get()
                .role(
                        "noMail" + unique,
                        "{\"objects\":{\"contact\":[\"read\"]},\"fields\":{\"contact.email\":\"none\"}}");
        var curious = RapportServer.get().as("noMail" + unique);
        var probe = curious.post("/api/records/contact/duplicates", "{\"values\":{\"email\":\"" + mail + "\"}}");
        assertThat(probe.json().path("items").size()).isZero();
        assertThat(curious.get("/api/duplicates/contact").text()).doesNotContain("\"email\"");
        assertThat(curious.post("/api/duplicates/contact/scan", "{}").status()).isEqualTo(403);
        assertThat(client.get("/api/duplicates/product").json().path("count").asInt())
                .isZero();
        assertThat(client.get("/api/duplicates/contact?after=nonsense").status())
                .isEqualTo(400);
    }
}
