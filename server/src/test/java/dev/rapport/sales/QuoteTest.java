package dev.rapport.sales;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** A quote from its first line to the order. */
class QuoteTest extends SalesTestCase {
    private final String account = create("account", "{\"name\":\"Quoted " + unique() + "\"}");

    private String product(String price, String more) {
        return create("product", "{\"name\":\"P " + unique() + "\",\"price\":" + cny(price) + more + "}");
    }

    private String quote(String more) {
        return create("quote", "{\"account\":\"" + account + "\"" + more + "}");
    }

    private String line(String quote, String product, String more) {
        return create("quoteLine", "{\"quote\":\"" + quote + "\",\"product\":\"" + product + "\"" + more + "}");
    }

    @Test
    void isTheSumOfItsLinesWhateverTheClientSays() {
        var quote = quote("");
        line(quote, product("33.33", ",\"taxRate\":\"13\""), ",\"quantity\":\"3\",\"discount\":\"10\"");
        var second = line(quote, product("0.05", ",\"taxRate\":\"6\""), ",\"quantity\":\"1\"");
        var read = read("quote", quote);
        // 99.99 less 10 % is 89.991, 89.99; 13 % of it 11.70; 6 % of 0.05 nothing
        assertThat(amount(read, "net")).isEqualTo("90.04");
        assertThat(amount(read, "tax")).isEqualTo("11.70");
        assertThat(amount(read, "total")).isEqualTo("101.74");
        assertThat(change("quoteLine", second, "{\"total\":" + cny("0.01") + "}")
                        .violations())
                .containsExactly("total:read-only");
        change("quoteLine", second, "{\"quantity\":\"100\"}");
        assertThat(amount(read("quote", quote), "total")).isEqualTo("106.99");
        var wrong = client.post(
                "/api/records/quoteLine",
                "{\"quote\":\"" + quote + "\",\"quantity\":\"-1\",\"discount\":\"101\",\"taxRate\":\"-2\"}");
        assertThat(wrong.violations())
                .containsExactly("discount:range", "product:required", "quantity:positive", "taxRate:range");
    }

    /** Whatever is added, changed and removed: net, tax and total are the lines' own, each rounded to the minor unit. */
    @RepeatedTest(4)
    void anyLinesAddUpToTheMinorUnit(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var quote = quote("");
        var product = product("1.00", "");
        var lines = new LinkedHashMap<String, BigDecimal[]>();
        for (int i = 0; i < 18; i++) {
            var price = BigDecimal.valueOf(random.nextInt(10_000_000), 2);
            var quantity = BigDecimal.valueOf(1 + random.nextInt(50_000), random.nextInt(4));
            var discount = BigDecimal.valueOf(random.nextInt(10_001), 2);
            var tax = BigDecimal.valueOf(random.nextInt(3_000), 2);
            var body = ",\"unitPrice\":" + cny(price.toPlainString()) + ",\"quantity\":\"" + quantity.toPlainString()
                    + "\",\"discount\":\"" + discount.toPlainString() + "\",\"taxRate\":\"" + tax.toPlainString()
                    + "\"";
            var parts = new BigDecimal[] {price, quantity, discount, tax};
            var some = lines.isEmpty() ? "" : List.copyOf(lines.keySet()).get(random.nextInt(lines.size()));
            int way = lines.size() < 3 ? 0 : random.nextInt(4);
            if (way == 3) {
                var version = read("quoteLine", some).path("version").asInt();
                client.delete("/api/records/quoteLine/" + some, "If-Match", "\"" + version + "\"");
                lines.remove(some);
            } else if (way == 2) {
                assertThat(change("quoteLine", some, "{" + body.substring(1) + "}")
                                .status())
                        .isEqualTo(200);
                lines.put(some, parts);
            } else lines.put(line(quote, product, body), parts);
        }
        var net = BigDecimal.ZERO;
        var tax = BigDecimal.ZERO;
        for (var parts : lines.values()) {
            var kept = BigDecimal.valueOf(100).subtract(parts[2]);
            var own =
                    parts[0].multiply(parts[1]).multiply(kept).movePointLeft(2).setScale(2, RoundingMode.HALF_UP);
            net = net.add(own);
            tax = tax.add(own.multiply(parts[3]).movePointLeft(2).setScale(2, RoundingMode.HALF_UP));
        }
        var read = read("quote", quote);
        assertThat(amount(read, "net")).isEqualTo(net.toPlainString());
        assertThat(amount(read, "tax")).isEqualTo(tax.toPlainString());
        assertThat(amount(read, "total")).isEqualTo(net.add(tax).toPlainString());
    }

