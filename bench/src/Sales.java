import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import tools.jackson.databind.JsonNode;

/** The figures of sales: board, forecast, reports and quotes over ten times as many deals as there are contacts. */
final class Sales {
    private static final int DEALS_PER_CONTACT = 10;
    private static final int LINES = 200;
    private static final int SELLERS = 100;
    private static final String ALL = "\"from\":\"2020-01-01\",\"to\":\"2030-12-31\"";

    private final Bench bench;
    private final Api api;

    Sales(Bench bench) {
        this.bench = bench;
        this.api = bench.api();
    }

    void run() throws Exception {
        multiply();
        board();
        forecast();
        reports();
        quote();
        change();
    }

    /**
     * Copies the deals of the generated company, with the stages they went through, until nine of ten are closed: one
     * open deal for each contact. The copies are spread over a hundred sellers, all accounts, some partners and rivals, and
     * five years.
     */
    private void multiply() throws Exception {
        long open = count("open");
        long closed = count(null) - open;
        long wanted = (long) bench.size() * DEALS_PER_CONTACT;
        if (open + closed < wanted * 9 / 10) {
            sellers();
            copy("status = 'open'", Math.max(0, bench.size() / Math.max(1, open) - 1));
            copy("status <> 'open'", (wanted - bench.size()) / Math.max(1, closed) - 1);
            bench.exec("VACUUM (ANALYZE) o_opportunity, o_stage_change");
        }
        bench.row("deals", count(null), "", "");
        bench.row("of them open", count("open"), "", "");
    }

    private void sellers() throws Exception {
        bench.exec(
                """
                INSERT INTO o_user
                  SELECT r.* FROM (SELECT u FROM o_user u ORDER BY id LIMIT 1) one, generate_series(1, %d) n,
                    LATERAL jsonb_populate_record(one.u, jsonb_build_object('id', md5('seller' || n)::uuid,
                      'username', 'bench-seller' || n, 'name', 'Seller ' || n, 'search_key', NULL)) r
                  ON CONFLICT DO NOTHING"""
                        .formatted(SELLERS));
    }

    private void copy(String which, long times) throws Exception {
        bench.exec(
                """
                CREATE TEMP TABLE some_account ON COMMIT DROP AS
                  SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM o_account WHERE deleted_at IS NULL;
                CREATE TEMP TABLE copied ON COMMIT DROP AS
                  SELECT o.id AS old, md5(o.id::text || n)::uuid AS id, (50 + n * 37 %% 101) / 100.0 AS factor,
                    abs(hashtext(o.id::text || n)) AS h,
                    CASE status WHEN 'open' THEN 0 ELSE abs(hashtext(o.id::text || n)) / 7 %% 5 END * interval '1 year' AS ago
                  FROM o_opportunity o, generate_series(1, %d) n WHERE o.deleted_at IS NULL AND o.%s;
                INSERT INTO o_opportunity
                  SELECT r.* FROM copied c JOIN o_opportunity o ON o.id = c.old
                      JOIN some_account a ON a.n = c.h %% (SELECT count(*) FROM some_account),
                    LATERAL jsonb_populate_record(o, jsonb_build_object('id', c.id, 'external_id', NULL, 'lead', NULL,
                      'amount_minor', (o.amount_minor * c.factor)::bigint, 'value_minor', (o.value_minor * c.factor)::bigint,
                      'weighted_minor', (o.weighted_minor * c.factor)::bigint, 'owner', md5('seller' || 1 + c.h %% %d)::uuid,
                      'account', a.id, 'close_date', (o.close_date - c.ago)::date, 'started_on', (o.started_on - c.ago)::date,
                      'created_at', coalesce(o.started_on::timestamptz, o.created_at) - c.ago,
                      'partner', CASE WHEN o.channel = 'agent' THEN (SELECT id FROM some_account WHERE n = c.h %% 40) END,
                      'competitor', CASE WHEN o.status = 'lost' THEN (SELECT id FROM some_account WHERE n = c.h %% 20) END)) r;
                INSERT INTO o_stage_change
                  SELECT r.* FROM copied c JOIN o_stage_change s ON s.opportunity = c.old,
                    LATERAL jsonb_populate_record(s, jsonb_build_object('id', md5(s.id::text || c.id)::uuid,
                      'opportunity', c.id, 'value_minor', (s.value_minor * c.factor)::bigint, 'at', s.at - c.ago,
                      'person', md5('seller' || 1 + c.h %% %d)::uuid, 'days', s.days * (1 + c.h %% 9) / 3,
                      'whole_days', round(s.days * (1 + c.h %% 9) / 3))) r;
                """
                        .formatted(times, which, SELLERS, SELLERS));
    }

    private long count(String status) throws Exception {
        var filter = status == null ? "" : ",\"filter\":" + is("status", status);
        return api.send("POST", "/api/records/opportunity/aggregate", "{\"measures\":[{\"fn\":\"count\"}]" + filter + "}")
                .path("groups").path(0).path("count").asLong();
    }

    private static String is(String field, String value) {
        return "{\"field\":\"" + field + "\",\"op\":\"eq\",\"value\":\"" + value + "\"}";
    }

