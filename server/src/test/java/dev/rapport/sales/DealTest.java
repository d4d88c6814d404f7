package dev.rapport.sales;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A deal on its way through a pipeline. */
class DealTest extends SalesTestCase {
    private String deal(String more) {
        return create("opportunity", "{\"name\":\"Deal\"" + more + "}");
    }

    @Test
    void beginsAtTheStartOfTheFirstPipelineWithItsStagesOdds() {
        var deal = read("opportunity", deal(",\"amount\":" + cny("1000.00")));
        assertThat(deal.path("pipeline").path("name").asString()).isEqualTo("B2B sales");
        assertThat(deal.path("stage").path("name").asString()).isEqualTo("Prospecting");
        assertThat(deal.path("status").asString()).isEqualTo("open");
        assertThat(deal.path("probability").asString()).isEqualTo("10");
        assertThat(amount(deal, "weighted")).isEqualTo("100.00");
        assertThat(amount(deal, "value")).isEqualTo("1000.00");
    }

    @Test
    void namesItsStageInTheReadersLanguage() {
        var id = deal("");
        var chinese = client.get("/api/records/opportunity/" + id, "Accept-Language", "zh-CN")
                .json();
        assertThat(chinese.path("stage").path("name").asString()).isEqualTo("初步接洽");
        assertThat(read("opportunity", id).path("stage").path("name").asString())
                .isEqualTo("Prospecting");
    }

    @Test
    void entersAStageOnlyWithWhatTheStageNeeds() {
        var id = deal("");
        var b2b = pipeline("B2B sales");
        var refused = change("opportunity", id, "{\"stage\":\"" + stage(b2b, "Negotiation") + "\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.violations())
                .containsExactly("account:needed-for-stage", "amount:needed-for-stage", "closeDate:needed-for-stage");
        assertThat(refused.text()).contains("Negotiation");
        var account = create("account", "{\"name\":\"Needed " + unique() + "\"}");
        var entered = change(
                "opportunity",
                id,
                "{\"stage\":\"" + stage(b2b, "Negotiation") + "\",\"account\":\"" + account + "\",\"amount\":"
                        + cny("500.00") + ",\"closeDate\":\"2030-01-31\"}");
        assertThat(entered.status()).as(entered::text).isEqualTo(200);
        assertThat(entered.json().path("forecast").asString()).isEqualTo("committed");
    }

    @Test
    void keepsEachStageAsAFactWithTheDaysInTheOneBefore() {
        var id = deal("");
        var aida = pipeline("AIDA");
        change("opportunity", id, "{\"pipeline\":\"" + aida + "\"}");
        change("opportunity", id, "{\"stage\":\"" + stage(aida, "Desire") + "\"}");
        change("opportunity", id, "{\"stage\":\"" + stage(aida, "Interest") + "\"}");
        change("opportunity", id, "{\"stage\":\"" + stage(aida, "No interest") + "\"}");
        change("opportunity", id, "{\"stage\":\"" + stage(aida, "Action") + "\"}");
        var kinds = where("stageChange", "opportunity", id).values().stream()
                .map(fact -> fact.path("kind").asString())
                .toList();
        assertThat(kinds).containsExactly("start", "start", "forward", "back", "lost", "won");
        var won = read("opportunity", id);
        assertThat(won.path("status").asString()).isEqualTo("won");
        assertThat(won.path("closeDate").asString()).isNotEmpty();
    }

    @Test
    void hasNoStageOfAnotherPipeline() {
        var id = deal("");
        var refused = change("opportunity", id, "{\"stage\":\"" + stage(pipeline("AIDA"), "Desire") + "\"}");
        assertThat(refused.violations()).containsExactly("stage:lookup-within");
    }

    @Test
    void countsInTheCompanysCurrencyByTheRateOfTheDay() {
        create("exchangeRate", "{\"currency\":\"chf\",\"rate\":\"8\",\"validFrom\":\"2024-01-01\"}");
        create("exchangeRate", "{\"currency\":\"CHF\",\"rate\":\"9.5\",\"validFrom\":\"2025-01-01\"}");
        var amount = ",\"amount\":{\"amount\":\"10.01\",\"currency\":\"CHF\"}";
        var won = stage(pipeline("AIDA"), "Action");
        var then = read("opportunity", deal(amount + ",\"stage\":\"" + won + "\",\"closeDate\":\"2024-06-01\""));
        assertThat(amount(then, "value")).isEqualTo("80.08");
        var now = read("opportunity", deal(amount));
        assertThat(amount(now, "value")).isEqualTo("95.10");
        var unknown = read("opportunity", deal(",\"amount\":{\"amount\":\"1.00\",\"currency\":\"NOK\"}"));
        assertThat(unknown.path("value").isNull()).isTrue();
        assertThat(client.post(
                                "/api/records/exchangeRate",
                                "{\"currency\":\"XYZ\",\"rate\":\"1\",\"validFrom\":\"2024-01-01\"}")
                        .violations())
                .containsExactly("currency:currency");
    }

    @Test
    void measuresTheCycleFromTheDaysThatAreWritten() {
        var won = stage(pipeline("AIDA"), "Action");
        var deal = read(
                "opportunity",
                deal(",\"stage\":\"" + won + "\",\"startedOn\":\"2025-01-01\",\"closeDate\":\"2025-02-20\""));
        assertThat(deal.path("cycleDays").asInt()).isEqualTo(50);
    }

    @Test
    void doesNotGoBackWhereTheStageForbidsIt() {
        var pipeline = create("pipeline", "{\"name\":\"One way " + unique() + "\"}");
        var first = create(
                "stage", "{\"name\":\"A\",\"pipeline\":\"" + pipeline + "\",\"position\":1,\"probability\":\"10\"}");
        var second = create(
                "stage",
                "{\"name\":\"B\",\"pipeline\":\"" + pipeline
                        + "\",\"position\":2,\"probability\":\"20\",\"noWayBack\":true}");
        var id = deal(",\"stage\":\"" + second + "\"");
        assertThat(change("opportunity", id, "{\"stage\":\"" + first + "\"}").violations())
                .containsExactly("stage:no-way-back");
    }
}
