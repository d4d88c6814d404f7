package dev.rapport.sales;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Client;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What people get to know through the acts and figures of sales, who may not read it. */
class SalesAttackTest extends SalesTestCase {
    private static final String SECRET = "7777.77";
    private static final String NOBODY = "01a1fde8-2047-7e5b-8bdb-a1bdd3521d9b";

    /** Ids of one record of each kind, all of which hold the secret amount where they hold one. */
    private static Map<String, String> made = Map.of();

    private Map<String, String> made() {
        if (!made.isEmpty()) return made;
        var ids = new LinkedHashMap<String, String>();
        ids.put("account", create("account", "{\"name\":\"Attacked " + unique() + "\"}"));
        ids.put("product", create("product", "{\"name\":\"Safe\",\"price\":" + cny(SECRET) + "}"));
        ids.put(
                "opportunity",
                create(
                        "opportunity",
                        "{\"name\":\"Deal\",\"account\":\"" + ids.get("account") + "\",\"amount\":" + cny(SECRET)
                                + "}"));
        ids.put("lead", create("lead", "{\"company\":\"Attacked " + unique() + "\"}"));
        ids.put("quote", create("quote", "{\"account\":\"" + ids.get("account") + "\"}"));
        create("quoteLine", "{\"quote\":\"" + ids.get("quote") + "\",\"product\":\"" + ids.get("product") + "\"}");
        ids.put(
                "target",
                create(
                        "target",
                        "{\"name\":\"T\",\"measure\":\"revenue\",\"startsOn\":\"2031-01-01\",\"endsOn\":\"2031-12-31\",\"amount\":"
                                + cny(SECRET) + "}"));
        ids.put(
                "contract",
                create(
                        "contract",
                        "{\"name\":\"C\",\"account\":\"" + ids.get("account") + "\",\"amount\":" + cny(SECRET) + "}"));
        ids.put(
                "receipt",
                create(
                        "receipt",
                        "{\"account\":\"" + ids.get("account") + "\",\"receivedOn\":\"2031-02-01\",\"amount\":"
                                + cny(SECRET) + "}"));
        made = ids;
        return made;
    }

    /** Every look that sales offers, each with a body that asks for as much as there is. */
    private List<Client.Answer> looks(Client client) {
        var ids = made();
        var all = "{\"from\":\"2020-01-01\",\"to\":\"2039-12-31\"}";
        var answers = new ArrayList<Client.Answer>();
        for (var name : client.get("/api/reports").json().path("items").values())
            answers.add(client.post("/api/reports/" + name.path("name").asString(), all));
        answers.add(client.post("/api/forecast", all));
        answers.add(client.post("/api/commissions", all));
        answers.add(client.post("/api/targets/progress", all));
        answers.add(client.get("/api/leads/" + ids.get("lead") + "/conversion"));
        answers.add(client.get("/api/quotes/" + ids.get("quote") + "/pdf"));
        return answers;
    }

