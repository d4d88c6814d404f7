package dev.rapport.customization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is sent to the routes that define, merge, compare and clean, the answer is a refusal and never a failure. */
class CustomizationAttackTest {
    private static final String LABELS = "{\"en\":\"x\",\"zh-CN\":\"x\"}";

    /** Each route with a body that it would take, or nearly. */
    private static final Map<String, String> ROUTES = Map.ofEntries(
            Map.entry(
                    "POST /api/objects",
                    "{\"name\":\"NAME\",\"labels\":" + LABELS + ",\"plural\":" + LABELS
                            + ",\"icon\":\"car\",\"group\":\"records\",\"nameLabels\":" + LABELS
                            + ",\"fields\":[],\"layouts\":{\"list\":[\"name\"],\"form\":[{\"labels\":" + LABELS
                            + ",\"fields\":[\"name\"]}],\"related\":[]},\"rules\":[],\"deletedAt\":\"2020\"}"),
            Map.entry(
                    "POST /api/objects/fuzz_c/fields",
                    "{\"name\":\"NAME\",\"labels\":" + LABELS
                            + ",\"type\":\"choice\",\"choices\":[{\"code\":\"a\",\"labels\":" + LABELS
                            + ",\"color\":\"red\"}],\"required\":false,\"unique\":false,\"default\":\"a\",\"help\":"
                            + LABELS
                            + ",\"target\":\"contact\",\"maxLength\":5,\"prefix\":\"P\",\"formula\":\"1\",\"reads\":[\"name\"],"
                            + "\"rollUp\":{\"function\":\"count\",\"child\":\"task\",\"via\":\"contact\",\"field\":\"x\",\"filter\":{}},"
                            + "\"dependsOn\":{\"field\":\"name\",\"allowed\":{\"a\":[\"a\"]}},\"deletedAt\":\"garbage\"}"),
            Map.entry(
                    "PATCH /api/objects/fuzz_c/fields/kept_c",
                    "{\"labels\":" + LABELS + ",\"help\":" + LABELS
                            + ",\"required\":true,\"default\":\"a\",\"choices\":[],\"deletedAt\":\"x\",\"type\":\"whole\",\"formula\":\"1\"}"),
            Map.entry(
                    "PATCH /api/objects/contact/fields/title",
                    "{\"labels\":" + LABELS + ",\"required\":false,\"type\":\"whole\"}"),
            Map.entry(
                    "PATCH /api/objects/fuzz_c",
                    "{\"labels\":" + LABELS
                            + ",\"icon\":\"car\",\"layouts\":{\"list\":[\"name\"],\"form\":[{\"labels\":" + LABELS
                            + ",\"fields\":[\"name\"]}]},\"rules\":[{\"name\":\"r\",\"when\":\"1=1\",\"field\":\"name\",\"message\":"
                            + LABELS
                            + "}],\"matching\":{\"enabled\":true,\"level\":\"loose\",\"ignored\":[\"name\"]},\"deletedAt\":\"x\"}"),
            Map.entry(
                    "POST /api/objects/fuzz_c/fields/kept_c/convert",
                    "{\"type\":\"choice\",\"choices\":[{\"code\":\"a\",\"labels\":" + LABELS + "}],\"dryRun\":true}"),
            Map.entry("POST /api/objects/fuzz_c/formula", "{\"formula\":\"1+1\",\"rule\":true}"),
            Map.entry(
                    "POST /api/records/contact/merge",
                    "{\"survivor\":\"ID\",\"losers\":[\"ID\"],\"values\":{\"title\":\"x\"},\"dryRun\":true}"),
            Map.entry(
                    "POST /api/records/contact/duplicates",
                    "{\"values\":{\"name\":{\"family\":\"x\",\"given\":\"y\"},\"email\":\"a@b.cd\",\"address\":{\"city\":\"x\"},\"owner\":\"ID\"},\"id\":\"ID\"}"),
            Map.entry("POST /api/duplicates/contact/dismiss", "{\"a\":\"ID\",\"b\":\"ID\",\"open\":true}"),
            Map.entry("POST /api/quality/contact/apply", "{\"kind\":\"case\",\"ids\":[\"ID\"]}"));

    private final Client admin = RapportServer.get().as("admin");

    private static Client.Answer send(Client client, String route, String body) {
        var parts = route.split(" ");
        return parts[0].equals("POST") ? client.post(parts[1], body) : client.patch(parts[1], body);
    }

