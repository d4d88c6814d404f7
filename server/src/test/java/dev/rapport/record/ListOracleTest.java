package dev.rapport.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds compiled filters, sorts, pages and aggregates against a naive evaluation in memory, for random queries. */
@NullUnmarked // the oracle speaks of missing values on every line
class ListOracleTest {
    private static final String MARK = "oracle";
    private static final List<String> WORDS =
            List.of("alpha", "Alpha", "beta_1", "100%", "a\\b", "张三", "李四", "gamma ray", "' OR '1'='1");
    private static final Map<String, Item> ITEMS = new TreeMap<>();
    private static Client client;

    /** What the oracle knows of a record; null stands for no value. */
    private record Item(String id, String industry, Long employees, String type, List<String> tags) {}

    @BeforeAll
    static void create() {
        client = RapportServer.get().as("admin");
        var random = new Random(7);
        for (int i = 0; i < 60; i++) {
            var industry = random.nextInt(5) == 0 ? null : WORDS.get(random.nextInt(WORDS.size()));
            var employees = random.nextInt(5) == 0 ? null : (Long) (long) random.nextInt(8);
            var type = random.nextInt(4) == 0
                    ? null
                    : List.of("prospect", "customer", "partner").get(random.nextInt(3));
            List<String> tags = random.nextInt(2) == 0
                    ? null
                    : List.of(List.of("x", "y", "z").get(random.nextInt(3)));
            var body = Json.object()
                    .put("name", MARK + i)
                    .put("industry", industry)
                    .put("employees", employees)
                    .put("type", type);
            if (tags != null) tags.forEach(body.putArray("tags")::add);
            var id = client.create("account", body.toString()).path("id").asString();
            ITEMS.put(id, new Item(id, industry, employees, type, tags));
        }
    }

    private static ObjectNode mine(ObjectNode filter) {
        var both = Json.object();
        both.putArray("and")
                .add(Json.object().put("field", "name").put("op", "startsWith").put("value", MARK))
                .add(filter);
        return both;
    }

    private static List<String> query(ObjectNode filter, String sort, int limit) {
        var ids = new ArrayList<String>();
        String after = null;
        do {
            var body = Json.object().put("limit", limit).put("sort", sort).put("after", after);
            body.putArray("fields").add("name");
            body.set("filter", mine(filter));
            var answer = client.post("/api/records/account/query", body.toString());
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            answer.json()
                    .path("items")
                    .values()
                    .forEach(item -> ids.add(item.path("id").asString()));
            after = answer.json().path("next").isNull()
                    ? null
                    : answer.json().path("next").asString();
        } while (after != null);
        return ids;
    }

    /** A random filter, with what it means: true, false, or neither for comparisons with no value (SQL's three values). */
    private record Case(ObjectNode filter, java.util.function.Function<Item, Boolean> meaning) {}