    @Test
    void takesThePriceOfItsBookAndTier() {
        var book = create(
                "priceBook",
                "{\"name\":\"Agents " + unique()
                        + "\",\"currency\":\"CNY\",\"channel\":\"agent\",\"taxIncluded\":true}");
        var product = product("100.00", ",\"taxRate\":\"13\"");
        for (var tier : new String[][] {{"1", "90.00"}, {"10", "80.00"}})
            create(
                    "priceBookEntry",
                    "{\"priceBook\":\"" + book + "\",\"product\":\"" + product + "\",\"fromQuantity\":\"" + tier[0]
                            + "\",\"price\":" + cny(tier[1]) + "}");
        var quote = quote(",\"channel\":\"agent\"");
        var line = line(quote, product, ",\"quantity\":\"9\"");
        assertThat(amount(read("quoteLine", line), "unitPrice")).isEqualTo("90.00");
        change("quoteLine", line, "{\"quantity\":\"10\"}");
        assertThat(amount(read("quoteLine", line), "unitPrice")).isEqualTo("80.00");
        var read = read("quote", quote);
        assertThat(amount(read, "total")).isEqualTo("800.00");
        assertThat(amount(read, "tax")).isEqualTo("92.04");
        var dollars = client.post(
                "/api/records/quoteLine",
                "{\"quote\":\"" + quote + "\",\"product\":\"" + product
                        + "\",\"unitPrice\":{\"amount\":\"1.00\",\"currency\":\"USD\"}}");
        assertThat(dollars.violations()).containsExactly("unitPrice:price-book-currency");
    }

    @Test
    void explainsWhatPromotionsGive() {
        var product = product("100.00", ",\"taxRate\":\"13\"");
        create(
                "promotion",
                "{\"name\":\"Autumn\",\"kind\":\"percent\",\"percent\":\"10\",\"product\":\"" + product + "\"}");
        create(
                "promotion",
                "{\"name\":\"Gift\",\"kind\":\"buyXGetY\",\"product\":\"" + product
                        + "\",\"buy\":\"3\",\"get\":\"1\"}");
        create(
                "promotion",
                "{\"name\":\"Over\",\"kind\":\"percent\",\"percent\":\"50\",\"product\":\"" + product
                        + "\",\"validTo\":\"2020-01-01\"}");
        var quote = quote("");
        line(quote, product, ",\"quantity\":\"7\"");
        var given = act("/api/quotes/" + quote + "/price", "{}").path("promotions");
        assertThat(given.size()).isEqualTo(2);
        assertThat(given.toString()).contains("10 % off 700.00 CNY", "buy 3, get 1 free");
        assertThat(amount(read("quote", quote), "net")).isEqualTo("630.00");
        act("/api/quotes/" + quote + "/price", "{}");
        assertThat(where("quoteLine", "quote", quote).size()).isEqualTo(3);
        for (var line : where("quoteLine", "quote", quote).values())
            if (!line.path("promotion").isNull())
                assertThat(change("quoteLine", line.path("id").asString(), "{\"quantity\":\"9\"}")
                                .violations())
                        .containsExactly("promotion:promotion-line");
        var incomplete = client.post("/api/records/promotion", "{\"name\":\"X\",\"kind\":\"threshold\"}");
        assertThat(incomplete.violations()).containsExactly("amountOff:required", "threshold:required");
    }

    @Test
    void bringsThePartsOfABundle() {
        var part = product("10.00", "");
        var bundle = product("50.00", "");
        create("bundlePart", "{\"bundle\":\"" + bundle + "\",\"part\":\"" + part + "\",\"quantity\":\"2\"}");
        var quote = quote("");
        line(quote, bundle, ",\"quantity\":\"3\"");
        act("/api/quotes/" + quote + "/price", "{}");
        var parts = where("quoteLine", "product", part);
        assertThat(parts.get(0).path("quantity").asString()).isEqualTo("6");
        assertThat(amount(parts.get(0), "total")).isEqualTo("0.00");
        assertThat(amount(read("quote", quote), "total")).isEqualTo("150.00");
    }

