package dev.rapport.sales;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

/** Real companies' sales, imported as a newcomer would, give the known answers 12 and 13. */
@Tag("realdata")
@EnabledIf("hasSharedData")
class KnownSalesTest extends SalesTestCase {
    private static final Path SHARED = Path.of("../../shared/data");

    static boolean hasSharedData() {
        return Files.isDirectory(SHARED);
    }

    /** Other tests import the same people and orders. */
    @AfterEach
    void undoImports() {
        for (var path : loaded) {
            var undo = client.post(path + "/undo", "{}").json();
            client.await(undo.path("job").path("id").asString());
        }
    }

    private final Deque<String> loaded = new ArrayDeque<>();

    private JsonNode load(String object, String name, byte[] content, String settings) {
        var uploaded = client.upload(object, name, content);
        assertThat(uploaded.status()).as(uploaded::text).isEqualTo(201);
        var path = "/api/imports/" + uploaded.json().path("id").asString();
        var patched = client.patch(path, settings);
        assertThat(patched.status()).as(patched::text).isEqualTo(200);
        assertThat(client.post(path + "/start", "{}").status()).isEqualTo(202);
        var done = client.awaitImport(uploaded.json().path("id").asString());
        loaded.addFirst(path);
        assertThat(done.path("state").asString()).as(done::toString).isEqualTo("done");
        var counts = done.path("counts");
        if (counts.path("failed").asInt() > 0)
            assertThat(client.get(path + "/errors").text().lines().limit(4)).isEmpty();
        return counts;
    }

    private static byte[] file(String name) throws IOException {
        return Files.readAllBytes(SHARED.resolve(name));
    }

    /** The people of the file, in the teams of their managers. */
    private void people(String csv) {
        var ids = new HashMap<String, String>();
        var teams = new HashMap<String, String>();
        var lines = csv.strip().split("\r?\n");
        for (int i = 1; i < lines.length; i++) {
            var cells = lines[i].split(",");
            var manager = user(ids, cells[1]);
            var team = teams.computeIfAbsent(
                    cells[1],
                    name -> create(
                            "team",
                            "{\"name\":\"Team " + name + "\",\"manager\":\"" + manager + "\",\"region\":\"" + cells[2]
                                    + "\"}"));
            var answer = client.patch("/api/users/" + user(ids, cells[0]), "{\"team\":\"" + team + "\"}");
            assertThat(answer.status()).as(answer::text).isEqualTo(204);
        }
    }

    private String user(Map<String, String> ids, String name) {
        return ids.computeIfAbsent(
                name,
                key -> act(
                                "/api/users",
                                "{\"username\":\""
                                        + name.toLowerCase(java.util.Locale.ROOT)
                                                .replace(' ', '.') + "\",\"name\":\"" + name
                                        + "\",\"password\":\"correct horse battery\",\"role\":\"member\"}")
                        .path("id")
                        .asString());
    }

    private static JsonNode row(JsonNode report, String column, String name) {
        return report.path("rows").values().stream()
                .map(row -> row.path("cells"))
                .filter(cells -> cells.path(column).toString().contains("\"" + name + "\""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name + " in " + report));
    }

    /** Runs with a company that counts in {@code currency}, and puts the old one back. */
    private void counting(String currency, Runnable work) {
        var company = where("company", "key", "company").get(0);
        var before = company.path("currency").asString();
        change("company", company.path("id").asString(), "{\"currency\":\"" + currency + "\"}");
        try {
            work.run();
        } finally {
            change("company", company.path("id").asString(), "{\"currency\":\"" + before + "\"}");
        }
    }

