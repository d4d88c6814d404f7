import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/** The figures of the engine's power: search, groups, duplicates, new fields. */
final class Engine {
    private final Bench bench;
    private final Api api;

    Engine(Bench bench) {
        this.bench = bench;
        this.api = bench.api();
    }

    /** Words as people type them, common and rare ones; of each language one that is typed half. */
    void search() throws Exception {
        var latin = new String[] {"smith", "garcia", "robotics", "kitchens 4", "anna"};
        var chinese = new String[] {"张伟", "李娜", "科技", "王芳", "北京"};
        var pinyin = new String[] {"zhangwei", "zw", "lina", "wangfang", "keji"};
        long end = System.nanoTime() + Bench.WARM_UP_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) for (var typed : List.of(latin, chinese, pinyin)) bench.load(400, n -> find(typed, n));
        measure("search over all objects, Latin", latin, "<= 5");
        measure("search over all objects, two Chinese characters", chinese, "<= 5");
        measure("search over all objects, pinyin", pinyin, "<= 5");
        measure("search, half a word", new String[] {"smi", "gar", "zhangw", "ann", "kitch"}, "");
        measure("search, one letter or character", new String[] {"a", "s", "张", "z", "李"}, "");
        measure("search, digits of a phone in the middle", new String[] {"8613", "4620208", "0720", "13 9"}, "");
        measure("search, inside a word", new String[] {"arcia", "obotic", "angwei", "itchen"}, "");
        measure("search, mistyped", new String[] {"smiht", "garcai", "robotcis", "featherstonehaugh"}, "");
    }

    private void measure(String name, String[] typed, String limit) throws Exception {
        bench.measure(name, 200, limit, n -> find(typed, n));
    }

    private int find(String[] typed, int n) throws Exception {
        return api.hit("GET", "/api/search?q=" + URLEncoder.encode(typed[n % typed.length], StandardCharsets.UTF_8), null);
    }

    /** Groups of the half of the orders that was placed first: about 100,000 where a million contacts are. */
    void groups() throws Exception {
        var median = api.send("POST", "/api/records/order/query", "{\"fields\":[\"orderedAt\"],\"sort\":\"orderedAt\",\"position\":0.5,\"limit\":1}")
                .path("items").path(0).path("orderedAt").asString();
        var older = "\"filter\":{\"field\":\"orderedAt\",\"op\":\"lt\",\"value\":\"" + median + "\"}";
        var all = "\"groupBy\":[{\"field\":\"status\"}],\"measures\":[{\"fn\":\"count\"}]";
        var counted = api.send("POST", "/api/records/order/aggregate", "{" + all + "," + older + "}");
        long rows = 0;
        for (var group : counted.path("groups")) rows += group.path("count").asLong();
        bench.row("orders placed before the median", rows, "", "");
        long orders = 0;
        for (var group : api.send("POST", "/api/records/order/aggregate", "{" + all + "}").path("groups")) orders += group.path("count").asLong();
        bench.row("orders", orders, "", "");
        bench.measure("orders by status, counted, all", 60, "<= 15 per 100,000", n -> api.hit("POST", "/api/records/order/aggregate", "{" + all + "}"));
        bench.measure("orders by status, counted, those before the median", 60, "<= 15 per 100,000", n -> api.hit("POST", "/api/records/order/aggregate", "{" + all + "," + older + "}"));
        var summed = "\"groupBy\":[{\"field\":\"status\"}],\"measures\":[{\"fn\":\"count\"},{\"fn\":\"sum\",\"field\":\"total.amount\"}]";
        bench.measure("orders by status, counted and summed, all", 60, "", n -> api.hit("POST", "/api/records/order/aggregate", "{" + summed + "}"));
    }

    /** Scans all contacts for pairs that may mean the same. */
    void scan() throws Exception {
        double before = bench.cpu().application() + bench.cpu().database();
        long began = System.nanoTime();
        var job = api.send("POST", "/api/duplicates/contact/scan", "{}");
        var ended = await(job.path("id").asString(job.path("job").path("id").asString()));
        bench.row("duplicate scan of all contacts", (System.nanoTime() - began) / 1e9, "s", bench.size() <= 1_000_000 ? "<= 300" : "");
        bench.row("duplicate scan, CPU", bench.cpu().application() + bench.cpu().database() - before, "s", "");
        System.out.println("    " + ended.path("result"));
    }

    private JsonNode await(String id) throws Exception {
        while (true) {
            var job = api.send("GET", "/api/jobs/" + id, null);
            var state = job.path("state").asString();
            if (!state.equals("running") && !state.equals("queued") && !state.equals("waiting")) {
                if (!state.equals("done")) throw new IllegalStateException(job.toString());
                return job;
            }
            Thread.sleep(250);
        }
    }

    /** Adds a filterable field to the contacts while others read and write them, and takes it away again. */
    void field() throws Exception {
        var name = "bench" + System.currentTimeMillis() % 1_000_000 + "_c";
        var running = new AtomicBoolean(true);
        double[] slowest = {0, 0};
        var reader = Thread.ofVirtual().start(() -> loop(running, slowest, 0, n -> api.hit("POST", "/api/records/contact/query", "{\"fields\":[\"name\"],\"limit\":20}")));
        var writer = Thread.ofVirtual().start(() -> loop(running, slowest, 1, n -> api.hit("POST", "/api/records/contact",
                "{\"name\":{\"family\":\"Field\",\"given\":\"" + Long.toString(System.nanoTime(), 36) + "\"}}")));
        Thread.sleep(1_000);
        long began = System.nanoTime();
        api.send("POST", "/api/objects/contact/fields", "{\"name\":\"" + name + "\",\"type\":\"choice\",\"labels\":{\"en\":\"Bench\",\"zh-CN\":\"测\"},"
                + "\"choices\":[{\"code\":\"a\",\"labels\":{\"en\":\"A\",\"zh-CN\":\"甲\"}},{\"code\":\"b\",\"labels\":{\"en\":\"B\",\"zh-CN\":\"乙\"}}]}");
        bench.row("a field added to the contacts", (System.nanoTime() - began) / 1e9, "s", "<= 1");
        Thread.sleep(3_000);
        running.set(false);
        reader.join();
        writer.join();
        bench.row("slowest read meanwhile and 3 s after", slowest[0], "s", "");
        bench.row("slowest write meanwhile and 3 s after", slowest[1], "s", "");
        api.send("DELETE", "/api/objects/contact/fields/" + name, null);
    }

    private static void loop(AtomicBoolean running, double[] slowest, int at, Bench.Call call) {
        for (int n = 0; running.get(); n++) {
            long began = System.nanoTime();
            try {
                call.run(n);
            } catch (Exception e) {
                System.err.println(e);
            }
            slowest[at] = Math.max(slowest[at], (System.nanoTime() - began) / 1e9);
        }
    }
}
