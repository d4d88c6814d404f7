package dev.rapport.customization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds every kind of roll-up against figures taken by hand, after random writes of their children in every way there is. */
@NullUnmarked // the oracle speaks of missing values on every line
class RollUpOracleTest {
    private static final String LABELS = "\"labels\":{\"en\":\"X\",\"zh-CN\":\"某\"}";
    private static final Client CLIENT = RapportServer.get().as("admin");

    private final Map<String, Child> children = new HashMap<>();
    private final String mark = "r" + System.nanoTime();
    private List<String> parents;

    /** What the oracle knows of a child; null for no value. */
    private record Child(String parent, Long size, String kind, boolean deleted) {}

    @BeforeAll
    static void define() {
        for (var object : List.of("basket_c", "egg_c"))
            CLIENT.post(
                    "/api/objects",
                    "{\"name\":\"" + object + "\"," + LABELS + ",\"plural\":{\"en\":\"X\",\"zh-CN\":\"某\"}}");
        field("egg_c", "basket_c", "\"type\":\"lookup\",\"target\":\"basket_c\"");
        field("egg_c", "size_c", "\"type\":\"whole\"");
        field("egg_c", "kind_c", "\"type\":\"text\"");
        for (var function : List.of("sum", "min", "max", "avg"))
            rollUp(function + "_c", function, ",\"field\":\"size_c\"");
        rollUp("count_c", "count", "");
        rollUp(
                "big_c",
                "sum",
                ",\"field\":\"size_c\",\"filter\":{\"or\":[{\"field\":\"size_c\",\"op\":\"gte\",\"value\":50},{\"field\":\"kind_c\",\"op\":\"eq\",\"value\":\"b\"}]}");
    }

    private static void rollUp(String name, String function, String more) {
        field(
                "basket_c",
                name,
                "\"rollUp\":{\"function\":\"" + function + "\",\"child\":\"egg_c\",\"via\":\"basket_c\"" + more + "}");
    }

    private static void field(String object, String name, String more) {
        var answer = CLIENT.post(
                "/api/objects/" + object + "/fields", "{\"name\":\"" + name + "\"," + LABELS + "," + more + "}");
        assertThat(answer.status()).as(answer::text).isEqualTo(201);
    }

    @RepeatedTest(3)
    void figuresAreRightWhateverWasDone(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        parents = IntStream.range(0, 5)
                .mapToObj(i -> CLIENT.create("basket_c", "{\"name\":\"" + mark + "\"}")
                        .path("id")
                        .asString())
                .toList();
        for (int round = 0; round < 12; round++) {
            for (int i = 0; i < 6; i++) step(random);
            parents.forEach(this::compare);
        }
    }

    private void step(Random random) {
        var ids = new ArrayList<>(children.keySet());
        if (ids.size() < 5) {
            create(random);
            return;
        }
        var id = ids.get(random.nextInt(ids.size()));
        switch (random.nextInt(7)) {
            case 0, 1 -> create(random);
            case 2 -> change(id, random);
            case 3 -> deleteOrRestore(id);
            case 4 -> bulk(random);
            case 5 -> many(random);
            default -> imported(random);
        }
    }

    private Child child(Random random) {
        return new Child(
                random.nextInt(8) == 0 ? null : parents.get(random.nextInt(parents.size())),
                random.nextInt(6) == 0 ? null : (Long) (long) (random.nextInt(140) - 40),
                random.nextInt(4) == 0 ? null : List.of("a", "b").get(random.nextInt(2)),
                false);
    }

    private ObjectNode body(Child child) {
        return Json.object()
                .put("name", mark)
                .put("basket_c", child.parent())
                .put("size_c", child.size())
                .put("kind_c", child.kind());
    }

    private void create(Random random) {
        var child = child(random);
        children.put(CLIENT.create("egg_c", body(child).toString()).path("id").asString(), child);
    }

    private void change(String id, Random random) {
        if (children.get(id).deleted()) return;
        var child = child(random);
        assertThat(CLIENT.patch("/api/records/egg_c/" + id, body(child).toString(), "If-Match", version(id))
                        .status())
                .isEqualTo(200);
        children.put(id, child);
    }

    private static String version(String id) {
        return "\""
                + CLIENT.get("/api/records/egg_c/" + id).json().path("version").asInt() + "\"";
    }

    private void deleteOrRestore(String id) {
        var child = children.get(id);
        int status = child.deleted()
                ? CLIENT.post("/api/records/egg_c/" + id + "/restore", "{}").status()
                : CLIENT.delete("/api/records/egg_c/" + id, "If-Match", version(id))
                        .status();
        assertThat(status).isBetween(200, 204);
        children.put(id, new Child(child.parent(), child.size(), child.kind(), !child.deleted()));
    }

