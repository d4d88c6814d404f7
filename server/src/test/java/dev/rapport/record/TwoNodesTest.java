package dev.rapport.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two server nodes on one database, written through at the same time. */
@NullUnmarked // the nodes are started before all tests
@Tag("faults")
class TwoNodesTest {
    private static final RapportServer FIRST = RapportServer.get();
    private static final Client ADMIN = FIRST.as("admin");

    @TempDir
    static Path home;

    private static RapportServer second;
    private static List<Client> nodes;

    @BeforeAll
    static void start() {
        second = FIRST.secondNode(home);
        nodes = List.of(ADMIN, second.like(ADMIN));
    }

    @AfterAll
    static void stop() {
        second.close();
    }

    private static <T> List<T> together(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        try (var pool = Executors.newFixedThreadPool(16)) {
            var results = new ArrayList<T>();
            for (var done : pool.invokeAll(tasks)) results.add(done.get());
            return results;
        }
    }

    private static String create(String object, String body) {
        return ADMIN.create(object, body).path("id").asString();
    }

    /** Of two edits of one version, each through another node, one is taken and one refused with 412; none is lost. */
    @Test
    void aThousandPairsOfConflictingEditsLoseNone() throws InterruptedException, ExecutionException {
        var random = new Random(11);
        var ids = IntStream.range(0, 20)
                .mapToObj(i -> create("account", "{\"name\":\"pair " + i + "\",\"employees\":0}"))
                .toList();
        var taken = new int[ids.size()];
        for (int round = 0; round < 50; round++) {
            var tasks = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < ids.size(); i++)
                for (var node : nodes) {
                    int value = random.nextInt(1_000_000);
                    var path = "/api/records/account/" + ids.get(i);
                    var version = "\"" + (taken[i] + 1) + "\"";
                    tasks.add(() -> node.patch(path, "{\"employees\":" + value + "}", "If-Match", version)
                            .status());
                }
            var answers = together(tasks);
            for (int i = 0; i < ids.size(); i++) {
                assertThat(List.of(answers.get(2 * i), answers.get(2 * i + 1))).containsExactlyInAnyOrder(200, 412);
                taken[i]++;
            }
        }
        for (int i = 0; i < ids.size(); i++) {
            var path = "/api/records/account/" + ids.get(i);
            for (var node : nodes)
                assertThat(node.get(path).json().path("version").asInt()).isEqualTo(51);
            var history = ADMIN.get(path + "/history").json().path("items");
            assertThat(history).hasSizeGreaterThanOrEqualTo(50);
            assertThat(history.get(0).toString())
                    .contains(ADMIN.get(path).json().path("employees").asString());
        }
    }

    /** Edits of different fields that name no version are all kept, whichever node takes them. */
    @Test
    void editsOfDifferentFieldsAreAllKept() throws InterruptedException, ExecutionException {
        var id = create("account", "{\"name\":\"fields\"}");
        var bodies = List.of(
                "{\"industry\":\"A\"}",
                "{\"employees\":7}",
                "{\"type\":\"partner\"}",
                "{\"phone\":\"+8613800138000\"}");
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < bodies.size(); i++) {
            var node = nodes.get(i % 2);
            var body = bodies.get(i);
            tasks.add(() -> retried(node, "/api/records/account/" + id, body));
        }
        assertThat(together(tasks)).containsOnly(200);
        var record = ADMIN.get("/api/records/account/" + id).json();
        assertThat(record.path("industry").asString()).isEqualTo("A");
        assertThat(record.path("employees").asInt()).isEqualTo(7);
        assertThat(record.path("type").asString()).isEqualTo("partner");
        assertThat(record.path("phone").asString()).isEqualTo("+8613800138000");
    }

    /** What a client does that was refused because somebody was faster: it reads again and writes again. */
    private static int retried(Client node, String path, String body) {
        for (int i = 0; i < 20; i++) {
            var version = node.get(path).json().path("version").asInt();
            int status =
                    node.patch(path, body, "If-Match", "\"" + version + "\"").status();
            if (status != 412) return status;
        }
        return 412;
    }

    @Test
    void ofFiftyClaimsOneWins() throws InterruptedException, ExecutionException {
        var id = create("account", "{\"name\":\"claimed\"}");
        var claimants = IntStream.range(0, 50).mapToObj(i -> FIRST.as("member")).toList();
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < claimants.size(); i++) {
            var claimant = claimants.get(i);
            var node = i % 2 == 0 ? claimant : second.like(claimant);
            var own = "{\"owner\":\"" + claimant.actor().id() + "\"}";
            tasks.add(() -> node.patch("/api/records/account/" + id, own, "If-Match", "\"1\"")
                    .status());
        }
        var answers = together(tasks);
        assertThat(answers.stream().filter(status -> status == 200)).hasSize(1);
        assertThat(answers.stream().filter(status -> status == 412)).hasSize(49);
        var winner = claimants.get(answers.indexOf(200)).actor().id().toString();
        for (var node : nodes)
            assertThat(node.get("/api/records/account/" + id)
                            .json()
                            .path("owner")
                            .path("id")
                            .asString())
                    .isEqualTo(winner);
    }

    /** Of fifty creations with one unique value one wins. */
    @Test
    void aUniqueValueIsTakenOnce() throws InterruptedException, ExecutionException {
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 50; i++) {
            var node = nodes.get(i % 2);
            tasks.add(() -> node.post("/api/records/product", "{\"code\":\"TWO-NODES\",\"name\":\"once\"}")
                    .status());
        }
        var answers = together(tasks);
        assertThat(answers.stream().filter(status -> status == 201)).hasSize(1);
        assertThat(answers.stream().filter(status -> status == 201 || status == 409))
                .hasSize(50);
    }

    /** A field added on one node can be written and filtered on the other as soon as the answer is there. */
    @Test
    void aFieldIsThereOnTheOtherNodeAtOnce() {
        var labels = "{\"en\":\"Node\",\"zh-CN\":\"节点\"}";
        assertThat(nodes.get(0)
                        .post(
                                "/api/objects",
                                "{\"name\":\"node_c\",\"labels\":" + labels + ",\"plural\":" + labels + "}")
                        .status())
                .isEqualTo(201);
        for (int i = 0; i < 10; i++) {
            var name = "f" + i + "_c";
            var here = nodes.get(i % 2);
            var there = nodes.get((i + 1) % 2);
            var made = here.post(
                    "/api/objects/node_c/fields",
                    "{\"name\":\"" + name + "\",\"type\":\"whole\",\"labels\":" + labels + "}");
            assertThat(made.status()).as(made::text).isEqualTo(201);
            var id = there.create("node_c", "{\"name\":\"n\",\"" + name + "\":" + i + "}")
                    .path("id")
                    .asString();
            var found = there.post(
                            "/api/records/node_c/query",
                            "{\"fields\":[\"" + name + "\"],\"filter\":{\"field\":\"" + name
                                    + "\",\"op\":\"eq\",\"value\":" + i + "}}")
                    .json();
            assertThat(found.path("items").get(0).path("id").asString()).isEqualTo(id);
        }
    }

    @Test
    void whatOneNodeWritesTheOtherFinds() {
        for (int i = 0; i < 10; i++) {
            var word = "nodeword" + i;
            var id = nodes.get(i % 2)
                    .create("account", "{\"name\":\"" + word + "\"}")
                    .path("id")
                    .asString();
            assertThat(nodes.get((i + 1) % 2).get("/api/search?q=" + word).text())
                    .contains(id);
        }
    }

    /** Children created, moved and deleted through both nodes leave their parents' totals right. */
    @Test
    void totalsAreRightAfterWritesThroughBothNodes() throws InterruptedException, ExecutionException {
        var orders = IntStream.range(0, 4).mapToObj(i -> create("order", "{}")).toList();
        var random = new Random(5);
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 120; i++) {
            var node = nodes.get(i % 2);
            var from = orders.get(random.nextInt(4));
            var to = orders.get(random.nextInt(4));
            boolean kept = random.nextInt(4) > 0;
            var line = Json.object().put("order", from).put("quantity", Integer.toString(1 + random.nextInt(5)));
            line.putObject("unitPrice")
                    .put("amount", Integer.toString(random.nextInt(90) + 10))
                    .put("currency", "CNY");
            tasks.add(() -> {
                var made = node.create("orderLine", line.toString());
                var path = "/api/records/orderLine/" + made.path("id").asString();
                int moved = node.patch(path, "{\"order\":\"" + to + "\"}", "If-Match", "\"1\"")
                        .status();
                boolean changed = !from.equals(to);
                return kept
                        ? moved
                        : node.delete(path, "If-Match", changed ? "\"2\"" : "\"1\"")
                                .status();
            });
        }
        assertThat(together(tasks)).containsOnly(200, 204);
        for (var order : orders) {
            var lines = ADMIN.post(
                            "/api/records/orderLine/aggregate",
                            "{\"filter\":{\"field\":\"order\",\"op\":\"eq\",\"value\":\"" + order
                                    + "\"},\"measures\":[{\"fn\":\"sum\",\"field\":\"total.amount\"}]}")
                    .json();
            var sum = lines.path("groups")
                    .path(0)
                    .path("sum(total.amount)")
                    .path("amount")
                    .asString();
            var total = ADMIN.get("/api/records/order/" + order)
                    .json()
                    .path("total")
                    .path("amount")
                    .asString();
            assertThat(new java.math.BigDecimal(total)).isEqualByComparingTo(sum);
        }
    }
}
