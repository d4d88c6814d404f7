import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.PGConnection;

/** The figures of the foundation, each beside its limit: CPU milliseconds per request, import rates, memory, start. */
public final class Bench {
    private static final int CLIENTS = 8;
    private static final int REPEATS = 3;
    static final int WARM_UP_SECONDS = 150;
    /** What each figure is warmed up by itself, unless its calls are slow. */
    private static final int OWN_WARM_UP_SECONDS = 15;
    private static final int FEW = 100;
    private static final List<String> TASKS =
            List.of("requests", "search", "groups", "throughput", "export", "field", "scan", "imports", "sales", "rights");

    private final Api api;
    private final CpuClock cpu;
    private final String jdbc;
    private final Path home;
    private final int size;
    private final List<String> rows = new ArrayList<>();

    private Bench(String address, long pid, Path home, int size) throws IOException {
        var postmaster = Files.readAllLines(home.resolve("postgres/postmaster.pid"));
        this.api = new Api(address);
        this.cpu = new CpuClock(pid, Long.parseLong(postmaster.getFirst().strip()));
        this.jdbc = "jdbc:postgresql://127.0.0.1:" + postmaster.get(3).strip() + "/postgres?user=postgres";
        this.home = home;
        this.size = size;
    }

    public static void main(String[] arguments) throws Exception {
        var bench = new Bench(arguments[0], Long.parseLong(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
        bench.row("start to ready with existing data", Integer.parseInt(arguments[4]) / 1000.0, "s", "<= 4");
        bench.api.signIn("admin", "bench-only-local");
        bench.exec("VACUUM (ANALYZE)");
        var tasks = arguments.length > 5 ? List.of(arguments).subList(5, arguments.length) : TASKS;
        for (var task : tasks) bench.run(task);
        bench.print();
    }

    private void run(String task) throws Exception {
        switch (task) {
            case "requests" -> requests();
            case "search" -> new Engine(this).search();
            case "groups" -> new Engine(this).groups();
            case "throughput" -> {
                row("resident after the list benchmark", cpu.residentMiB(), "MiB", "<= 500");
                throughput();
            }
            case "export" -> export();
            case "field" -> new Engine(this).field();
            case "scan" -> new Engine(this).scan();
            case "imports" -> imports();
            case "sales" -> new Sales(this).run();
            case "rights" -> new Rights(this).run();
            default -> throw new IllegalArgumentException("No such task: " + task + "; there are " + TASKS);
        }
    }

    Api api() {
        return api;
    }

    CpuClock cpu() {
        return cpu;
    }

    int size() {
        return size;
    }

    @FunctionalInterface
    interface Call {
        void run(int n) throws Exception;
    }

    private void requests() throws Exception {
        var ids = new ArrayList<String>();
        for (var item : api.send("POST", "/api/records/contact/query", "{\"limit\":500,\"fields\":[\"name\"],\"position\":0.5}").path("items"))
            ids.add(item.path("id").asString());
        var fields = "\"fields\":[\"name\",\"account\",\"title\",\"lifecycle\",\"email\",\"mobile\",\"phone\",\"address.city\",\"address.province\",\"source\",\"tags\",\"owner\",\"createdAt\",\"updatedAt\",\"birthday\",\"doNotContact\",\"externalId\"]";
        warmUp(fields, ids);
        measure("first page, 50 rows of 17 columns", 3000, "<= 0.8", n -> api.hit("POST", "/api/records/contact/query", "{" + fields + "}"));
        var cities = List.of("深圳市", "London", "杭州市", "Berlin", "成都市", "Paris");
        measure("filter + indexed sort + bounded count", 1500, "<= 2", n -> api.hit("POST", "/api/records/contact/query",
                "{" + fields + ",\"count\":\"bounded\",\"sort\":\"-updatedAt\",\"filter\":{\"field\":\"lifecycle\",\"op\":\"eq\",\"value\":\"" + List.of("lead", "customer", "advocate").get(n % 3) + "\"}}"));
        measure("the same without the count", 1500, "", n -> api.hit("POST", "/api/records/contact/query",
                "{" + fields + ",\"sort\":\"-updatedAt\",\"filter\":{\"field\":\"lifecycle\",\"op\":\"eq\",\"value\":\"" + List.of("lead", "customer", "advocate").get(n % 3) + "\"}}"));
        measure("filter on city, sorted by name", 12, "", n -> api.hit("POST", "/api/records/contact/query",
                "{" + fields + ",\"sort\":\"name\",\"filter\":{\"field\":\"address.city\",\"op\":\"eq\",\"value\":\"" + cities.get(n % cities.size()) + "\"}}"));
        measure("open by id", 4000, "<= 0.6", n -> api.hit("GET", "/api/records/contact/" + ids.get(n % ids.size()), null));
        long series = System.currentTimeMillis() / 1000 % 1_000_000; // kept data holds the people of earlier runs
        measure("create with history, search keys and duplicate check", 2000, "<= 2.5", n -> createPerson(series, n));
        measure("the same of somebody who is there already", 2000, "", n -> createPerson(series, n % 2000));
        var versions = new AtomicInteger[ids.size()];
        for (int i = 0; i < versions.length; i++) versions[i] = new AtomicInteger(1);
        var own = new ArrayList<String>();
        for (var item : api.send("POST", "/api/records/contact/query", "{\"limit\":500,\"fields\":[\"name\"],\"filter\":{\"field\":\"email\",\"op\":\"startsWith\",\"value\":\"bench" + series + ".\"}}").path("items"))
            own.add(item.path("id").asString());
        measure("update with history", own.size(), "<= 2", n -> {
            var index = n % own.size();
            api.hit("PATCH", "/api/records/contact/" + own.get(index), "{\"title\":\"Changed " + n + "\"}", "If-Match", "\"" + versions[index].getAndIncrement() + "\"");
        });
    }

    private void createPerson(long series, int n) throws IOException, InterruptedException {
        api.hit("POST", "/api/records/contact", "{\"name\":{\"family\":\"Bench\",\"given\":\"B" + series + " " + n + "\"},\"email\":\"bench" + series + "." + n
                + "@example.com\",\"mobile\":\"+861" + String.format(Locale.ROOT, "%010d", (series * 10_000 + n) % 10_000_000_000L) + "\",\"lifecycle\":\"lead\",\"title\":\"Tester\",\"address\":{\"city\":\"London\"}}");
    }

    /** Uses the server as a team does until the JIT compiler has seen enough of it. */
    private void warmUp(String fields, List<String> ids) throws InterruptedException {
        long end = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            load(2000, n -> api.hit("POST", "/api/records/contact/query", "{" + fields + "}"));
            load(500, n -> api.hit("POST", "/api/records/contact/query", "{" + fields + ",\"count\":\"bounded\",\"sort\":\"-updatedAt\",\"filter\":{\"field\":\"lifecycle\",\"op\":\"eq\",\"value\":\"lead\"}}"));
            load(1000, n -> api.hit("GET", "/api/records/contact/" + ids.get(n % ids.size()), null));
            load(500, n -> api.hit("POST", "/api/records/contact", "{\"name\":{\"family\":\"Warm\",\"given\":\"Up" + n + "\"},\"email\":\"warm" + n + "@example.com\",\"lifecycle\":\"lead\"}"));
        }
    }

    /** Repeats the calls by turns so that the JIT compiler sees enough of them. */
    void warm(int seconds, Call... calls) throws InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) for (var call : calls) load(CLIENTS, call);
    }

    /** Warms up, then takes the median of several runs with eight clients. */
    void measure(String name, int count, String limit, Call call) throws Exception {
        measured(name, count, limit, call);
    }

    /** The same, and returns the figure. */
    double measured(String name, int count, String limit, Call call) throws Exception {
        // numbers go on through warm-up and runs, so that what is created is new each time
        int from = 0;
        long warm = System.nanoTime() + OWN_WARM_UP_SECONDS * 1_000_000_000L;
        do {
            int start = from;
            load(count, n -> call.run(start + n));
            from += count;
        } while (count > FEW && System.nanoTime() < warm);
        var figures = new double[REPEATS];
        double application = 0;
        for (int i = 0; i < REPEATS; i++) {
            int start = from;
            from += count;
            double before = cpu.application() + cpu.database();
            double applicationBefore = cpu.application();
            int failed = load(count, n -> call.run(start + n));
            if (failed > 0) throw new IllegalStateException(name + ": " + failed + " requests failed");
            figures[i] = (cpu.application() + cpu.database() - before) * 1000 / count;
            application += (cpu.application() - applicationBefore) * 1000 / count / REPEATS;
        }
        Arrays.sort(figures);
        row(name, figures[REPEATS / 2], "ms CPU", limit);
        System.out.printf(Locale.ROOT, "    of which the application %.2f; runs %s%n", application, Arrays.toString(figures));
        return figures[REPEATS / 2];
    }

    int load(int count, Call call) throws InterruptedException {
        var next = new AtomicInteger();
        var failed = new AtomicInteger();
        var done = new CountDownLatch(CLIENTS);
        for (int client = 0; client < CLIENTS; client++)
            Thread.ofVirtual().start(() -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    try {
                        call.run(n);
                    } catch (Exception e) {
                        if (failed.getAndIncrement() == 0) System.err.println(e);
                    }
                }
                done.countDown();
            });
        done.await();
        return failed.get();
    }

    /** Requests per second of the filtered list, beside pgbench running the very statement that the server runs. */
    private void throughput() throws Exception {
        var body = "{\"fields\":[\"name\",\"account\",\"title\",\"lifecycle\",\"email\",\"mobile\",\"phone\",\"address.city\",\"address.province\",\"source\",\"tags\",\"owner\",\"createdAt\",\"updatedAt\",\"birthday\",\"doNotContact\",\"externalId\"],\"sort\":\"-updatedAt\",\"filter\":{\"field\":\"lifecycle\",\"op\":\"eq\",\"value\":\"customer\"}}";
        var http = new double[REPEATS];
        var prepared = new double[REPEATS];
        var simple = new double[REPEATS];
        load(4000, n -> api.hit("POST", "/api/records/contact/query", body));
        var script = statement();
        for (int i = 0; i < REPEATS; i++) {
            http[i] = wrk(body);
            prepared[i] = pgbench(script, "prepared");
            simple[i] = pgbench(script, "simple");
        }
        Arrays.sort(http);
        Arrays.sort(prepared);
        Arrays.sort(simple);
        row("filtered list, requests per second", http[1], "/s", "");
        row("pgbench, same statement, as it comes (simple protocol)", simple[1], "/s", "");
        row("pgbench, same statement, prepared", prepared[1], "/s", "");
        row("ratio to pgbench as it comes", http[1] / simple[1], "", ">= 0.4");
        row("ratio to pgbench with prepared statements", http[1] / prepared[1], "", ">= 0.4");
    }

    /** Requests per second by wrk, which like pgbench costs next to nothing itself. */
    private double wrk(String body) throws Exception {
        var token = api.send("POST", "/api/tokens", "{\"name\":\"wrk\",\"scopes\":[\"read\"]}").path("token").asString();
        var read = api.send("POST", "/api/records/contact/query", body).path("items").size();
        if (read != 50) throw new IllegalStateException("A page of 50 was expected, not " + read);
        var script = Files.writeString(home.resolve("list.lua"), "wrk.method='POST'\nwrk.headers['Content-Type']='application/json'\nwrk.headers['Authorization']='Bearer "
                + token + "'\nwrk.body=[[" + body + "]]\n");
        var output = run("wrk", "-t1", "-c8", "-d8s", "-s", script.toString(), api.address() + "/api/records/contact/query");
        if (output.contains("Non-2xx")) throw new IOException(output);
        for (var line : output.split("\n")) if (line.startsWith("Requests/sec:")) return Double.parseDouble(line.substring(13).strip());
        throw new IOException("wrk: " + output);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private Path statement() throws Exception {
        try (var connection = DriverManager.getConnection(jdbc); var statement = connection.createStatement()) {
            var sql = "select query from pg_stat_activity where application_name = 'rapport' and query like 'select \"t\".\"id\"%' order by state_change desc limit 1";
            try (var found = statement.executeQuery(sql)) {
                if (!found.next()) throw new IllegalStateException("The server's statement was not found");
                var text = found.getString(1).replace("$1", "'customer'");
                return Files.writeString(home.resolve("list.sql"), text.replace('\n', ' ') + ";\n");
            }
        }
    }

    private double pgbench(Path script, String protocol) throws Exception {
        var port = jdbc.replaceAll(".*:(\\d+)/.*", "$1");
        var output = run("pgbench", "-h", "127.0.0.1", "-p", port, "-U", "postgres", "-n", "-M", protocol, "-c", "8", "-j", "2", "-T", "5", "-f", script.toString(), "postgres");
        for (var line : output.split("\n")) if (line.startsWith("tps = ")) return Double.parseDouble(line.split(" ")[2]);
        throw new IOException("pgbench: " + output);
    }

    private void export() throws Exception {
        var made = api.send("POST", "/api/exports", "{\"object\":\"contact\",\"format\":\"csv\",\"fields\":[\"name\",\"account\",\"email\",\"mobile\",\"title\",\"lifecycle\"]}");
        long began = System.nanoTime();
        var answer = api.http().send(api.request(made.path("file").asString()).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        double first = 0;
        long lines = 0;
        double peak = 0;
        var buffer = new byte[1 << 20];
        try (var stream = answer.body()) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                if (first == 0) first = (System.nanoTime() - began) / 1e9;
                for (int i = 0; i < read; i++) if (buffer[i] == '\n') lines++;
                peak = Math.max(peak, cpu.residentMiB());
            }
        }
        row("export: first byte", first, "s", "<= 2");
        row("export: rows", lines - 1, "", "= contacts");
        row("export: peak resident (heap is capped at 384 MiB)", peak, "MiB", "<= 512 heap");
    }

    /** Imports a million generated rows with validation and history, beside a raw COPY of the same into the same indexes. */
    private void imports() throws Exception {
        var file = home.resolve("import.csv");
        long run = System.currentTimeMillis() / 1000; // kept data holds the people of earlier runs
        try (var out = Files.newBufferedWriter(file)) {
            out.write("family name,given name,title,lifecycle,email,mobile,street,city,province,country,source,external id\n");
            for (int i = 0; i < size; i++)
                out.write("Import,P" + run % 10_000 + " " + i + ",Manager,lead,import" + run + "." + i + "@example.com,+861" + (3_000_000_000L + (run % 1_000) * 1_000_000 + i) + "," + i + " Road,London,England,GB,web,I-" + run + "-" + i + "\n");
        }
        exec("TRUNCATE record_history");
        var raw = rawCopy();
        var before = new double[] {cpu.application(), cpu.database()};
        long began = System.nanoTime();
        var id = upload(file);
        api.send("PATCH", "/api/imports/" + id, "{\"matchOn\":[]}");
        api.send("POST", "/api/imports/" + id + "/start", "{}");
        var progress = new ArrayList<double[]>();
        while (true) {
            Thread.sleep(250);
            var it = api.send("GET", "/api/imports/" + id, null);
            progress.add(new double[] {(System.nanoTime() - began) / 1e9, it.path("counts").path("read").asDouble(), cpu.application()});
            if (!it.path("state").asString().equals("running")) {
                if (it.path("counts").path("created").asInt() != size) throw new IllegalStateException(it.path("counts").toString());
                break;
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        double application = cpu.application() - before[0];
        row("import: rows per CPU second of the application", size / application, "/s", ">= 15000");
        row("import: rows per second", size / seconds, "/s", "");
        row("raw COPY into the same indexed table", raw, "rows/s", "");
        row("import: ratio to raw COPY", size / seconds / raw, "", ">= 0.2");
        row("import: application CPU per row, last tenth / second tenth", share(progress, 0.9, 1.0) / share(progress, 0.1, 0.2), "", "<= 1.1");
    }

    /** CPU seconds of the application per row between two shares of the way. */
    private double share(List<double[]> progress, double from, double to) {
        var a = at(progress, from);
        var b = at(progress, to);
        return (b[2] - a[2]) / Math.max(1, b[1] - a[1]);
    }

    private double[] at(List<double[]> progress, double share) {
        for (var point : progress) if (point[1] >= share * size) return point;
        return progress.getLast();
    }

    private String upload(Path file) throws Exception {
        var boundary = "bench-boundary";
        var head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"object\"\r\n\r\ncontact\r\n--" + boundary
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"import.csv\"\r\nContent-Type: text/csv\r\n\r\n";
        var body = HttpRequest.BodyPublishers.concat(
                HttpRequest.BodyPublishers.ofString(head), HttpRequest.BodyPublishers.ofFile(file), HttpRequest.BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        var answer = api.http().send(
                api.request("/api/imports").header("Content-Type", "multipart/form-data; boundary=" + boundary).POST(body).build(), HttpResponse.BodyHandlers.ofString());
        return Api.JSON.readTree(answer.body()).path("id").asString();
    }

    /** Rows per second of COPY into an empty twin of the contacts' table with the same indexes. */
    private double rawCopy() throws Exception {
        exec("DROP TABLE IF EXISTS bench_copy");
        exec("CREATE TABLE bench_copy (LIKE o_contact INCLUDING ALL)");
        exec("INSERT INTO bench_copy SELECT * FROM o_contact ORDER BY id LIMIT 1000");
        int count = Math.min(size, 300_000);
        double rate;
        try (var connection = DriverManager.getConnection(jdbc)) {
            var copies = connection.unwrap(PGConnection.class).getCopyAPI();
            var dump = home.resolve("copy.txt");
            try (var out = Files.newOutputStream(dump)) {
                copies.copyOut("COPY (SELECT * FROM o_contact ORDER BY id LIMIT " + count + ") TO STDOUT", out);
            }
            exec("TRUNCATE bench_copy");
            long began = System.nanoTime();
            try (var in = Files.newInputStream(dump)) {
                copies.copyIn("COPY bench_copy FROM STDIN", in);
            }
            rate = count / ((System.nanoTime() - began) / 1e9);
        }
        exec("DROP TABLE bench_copy");
        return rate;
    }

    void exec(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc);
                var statement = connection.createStatement();
                var answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    void row(String name, double value, String unit, String limit) {
        var line = String.format(Locale.ROOT, "%-62s %12.2f %-7s %s", name, value, unit, limit);
        rows.add(line);
        System.out.println(line);
    }

    private void print() {
        System.out.println("\n" + size + " contacts, " + CLIENTS + " clients, median of " + REPEATS + " runs");
        rows.forEach(System.out::println);
    }
}