    /** All live children of one kind get another size. */
    private void bulk(Random random) {
        long size = random.nextInt(100);
        var filter = "{\"and\":[{\"field\":\"name\",\"op\":\"eq\",\"value\":\"" + mark
                + "\"},{\"field\":\"kind_c\",\"op\":\"eq\",\"value\":\"a\"}]}";
        var answer = CLIENT.post(
                "/api/records/egg_c/bulk", "{\"where\":{\"filter\":" + filter + "},\"set\":{\"size_c\":" + size + "}}");
        assertThat(answer.status()).as(answer::text).isLessThan(300);
        CLIENT.await(answer.json()
                .path("job")
                .path("id")
                .asString(answer.json().path("id").asString("")));
        children.replaceAll((id, child) -> "a".equals(child.kind()) && !child.deleted()
                ? new Child(child.parent(), size, child.kind(), false)
                : child);
    }

    private void many(Random random) {
        var made = IntStream.range(0, 4).mapToObj(i -> child(random)).toList();
        var body = Json.object();
        made.forEach(child -> body.withArray("create").add(body(child)));
        var items =
                CLIENT.post("/api/records/egg_c/bulk", body.toString()).json().path("create");
        assertThat(items).as(items.toString()).hasSize(4);
        for (int i = 0; i < 4; i++) children.put(items.get(i).path("id").asString(), made.get(i));
    }

    private void imported(Random random) {
        var made = IntStream.range(0, 3).mapToObj(i -> child(random)).toList();
        var before = ids();
        var csv = new StringBuilder("name,basket_c,size_c,kind_c\n");
        for (var child : made)
            csv.append(mark)
                    .append(',')
                    .append(child.parent() == null ? "" : child.parent())
                    .append(',')
                    .append(child.size() == null ? "" : child.size())
                    .append(',')
                    .append(child.kind() == null ? "" : child.kind())
                    .append('\n');
        var it = CLIENT.upload("egg_c", "eggs.csv", csv.toString().getBytes(StandardCharsets.UTF_8))
                .json()
                .path("id")
                .asString();
        CLIENT.patch(
                "/api/imports/" + it,
                "{\"matchOn\":[],\"mapping\":{\"name\":\"name\",\"basket_c\":\"basket_c.id\",\"size_c\":\"size_c\",\"kind_c\":\"kind_c\"}}");
        CLIENT.post("/api/imports/" + it + "/start", "{}");
        var done = CLIENT.awaitImport(it);
        assertThat(done.path("counts").path("created").asInt())
                .as(done.toString())
                .isEqualTo(3);
        var after = ids();
        after.keySet().removeAll(before.keySet());
        after.forEach((id, item) -> children.put(
                id,
                new Child(
                        item.path("basket_c").path("id").asString(null),
                        item.path("size_c").isNull()
                                ? null
                                : (Long) item.path("size_c").asLong(),
                        item.path("kind_c").isNull()
                                ? null
                                : item.path("kind_c").asString(),
                        false)));
    }

    private Map<String, JsonNode> ids() {
        var answer = CLIENT.post(
                "/api/records/egg_c/query",
                "{\"limit\":500,\"fields\":[\"basket_c\",\"size_c\",\"kind_c\"],\"filter\":{\"field\":\"name\",\"op\":\"eq\",\"value\":\""
                        + mark + "\"}}");
        var items = new HashMap<String, JsonNode>();
        answer.json()
                .path("items")
                .values()
                .forEach(item -> items.put(item.path("id").asString(), item));
        return items;
    }

    private void compare(String parent) {
        var own = children.values().stream()
                .filter(child -> parent.equals(child.parent()) && !child.deleted())
                .toList();
        var sizes = own.stream().map(Child::size).filter(Objects::nonNull).toList();
        var record = CLIENT.get("/api/records/basket_c/" + parent).json();
        assertThat(record.path("count_c").asInt()).isEqualTo(own.size());
        number(record.path("sum_c"), sizes.stream().mapToLong(n -> n).sum(), sizes.isEmpty());
        number(
                record.path("min_c"),
                sizes.stream().min(Comparator.naturalOrder()).orElse(0L),
                sizes.isEmpty());
        number(
                record.path("max_c"),
                sizes.stream().max(Comparator.naturalOrder()).orElse(0L),
                sizes.isEmpty());
        if (sizes.isEmpty()) assertThat(record.path("avg_c").isNull()).isTrue();
        else
            assertThat(new BigDecimal(record.path("avg_c").asString()))
                    .isCloseTo(
                            BigDecimal.valueOf(sizes.stream().mapToLong(n -> n).sum())
                                    .divide(BigDecimal.valueOf(sizes.size()), 6, RoundingMode.HALF_UP),
                            org.assertj.core.api.Assertions.within(new BigDecimal("0.000001")));
        var big = own.stream()
                .filter(child -> child.size() != null && child.size() >= 50 || "b".equals(child.kind()))
                .map(Child::size)
                .filter(Objects::nonNull)
                .toList();
        number(record.path("big_c"), big.stream().mapToLong(n -> n).sum(), big.isEmpty());
    }

    /** A sum of nothing may be told as 0 or as nothing. */
    private static void number(JsonNode value, long expected, boolean none) {
        if (none && value.isNull()) return;
        assertThat(new BigDecimal(value.asString())).isEqualByComparingTo(BigDecimal.valueOf(expected));
    }
}