    @Test
    void needsApprovalBeyondTheLimit() {
        var quote = quote("");
        line(quote, product("100.00", ""), ",\"discount\":\"40\"");
        assertThat(client.post("/api/quotes/" + quote + "/send", "{}")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("approval-needed");
        act("/api/quotes/" + quote + "/submit", "{}");
        assertThat(read("quote", quote).path("status").asString()).isEqualTo("inApproval");
        var member = SERVER.as("member");
        assertThat(member.post("/api/quotes/" + quote + "/approve", "{}").status())
                .isEqualTo(403);
        act("/api/quotes/" + quote + "/approve", "{}");
        act("/api/quotes/" + quote + "/send", "{}");
        assertThat(read("quote", quote).path("status").asString()).isEqualTo("sent");
        var lines = where("quoteLine", "quote", quote);
        assertThat(change("quoteLine", lines.get(0).path("id").asString(), "{\"quantity\":\"2\"}")
                        .violations())
                .containsExactly("quote:quote-closed");
        assertThat(change("quote", quote, "{\"note\":\"late\"}").violations()).containsExactly("status:quote-closed");
    }

    private static Client.Answer anonymous(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(SERVER.address() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Client.Answer(response.statusCode(), response);
        }
    }

    @Test
    void isAnsweredByItsCustomerThroughALinkThatOpensNothingElse() throws Exception {
        var quote = quote("");
        line(quote, product("100.00", ""), "");
        var first = act("/api/quotes/" + quote + "/send", "{}").path("token").asString();
        var token = act("/api/quotes/" + quote + "/send", "{}").path("token").asString();
        assertThat(anonymous("GET", "/api/public/quotes/" + first, "").status()).isEqualTo(404);
        var shown = anonymous("GET", "/api/public/quotes/" + token, "");
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.json().path("total").path("amount").asString()).isEqualTo("100.00");
        var pdf = anonymous("GET", "/api/public/quotes/" + token + "/pdf", "");
        assertThat(new String(pdf.response().body(), 0, 5, StandardCharsets.US_ASCII))
                .isEqualTo("%PDF-");
        assertThat(anonymous("POST", "/api/public/quotes/" + token + "/answer", "{\"accept\":true}")
                        .violations())
                .containsExactly("name:required");
        var answered =
                anonymous("POST", "/api/public/quotes/" + token + "/answer", "{\"accept\":true,\"name\":\"李四\"}");
        assertThat(answered.json().path("status").asString()).isEqualTo("accepted");
        assertThat(read("quote", quote).path("answeredBy").asString()).isEqualTo("李四");
        assertThat(anonymous("POST", "/api/public/quotes/" + token + "/answer", "{\"accept\":false,\"name\":\"x\"}")
                        .status())
                .isEqualTo(409);
        assertThat(anonymous("GET", "/api/quotes/" + quote + "/pdf", "").status())
                .isEqualTo(401);
    }

    @Test
    void isOrderedInPartsThatAddUpToIt() {
        var product = product("99.99", ",\"taxRate\":\"13\"");
        create(
                "promotion",
                "{\"name\":\"Third\",\"kind\":\"percent\",\"percent\":\"3.33\",\"product\":\"" + product + "\"}");
        var quote = quote("");
        var line = line(quote, product, ",\"quantity\":\"3\"");
        act("/api/quotes/" + quote + "/price", "{}");
        act("/api/quotes/" + quote + "/send", "{}");
        act("/api/quotes/" + quote + "/accept", "{}");
        var too = client.post(
                "/api/quotes/" + quote + "/order", "{\"lines\":[{\"line\":\"" + line + "\",\"quantity\":\"4\"}]}");
        assertThat(too.violations()).containsExactly("lines." + line + ":more-than-left");
        var first =
                act("/api/quotes/" + quote + "/order", "{\"lines\":[{\"line\":\"" + line + "\",\"quantity\":\"1\"}]}");
        var second = act("/api/quotes/" + quote + "/order", "{}");
        assertThat(client.post("/api/quotes/" + quote + "/order", "{}")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("nothing-left");
        var whole = new java.math.BigDecimal(
                        amount(read("order", first.path("order").asString()), "total"))
                .add(new java.math.BigDecimal(
                        amount(read("order", second.path("order").asString()), "total")));
        // each order rounds its tax for itself: at most one unit for each order and line
        assertThat(whole.subtract(new java.math.BigDecimal(amount(read("quote", quote), "total")))
                        .abs())
                .isLessThanOrEqualTo(new java.math.BigDecimal("0.02"));
        assertThat(read("account", account).path("orderCount").asInt()).isEqualTo(2);
    }

    @Test
    void goesOnAsANewRevision() {
        var quote = quote("");
        line(quote, product("10.00", ""), ",\"quantity\":\"2\"");
        act("/api/quotes/" + quote + "/send", "{}");
        var next = act("/api/quotes/" + quote + "/revise", "{}").path("id").asString();
        var read = read("quote", next);
        assertThat(read.path("revision").asInt()).isEqualTo(2);
        assertThat(amount(read, "total")).isEqualTo("20.00");
        assertThat(read("quote", quote).path("status").asString()).isEqualTo("replaced");
    }

    @Test
    void isAPaperInBothLanguages() {
        var quote = quote(",\"note\":\"第一行\\n<b>second</b> & third\"");
        line(quote, product("1234.50", ",\"taxRate\":\"13\""), ",\"name\":\"冷链设备 — Cold store\"");
        for (var language : new String[] {"en", "zh-CN"}) {
            var pdf = client.get("/api/quotes/" + quote + "/pdf?language=" + language);
            assertThat(pdf.status()).as(pdf::text).isEqualTo(200);
            assertThat(pdf.header("Content-Type")).isEqualTo("application/pdf");
            assertThat(pdf.response().body().length).isBetween(8_000, 400_000);
        }
    }
}
