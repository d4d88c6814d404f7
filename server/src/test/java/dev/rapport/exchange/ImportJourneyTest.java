package dev.rapport.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

/** Files into records and back: what is read is created, updated, skipped or failed, and nothing else. */
class ImportJourneyTest {
    private final Client client = RapportServer.get().as("admin");

    static boolean hasSharedData() {
        return Files.isDirectory(shared());
    }

    private static Path shared() {
        return Path.of("../../shared/data");
    }

    private JsonNode upload(String object, String name, byte[] content) {
        var answer = client.upload(object, name, content);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private JsonNode run(JsonNode uploaded, String settings) {
        var path = "/api/imports/" + uploaded.path("id").asString();
        if (!settings.isEmpty())
            assertThat(client.patch(path, settings).status()).isEqualTo(200);
        var started = client.post(path + "/start", "{}");
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        var done = client.awaitImport(uploaded.path("id").asString());
        var counts = done.path("counts");
        assertThat(counts.path("read").asLong())
                .isEqualTo(counts.path("created").asLong()
                        + counts.path("updated").asLong()
                        + counts.path("skipped").asLong()
                        + counts.path("failed").asLong());
        return done;
    }

    private static List<Long> counts(JsonNode it) {
        return Stream.of("read", "created", "updated", "skipped", "failed")
                .map(name -> it.path("counts").path(name).asLong())
                .toList();
    }

    @Test
    void anUploadWithAKeyHappensOnceAndAnotherFileOfTheSameLengthIsNotIt() {
        var file = "name\nOnce\n".getBytes(StandardCharsets.UTF_8);
        var first = client.upload("tag", "once.csv", file, "Idempotency-Key", "upload-1");
        // the boundary between the parts differs from request to request, the parts do not
        var again = client.upload("tag", "once.csv", file, "Idempotency-Key", "upload-1");
        assertThat(again.text()).isEqualTo(first.text());
        var other = client.upload(
                "tag", "once.csv", "name\nTwin\n".getBytes(StandardCharsets.UTF_8), "Idempotency-Key", "upload-1");
        assertThat(other.violations()).containsExactly("Idempotency-Key:key-reused");
    }

    @Test
    void aCellOfAMillionCharactersIsRefusedWithItsReasonAndTheRowsAroundItArrive() {
        var file = "name\nBefore\n" + "x".repeat(1_000_000) + "\nAfter\n";
        var done = run(upload("tag", "long.csv", file.getBytes(StandardCharsets.UTF_8)), "{\"matchOn\":[]}");
        assertThat(counts(done)).containsExactly(3L, 2L, 0L, 0L, 1L);
    }

    @TestFactory
    Stream<DynamicTest> everyEncodingDelimiterAndLineEndIsUnderstood() {
        var rows = List.of(List.of("名称", "城市"), List.of("云帆科技有限公司", "杭州市"), List.of("青禾农业股份公司", "成都市"));
        var cases = new ArrayList<DynamicTest>();
        for (var charset : List.of("UTF-8", "GBK", "GB18030", "UTF-16LE", "UTF-16BE"))
            for (var delimiter : List.of(",", ";", "\t", "|"))
                for (var end : List.of("\n", "\r\n", "\r"))
                    cases.add(DynamicTest.dynamicTest(
                            charset + " " + delimiter.codePointAt(0) + " " + end.codePointAt(0), () -> {
                                var bom = charset.startsWith("UTF-16") ? "\uFEFF" : "";
                                var text = bom
                                        + String.join(
                                                end,
                                                rows.stream()
                                                        .map(row -> String.join(delimiter, row))
                                                        .toList())
                                        + end;
                                var it = upload("account", "a.csv", text.getBytes(Charset.forName(charset)));
                                assertThat(it.path("mapping").toString())
                                        .contains("\"名称\":\"name\"", "\"城市\":\"address.city\"");
                                assertThat(it.path("sample").get(0).get(0).asString())
                                        .isEqualTo("云帆科技有限公司");
                            }));
        return cases.stream();
    }

    @Test
    void latin1IsUnderstood() {
        var it =
                upload("account", "a.csv", "name;city\nMüller Söhne;São Paulo\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(it.path("sample").get(0).get(1).asString()).isEqualTo("São Paulo");
    }

    @Test
    void oddHeadersAreMadeUsable() {
        var it = upload(
                "account", "a.csv", "# exported\n\n  Name  ,Name,,City\nA,B,C,D\n".getBytes(StandardCharsets.UTF_8));
        assertThat(it.path("columns").toString()).isEqualTo("[\"Name\",\"Name (2)\",\"Column 3\",\"City\"]");
    }

    @Test
    void rowsThatCannotBeImportedComeBackWithReasons() {
        var it = upload(
                "contact",
                "c.csv",
                "first name,last name,email,mobile\nAda,Lovelace,ada@example.com,13800138001\nBad,Mail,nope,13800138002\n,,x@example.com,\nA,B,c@example.com,1,extra\n"
                        .getBytes(StandardCharsets.UTF_8));
        var preview = client.post("/api/imports/" + it.path("id").asString() + "/preview", "{}")
                .json()
                .path("preview");
        assertThat(preview.path("created").asInt()).isEqualTo(1);
        var done = run(it, "");
        assertThat(counts(done)).containsExactly(4L, 1L, 0L, 0L, 3L);
        var errors = client.get("/api/imports/" + it.path("id").asString() + "/errors")
                .text();
        assertThat(errors).contains("Bad,Mail,nope,13800138002", "e-mail address");
    }

    @Test
    void aFileImportedTwiceMakesNoDuplicatesAndIsUndoneAsAWhole() {
        var file = "code,name\nIMP-1,One\nIMP-2,Two\nIMP-1,One again\n".getBytes(StandardCharsets.UTF_8);
        var first = upload("product", "p.csv", file);
        assertThat(first.path("matchOn").toString()).isEqualTo("[\"code\"]");
        assertThat(counts(run(first, ""))).containsExactly(3L, 2L, 1L, 0L, 0L);
        assertThat(counts(run(upload("product", "p.csv", file), ""))).containsExactly(3L, 0L, 2L, 1L, 0L);
        var undo = client.post("/api/imports/" + first.path("id").asString() + "/undo", "{}")
                .json();
        var result = client.await(undo.path("job").path("id").asString()).path("result");
        assertThat(result.path("conflicting").asInt())
                .as("the second import changed them since")
                .isPositive();
    }

    @Test
    void anUndoneImportLeavesNothingBehind() {
        var it = upload("product", "p.csv", "code,name\nGONE-1,One\nGONE-2,Two\n".getBytes(StandardCharsets.UTF_8));
        run(it, "");
        var undo = client.post("/api/imports/" + it.path("id").asString() + "/undo", "{}")
                .json();
        assertThat(client.await(undo.path("job").path("id").asString())
                        .path("result")
                        .path("undone")
                        .asInt())
                .isEqualTo(2);
        assertThat(client.get("/api/records/product?q=gone-").json().path("items"))
                .isEmpty();
    }

    @Test
    void whatOneImportCreatedAndThenChangedItselfIsTakenBackWhole() {
        var file = "code,name\nTWICE-1,First\nTWICE-1,Second\n".getBytes(StandardCharsets.UTF_8);
        var it = upload("product", "p.csv", file);
        assertThat(counts(run(it, "{\"matchOn\":[\"code\"]}"))).startsWith(2L, 1L, 1L);
        var undo = client.post("/api/imports/" + it.path("id").asString() + "/undo", "{}")
                .json();
        var result = client.await(undo.path("job").path("id").asString()).path("result");
        assertThat(result.path("conflicting").asInt()).isZero();
        assertThat(client.get("/api/records/product?q=twice-1").json().path("items"))
                .isEmpty();
    }

    @Test
    void missingLinksAreCreatedRefusedOrLeftEmptyAsWished() {
        var file = "name,company\nA Person,Brand New Ltd\n".getBytes(StandardCharsets.UTF_8);
        assertThat(counts(run(upload("contact", "c.csv", file), "{\"onMissingLookup\":\"fail\"}"))
                        .getLast())
                .isEqualTo(1);
        assertThat(counts(run(upload("contact", "c.csv", file), "{\"onMissingLookup\":\"empty\"}"))
                        .get(1))
                .isEqualTo(1);
        assertThat(counts(run(upload("contact", "c.csv", file), "{\"onMissingLookup\":\"create\"}"))
                        .get(1))
                .isEqualTo(1);
        assertThat(client.get("/api/records/account?q=brand%20new").json().path("items"))
                .hasSize(1);
    }

    @Test
    void aDryRunCountsRowsWhoseLinksItWouldCreate() {
        var it = upload("contact", "c.csv", "name,company\nB Person,Planned Ltd\n".getBytes(StandardCharsets.UTF_8));
        var path = "/api/imports/" + it.path("id").asString();
        client.patch(path, "{\"onMissingLookup\":\"create\"}");
        assertThat(client.post(path + "/preview", "{}")
                        .json()
                        .path("preview")
                        .path("created")
                        .asInt())
                .isEqualTo(1);
        assertThat(client.get("/api/records/account?q=planned%20ltd").json().path("items"))
                .isEmpty();
    }

    @Test
    void wrongMappingsAreRefusedPerColumn() {
        var it = upload("contact", "c.csv", "name,x\nA,B\n".getBytes(StandardCharsets.UTF_8));
        var answer = client.patch(
                "/api/imports/" + it.path("id").asString(),
                "{\"mapping\":{\"x\":\"createdBy\",\"y\":\"name\",\"name\":\"hid\"},\"onMatch\":\"merge\",\"foo\":1}");
        assertThat(answer.violations())
                .contains(
                        "createdBy:read-only",
                        "mapping.y:column",
                        "hid:unknown-field",
                        "onMatch:choice",
                        "foo:unknown-member");
    }

    @Test
    void exportsAreGuardedAgainstFormulasAndReadBackAsTheyWere() {
        client.create(
                "account", "{\"name\":\"=cmd|' /C calc'!A0\",\"externalId\":\"EXP-1\",\"industry\":\"+1,\\\"q\\\"\"}");
        var made = client.post(
                        "/api/exports",
                        "{\"object\":\"account\",\"fields\":[\"name\",\"externalId\",\"industry\"],\"filter\":{\"field\":\"externalId\",\"op\":\"eq\",\"value\":\"EXP-1\"}}")
                .json();
        var csv = client.get(made.path("file").asString());
        assertThat(csv.text()).contains("'=cmd|' /C calc'!A0", "\"'+1,\"\"q\"\"\"");
        var back = run(upload("account", "a.csv", csv.response().body()), "{\"matchOn\":[\"externalId\"]}");
        assertThat(counts(back)).containsExactly(1L, 0L, 0L, 1L, 0L);
        var xlsx = client.post(
                        "/api/exports",
                        "{\"object\":\"account\",\"fields\":[\"name\",\"externalId\"],\"format\":\"xlsx\",\"filter\":{\"field\":\"externalId\",\"op\":\"eq\",\"value\":\"EXP-1\"}}")
                .json();
        var again = upload(
                "account",
                "a.xlsx",
                client.get(xlsx.path("file").asString()).response().body());
        assertThat(again.path("sample").get(0).get(1).asString()).isEqualTo("=cmd|' /C calc'!A0");
    }

    @TestFactory
    Stream<DynamicTest> hostileFilesAreRefusedWithinBounds() throws IOException {
        var bomb = zip("xl/worksheets/sheet1.xml", "0".repeat(1000).getBytes(StandardCharsets.UTF_8), 200_000);
        var doctype = zip(
                "xl/workbook.xml",
                "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\">]><workbook/>"
                        .getBytes(StandardCharsets.UTF_8),
                1);
        var wide = ("a,".repeat(20_000) + "\n").getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                DynamicTest.dynamicTest(
                        "zip bomb",
                        () -> assertThat(
                                        client.upload("account", "a.xlsx", bomb).status())
                                .isEqualTo(422)),
                DynamicTest.dynamicTest(
                        "entities",
                        () -> assertThat(client.upload("account", "a.xlsx", doctype)
                                        .status())
                                .isEqualTo(422)),
                DynamicTest.dynamicTest(
                        "20,000 columns",
                        () -> assertThat(client.upload("account", "a.csv", wide).status())
                                .isEqualTo(422)),
                DynamicTest.dynamicTest(
                        "a picture",
                        () -> assertThat(
                                        client.upload("account", "a.csv", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0})
                                                .status())
                                .isEqualTo(415)),
                DynamicTest.dynamicTest(
                        "not a zip",
                        () -> assertThat(client.upload("account", "a.xlsx", "PKxx".getBytes(StandardCharsets.UTF_8))
                                        .status())
                                .isEqualTo(422)),
                DynamicTest.dynamicTest(
                        "not a workbook",
                        () -> assertThat(client.upload("account", "a.xls", new byte[] {
                                            (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 1, 2
                                        })
                                        .status())
                                .isEqualTo(422)));
    }

    private static byte[] zip(String name, byte[] chunk, int times) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            for (int i = 0; i < times; i++) zip.write(chunk);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    @TestFactory
    @Tag("realdata")
    @EnabledIf("hasSharedData")
    Stream<DynamicTest> csvSpectrumIsReadAsItsAuthorsSay() throws IOException {
        var folder = shared().resolve("messy_csv/csv-spectrum");
        return Files.list(folder)
                .filter(file -> file.toString().endsWith(".csv"))
                .sorted()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    var bytes = asPublished(file);
                    var source = new CsvSource(
                            () -> new java.io.ByteArrayInputStream(bytes),
                            new FileFormat(FileFormat.Kind.CSV, "UTF-8", ',', true, ""));
                    var rows = Json.MAPPER.createArrayNode();
                    source.rows((number, cells) -> {
                        var row = rows.addObject();
                        for (int i = 0; i < source.header().size(); i++)
                            row.put(source.header().get(i), cells.get(i));
                        return true;
                    });
                    var expected = Files.readString(
                            folder.resolve(file.getFileName().toString().replace(".csv", ".json")));
                    assertThat(rows).isEqualTo(Json.parse(expected));
                }));
    }

    /** The copies of the CRLF files in the data folder have lost their carriage returns; their names tell. */
    private static byte[] asPublished(Path file) throws IOException {
        var text = Files.readString(file);
        return (file.toString().endsWith("_crlf.csv") && !text.contains("\r") ? text.replace("\n", "\r\n") : text)
                .getBytes(StandardCharsets.UTF_8);
    }

    @TestFactory
    @Tag("realdata")
    @EnabledIf("hasSharedData")
    Stream<DynamicTest> oddFilesAreReadOrRefusedButNeverFail() throws IOException {
        return Stream.concat(
                        Files.walk(shared().resolve("messy_csv/commons-csv")), Files.walk(shared().resolve("vcards")))
                .filter(Files::isRegularFile)
                .sorted()
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(),
                        () -> assertThat(client.upload(
                                                "contact", file.getFileName().toString(), Files.readAllBytes(file))
                                        .status())
                                .isIn(201, 415, 422)));
    }

    @Test
    @Tag("realdata")
    @EnabledIf("hasSharedData")
    void olistComesInWithItsLinksAndReconciles() throws IOException {
        importOlist("olist_sample_A", 4000, 4519);
    }

    @Test
    @Tag("realdata")
    @EnabledIf("hasSharedData")
    void theSecondOlistSampleComesInBesideTheFirst() throws IOException {
        importOlist("olist_sample_B", 3000, 3397);
    }

    /** Customers, products, orders and items of one sample, with their links; totals as the files have them. */
    private void importOlist(String sample, long orderCount, long itemCount) throws IOException {
        var folder = shared().resolve(sample);
        var before = sumOfOrders();
        var customers = run(
                upload("contact", "customers.csv", Files.readAllBytes(folder.resolve("olist_customers_dataset.csv"))),
                "");
        assertReconciles(customers, orderCount);
        var products = run(
                upload("product", "products.csv", Files.readAllBytes(folder.resolve("olist_products_dataset.csv"))),
                "");
        assertThat(counts(products).get(4)).isZero();
        var orders = upload("order", "orders.csv", Files.readAllBytes(folder.resolve("olist_orders_dataset.csv")));
        assertThat(orders.path("mapping").path("customer_id").asString()).isEqualTo("contact.externalId");
        assertReconciles(run(orders, ""), orderCount);
        var items =
                upload("orderLine", "items.csv", Files.readAllBytes(folder.resolve("olist_order_items_dataset.csv")));
        assertThat(items.path("mapping").path("order_id").asString()).isEqualTo("order.externalId");
        assertThat(items.path("mapping").path("product_id").asString()).isEqualTo("product.code");
        assertReconciles(run(items, "{\"currency\":\"BRL\"}"), itemCount);
        var file = sumOfFile(folder.resolve("olist_order_items_dataset.csv"));
        assertThat(sumOfOrders().subtract(before)).isEqualByComparingTo(file);
    }

    /** All rows read, none refused; the samples share some customers and orders, which are updated or left as they are. */
    private static void assertReconciles(JsonNode done, long rows) {
        var counts = counts(done);
        assertThat(counts.getFirst()).isEqualTo(rows);
        assertThat(counts.get(4)).as("failed").isZero();
        assertThat(counts.get(1) + counts.get(2) + counts.get(3)).isEqualTo(rows);
    }

    @TestFactory
    @Tag("realdata")
    @EnabledIf("hasSharedData")
    Stream<DynamicTest> peopleWithFaultyValuesComeInAndTheFaultsAreNamed() {
        return Stream.of("dataset1.csv", "dataset3.csv")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    var file = shared().resolve("febrl").resolve(name);
                    long rows = Files.readAllLines(file).size() - 1L;
                    var it = upload("contact", name, Files.readAllBytes(file));
                    var done = run(
                            it,
                            "{\"mapping\":{\"rec_id\":\"externalId\",\"given_name\":\"name.given\",\"surname\":\"name.family\","
                                    + "\"address_1\":\"address.street\",\"suburb\":\"address.city\",\"postcode\":\"address.postcode\","
                                    + "\"state\":\"address.province\",\"date_of_birth\":\"birthday\"},\"matchOn\":[]}");
                    var counts = counts(done);
                    assertThat(counts.getFirst()).isEqualTo(rows);
                    assertThat(counts.get(1) + counts.get(2) + counts.get(3) + counts.get(4))
                            .isEqualTo(rows);
                    assertThat(counts.get(1)).as(done.toString()).isGreaterThan(rows / 2);
                    if (counts.get(4) > 0)
                        assertThat(client.get("/api/imports/" + it.path("id").asString() + "/errors")
                                        .text()
                                        .lines()
                                        .count())
                                .as("each failed row comes back with its reason, below a header")
                                .isGreaterThan(counts.get(4));
                }));
    }

    private java.math.BigDecimal sumOfOrders() {
        var body =
                "{\"filter\":{\"field\":\"total.currency\",\"op\":\"eq\",\"value\":\"BRL\"},\"measures\":[{\"fn\":\"sum\",\"field\":\"total.amount\"}]}";
        var groups = client.post("/api/records/order/aggregate", body).json().path("groups");
        var sum = groups.isEmpty()
                ? null
                : groups.get(0).path("sum(total.amount)").path("amount");
        return sum == null || !sum.isString() ? java.math.BigDecimal.ZERO : new java.math.BigDecimal(sum.stringValue());
    }

    private static java.math.BigDecimal sumOfFile(Path items) throws IOException {
        var sum = java.math.BigDecimal.ZERO;
        try (var records = CsvSource.parser(Files.newBufferedReader(items), ',')) {
            boolean header = true;
            for (var row : records) {
                if (!header)
                    sum = sum.add(new java.math.BigDecimal(row.getField(5)))
                            .add(new java.math.BigDecimal(row.getField(6)));
                header = false;
            }
        }
        return sum;
    }

    @Test
    @Tag("realdata")
    @EnabledIf("hasSharedData")
    void superstoreAndMavenComeIn() throws IOException {
        var superstore = upload(
                "contact",
                "superstore.xls",
                Files.readAllBytes(shared().resolve("superstore/Sample - Superstore.xls")));
        assertThat(superstore.path("sheets")).hasSize(3);
        var done = run(
                superstore,
                "{\"mapping\":{\"Customer ID\":\"externalId\",\"Customer Name\":\"name\",\"City\":\"address.city\"},\"matchOn\":[\"externalId\"],\"onMatch\":\"skip\"}");
        assertThat(counts(done)).as("known answer 15: 793 customers").containsExactly(9994L, 793L, 0L, 9201L, 0L);
        var accounts = upload(
                "account",
                "accounts.csv",
                Files.readAllBytes(shared().resolve("maven_crm/CRM+Sales+Opportunities/accounts.csv")));
        assertThat(counts(run(accounts, "{\"onMissingLookup\":\"create\",\"currency\":\"USD\"}"))
                        .subList(0, 1))
                .containsExactly(85L);
        var products = upload(
                "product",
                "products.csv",
                Files.readAllBytes(shared().resolve("maven_crm/CRM+Sales+Opportunities/products.csv")));
        assertThat(
                        counts(
                                run(
                                        products,
                                        "{\"currency\":\"USD\",\"mapping\":{\"product\":\"name\",\"sales_price\":\"price\"},\"matchOn\":[]}")))
                .containsExactly(7L, 7L, 0L, 0L, 0L);
    }
}
