package dev.rapport.customization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What administrators make of the product, over HTTP. */
class CustomizationTest {
    private final Client admin = RapportServer.get().as("admin");

    private static String labels(String en, String zh) {
        return "{\"en\":\"" + en + "\",\"zh-CN\":\"" + zh + "\"}";
    }

    private void object(String name) {
        var body = "{\"name\":\"" + name + "\",\"labels\":" + labels("Thing", "东西") + ",\"plural\":"
                + labels("Things", "东西") + ",\"icon\":\"car\"}";
        var answer = admin.post("/api/objects", body);
        assertThat(answer.status()).as(answer::text).isEqualTo(201);
    }

    private Client.Answer addField(String object, String name, String more) {
        return admin.post(
                "/api/objects/" + object + "/fields",
                "{\"name\":\"" + name + "\",\"labels\":" + labels(name, "字段") + "," + more + "}");
    }

    private void field(String object, String name, String more) {
        var answer = addField(object, name, more);
        assertThat(answer.status()).as(answer::text).isEqualTo(201);
    }

    private JsonNode record(String object, String id) {
        return admin.get("/api/records/" + object + "/" + id).json();
    }

    private String id(String object, String json) {
        return admin.create(object, json).path("id").asString();
    }

    private void update(String object, String id, String json) {
        var version = record(object, id).path("version").asInt();
        var answer = admin.patch("/api/records/" + object + "/" + id, json, "If-Match", "\"" + version + "\"");
        assertThat(answer.status()).as(answer::text).isEqualTo(200);
    }