    @TestFactory
    Stream<DynamicTest> hiddenFieldsLeadToNoBreak() {
        var objects = List.of(
                "opportunity",
                "lead",
                "quote",
                "quoteLine",
                "target",
                "stage",
                "pipeline",
                "company",
                "commissionPlan",
                "commissionTier",
                "stageChange",
                "receipt",
                "account");
        return objects.stream()
                .map(object -> DynamicTest.dynamicTest(object, () -> {
                    var hidden = Json.object();
                    for (var field : client.get("/api/objects/" + object)
                            .json()
                            .path("fields")
                            .values())
                        hidden.put(object + "." + field.path("name").asString(), "none");
                    var role = "no" + unique().replace("-", "");
                    SERVER.role(role, "{\"objects\":{\"*\":[\"read\"]},\"fields\":" + hidden + "}");
                    for (var answer : looks(SERVER.as(role)))
                        assertThat(answer.status()).as(answer::text).isLessThan(500);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aHiddenAmountIsNotTold() {
        return Stream.of(
                        "{\"quote.total\":\"none\"}",
                        "{\"quoteLine.unitPrice\":\"none\"}",
                        "{\"quoteLine.total\":\"none\"}")
                .map(fields -> DynamicTest.dynamicTest(fields, () -> {
                    var role = "no" + unique().replace("-", "");
                    SERVER.role(role, "{\"objects\":{\"*\":[\"read\"]},\"fields\":" + fields + "}");
                    var quote = "/api/quotes/" + made().get("quote") + "/pdf";
                    assertThat(client.get(quote).status()).isEqualTo(200);
                    assertThat(SERVER.as(role).get(quote).status()).isEqualTo(404);
                }));
    }

    @Test
    void aHiddenGoalIsNotTold() {
        made();
        SERVER.role(
                "goalless",
                "{\"objects\":{\"*\":[\"read\"]},\"fields\":{\"target.amount\":\"none\",\"target.splitAmount\":\"none\"}}");
        var all = "{\"from\":\"2031-01-01\",\"to\":\"2031-12-31\"}";
        assertThat(client.post("/api/targets/progress", all).text()).contains(SECRET);
        assertThat(SERVER.as("goalless").post("/api/targets/progress", all).text())
                .doesNotContain(SECRET);
    }

    @Test
    void whoMayOnlyReadChangesNothing() {
        var ids = made();
        var objects = List.of("quote", "lead", "contract", "receipt", "target");
        var before = objects.stream().map(object -> read(object, id(object))).toList();
        SERVER.role("onlooker", "{\"objects\":{\"*\":[\"read\"]}}");
        var onlooker = SERVER.as("onlooker");
        for (var path : List.of("price", "submit", "approve", "decline", "reopen", "send", "accept"))
            assertThat(onlooker.post("/api/quotes/" + ids.get("quote") + "/" + path, "{}")
                            .status())
                    .as(path)
                    .isIn(403, 404, 409, 422);
        for (var path : List.of(
                "/api/leads/" + ids.get("lead") + "/convert",
                "/api/contracts/" + ids.get("contract") + "/plan",
                "/api/contracts/" + ids.get("contract") + "/renew",
                "/api/receipts/" + ids.get("receipt") + "/match",
                "/api/targets/" + ids.get("target") + "/split",
                "/api/forecast/snapshot"))
            assertThat(onlooker.post(path, "{}").status()).as(path).isIn(403, 404, 409, 422);
        var after = objects.stream().map(object -> read(object, id(object))).toList();
        assertThat(after).isEqualTo(before);
        assertThat(where("instalment", "contract", id("contract")).size()).isZero();
    }

    private String id(String object) {
        return java.util.Objects.requireNonNull(made().get(object));
    }

    @TestFactory
    Stream<DynamicTest> hugeTextsForeignIdsAndWrongTypesAreRefusedInWords() {
        var huge = "\"" + "x".repeat(1 << 20) + "\"";
        var ids = made();
        return Stream.of(
                        "/api/reports/funnel",
                        "/api/forecast",
                        "/api/commissions",
                        "/api/targets/progress",
                        "/api/forecast/snapshot",
                        "/api/leads/" + ids.get("lead") + "/convert",
                        "/api/contracts/" + ids.get("contract") + "/plan",
                        "/api/contracts/" + ids.get("contract") + "/renew",
                        "/api/receipts/" + ids.get("receipt") + "/match",
                        "/api/targets/" + ids.get("target") + "/split",
                        "/api/quotes/" + ids.get("quote") + "/decline",
                        "/api/quotes/" + NOBODY + "/send",
                        "/api/leads/" + NOBODY + "/convert",
                        "/api/public/quotes/" + "x".repeat(2_000) + "/answer",
                        "/api/public/forms/" + NOBODY)
                .flatMap(path -> Stream.of(huge, "\"" + NOBODY + "\"", "-1", "[]", "{\"a\":1}", "true")
                        .map(value -> DynamicTest.dynamicTest(
                                path + " " + value.substring(0, Math.min(40, value.length())), () -> {
                                    var body = new StringBuilder("{");
                                    for (var member : List.of(
                                            "from",
                                            "to",
                                            "owner",
                                            "team",
                                            "pipeline",
                                            "more",
                                            "account",
                                            "contact",
                                            "opportunity",
                                            "first",
                                            "months",
                                            "every",
                                            "count",
                                            "instalments",
                                            "by",
                                            "people",
                                            "note",
                                            "reason",
                                            "name",
                                            "accept"))
                                        body.append(body.length() > 1 ? "," : "")
                                                .append("\"")
                                                .append(member)
                                                .append("\":")
                                                .append(value);
                                    var answer =
                                            client.post(path, body.append('}').toString());
                                    assertThat(answer.status()).as(answer::text).isBetween(400, 499);
                                    assertThat(answer.text().length()).isLessThan(100_000);
                                })));
    }
}
