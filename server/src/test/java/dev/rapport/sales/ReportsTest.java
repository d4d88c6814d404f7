package dev.rapport.sales;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Client;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Every ready report, for everybody. */
class ReportsTest extends SalesTestCase {
    private List<String> names() {
        var names = new ArrayList<String>();
        client.get("/api/reports")
                .json()
                .path("items")
                .values()
                .forEach(item -> names.add(item.path("name").asString()));
        return names;
    }

    @TestFactory
    List<DynamicTest> eachIsMadeForNobodyAndForEverybodyAndLeadsToItsRecords() {
        create("opportunity", "{\"name\":\"Something open\",\"amount\":" + cny("10.00") + "}");
        var tests = new ArrayList<DynamicTest>();
        var nobody = SERVER.as("member").actor().id();
        for (var name : names()) {
            tests.add(DynamicTest.dynamicTest(name, () -> {
                var whole = act("/api/reports/" + name, "{}");
                assertThat(whole.path("title").asString()).isNotBlank();
                for (var row : whole.path("rows").values()) assertLeadsSomewhere(row);
                var none = act(
                        "/api/reports/" + name,
                        "{\"owner\":\"" + nobody + "\",\"from\":\"1990-01-01\",\"to\":\"1990-12-31\"}");
                for (var row : none.path("rows").values())
                    for (var column : none.path("columns").values())
                        if (column.path("type").asString().equals("count"))
                            assertThat(row.path("cells")
                                            .path(column.path("key").asString())
                                            .asInt())
                                    .isZero();
            }));
        }
        return tests;
    }

    private void assertLeadsSomewhere(JsonNode row) {
        var drill = row.path("drill");
        if (drill.isMissingNode()) return;
        var body = Json.object().put("limit", 1).set("filter", drill.path("filter"));
        var answer = client.post("/api/records/" + drill.path("object").asString() + "/query", body.toString());
        assertThat(answer.status()).as(() -> drill + answer.text()).isEqualTo(200);
    }

    @Test
    void aWrongScopeIsRefusedWhole() {
        var refused = client.post(
                "/api/reports/funnel",
                "{\"from\":\"yesterday\",\"owner\":\"me\",\"to\":\"2020-01-01\",\"colour\":\"red\"}");
        assertThat(refused.violations()).containsExactly("colour:unknown-member", "from:date", "owner:id");
        assertThat(client.post("/api/reports/nothing", "{}").status()).isEqualTo(404);
    }

    @Test
    void whoMayNotReadDealsGetsNoReportOfThem() {
        SERVER.role("clerk", "{\"objects\":{\"account\":[\"read\"]}}");
        Client clerk = SERVER.as("clerk");
        assertThat(clerk.post("/api/reports/winRate", "{}").status()).isEqualTo(404);
        SERVER.role("blind", "{\"objects\":{\"*\":[\"read\"]},\"fields\":{\"opportunity.value\":\"none\"}}");
        var blind = SERVER.as("blind").post("/api/reports/winRate", "{}");
        assertThat(blind.status()).isEqualTo(422);
        assertThat(blind.violations()).contains("value:unknown-field");
    }

    @Test
    void theirNamesAreInTheReadersLanguage() {
        assertThat(client.get("/api/reports", "Accept-Language", "zh-CN").text())
                .contains("销售漏斗", "赢单率");
    }
}