    private List<JsonNode> find(String object, String body) throws Exception {
        var found = new ArrayList<JsonNode>();
        api.send("POST", "/api/records/" + object + "/query", body).path("items").forEach(found::add);
        return found;
    }

    /** What a browser asks for to draw the board: the sums of all columns and the first cards of each. */
    private void board() throws Exception {
        JsonNode stage = find("stage", "{\"filter\":" + is("outcome", "open") + ",\"limit\":1}").getFirst();
        var pipeline = stage.path("pipeline").path("id").asString();
        var stages = find("stage", "{\"filter\":{\"and\":[" + is("outcome", "open") + "," + is("pipeline", pipeline) + "]},\"limit\":50}");
        var open = "{\"and\":[" + is("pipeline", pipeline) + "," + is("status", "open") + "]}";
        var sums = "{\"filter\":" + open + ",\"groupBy\":[{\"field\":\"stage\"},{\"field\":\"value.currency\"}],"
                + "\"measures\":[{\"fn\":\"count\"},{\"fn\":\"sum\",\"field\":\"value\"},{\"fn\":\"sum\",\"field\":\"weighted\"}],\"limit\":1000}";
        var cards = stages.stream()
                .map(it -> "{\"fields\":[\"name\",\"account\",\"value\",\"closeDate\",\"nextStep\",\"stageSince\",\"owner\",\"stage\"],\"filter\":{\"and\":["
                        + is("pipeline", pipeline) + "," + is("stage", it.path("id").asString()) + "]},\"sort\":\"-updatedAt\",\"limit\":25}")
                .toList();
        Bench.Call sum = n -> api.hit("POST", "/api/records/opportunity/aggregate", sums);
        Bench.Call columns = n -> {
            for (var column : cards) api.hit("POST", "/api/records/opportunity/query", column);
        };
        bench.warm(30, columns, sum);
        bench.measure("board, the first cards of " + cards.size() + " columns", 200, "", columns);
        bench.measure("board, the sums of its columns", 24, "", sum);
        bench.measure("board", 24, "<= 10", n -> {
            sum.run(n);
            columns.run(n);
        });
    }

    private void forecast() throws Exception {
        bench.measure("forecast of all time", 8, "<= 150", n -> api.hit("POST", "/api/forecast", "{" + ALL + "}"));
        bench.measure("forecast of this quarter", 8, "", n -> api.hit("POST", "/api/forecast", "{\"from\":\"2026-10-01\",\"to\":\"2026-12-31\"}"));
    }

    private void reports() throws Exception {
        var names = new ArrayList<String>();
        var list = api.send("GET", "/api/reports", null);
        list.path("items").forEach(report -> names.add(report.path("name").asString()));
        for (var name : names)
            bench.measure("report " + name, 4, "<= 500", n -> api.hit("POST", "/api/reports/" + name, "{" + ALL + "}"));
    }

    private void quote() throws Exception {
        var account = find("account", "{\"limit\":1,\"fields\":[\"name\"]}").getFirst().path("id").asString();
        var products = find("product", "{\"limit\":" + LINES + ",\"fields\":[\"name\"]}");
        var quote = api.send("POST", "/api/records/quote", "{\"account\":\"" + account + "\"}").path("id").asString();
        var line = "";
        for (int i = 0; i < LINES; i++)
            line = api.send("POST", "/api/records/quoteLine", "{\"quote\":\"" + quote + "\",\"product\":\""
                    + products.get(i % products.size()).path("id").asString() + "\",\"quantity\":\"" + (1 + i % 7) + "\",\"taxRate\":\"13\"}")
                    .path("id").asString();
        var id = line;
        bench.measure("quote of " + LINES + " lines, one changed and the totals read", 100, "<= 20", n -> {
            var path = "/api/records/quoteLine/" + id;
            // the clients change one line by turns: each waits for the one before
            synchronized (this) {
                api.send("PATCH", path, "{\"quantity\":\"" + (1 + (n + System.nanoTime()) % 9) + "\"}", "If-Match", "\"" + version(path) + "\"");
            }
            api.hit("GET", "/api/records/quote/" + quote, null);
        });
        api.hit("DELETE", "/api/records/quote/" + quote, null);
    }

    /** Deals that are changed one by one, with their history, rules and kept sums. */
    private void change() throws Exception {
        var deals = find("opportunity", "{\"filter\":" + is("status", "open") + ",\"fields\":[\"name\"],\"limit\":400}");
        var versions = new AtomicIntegerArray(deals.size());
        for (int i = 0; i < deals.size(); i++) versions.set(i, deals.get(i).path("version").asInt());
        bench.measure("a deal's amount changed", deals.size(), "", n -> {
            int at = n % deals.size();
            api.send(
                    "PATCH",
                    "/api/records/opportunity/" + deals.get(at).path("id").asString(),
                    "{\"amount\":{\"amount\":\"" + (1000 + System.nanoTime() % 100_000) + "\",\"currency\":\"CNY\"}}",
                    "If-Match",
                    "\"" + versions.getAndIncrement(at) + "\"");
        });
    }

    private int version(String path) throws Exception {
        return api.send("GET", path, null).path("version").asInt();
    }
}