    @Test
    void mavenSalesAreAsKnown() throws IOException {
        var folder = "maven_crm/CRM+Sales+Opportunities/";
        people(new String(file(folder + "sales_teams.csv"), StandardCharsets.UTF_8));
        var accounts = load(
                "account",
                "accounts.csv",
                file(folder + "accounts.csv"),
                "{\"mapping\":{\"account\":\"name\",\"sector\":\"industry\",\"employees\":\"employees\"},\"matchOn\":[\"name\"]}");
        assertThat(accounts.path("created").asInt()
                        + accounts.path("updated").asInt()
                        + accounts.path("skipped").asInt())
                .isEqualTo(85);
        load(
                "product",
                "products.csv",
                file(folder + "products.csv"),
                "{\"mapping\":{\"product\":\"name\",\"series\":\"category\",\"sales_price\":\"price\"},\"matchOn\":[\"name\"],\"currency\":\"USD\"}");
        var pipeline = create("pipeline", "{\"name\":\"Maven\",\"position\":50}");
        int position = 1;
        for (var stage : new String[][] {
            {"Prospecting", "open", "20"}, {"Engaging", "open", "50"}, {"Won", "won", "100"}, {"Lost", "lost", "0"}
        })
            create(
                    "stage",
                    "{\"name\":\"" + stage[0] + "\",\"outcome\":\"" + stage[1] + "\",\"probability\":\"" + stage[2]
                            + "\",\"position\":" + position++ + ",\"pipeline\":\"" + pipeline + "\"}");
        // GTXPro is GTX Pro, as a person who prepares the file would see; every row gets its pipeline
        var deals = new StringBuilder();
        for (var line : new String(file(folder + "sales_pipeline.csv"), StandardCharsets.UTF_8)
                .strip()
                .split("\r?\n"))
            deals.append(line.replace(",GTXPro,", ",GTX Pro,") + (deals.isEmpty() ? ",pipeline\n" : ",Maven\n"));
        counting("USD", () -> {
            var counts =
                    load("opportunity", "sales_pipeline.csv", deals.toString().getBytes(StandardCharsets.UTF_8), """
                    {"mapping":{"opportunity_id":["externalId","name"],"sales_agent":"owner","product":"product","account":"account",
                     "deal_stage":"stage","engage_date":"startedOn","close_date":"closeDate","close_value":"amount","pipeline":"pipeline"},
                     "currency":"USD","onMissingLookup":"fail"}
                    """);
            assertThat(counts.path("created").asInt()).as(counts::toString).isEqualTo(8_800);
            var scope = "{\"pipeline\":\"" + pipeline + "\"}";
            var winRate = act("/api/reports/winRate", scope).path("totals");
            assertThat(winRate.path("won").asInt()).isEqualTo(4_238);
            assertThat(winRate.path("lost").asInt()).isEqualTo(2_473);
            assertThat(winRate.path("rate").asString()).isEqualTo("63.15");
            assertThat(winRate.path("value").asString()).isEqualTo("10005534.00");
            assertThat(winRate.path("cycle").asString()).isEqualTo("51.8");
            var best =
                    act("/api/reports/leaderboard", scope).path("rows").get(0).path("cells");
            assertThat(best.path("who").asString()).isEqualTo("Darcel Schlecht");
            assertThat(best.path("value").asString()).isEqualTo("1153214.00");
            var manager =
                    act("/api/reports/managers", scope).path("rows").get(0).path("cells");
            assertThat(manager.path("who").asString()).isEqualTo("Melvin Marxen");
            assertThat(manager.path("value").asString()).isEqualTo("2251930.00");
            var product =
                    act("/api/reports/products", scope).path("rows").get(0).path("cells");
            assertThat(product.path("what").asString()).isEqualTo("GTX Pro");
            assertThat(product.path("value").asString()).isEqualTo("3510578.00");
            var account =
                    act("/api/reports/accounts", scope).path("rows").get(0).path("cells");
            assertThat(account.path("what").asString()).isEqualTo("Kan-code");
            assertThat(account.path("value").asString()).isEqualTo("341455.00");
            var funnel = act("/api/reports/funnel", scope);
            assertThat(funnel.path("totals").path("reached").asInt()).isEqualTo(8_800);
            assertThat(row(funnel, "stage", "Prospecting").path("open").asInt()
                            + row(funnel, "stage", "Engaging").path("open").asInt())
                    .isEqualTo(2_089);
            assertThat(count(pipeline, "account")).isEqualTo(1_425);
            assertThat(count(pipeline, "startedOn")).isEqualTo(500);
        });
    }

    /** How many deals of the pipeline have nothing in {@code field}. */
    private int count(String pipeline, String field) {
        var body = Json.object();
        var and = body.putObject("filter").putArray("and");
        and.addObject().put("field", "pipeline").put("op", "eq").put("value", pipeline);
        and.addObject().put("field", field).put("op", "isEmpty");
        return client.post("/api/records/opportunity/aggregate", body.toString())
                .json()
                .path("groups")
                .get(0)
                .path("count")
                .asInt();
    }