    @TestFactory
    Stream<DynamicTest> noShapeOfAnyMemberMakesTheServerFail() {
        admin.post("/api/objects", "{\"name\":\"fuzz_c\",\"labels\":" + LABELS + ",\"plural\":" + LABELS + "}");
        admin.post("/api/objects/fuzz_c/fields", "{\"name\":\"kept_c\",\"type\":\"text\",\"labels\":" + LABELS + "}");
        return ROUTES.entrySet().stream()
                .map(route -> DynamicTest.dynamicTest(route.getKey(), () -> {
                    for (var body : variants(Json.parse(
                            route.getValue().replace("ID", UUID.randomUUID().toString())))) {
                        var text = body.replace(
                                "NAME",
                                "n"
                                        + UUID.randomUUID()
                                                .toString()
                                                .substring(0, 6)
                                                .replace("-", "") + "_c");
                        var answer = send(admin, route.getKey(), text);
                        assertThat(answer.status())
                                .as(() -> text.substring(0, Math.min(400, text.length())) + " → " + answer.text())
                                .isLessThan(500);
                    }
                    assertThat(admin.get("/api/objects").status()).isEqualTo(200);
                    assertThat(admin.get("/api/records/contact?limit=1").status())
                            .isEqualTo(200);
                    RapportServer.get()
                            .bean(dev.rapport.schema.SchemaChange.class)
                            .purge(java.time.Instant.EPOCH);
                }));
    }

    /** The body with each of its members, at any depth, replaced by something else. */
    private static List<String> variants(JsonNode body) {
        var variants = new ArrayList<String>();
        variants.add(body.toString());
        for (var whole : List.of("[]", "null", "7", "\"x\"", "{}")) variants.add(whole);
        var odd = List.of(
                "null",
                "-1",
                "1e400",
                "true",
                "\"\"",
                "\"\\u0000\"",
                "\"nothing\"",
                "[]",
                "[[1]]",
                "[{\"a\":1}]",
                "{}",
                "{\"a\":{\"b\":[]}}",
                "\"" + "x".repeat(1_000_000) + "\"",
                "\"2026-01-01\"");
        for (var path : paths(body, "")) {
            for (var value : odd) {
                var copy = body.deepCopy();
                var at = path.lastIndexOf('/');
                var owner = copy.at(path.substring(0, at));
                var name = path.substring(at + 1);
                if (owner instanceof ObjectNode object) object.set(name, Json.parse(value));
                else continue;
                variants.add(copy.toString());
            }
        }
        return variants;
    }

    private static List<String> paths(JsonNode node, String at) {
        var paths = new ArrayList<String>();
        if (node.isObject())
            for (var member : node.properties()) {
                paths.add(at + "/" + member.getKey());
                paths.addAll(paths(member.getValue(), at + "/" + member.getKey()));
            }
        if (node.isArray()) for (int i = 0; i < node.size(); i++) paths.addAll(paths(node.get(i), at + "/" + i));
        return paths;
    }

    @Test
    void nobodyButAdministratorsGetsIn() {
        for (var role : List.of("member", "reader")) {
            var client = RapportServer.get().as(role);
            for (var route : ROUTES.keySet())
                if (route.contains("/api/objects"))
                    assertThat(send(client, route, ROUTES.get(route)).status())
                            .as(role + " " + route)
                            .isEqualTo(403);
            assertThat(client.get("/api/customizations").status()).isEqualTo(403);
            assertThat(client.get("/api/customizations/contact/history").status())
                    .isEqualTo(403);
            assertThat(client.post("/api/consistency-check", "{}").status()).isEqualTo(403);
            assertThat(client.post("/api/objects/fuzz_c/restore", "{}").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void theRecycleBinIsNotWrittenByHand() {
        var body = "{\"name\":\"sneaky_c\",\"type\":\"text\",\"labels\":" + LABELS + ",\"deletedAt\":\"garbage\"}";
        admin.post("/api/objects", "{\"name\":\"hand_c\",\"labels\":" + LABELS + ",\"plural\":" + LABELS + "}");
        assertThat(admin.post("/api/objects/hand_c/fields", body).violations()).contains("deletedAt:unknown-member");
        assertThat(admin.patch("/api/objects/hand_c", "{\"deletedAt\":\"garbage\"}")
                        .violations())
                .containsExactly("deletedAt:unknown-member");
        assertThat(admin.post(
                                "/api/objects",
                                "{\"name\":\"hand2_c\",\"labels\":" + LABELS + ",\"plural\":" + LABELS + ",\"fields\":["
                                        + body + "]}")
                        .status())
                .isEqualTo(422);
    }
}
