package dev.rapport.sales;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Targets, what was reached of them, and what will be. */
class TargetTest extends SalesTestCase {
    private final Client seller = SERVER.as("member");
    private final String person = seller.actor().id().toString();

    private String target(String amount, String more) {
        return create(
                "target",
                "{\"name\":\"T\",\"startsOn\":\"2031-01-01\",\"endsOn\":\"2031-12-31\",\"amount\":" + cny(amount) + more
                        + "}");
    }

    private static BigDecimal sum(JsonNode items, String field) {
        return items.values().stream()
                .map(item -> new BigDecimal(amount(item, field)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void deal(String stage, String amount, String day) {
        seller.create(
                "opportunity",
                "{\"name\":\"D\",\"stage\":\"" + stage + "\",\"closeDate\":\"" + day + "\",\"amount\":" + cny(amount)
                        + "}");
    }

    @Test
    void isSplitOverMonthsThatAddUpToIt() {
        var target = target("1000.00", "");
        act("/api/targets/" + target + "/split", "{\"by\":\"months\"}");
        var parts = where("target", "parent", target);
        assertThat(parts.size()).isEqualTo(12);
        assertThat(sum(parts, "amount")).isEqualByComparingTo("1000.00");
        assertThat(client.post("/api/targets/" + target + "/split", "{}").status())
                .isEqualTo(409);
        var incomplete = client.post(
                "/api/records/target", "{\"name\":\"X\",\"startsOn\":\"2031-02-01\",\"endsOn\":\"2031-01-01\"}");
        assertThat(incomplete.violations()).containsExactly("amount:required", "endsOn:before-begin");
    }

    @Test
    void anySplitIsExact() {
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            long whole = random.nextLong(1_000_000_000L);
            var weights = random.longs(1 + random.nextInt(30), 0, 50).boxed().toList();
            var parts = Shares.split(whole, weights);
            assertThat(parts.stream().mapToLong(Long::longValue).sum()).isEqualTo(whole);
            assertThat(parts).allMatch(part -> part >= 0);
        }
        assertThat(Shares.split(100, List.of(1L, 1L, 1L))).containsExactly(33L, 34L, 33L);
        assertThat(Shares.split(10, List.of(0L, 0L))).containsExactly(5L, 5L);
    }

    @Test
    void ofARegionCountsWhatItsTeamsWon() {
        var region = "R" + unique();
        var team = create("team", "{\"name\":\"T\",\"region\":\"" + region + "\"}");
        assertThat(client.patch("/api/users/" + person, "{\"team\":\"" + team + "\"}")
                        .status())
                .isEqualTo(204);
        deal(stage(pipeline("AIDA"), "Action"), "70.00", "2033-03-05");
        var id = create(
                "target",
                "{\"name\":\"T\",\"startsOn\":\"2033-01-01\",\"endsOn\":\"2033-12-31\",\"amount\":" + cny("100.00")
                        + ",\"region\":\"" + region + "\"}");
        var elsewhere = create(
                "target",
                "{\"name\":\"T\",\"startsOn\":\"2033-01-01\",\"endsOn\":\"2033-12-31\",\"amount\":" + cny("100.00")
                        + ",\"region\":\"nowhere\"}");
        var reached = new java.util.HashMap<String, String>();
        for (var item : act("/api/targets/progress", "{\"from\":\"2033-05-01\"}")
                .path("items")
                .values())
            reached.put(item.path("id").asString(), item.path("reached").asString());
        assertThat(reached).containsEntry(id, "70.00").containsEntry(elsewhere, "0");
    }

    @Test
    void tellsWhatWasReachedAndLeadsToIt() {
        var won = stage(pipeline("AIDA"), "Action");
        deal(won, "300.00", "2031-03-05");
        deal(won, "50.00", "2032-03-05");
        var id = target("1000.00", ",\"person\":\"" + person + "\"");
        var progress = act("/api/targets/progress", "{\"from\":\"2031-05-01\",\"owner\":\"" + person + "\"}");
        var item = progress.path("items").values().stream()
                .filter(one -> one.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(item.path("reached").asString()).isEqualTo("300.00");
        assertThat(item.path("percent").asString()).isEqualTo("30.0");
        assertThat(item.path("gap").asString()).isEqualTo("700.00");
        var behind = client.post(
                "/api/records/opportunity/query",
                dev.rapport.http.Json.object()
                        .set("filter", item.path("drill").path("filter"))
                        .toString());
        assertThat(behind.json().path("items").size()).isEqualTo(1);
    }

    @Test
    void aForecastCountsWonPromisedAndOpenAndOnesOwnHistory() {
        var b2b = pipeline("AIDA");
        deal(stage(b2b, "Action"), "100.00", "2033-02-01");
        deal(stage(b2b, "Desire"), "200.00", "2033-02-02");
        deal(stage(b2b, "Interest"), "400.00", "2033-02-03");
        for (int i = 0; i < 4; i++) deal(stage(b2b, "Action"), "1.00", "2032-06-0" + (i + 1));
        deal(stage(b2b, "No interest"), "1.00", "2032-06-05");
        var forecast =
                act("/api/forecast", "{\"from\":\"2033-01-01\",\"to\":\"2033-03-31\",\"owner\":\"" + person + "\"}");
        var line = forecast.path("people").get(0);
        assertThat(line.path("closed").asString()).isEqualTo("100.00");
        assertThat(line.path("bestCase").asString()).isEqualTo("200.00");
        assertThat(line.path("pipeline").asString()).isEqualTo("400.00");
        // 60 % of 200 and 20 % of 400 beside what is won
        assertThat(line.path("weighted").asString()).isEqualTo("300.00");
        assertThat(line.path("winRate").asString()).isEqualTo("80.00");
        assertThat(line.path("byHistory").asString()).isEqualTo("580.00");
        var kept = act(
                "/api/forecast/snapshot",
                "{\"from\":\"2033-01-01\",\"to\":\"2033-03-31\",\"owner\":\"" + person + "\"}");
        assertThat(kept.path("lines").asInt()).isEqualTo(2);
        assertThat(amount(where("forecastSnapshot", "person", person).get(0), "byHistory"))
                .isEqualTo("580.00");
    }
}