    @Test
    void aCustomObjectIsUsableAtOnceInEveryWay() {
        object("vehicle_c");
        field("vehicle_c", "plate_c", "\"type\":\"text\",\"unique\":true,\"searchable\":true,\"required\":true");
        field("vehicle_c", "price_c", "\"type\":\"money\",\"filterable\":true");
        field(
                "vehicle_c",
                "fuel_c",
                "\"type\":\"choice\",\"filterable\":true,\"default\":\"petrol\",\"choices\":[{\"code\":\"petrol\",\"labels\":"
                        + labels("Petrol", "汽油") + "},{\"code\":\"electric\",\"labels\":" + labels("Electric", "电动")
                        + ",\"color\":\"green\"}]");
        field("vehicle_c", "keeper_c", "\"type\":\"lookup\",\"target\":\"contact\"");
        var keeper = id("contact", "{\"name\":{\"family\":\"车\",\"given\":\"主\"}}");
        var created = admin.create(
                "vehicle_c",
                "{\"name\":\"沪A 货车\",\"plate_c\":\"沪A12345\",\"price_c\":{\"amount\":\"99.50\",\"currency\":\"CNY\"},\"keeper_c\":\""
                        + keeper + "\"}");
        assertThat(created.path("fuel_c").asString()).isEqualTo("petrol");
        assertThat(created.path("keeper_c").path("name").asString()).isEqualTo("车主");

        assertThat(admin.post("/api/records/vehicle_c", "{\"name\":\"x\"}").violations())
                .containsExactly("plate_c:required");
        assertThat(admin.post("/api/records/vehicle_c", "{\"name\":\"x\",\"plate_c\":\"沪A12345\"}")
                        .status())
                .isEqualTo(409);
        var query =
                "{\"filter\":{\"field\":\"price_c\",\"op\":\"gt\",\"value\":\"50\"},\"sort\":\"-price_c\",\"count\":\"exact\"}";
        assertThat(admin.post("/api/records/vehicle_c/query", query)
                        .json()
                        .path("count")
                        .toString())
                .contains("1");
        assertThat(admin.get("/api/records/vehicle_c?q=huo")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(admin.get("/api/search?q=12345").text()).contains("vehicle_c");
        assertThat(admin.get("/api/openapi.json").text()).contains("/api/records/vehicle_c/{id}");
        assertThat(admin.get("/api/objects/contact")
                        .json()
                        .path("layouts")
                        .path("related")
                        .toString())
                .contains("vehicle_c.keeper_c");

        var id = created.path("id").asString();
        update("vehicle_c", id, "{\"fuel_c\":\"electric\"}");
        assertThat(admin.get("/api/records/vehicle_c/" + id + "/history").text())
                .contains("fuel_c", "petrol", "electric");
        var upload = admin.upload(
                "vehicle_c",
                "cars.csv",
                "name,plate_c,price_c\nA,B1,1.50 CNY\nB,B2,2 CNY\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(upload.status()).isEqualTo(201);
        assertThat(upload.text()).contains("plate_c");
    }

    @Test
    void aDeletedFieldComesBackWithItsValues() {
        object("bin_c");
        field("bin_c", "note_c", "\"type\":\"text\"");
        var id = id("bin_c", "{\"name\":\"kept\",\"note_c\":\"still here\"}");
        assertThat(admin.delete("/api/objects/bin_c/fields/note_c").status()).isEqualTo(204);
        assertThat(record("bin_c", id).has("note_c")).isFalse();
        assertThat(admin.get("/api/records/bin_c?fields=note_c").status()).isEqualTo(422);
        assertThat(addField("bin_c", "note_c", "\"type\":\"text\"").violations())
                .containsExactly("name:name-in-bin");
        assertThat(admin.post("/api/objects/bin_c/fields/note_c/restore", "{}").status())
                .isEqualTo(204);
        assertThat(record("bin_c", id).path("note_c").asString()).isEqualTo("still here");

        assertThat(admin.delete("/api/objects/bin_c").status()).isEqualTo(204);
        assertThat(admin.get("/api/records/bin_c/" + id).status()).isEqualTo(404);
        assertThat(admin.post("/api/objects/bin_c/restore", "{}").status()).isEqualTo(204);
        assertThat(record("bin_c", id).path("name").asString()).isEqualTo("kept");
    }

    @Test
    void whatWasDeletedLongAgoIsRemovedAndItsNameIsFree() {
        object("old1_c");
        object("old2_c");
        field("old2_c", "gone_c", "\"type\":\"money\"");
        field("old2_c", "kept_c", "\"type\":\"text\"");
        var id =
                id("old2_c", "{\"name\":\"x\",\"kept_c\":\"y\",\"gone_c\":{\"amount\":\"1.00\",\"currency\":\"CNY\"}}");
        admin.delete("/api/objects/old1_c");
        admin.delete("/api/objects/old2_c/fields/gone_c");
        var change = RapportServer.get().bean(dev.rapport.schema.SchemaChange.class);
        change.purge(java.time.Instant.now().minusSeconds(3600));
        assertThat(admin.get("/api/customizations").text()).contains("old1_c", "gone_c");
        change.purge(java.time.Instant.now().plusSeconds(1));
        assertThat(admin.get("/api/customizations").text()).doesNotContain("old1_c", "gone_c");
        assertThat(record("old2_c", id).path("kept_c").asString()).isEqualTo("y");
        field("old2_c", "gone_c", "\"type\":\"text\"");
        object("old1_c");
    }

    @Test
    void mistakesAreAllToldAndNothingIsDone() {
        object("wrong_c");
        assertThat(addField("wrong_c", "Bad name", "\"type\":\"nope\",\"unheard\":1")
                        .violations())
                .containsExactly(
                        "fields.Bad name.name:custom-name",
                        "fields.Bad name.type:choice",
                        "fields.Bad name.unheard:unknown-member");
        assertThat(addField("wrong_c", "link_c", "\"type\":\"lookup\",\"target\":\"nowhere\"")
                        .violations())
                .containsExactly("wrong_c.link_c.target:unknown-object");
        assertThat(addField("wrong_c", "pick_c", "\"type\":\"choice\",\"choices\":[]")
                        .violations())
                .contains("fields.pick_c.choices:required");
        assertThat(addField("wrong_c", "sum_c", "\"type\":\"whole\",\"formula\":\"name +\"")
                        .violations())
                .containsExactly("formula:formula-unfinished");
        assertThat(admin.get("/api/objects/wrong_c").text()).doesNotContain("_c\",\"type");
        var member = RapportServer.get().as("member");
        assertThat(member.post("/api/objects", "{\"name\":\"mine_c\"}").status())
                .isEqualTo(403);
        assertThat(member.post("/api/objects/wrong_c/fields", "{}").status()).isEqualTo(403);
        assertThat(member.delete("/api/objects/wrong_c").status()).isEqualTo(403);
        assertThat(admin.delete("/api/objects/contact").status()).isEqualTo(409);
        assertThat(admin.delete("/api/objects/contact/fields/email").status()).isEqualTo(409);
        assertThat(admin.post("/api/objects", "{\"name\":\"Robert'); DROP TABLE x\",\"labels\":{}}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void choicesInUseStayAndFieldsThatFormulasReadStay() {
        object("inuse_c");
        var choices = "\"choices\":[{\"code\":\"a\",\"labels\":" + labels("A", "甲") + "},{\"code\":\"b\",\"labels\":"
                + labels("B", "乙") + "}]";
        field("inuse_c", "kind_c", "\"type\":\"choice\"," + choices);
        field("inuse_c", "size_c", "\"type\":\"whole\"");
        field("inuse_c", "double_c", "\"formula\":\"size_c * 2\"");
        id("inuse_c", "{\"name\":\"x\",\"kind_c\":\"b\"}");
        var only = "{\"choices\":[{\"code\":\"a\",\"labels\":" + labels("A", "甲") + "}]}";
        assertThat(admin.patch("/api/objects/inuse_c/fields/kind_c", only).violations())
                .containsExactly("choices:choice-in-use");
        assertThat(admin.delete("/api/objects/inuse_c/fields/size_c").violations())
                .containsExactly("fields.double_c.formula:formula-unknown-field");
        assertThat(admin.patch("/api/objects/inuse_c/fields/size_c", "{\"formula\":\"double_c + 1\"}")
                        .violations()
                        .toString())
                .contains("formula-");
    }

    @Test
    void formulasFollowWhatTheyAreMadeOf() {
        object("project_c");
        object("step_c");
        field("project_c", "rate_c", "\"type\":\"decimal\"");
        field("project_c", "label_c", "\"formula\":\"upper(name)\"");
        field("step_c", "project_c", "\"type\":\"lookup\",\"target\":\"project_c\"");
        field("step_c", "hours_c", "\"type\":\"decimal\"");
        field("step_c", "cost_c", "\"formula\":\"hours_c * project_c.rate_c\"");
        field("step_c", "title_c", "\"formula\":\"project_c.label_c & ': ' & name\"");
        field(
                "project_c",
                "total_c",
                "\"rollUp\":{\"function\":\"sum\",\"child\":\"step_c\",\"via\":\"project_c\",\"field\":\"cost_c\"}");
        field("project_c", "steps_c", "\"rollUp\":{\"function\":\"count\",\"child\":\"step_c\",\"via\":\"project_c\"}");
        field(
                "project_c",
                "long_c",
                "\"rollUp\":{\"function\":\"count\",\"child\":\"step_c\",\"via\":\"project_c\",\"filter\":{\"field\":\"hours_c\",\"op\":\"gte\",\"value\":\"8\"}}");
        field("project_c", "mean_c", "\"formula\":\"total_c / steps_c\"");

        var project = id("project_c", "{\"name\":\"bridge\",\"rate_c\":\"10\"}");
        assertThat(record("project_c", project).path("steps_c").asInt()).isZero();
        var one = id("step_c", "{\"name\":\"dig\",\"hours_c\":\"2\",\"project_c\":\"" + project + "\"}");
        var two = id("step_c", "{\"name\":\"pour\",\"hours_c\":\"8\",\"project_c\":\"" + project + "\"}");
        assertThat(record("step_c", one).path("cost_c").asString()).isEqualTo("20");
        assertThat(record("step_c", one).path("title_c").asString()).isEqualTo("BRIDGE: dig");
        expect(project, "100", 2, 1, "50");

        update("project_c", project, "{\"rate_c\":\"5\",\"name\":\"tunnel\"}");
        assertThat(record("step_c", two).path("cost_c").asString()).isEqualTo("40");
        assertThat(record("step_c", two).path("title_c").asString()).isEqualTo("TUNNEL: pour");
        expect(project, "50", 2, 1, "25");

        update("step_c", one, "{\"hours_c\":\"10\"}");
        expect(project, "90", 2, 2, "45");
        var other = id("project_c", "{\"name\":\"other\",\"rate_c\":\"1\"}");
        update("step_c", one, "{\"project_c\":\"" + other + "\"}");
        expect(project, "40", 1, 1, "40");
        expect(other, "10", 1, 1, "10");
        var version = record("step_c", two).path("version").asInt();
        admin.delete("/api/records/step_c/" + two, "If-Match", "\"" + version + "\"");
        assertThat(record("project_c", project).path("total_c").isNull()).isTrue();
        assertThat(record("project_c", project).path("steps_c").asInt()).isZero();
        admin.post("/api/records/step_c/" + two + "/restore", "{}");
        expect(project, "40", 1, 1, "40");

        var job = admin.post("/api/consistency-check", "{}")
                .json()
                .path("job")
                .path("id")
                .asString();
        assertThat(admin.await(job).path("result").path("differed").asInt(-1)).isZero();
    }

    private void expect(String project, String total, int steps, int longOnes, String mean) {
        var record = record("project_c", project);
        assertThat(record.path("total_c").asString()).isEqualTo(total);
        assertThat(record.path("steps_c").asInt()).isEqualTo(steps);
        assertThat(record.path("long_c").asInt()).isEqualTo(longOnes);
        assertThat(record.path("mean_c").asString()).isEqualTo(mean);
    }

    @Test
    void aNewFormulaIsFilledForRecordsThatAreThere() throws InterruptedException {
        object("old_c");
        var id = id("old_c", "{\"name\":\"ab\"}");
        field("old_c", "len_c", "\"formula\":\"len(name)\"");
        for (int i = 0; i < 100 && record("old_c", id).path("len_c").isNull(); i++) Thread.sleep(50);
        assertThat(record("old_c", id).path("len_c").asString()).isEqualTo("2");
        assertThat(admin.patch("/api/objects/old_c/fields/len_c", "{\"formula\":\"len(name) * 10\"}")
                        .status())
                .isEqualTo(204);
        for (int i = 0; i < 100 && record("old_c", id).path("len_c").asString().equals("2"); i++) Thread.sleep(50);
        assertThat(record("old_c", id).path("len_c").asString()).isEqualTo("20");
    }

    @Test
    void aRollUpIsRightUnderConcurrentWrites() throws Exception {
        object("pot_c");
        object("coin_c");
        field("coin_c", "pot_c", "\"type\":\"lookup\",\"target\":\"pot_c\"");
        field("coin_c", "worth_c", "\"type\":\"whole\"");
        field(
                "pot_c",
                "sum_c",
                "\"rollUp\":{\"function\":\"sum\",\"child\":\"coin_c\",\"via\":\"pot_c\",\"field\":\"worth_c\"}");
        var pot = id("pot_c", "{\"name\":\"pot\"}");
        try (var pool = Executors.newFixedThreadPool(8)) {
            var tasks = IntStream.rangeClosed(1, 80)
                    .mapToObj(i -> (Callable<Integer>) () -> admin.post(
                                    "/api/records/coin_c",
                                    "{\"name\":\"c\",\"worth_c\":" + i + ",\"pot_c\":\"" + pot + "\"}")
                            .status())
                    .toList();
            for (var done : pool.invokeAll(tasks)) assertThat(done.get()).isEqualTo(201);
        }
        assertThat(record("pot_c", pot).path("sum_c").asInt()).isEqualTo(80 * 81 / 2);
    }

    @Test
    void rulesRefuseWithTheAdministratorsWords() {
        object("ruled_c");
        field("ruled_c", "size_c", "\"type\":\"whole\"");
        field("ruled_c", "fixed_c", "\"type\":\"text\"");
        var rules = "{\"rules\":[{\"name\":\"positive\",\"when\":\"size_c < 0\",\"field\":\"size_c\",\"message\":"
                + labels("Not below nought", "不能小于零")
                + "},{\"name\":\"frozen\",\"when\":\"ischanged(fixed_c) and not isblank(prior(fixed_c))\",\"message\":"
                + labels("Frozen", "已锁定") + "}]}";
        assertThat(admin.patch("/api/objects/ruled_c", rules).status()).isEqualTo(204);
        var refused = admin.post("/api/records/ruled_c", "{\"name\":\"x\",\"size_c\":-1}", "Accept-Language", "zh-CN");
        assertThat(refused.violations()).containsExactly("size_c:rule");
        assertThat(refused.text()).contains("不能小于零");
        var id = id("ruled_c", "{\"name\":\"x\",\"size_c\":1,\"fixed_c\":\"a\"}");
        var answer = admin.patch("/api/records/ruled_c/" + id, "{\"fixed_c\":\"b\"}", "If-Match", "\"1\"");
        assertThat(answer.violations()).containsExactly(":rule");
        assertThat(admin.patch(
                                "/api/objects/ruled_c",
                                "{\"rules\":[{\"name\":\"bad\",\"when\":\"size_c +\",\"message\":" + labels("x", "x")
                                        + "}]}")
                        .violations())
                .containsExactly("rules.bad.when:formula-unfinished");
    }

    @Test
    void dependentChoicesAreKeptToWhatIsLeft() {
        object("place_c");
        var regions = "\"choices\":[{\"code\":\"cn\",\"labels\":" + labels("China", "中国")
                + "},{\"code\":\"us\",\"labels\":" + labels("US", "美国") + "}]";
        var cities = "\"choices\":[{\"code\":\"bj\",\"labels\":" + labels("Beijing", "北京")
                + "},{\"code\":\"ny\",\"labels\":" + labels("New York", "纽约") + "}]";
        field("place_c", "country_c", "\"type\":\"choice\"," + regions);
        field(
                "place_c",
                "city_c",
                "\"type\":\"choice\"," + cities
                        + ",\"dependsOn\":{\"field\":\"country_c\",\"allowed\":{\"cn\":[\"bj\"],\"us\":[\"ny\"]}}");
        id("place_c", "{\"name\":\"ok\",\"country_c\":\"cn\",\"city_c\":\"bj\"}");
        assertThat(admin.post("/api/records/place_c", "{\"name\":\"no\",\"country_c\":\"us\",\"city_c\":\"bj\"}")
                        .violations())
                .containsExactly("city_c:choice");
    }

    @Test
    void aTypeIsConvertedAfterADryRunAndTheLostStaysInHistory() {
        object("conv_c");
        field("conv_c", "size_c", "\"type\":\"text\",\"filterable\":true");
        var good = id("conv_c", "{\"name\":\"good\",\"size_c\":\"42\"}");
        var bad = id("conv_c", "{\"name\":\"bad\",\"size_c\":\"large\"}");
        var path = "/api/objects/conv_c/fields/size_c/convert";
        var preview = admin.post(path, "{\"type\":\"whole\",\"filterable\":true,\"dryRun\":true}")
                .json();
        assertThat(preview.path("kept").asInt()).isEqualTo(1);
        assertThat(preview.path("lost").asInt()).isEqualTo(1);
        assertThat(preview.path("samples").get(0).path("value").asString()).isEqualTo("large");
        assertThat(record("conv_c", good).path("size_c").asString()).isEqualTo("42");

        var job = admin.post(path, "{\"type\":\"whole\",\"filterable\":true}")
                .json()
                .path("job")
                .path("id")
                .asString();
        var done = admin.await(job);
        assertThat(done.path("state").asString()).as(done::toString).isEqualTo("done");
        assertThat(record("conv_c", good).path("size_c").isIntegralNumber()).isTrue();
        assertThat(record("conv_c", bad).path("size_c").isNull()).isTrue();
        assertThat(admin.get("/api/records/conv_c/" + bad + "/history").text()).contains("large");
        var query = "{\"filter\":{\"field\":\"size_c\",\"op\":\"gt\",\"value\":41}}";
        assertThat(admin.post("/api/records/conv_c/query", query)
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
        id("conv_c", "{\"name\":\"after\",\"size_c\":7}");
    }

    @Test
    void whoMayNotReadAFieldMayNotReadWhatIsComputedFromIt() {
        object("secret_c");
        field("secret_c", "pay_c", "\"type\":\"whole\"");
        field("secret_c", "hint_c", "\"formula\":\"pay_c * 2\"");
        field("secret_c", "farther_c", "\"formula\":\"hint_c + 1\"");
        field("secret_c", "boss_c", "\"type\":\"lookup\",\"target\":\"secret_c\"");
        field(
                "secret_c",
                "rich_c",
                "\"rollUp\":{\"function\":\"count\",\"child\":\"secret_c\",\"via\":\"boss_c\",\"filter\":{\"field\":\"pay_c\",\"op\":\"gt\",\"value\":3}}");
        var id = id("secret_c", "{\"name\":\"x\",\"pay_c\":5}");
        RapportServer.get()
                .role("noPay", "{\"objects\":{\"*\":[\"read\",\"update\"]},\"fields\":{\"secret_c.pay_c\":\"none\"}}");
        var curious = RapportServer.get().as("noPay");
        var seen = curious.get("/api/records/secret_c/" + id).json();
        assertThat(seen.path("name").asString()).isEqualTo("x");
        assertThat(List.of(seen.has("pay_c"), seen.has("hint_c"), seen.has("farther_c"), seen.has("rich_c")))
                .containsOnly(false);
        for (var hidden : List.of("pay_c", "hint_c", "rich_c")) {
            assertThat(curious.get("/api/records/secret_c?sort=" + hidden).status())
                    .isEqualTo(422);
            assertThat(curious.get("/api/records/secret_c?fields=boss_c." + hidden)
                            .status())
                    .isEqualTo(422);
            var filter = "{\"filter\":{\"field\":\"" + hidden + "\",\"op\":\"gt\",\"value\":1}}";
            assertThat(curious.post("/api/records/secret_c/query", filter).status())
                    .isEqualTo(422);
            var group = "{\"groupBy\":[{\"field\":\"" + hidden + "\"}]}";
            assertThat(curious.post("/api/records/secret_c/aggregate", group).status())
                    .isEqualTo(422);
            var export = "{\"object\":\"secret_c\",\"format\":\"csv\",\"fields\":[\"" + hidden + "\"]}";
            assertThat(curious.post("/api/exports", export).status()).isBetween(400, 499);
            assertThat(curious.get("/api/objects/secret_c").text()).doesNotContain("\"" + hidden + "\"");
            assertThat(curious.get("/api/records/secret_c/" + id + "/history").text())
                    .doesNotContain(hidden);
        }
        assertThat(record("secret_c", id).path("farther_c").asString()).isEqualTo("11");
    }

    @Test
    void layoutsOfBuiltInObjectsAreArrangedAndFieldsCalledOtherwise() {
        assertThat(admin.patch("/api/objects/tag", "{\"layouts\":{\"list\":[\"name\",\"updatedAt\"]}}")
                        .status())
                .isEqualTo(204);
        assertThat(admin.get("/api/objects/tag")
                        .json()
                        .path("layouts")
                        .path("list")
                        .toString())
                .isEqualTo("[\"name\",\"updatedAt\"]");
        assertThat(admin.patch("/api/objects/visit/fields/name", "{\"labels\":" + labels("Purpose", "事由") + "}")
                        .status())
                .isLessThan(500);
        assertThat(admin.patch("/api/objects/tag", "{\"layouts\":null}").status())
                .isEqualTo(204);
        assertThat(admin.patch("/api/objects/tag", "{\"labels\":" + labels("X", "X") + "}")
                        .violations())
                .containsExactly("labels:built-in");
    }
}
