package dev.rapport.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A record's life over HTTP, as the API contract tells it. */
class RecordJourneyTest {
    private final Client client = RapportServer.get().as("admin");

    @Test
    void aCreatedRecordIsAnsweredWithItsAddressAndVersion() {
        var answer = client.post("/api/records/account", "{\"name\":\"云帆科技\",\"phone\":\"0571-88886666\"}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location"))
                .isEqualTo("/api/records/account/" + answer.json().path("id").asString());
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(answer.json().path("phone").asString()).isEqualTo("+8657188886666");
    }

    @Test
    void everythingWrongIsSaidAtOnceInTheCallersLanguage() {
        var body =
                "{\"nmae\":\"x\",\"email\":\"bad\",\"mobile\":5,\"createdAt\":\"2020\",\"account\":\"nope\",\"id\":\"x\",\"version\":3}";
        var answer = client.post("/api/records/contact", body, "Accept-Language", "zh-CN");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.violations())
                .containsExactly(
                        "account:id",
                        "createdAt:read-only",
                        "email:email",
                        "id:unknown-field",
                        "mobile:type",
                        "name:required",
                        "nmae:unknown-field",
                        "version:unknown-field");
        assertThat(answer.json().path("title").asString()).isEqualTo("部分内容需要更正");
    }

    @Test
    void whatIsBeingWrittenIsCheckedAsItWouldBeOnSavingAndNothingIsWritten() {
        client.create("product", "{\"name\":\"Kettle\",\"code\":\"CHK-1\"}");
        var path = "/api/records/product/check";
        var body = "{\"code\":\"CHK-1\",\"price\":\"much\"}";
        var refused = client.post("/api/records/product", body, "Accept-Language", "zh-CN");
        var checked = client.post(path, body, "Accept-Language", "zh-CN");
        assertThat(checked.status()).isEqualTo(200);
        assertThat(checked.violations()).containsExactlyElementsOf(refused.violations());
        assertThat(checked.violations()).contains("name:required", "price:type");
        assertThat(checked.json().path("violations").get(0).path("message").asString())
                .matches(".*\\p{IsHan}.*");
        var good = "{\"name\":\"Never written\",\"code\":\"CHK-2\"}";
        assertThat(client.post(path, good).json().toString()).isEqualTo("{\"violations\":[]}");
        assertThat(client.get("/api/records/product?q=Never").json().path("items"))
                .isEmpty();
        assertThat(RapportServer.get()
                        .as("reader")
                        .post("/api/records/product/check", good)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aChangeNeedsTheVersionItIsBasedOn() {
        var id = client.create("account", "{\"name\":\"Versioned\"}").path("id").asString();
        var path = "/api/records/account/" + id;
        assertThat(client.patch(path, "{\"name\":\"B\"}").status()).isEqualTo(428);
        assertThat(client.patch(path, "{\"name\":\"B\"}", "If-Match", "\"1\"").header("ETag"))
                .isEqualTo("\"2\"");
        assertThat(client.patch(path, "{\"name\":\"C\"}", "If-Match", "\"1\"").status())
                .isEqualTo(412);
        assertThat(client.delete(path, "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(client.get(path).json().path("name").asString()).isEqualTo("B");
    }

    @Test
    void historyTellsWhoChangedWhatFromWhatToWhat() {
        var id = client.create("contact", "{\"name\":{\"family\":\"李\",\"given\":\"雷\"},\"mobile\":\"13800138000\"}")
                .path("id")
                .asString();
        client.patch("/api/records/contact/" + id, "{\"mobile\":\"13900139000\"}", "If-Match", "\"1\"");
        var items = client.get("/api/records/contact/" + id + "/history").json().path("items");
        assertThat(items.get(0).path("changes").toString())
                .isEqualTo("[{\"field\":\"mobile\",\"from\":\"+8613800138000\",\"to\":\"+8613900139000\"}]");
        assertThat(items.get(0).path("actor").path("name").asString())
                .isEqualTo(client.actor().name());
        assertThat(items.get(1).path("kind").asString()).isEqualTo("create");
    }

    @Test
    void whatIsDeletedIsGoneUntilItIsRestored() {
        var id = client.create("account", "{\"name\":\"Binned\",\"externalId\":\"BIN-1\"}")
                .path("id")
                .asString();
        var path = "/api/records/account/" + id;
        assertThat(client.delete(path, "If-Match", "\"1\"").status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.get("/api/records/account?deleted=true&fields=name&q=binned")
                        .json()
                        .path("items"))
                .hasSize(1);
        client.create("account", "{\"name\":\"Successor\",\"externalId\":\"BIN-1\"}");
        assertThat(client.post(path + "/restore", "{}").status())
                .as("the unique value is taken by now")
                .isEqualTo(409);
    }

    @Test
    void invisibleAndUnknownAreOneAnswer() {
        var unknown = client.get("/api/records/account/01a1fde8-2047-7e5b-8bdb-a1bdd3521d9b");
        var nonsense = client.get("/api/records/account/nonsense");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(nonsense.json().path("code")).isEqualTo(unknown.json().path("code"));
        assertThat(client.get("/api/records/pg_user").status()).isEqualTo(404);
    }

    @Test
    void upsertUpdatesOrCreates() {
        assertThat(client.put("/api/records/product/by/code/UP-1", "{\"name\":\"One\"}")
                        .status())
                .isEqualTo(201);
        var again = client.put("/api/records/product/by/code/UP-1", "{\"name\":\"Two\"}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("version").asInt()).isEqualTo(2);
        assertThat(client.put("/api/records/product/by/name/x", "{}").violations())
                .containsExactly("name:not-unique");
    }

    @Test
    void totalsOfOrdersFollowTheirLines() {
        var order =
                client.create("order", "{\"externalId\":\"T-1\"}").path("id").asString();
        client.create(
                "product",
                "{\"name\":\"Robot\",\"code\":\"T-R\",\"price\":{\"amount\":\"99.99\",\"currency\":\"CNY\"}}");
        var line = client.create(
                "orderLine",
                "{\"order\":{\"externalId\":\"T-1\"},\"product\":{\"match\":{\"code\":\"T-R\"}},\"quantity\":\"3\",\"discount\":\"10\"}");
        assertThat(line.path("total").path("amount").asString()).isEqualTo("269.97");
        assertThat(line.path("name").asString()).isEqualTo("Robot");
        client.create(
                "orderLine", "{\"order\":\"" + order + "\",\"unitPrice\":{\"amount\":\"0.03\",\"currency\":\"CNY\"}}");
        assertThat(total(order)).isEqualTo("270.00");
        client.delete("/api/records/orderLine/" + line.path("id").asString(), "If-Match", "\"1\"");
        assertThat(total(order)).isEqualTo("0.03");
    }

    @Test
    void linesAddedAtTheSameTimeAllCount() throws InterruptedException {
        var order = client.create("order", "{}").path("id").asString();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 12; i++)
            threads.add(Thread.ofVirtual()
                    .start(() -> client.create(
                            "orderLine",
                            "{\"order\":\"" + order + "\",\"unitPrice\":{\"amount\":\"1.00\",\"currency\":\"CNY\"}}")));
        for (var thread : threads) thread.join();
        assertThat(total(order)).isEqualTo("12.00");
    }

    private String total(String order) {
        return client.get("/api/records/order/" + order)
                .json()
                .path("total")
                .path("amount")
                .asString();
    }

    @Test
    void theTimelineGathersAllChannelsOfPersonAndCompany() {
        var account = client.create("account", "{\"name\":\"Timeline Ltd\"}")
                .path("id")
                .asString();
        var contact = client.create(
                        "contact",
                        "{\"name\":{\"family\":\"Vance\",\"given\":\"Dan\"},\"account\":\"" + account + "\"}")
                .path("id")
                .asString();
        client.create("note", "{\"body\":\"Budget agreed\",\"contact\":\"" + contact + "\"}");
        client.create(
                "call",
                "{\"name\":\"Follow-up\",\"startedAt\":\"2026-01-01T00:00:00Z\",\"contact\":\"" + contact + "\"}");
        client.create("order", "{\"contact\":\"" + contact + "\",\"orderedAt\":\"2026-01-02T00:00:00Z\"}");
        var first = client.get("/api/records/contact/" + contact + "/timeline?limit=2")
                .json();
        assertThat(objects(first)).containsExactly("note", "order");
        var second = client.get("/api/records/contact/" + contact + "/timeline?limit=2&after="
                        + encoded(first.path("next").asString()))
                .json();
        assertThat(objects(second)).containsExactly("call");
        assertThat(objects(client.get("/api/records/account/" + account + "/timeline")
                        .json()))
                .containsExactly("note", "call");
    }

    private static List<String> objects(JsonNode page) {
        return page.path("items").values().stream()
                .map(item -> item.path("object").asString())
                .toList();
    }

    @Test
    void bulkDoesTheGoodItemsAndSaysWhyNotOfTheOthers() {
        var id = client.create("account", "{\"name\":\"Bulk\"}").path("id").asString();
        var answer = client.post(
                        "/api/records/account/bulk",
                        "{\"create\":[{\"name\":\"B1\"},{\"name\":\"\"}],"
                                + "\"update\":[{\"id\":\"" + id + "\",\"version\":1,\"industry\":\"x\"},{\"id\":\"" + id
                                + "\",\"version\":1},{\"id\":\"nope\",\"version\":1}],"
                                + "\"delete\":[{\"id\":\"" + id + "\",\"version\":9}]}")
                .json();
        assertThat(statuses(answer.path("create"))).containsExactly(201, 422);
        assertThat(statuses(answer.path("update"))).containsExactly(200, 422, 404);
        assertThat(statuses(answer.path("delete"))).containsExactly(412);
    }

    @Test
    void pastedTextsAreReadAsPeopleWriteThem() {
        var account =
                client.create("account", "{\"name\":\"Pasted Ltd\"}").path("id").asString();
        var contact = client.create("contact", "{\"name\":{\"family\":\"Vance\",\"given\":\"Ann\"}}")
                .path("id")
                .asString();
        var texts =
                "\"lifecycle\":\"客户\",\"account\":\"Pasted Ltd\",\"birthday\":\"1990/3/7\",\"mobile\":\"138 0013 8000\"";
        var answer = client.post(
                        "/api/records/contact/bulk",
                        "{\"written\":true,\"update\":[{\"id\":\"" + contact + "\",\"version\":1," + texts + "}]}")
                .json();
        assertThat(statuses(answer.path("update"))).as(answer.toString()).containsExactly(200);
        var now = client.get("/api/records/contact/" + contact).json();
        assertThat(now.path("lifecycle").asString()).isEqualTo("customer");
        assertThat(now.path("account").path("id").asString()).isEqualTo(account);
        assertThat(now.path("birthday").asString()).isEqualTo("1990-03-07");
        assertThat(now.path("mobile").asString()).isEqualTo("+8613800138000");
    }

    @Test
    void aPastedTextThatIsNoValueIsRefusedBesideItsField() {
        var contact = client.create("contact", "{\"name\":{\"family\":\"Vance\",\"given\":\"Bo\"}}")
                .path("id")
                .asString();
        var answer = client.post(
                        "/api/records/contact/bulk",
                        "{\"written\":true,\"update\":[{\"id\":\"" + contact
                                + "\",\"version\":1,\"lifecycle\":\"nonsense\",\"account\":\"Nobody has this name\"}]}")
                .json();
        var item = answer.path("update").get(0);
        assertThat(item.path("status").asInt()).isEqualTo(422);
        assertThat(item.path("violations").values().stream()
                        .map(violation -> violation.path("field").asString())
                        .toList())
                .contains("lifecycle");
        assertThat(client.get("/api/records/contact/" + contact)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void choicesAreNamedInTheCallersLanguage() {
        var answer = client.post(
                "/api/records/account", "{\"name\":\"X\",\"type\":\"nonsense\"}", "Accept-Language", "zh-CN");
        var violation = answer.json().path("violations").get(0);
        assertThat(violation.path("message").asString()).contains("客户").doesNotContain("customer");
        assertThat(violation.path("params").path("allowed").asString()).contains("customer");
    }

    @Test
    void tagsAreAddedToThoseThatAreThere() {
        for (int i = 0; i < 3; i++)
            client.create(
                    "contact",
                    "{\"name\":{\"family\":\"Tagged" + i
                            + "\",\"given\":\"X\"},\"title\":\"tagging\",\"tags\":[\"vip\"]}");
        var where = "\"where\":{\"filter\":{\"field\":\"title\",\"op\":\"eq\",\"value\":\"tagging\"}}";
        assertThat(client.post("/api/records/contact/bulk", "{" + where + ",\"add\":{\"title\":\"x\"}}")
                        .violations())
                .containsExactly("add.title:not-addable");
        assertThat(client.post(
                                "/api/records/contact/bulk",
                                "{" + where + ",\"add\":{\"tags\":[\"x\"]},\"delete\":true}")
                        .violations())
                .containsExactly("set:set-or-delete");
        var started = client.post("/api/records/contact/bulk", "{" + where + ",\"add\":{\"tags\":[\"fair\",\"vip\"]}}")
                .json();
        client.await(started.path("job").path("id").asString());
        var items = client.post(
                        "/api/records/contact/query",
                        "{\"fields\":[\"tags\"],\"filter\":{\"field\":\"title\",\"op\":\"eq\",\"value\":\"tagging\"}}")
                .json()
                .path("items");
        assertThat(items)
                .hasSize(3)
                .allSatisfy(item -> assertThat(item.path("tags").toString()).isEqualTo("[\"vip\",\"fair\"]"));
    }

    @Test
    void aTimelineIsNarrowedSearchedAndPinned() {
        var account = client.create("account", "{\"name\":\"Narrowed Ltd\"}")
                .path("id")
                .asString();
        var pinned = client.create(
                        "note", "{\"body\":\"Opening hours 8-18\",\"account\":\"" + account + "\",\"pinned\":true}")
                .path("id")
                .asString();
        client.create("note", "{\"body\":\"100%_sure about the budget\",\"account\":\"" + account + "\"}");
        client.create(
                "call",
                "{\"name\":\"Budget call\",\"startedAt\":\"2026-01-01T00:00:00Z\",\"account\":\"" + account + "\"}");
        var path = "/api/records/account/" + account + "/timeline";
        assertThat(objects(client.get(path + "?objects=call").json())).containsExactly("call");
        assertThat(objects(client.get(path + "?q=BUDGET").json())).containsExactly("note", "call");
        assertThat(objects(client.get(path + "?q=" + encoded("%_")).json())).containsExactly("note");
        assertThat(objects(client.get(path + "?objects=call,call,%00").json())).containsExactly("call");
        assertThat(objects(client.get(path + "?q=budget%00").json())).hasSize(2);
        var top = client.get(path + "?pinned=true").json().path("items");
        assertThat(top).hasSize(1);
        assertThat(top.get(0).path("id").asString()).isEqualTo(pinned);
        assertThat(top.get(0).path("pinned").asBoolean()).isTrue();
    }

    private static List<Integer> statuses(JsonNode items) {
        return items.values().stream().map(item -> item.path("status").asInt()).toList();
    }

    @Test
    void tooManyItemsAreRefused() {
        var items = "{\"name\":\"x\"},".repeat(10_001);
        var answer = client.post(
                "/api/records/account/bulk", "{\"create\":[" + items.substring(0, items.length() - 1) + "]}");
        assertThat(answer.violations()).containsExactly(":too-many");
    }

    @Test
    void aMassChangeIsPreviewedDoneAndUndoneAsOne() {
        for (int i = 0; i < 5; i++) client.create("account", "{\"name\":\"Mass " + i + "\",\"industry\":\"old\"}");
        var where =
                "\"where\":{\"filter\":{\"field\":\"name\",\"op\":\"startsWith\",\"value\":\"Mass \"}},\"set\":{\"industry\":\"new\"}";
        var preview = client.post("/api/records/account/bulk", "{" + where + ",\"dryRun\":true}")
                .json();
        assertThat(preview.path("count").asInt()).isEqualTo(5);
        assertThat(preview.path("sample")
                        .get(0)
                        .path("changes")
                        .get(0)
                        .path("to")
                        .asString())
                .isEqualTo("new");
        var started =
                client.post("/api/records/account/bulk", "{" + where + "}").json();
        assertThat(client.await(started.path("job").path("id").asString())
                        .path("result")
                        .path("changed")
                        .asInt())
                .isEqualTo(5);
        assertThat(count("new")).isEqualTo(5);
        var edited = client.get("/api/records/account?q=mass%204&fields=industry")
                .json()
                .path("items")
                .get(0);
        client.patch(
                "/api/records/account/" + edited.path("id").asString(), "{\"industry\":\"mine\"}", "If-Match", "\"2\"");
        var undo = client.post("/api/batches/" + started.path("batch").asString() + "/undo", "{}")
                .json();
        var result = client.await(undo.path("job").path("id").asString()).path("result");
        assertThat(result.path("undone").asInt()).isEqualTo(4);
        assertThat(result.path("conflicts").get(0).path("fields").toString()).isEqualTo("[\"industry\"]");
        assertThat(count("old")).isEqualTo(4);
        assertThat(count("mine")).isEqualTo(1);
        assertThat(client.post("/api/batches/" + started.path("batch").asString() + "/undo", "{}")
                        .status())
                .isEqualTo(409);
    }

    private int count(String industry) {
        var filter = "{\"and\":[{\"field\":\"industry\",\"op\":\"eq\",\"value\":\"" + industry
                + "\"},{\"field\":\"name\",\"op\":\"startsWith\",\"value\":\"Mass \"}]}";
        return client.post("/api/records/account/query", "{\"filter\":" + filter + ",\"count\":\"exact\"}")
                .json()
                .path("count")
                .path("value")
                .asInt();
    }

    @Test
    void theSameKeyHappensOnceEvenInParallel() throws InterruptedException {
        var answers = java.util.Collections.synchronizedList(new ArrayList<String>());
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 6; i++)
            threads.add(Thread.ofVirtual()
                    .start(() -> answers.add(
                            client.post("/api/records/account", "{\"name\":\"Once\"}", "Idempotency-Key", "k-1")
                                    .text())));
        for (var thread : threads) thread.join();
        assertThat(answers).hasSize(6).containsOnly(answers.getFirst());
        assertThat(client.post("/api/records/account", "{\"name\":\"Other\"}", "Idempotency-Key", "k-1")
                        .violations())
                .containsExactly("Idempotency-Key:key-reused");
    }

    @Test
    void everyRouteIsInTheOpenApiDocument() {
        var paths = client.get("/api/openapi.json").json().path("paths");
        assertThat(List.of(
                        "/api/session",
                        "/api/tokens",
                        "/api/objects",
                        "/api/objects/{object}",
                        "/api/records/contact",
                        "/api/records/contact/query",
                        "/api/records/contact/{id}",
                        "/api/records/contact/{id}/restore",
                        "/api/records/contact/by/{field}/{value}",
                        "/api/records/contact/{id}/timeline",
                        "/api/records/contact/{id}/history",
                        "/api/records/contact/aggregate",
                        "/api/records/contact/bulk",
                        "/api/batches/{id}/undo",
                        "/api/imports",
                        "/api/imports/{id}",
                        "/api/imports/{id}/preview",
                        "/api/imports/{id}/start",
                        "/api/imports/{id}/cancel",
                        "/api/imports/{id}/undo",
                        "/api/imports/{id}/errors",
                        "/api/exports",
                        "/api/exports/{id}/file",
                        "/api/events",
                        "/api/health",
                        "/api/ready"))
                .allSatisfy(path -> assertThat(paths.has(path)).as(path).isTrue());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void momentsAreGroupedByTheMonthOfTheCallersZone() {
        client.create("tag", "{\"name\":\"grouped " + java.util.UUID.randomUUID() + "\"}");
        var body = "{\"groupBy\":[{\"field\":\"createdAt\",\"bucket\":\"month\"}],\"measures\":[{\"fn\":\"count\"}]}";
        var answer = client.post("/api/records/tag/aggregate", body);
        assertThat(answer.status()).as(answer::text).isEqualTo(200);
        assertThat(answer.json().path("groups").get(0).path("createdAt").asString())
                .endsWith("-01");
    }
}