    private static Case random(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) return combined(random, depth);
        return switch (random.nextInt(6)) {
            case 0 -> compare(random);
            case 1 -> text(random);
            case 2 -> in(random);
            case 3 -> new Case(condition("industry", "isEmpty", null), item -> item.industry() == null);
            case 4 ->
                new Case(
                        condition("tags", "contains", Json.parse("\"x\"")),
                        item -> item.tags() == null ? null : item.tags().contains("x"));
            default -> range(random);
        };
    }

    private static Case combined(Random random, int depth) {
        var one = random(random, depth - 1);
        var two = random(random, depth - 1);
        var filter = Json.object();
        switch (random.nextInt(3)) {
            case 0 -> {
                filter.putArray("and").add(one.filter()).add(two.filter());
                return new Case(
                        filter,
                        item -> and(one.meaning().apply(item), two.meaning().apply(item)));
            }
            case 1 -> {
                filter.putArray("or").add(one.filter()).add(two.filter());
                return new Case(
                        filter,
                        item -> not(and(
                                not(one.meaning().apply(item)),
                                not(two.meaning().apply(item)))));
            }
            default -> {
                filter.set("not", one.filter());
                return new Case(filter, item -> not(one.meaning().apply(item)));
            }
        }
    }

    private static Boolean and(Boolean one, Boolean two) {
        if (Boolean.FALSE.equals(one) || Boolean.FALSE.equals(two)) return false;
        return one == null || two == null ? null : true;
    }

    private static Boolean not(Boolean value) {
        return value == null ? null : !value;
    }

    private static Case compare(Random random) {
        long bound = random.nextInt(8);
        var op = List.of("eq", "ne", "lt", "lte", "gt", "gte").get(random.nextInt(6));
        return new Case(condition("employees", op, Json.parse(Long.toString(bound))), item -> {
            if (item.employees() == null) return null;
            int order = Long.compare(item.employees(), bound);
            return switch (op) {
                case "eq" -> order == 0;
                case "ne" -> order != 0;
                case "lt" -> order < 0;
                case "lte" -> order <= 0;
                case "gt" -> order > 0;
                default -> order >= 0;
            };
        });
    }

    private static Case text(Random random) {
        var word = List.of("%", "_", "\\", "ALPHA", "张", "'", "a").get(random.nextInt(7));
        var op = random.nextBoolean() ? "contains" : "startsWith";
        Predicate<String> matches = value -> op.equals("contains")
                ? value.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT))
                : value.toLowerCase(Locale.ROOT).startsWith(word.toLowerCase(Locale.ROOT));
        return new Case(
                condition("industry", op, Json.MAPPER.valueToTree(word)),
                item -> item.industry() == null ? null : matches.test(item.industry()));
    }

    private static Case in(Random random) {
        var values = Json.MAPPER.createArrayNode();
        var chosen = new TreeSet<String>();
        for (int i = random.nextInt(3); i > 0; i--) chosen.add(WORDS.get(random.nextInt(WORDS.size())));
        chosen.forEach(values::add);
        boolean negated = random.nextBoolean();
        return new Case(condition("industry", negated ? "notIn" : "in", values), item -> {
            Boolean inside = chosen.isEmpty()
                    ? (Boolean) false
                    : item.industry() == null ? null : (Boolean) chosen.contains(item.industry());
            return negated ? not(inside) : inside;
        });
    }

    private static Case range(Random random) {
        long low = random.nextInt(5);
        return new Case(
                condition("employees", "between", Json.parse("[" + low + "," + (low + 3) + "]")),
                item -> item.employees() == null ? null : item.employees() >= low && item.employees() <= low + 3);
    }

    private static ObjectNode condition(String field, String op, JsonNode value) {
        var node = Json.object().put("field", field).put("op", op);
        if (value != null) node.set("value", value);
        return node;
    }

    @TestFactory
    Stream<DynamicTest> randomFiltersMeanWhatTheyShould() {
        var random = new Random(42);
        return IntStream.range(0, 120)
                .mapToObj(i -> random(random, 3))
                .map(c -> DynamicTest.dynamicTest(c.filter().toString(), () -> {
                    var expected = ITEMS.values().stream()
                            .filter(item -> Boolean.TRUE.equals(c.meaning().apply(item)))
                            .map(Item::id)
                            .collect(Collectors.toCollection(TreeSet::new));
                    assertThat(new TreeSet<>(query(c.filter(), "name", 500))).isEqualTo(expected);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aFilterItsNegationAndItsEmptyCasesAreEverything() {
        var random = new Random(43);
        return IntStream.range(0, 30)
                .mapToObj(i -> compare(random))
                .map(c -> DynamicTest.dynamicTest(c.filter().toString(), () -> {
                    var parts = new ArrayList<>(query(c.filter(), "name", 500));
                    var negation = Json.object();
                    negation.set("not", c.filter());
                    parts.addAll(query(negation, "name", 500));
                    parts.addAll(query(condition("employees", "isEmpty", null), "name", 500));
                    assertThat(parts).containsExactlyInAnyOrderElementsOf(ITEMS.keySet());
                }));
    }

    @TestFactory
    Stream<DynamicTest> pagesOfAnySizeAndSortGiveEachRecordOnceInOrder() {
        return Stream.of(
                        "employees",
                        "-employees",
                        "industry",
                        "-industry",
                        "employees,-industry",
                        "-employees,industry",
                        "-updatedAt",
                        "type,employees",
                        "type",
                        "-owner")
                .flatMap(sort -> Stream.of(1, 7, 60)
                        .map(limit -> DynamicTest.dynamicTest(sort + " by " + limit, () -> {
                            var paged = query(everything(), sort, limit);
                            assertThat(paged).isEqualTo(query(everything(), sort, 500));
                            assertThat(new LinkedHashSet<>(paged)).hasSize(ITEMS.size());
                            if (sort.equals("-employees"))
                                assertThat(employees(paged))
                                        .isSortedAccordingTo(Comparator.nullsFirst(Comparator.reverseOrder()));
                            if (sort.equals("employees"))
                                assertThat(employees(paged))
                                        .isSortedAccordingTo(Comparator.nullsLast(Comparator.naturalOrder()));
                        })));
    }

    private static List<Long> employees(List<String> ids) {
        return ids.stream().map(id -> ITEMS.get(id).employees()).toList();
    }

    private static ObjectNode everything() {
        return condition("name", "startsWith", Json.parse("\"" + MARK + "\""));
    }

    @Test
    void pagingBackwardsIsPagingForwardReversed() {
        for (var sort : List.of("employees", "-employees", "industry", "-type,employees", "type", "-owner")) {
            var forward = query(everything(), sort, 500);
            var backward = new ArrayList<String>();
            var page = page(sort, "position", "1");
            while (true) {
                var ids = page.path("items").values().stream()
                        .map(item -> item.path("id").asString())
                        .collect(Collectors.toCollection(ArrayList::new));
                Collections.reverse(ids);
                ids.removeIf(backward::contains);
                backward.addAll(ids);
                if (page.path("previous").isNull()) break;
                page = page(sort, "before", "\"" + page.path("previous").asString() + "\"");
            }
            assertThat(backward).as(sort).isEqualTo(forward.reversed());
        }
    }

    private static JsonNode page(String sort, String member, String value) {
        var filter = mine(everything());
        return client.post(
                        "/api/records/account/query",
                        "{\"limit\":9,\"fields\":[\"name\"],\"sort\":\"" + sort + "\",\"" + member + "\":" + value
                                + ",\"filter\":" + filter + "}")
                .json();
    }

    @Test
    void aJumpIntoALongListLandsAboutThere() {
        for (int batch = 0; batch < 2; batch++) {
            var body = Json.object();
            var items = body.putArray("create");
            for (int i = 0; i < 6_000; i++) items.addObject().put("name", "T%05d".formatted(batch * 6_000 + i));
            assertThat(client.post("/api/records/tag/bulk", body.toString()).status())
                    .isEqualTo(200);
        }
        var filter = "\"filter\":{\"field\":\"name\",\"op\":\"startsWith\",\"value\":\"T\"}";
        for (var share : List.of(0.1, 0.5, 0.9)) {
            var page = client.post(
                            "/api/records/tag/query",
                            "{" + filter + ",\"sort\":\"name\",\"limit\":5,\"count\":\"bounded\",\"position\":" + share
                                    + "}")
                    .json();
            assertThat(page.path("count").toString()).contains("\"value\":10000", "\"exact\":false");
            int at = Integer.parseInt(
                    page.path("items").get(0).path("name").asString().substring(1));
            assertThat(at / 12_000.0).isBetween(share - 0.1, share + 0.1);
        }
    }

    @Test
    void aggregatesEqualSumsTakenByHand() {
        var body = "{\"filter\":" + mine(everything())
                + ",\"groupBy\":[{\"field\":\"type\"}],\"measures\":[{\"fn\":\"count\"},{\"fn\":\"sum\",\"field\":\"employees\"},{\"fn\":\"countDistinct\",\"field\":\"industry\"}]}";
        var groups = client.post("/api/records/account/aggregate", body).json().path("groups");
        var byType = ITEMS.values().stream().collect(Collectors.groupingBy(item -> String.valueOf(item.type())));
        assertThat(groups).hasSize(byType.size());
        for (var group : groups) {
            var items = byType.get(
                    group.path("type").isNull() ? "null" : group.path("type").asString());
            assertThat(group.path("count").asInt()).isEqualTo(items.size());
            assertThat(group.path("sum(employees)").asString())
                    .isEqualTo(Long.toString(items.stream()
                            .map(Item::employees)
                            .filter(Objects::nonNull)
                            .mapToLong(n -> n)
                            .sum()));
            assertThat(group.path("countDistinct(industry)").asLong())
                    .isEqualTo(items.stream()
                            .map(Item::industry)
                            .filter(Objects::nonNull)
                            .distinct()
                            .count());
        }
    }
}