    @Test
    void olistLeadsConvertAsKnown() throws IOException {
        var sources = new String(
                        file("olist_funnel/olist_marketing_qualified_leads_dataset.csv"), StandardCharsets.UTF_8)
                .replace("other_publicities", "other publicities");
        var leads = load(
                "lead",
                "mql.csv",
                sources.getBytes(StandardCharsets.UTF_8),
                "{\"mapping\":{\"mql_id\":\"externalId\",\"first_contact_date\":\"firstContactOn\",\"origin\":\"source\"}}");
        assertThat(leads.path("created").asInt()).as(leads::toString).isEqualTo(8_000);
        var deals = new StringBuilder();
        for (var line : new String(file("olist_funnel/olist_closed_deals_dataset.csv"), StandardCharsets.UTF_8)
                .strip()
                .split("\r?\n")) deals.append(line + (deals.isEmpty() ? ",stage,pipeline\n" : ",Action,AIDA\n"));
        var counts = load("opportunity", "deals.csv", deals.toString().getBytes(StandardCharsets.UTF_8), """
                {"mapping":{"mql_id":["lead.externalId","name"],"won_date":"closeDate","stage":"stage","pipeline":"pipeline"}}
                """);
        assertThat(counts.path("created").asInt()).as(counts::toString).isEqualTo(842);
        var report = act("/api/reports/sources", "{\"from\":\"2017-01-01\",\"to\":\"2018-12-31\"}");
        assertThat(report.path("totals").path("leads").asInt()).isEqualTo(8_000);
        assertThat(report.path("totals").path("won").asInt()).isEqualTo(842);
        assertThat(report.path("totals").path("rate").asString()).isEqualTo("10.53");
        assertThat(row(report, "source", "Paid search").path("rate").asString()).isEqualTo("12.30");
        assertThat(row(report, "source", "Organic search").path("rate").asString())
                .isEqualTo("11.80");
        assertThat(row(report, "source", "Social").path("rate").asString()).isEqualTo("5.56");
        assertThat(row(report, "source", "Email").path("rate").asString()).isEqualTo("3.04");
        assertThat(report.path("totals").path("days").asString()).isEqualTo("14.0");
        var negative = client.post(
                        "/api/records/opportunity/query",
                        "{\"filter\":{\"field\":\"leadDays\",\"op\":\"lt\",\"value\":0}}")
                .json();
        assertThat(new HashSet<>(negative.path("items").values().stream()
                        .map(item -> item.path("id").asString())
                        .toList()))
                .hasSize(1);
    }

    /** Its figures have four decimals, which no money has: they are kept as exact numbers in fields of the company's own. */
    @Test
    void superstoreSalesAreAsKnown() throws IOException {
        for (var field : new String[] {"sales_c", "profit_c"}) {
            var made = client.post(
                    "/api/objects/orderLine/fields",
                    "{\"name\":\"" + field + "\",\"type\":\"decimal\",\"labels\":{\"en\":\"" + field + "\",\"zh-CN\":\""
                            + field + "\"}}");
            assertThat(made.status()).as(made::text).isBetween(200, 201);
        }
        var workbook = file("superstore/Sample - Superstore.xls");
        var people = load(
                "contact",
                "superstore.xls",
                workbook,
                "{\"mapping\":{\"Customer ID\":\"externalId\",\"Customer Name\":\"name\"},\"matchOn\":[\"externalId\"],\"onMatch\":\"skip\"}");
        assertThat(people.path("created").asInt() + people.path("skipped").asInt())
                .as(people::toString)
                .isEqualTo(9_994);
        var orders = load(
                "order",
                "superstore.xls",
                workbook,
                "{\"mapping\":{\"Order ID\":\"externalId\",\"Order Date\":\"orderedAt\",\"Customer ID\":\"contact.externalId\"},"
                        + "\"matchOn\":[\"externalId\"],\"onMatch\":\"skip\"}");
        assertThat(orders.path("created").asInt()).as(orders::toString).isEqualTo(5_009);
        var lines = load(
                "orderLine",
                "superstore.xls",
                workbook,
                "{\"mapping\":{\"Order ID\":\"order.externalId\",\"Product Name\":\"name\",\"Quantity\":\"quantity\","
                        + "\"Sales\":\"sales_c\",\"Profit\":\"profit_c\"}}");
        assertThat(lines.path("created").asInt()).as(lines::toString).isEqualTo(9_994);
        var sums = client.post(
                        "/api/records/orderLine/aggregate",
                        "{\"measures\":[{\"fn\":\"sum\",\"field\":\"sales_c\"},{\"fn\":\"sum\",\"field\":\"profit_c\"}]}")
                .json()
                .path("groups")
                .get(0);
        assertThat(rounded(sums.path("sum(sales_c)").asString())).isEqualTo("2297200.86");
        assertThat(rounded(sums.path("sum(profit_c)").asString())).isEqualTo("286397.02");
        var report = act("/api/reports/sales", "{\"from\":\"2014-01-01\",\"to\":\"2019-12-31\"}")
                .path("totals");
        assertThat(report.path("orders").asInt()).isEqualTo(5_009);
        assertThat(report.path("contacts").asInt()).isEqualTo(793);
    }

    private static String rounded(String number) {
        return new java.math.BigDecimal(number)
                .setScale(2, java.math.RoundingMode.HALF_UP)
                .toPlainString();
    }
}
