import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What permissions cost: a thousand accounts for each contact of the company, two thousand owners in a tree of departments,
 * a fifth as many shares as accounts, and lists for people who see little, some, much and very much of it.
 */
final class Rights {
    private static final int ACCOUNTS_PER_CONTACT = 1_000;
    private static final int OWNERS = 2_000;
    private static final int GROUPS = 200;
    private static final String PASSWORD = "bench only, and local";
    private static final String PAGE = "{\"fields\":[\"name\",\"type\",\"industry\",\"phone\",\"owner\",\"updatedAt\"],\"limit\":50}";

    private final Bench bench;
    private final Api admin;
    private final Map<String, String> departments = new HashMap<>();

    Rights(Bench bench) {
        this.bench = bench;
        this.admin = bench.api();
    }

    void run() throws Exception {
        roles();
        organisation();
        fill();
        var narrow = person("narrow", "benchRep", null);
        var rep = person("rep", "benchRep", null);
        var manager = person("manager", "benchManager", "district 0");
        var vp = person("vp", "benchManager", "region 0");
        owned(narrow, 25);
        shared(rep);
        bench.exec("VACUUM (ANALYZE) o_account");
        bench.exec("VACUUM (ANALYZE) record_share");
        // what is known of owners is looked up again after a change of the organisation
        admin.send("PATCH", "/api/users/" + narrow.id(), "{\"email\":\"narrow@example.com\"}");
        lists(narrow, rep, manager, vp);
        reassign();
        move(vp);
    }

    private record Person(String id, Api api) {}

    private void roles() throws Exception {
        role("benchRep", "{\"account\":{\"read\":[\"own\"]}}");
        role("benchManager", "{\"account\":{\"read\":[\"own\",\"below\"]}}");
    }

    private void role(String name, String scopes) throws Exception {
        var body = "{\"name\":\"" + name + "\",\"grants\":{\"objects\":{\"*\":[\"read\"]},\"scopes\":" + scopes + "}}";
        if (admin.status("POST", "/api/roles", body) >= 500) throw new IllegalStateException(name);
    }

    /** Five regions of four districts with a hundred people each; the first district has twenty-two. */
    private void organisation() throws Exception {
        for (var item : admin.send("POST", "/api/records/department/query", "{\"limit\":500,\"fields\":[\"name\"]}").path("items"))
            departments.put(item.path("name").asString(), item.path("id").asString());
        for (int region = 0; region < 5; region++) {
            department("region " + region, null);
            for (int district = 0; district < 4; district++)
                department("district " + (region * 4 + district), "region " + region);
        }
        if (count("SELECT count(*) FROM o_user WHERE username LIKE 'bench-owner%'") > 0) return;
        bench.exec(
                """
                INSERT INTO o_user (id, version, username, name, active, language, zone, department, owner, created_by, updated_by, created_at, updated_at)
                  SELECT md5('bench-owner' || n)::uuid, 1, 'bench-owner' || n, 'Owner ' || n, true, 'en', 'UTC',
                    (SELECT id FROM o_department WHERE name = 'district ' || CASE WHEN n < 22 THEN 0 ELSE 1 + n %% 19 END),
                    u.id, u.id, u.id, now(), now()
                  FROM generate_series(0, %d) n, (SELECT id FROM o_user ORDER BY id LIMIT 1) u"""
                        .formatted(OWNERS - 1));
    }

    private void department(String name, String parent) throws Exception {
        if (departments.containsKey(name)) return;
        var above = parent == null ? "" : ",\"parent\":\"" + departments.get(parent) + "\"";
        var made = admin.send("POST", "/api/records/department", "{\"name\":\"" + name + "\"" + above + "}");
        departments.put(name, made.path("id").asString());
    }

    private long count(String sql) throws Exception {
        return bench.number(sql);
    }

    /** Inserts the accounts without the secondary indexes and makes these afterwards. */
    private void fill() throws Exception {
        long wanted = (long) bench.size() * ACCOUNTS_PER_CONTACT;
        if (count("SELECT count(*) FROM (SELECT 1 FROM o_account LIMIT " + wanted + ") s") >= wanted) return;
        long began = System.nanoTime();
        bench.exec(
                """
                DO $$ DECLARE made text[]; one text; BEGIN
                  SELECT array_agg(indexdef) INTO made FROM pg_indexes WHERE tablename = 'o_account' AND indexname LIKE 'ix_%%';
                  FOR one IN SELECT indexname FROM pg_indexes WHERE tablename = 'o_account' AND indexname LIKE 'ix_%%' LOOP
                    EXECUTE 'DROP INDEX ' || quote_ident(one); END LOOP;
                  INSERT INTO o_account (id, version, name, owner, created_by, updated_by, created_at, updated_at)
                    SELECT md5('bench-account' || n)::uuid, 1, 'Account ' || n,
                      md5('bench-owner' || n %% %d)::uuid, u.id, u.id, t.at, t.at
                    FROM generate_series(1, %d) n, (SELECT id FROM o_user ORDER BY id LIMIT 1) u,
                      LATERAL (SELECT now() - (hashint8(n)::bigint + 2147483648) %% 63072000 * interval '1 second' AS at) t;
                  FOREACH one IN ARRAY made LOOP EXECUTE one; END LOOP;
                END $$"""
                        .formatted(OWNERS, wanted));
        bench.exec(
                """
                INSERT INTO record_share (object, record_id, principal, principal_kind, level, cause, created_by)
                  SELECT 'account', md5('bench-account' || n * 5)::uuid, md5('bench-group' || n %% %d)::uuid, 'userGroup', 'read', 'manual', u.id
                  FROM generate_series(1, %d) n, (SELECT id FROM o_user ORDER BY id LIMIT 1) u ON CONFLICT DO NOTHING"""
                        .formatted(GROUPS, wanted / 5));
        bench.row("accounts inserted", wanted, "", "");
        bench.row("  in", (System.nanoTime() - began) / 1e9, "s", "");
    }

    private Person person(String name, String role, String department) throws Exception {
        var username = "bench-" + name + "-" + Long.toHexString(System.currentTimeMillis());
        var place = department == null ? "" : ",\"department\":\"" + departments.get(department) + "\"";
        var made = admin.send("POST", "/api/users", "{\"username\":\"" + username + "\",\"name\":\"" + name + "\",\"password\":\"" + PASSWORD
                + "\",\"role\":\"" + role + "\"" + place + "}");
        var api = new Api(admin.address());
        api.signIn(username, PASSWORD);
        return new Person(made.path("id").asString(), api);
    }

    /** Gives the person some accounts, whoever had them. */
    private void owned(Person person, int count) throws Exception {
        bench.exec("UPDATE o_account SET owner = '" + person.id() + "' WHERE id IN (SELECT md5('bench-account' || n * 397)::uuid FROM generate_series(1, "
                + count + ") n)");
    }

    /** Five thousand of one's own and about ten thousand through a group. */
    private void shared(Person person) throws Exception {
        long all = (long) bench.size() * ACCOUNTS_PER_CONTACT;
        bench.exec("UPDATE o_account SET owner = '" + person.id() + "' WHERE id IN (SELECT md5('bench-account' || 1999 + 2000 * n)::uuid FROM generate_series(0, "
                + (all / 2000 - 1) + ") n)");
        var group = admin.send("POST", "/api/records/userGroup", "{\"name\":\"bench " + person.id() + "\",\"members\":[\"" + person.id() + "\"]}")
                .path("id").asString();
        bench.exec("UPDATE record_share SET principal = '" + group + "' WHERE record_id IN (SELECT md5('bench-account' || 5 * (7 + 200 * n))::uuid FROM generate_series(0, "
                + (all / 1000 - 1) + ") n)");
    }

    private void lists(Person narrow, Person rep, Person manager, Person vp) throws Exception {
        var persons = new HashMap<String, Person>();
        persons.put("narrow", narrow);
        persons.put("rep", rep);
        persons.put("manager", manager);
        persons.put("vp", vp);
        for (var entry : persons.entrySet()) {
            var counted = entry.getValue().api().send("POST", "/api/records/account/query", "{\"limit\":1,\"count\":\"exact\"}");
            bench.row("accounts that " + entry.getKey() + " sees", counted.path("count").path("value").asLong(), "", "");
        }
        Bench.Call all = n -> {
            for (var person : persons.values()) page(person);
        };
        bench.warm(40, all);
        bench.measure("page for a rep who sees 25", 400, "<= 5", n -> page(narrow));
        bench.measure("page for a rep who sees 15,000, most by a share", 80, "<= 60", n -> page(rep));
        bench.measure("page for a manager", 80, "<= 40", n -> page(manager));
        bench.measure("page for a vice president", 80, "<= 40", n -> page(vp));
        bench.measure("page for an administrator", 400, "", n -> page(new Person("", admin)));
        bench.measure("bounded count, manager", 40, "<= 15 with the page", n -> ok(manager, "{\"limit\":1,\"fields\":[\"name\"],\"count\":\"bounded\"}"));
        var ids = new ArrayList<String>();
        for (var item : rep.api().send("POST", "/api/records/account/query", "{\"limit\":200,\"fields\":[\"name\"]}").path("items"))
            ids.add(item.path("id").asString());
        double open = open("open by id, administrator", admin, ids);
        double checked = open("open by id, rep", rep.api(), ids);
        bench.row("check on one record (the difference)", checked - open, "ms CPU", "<= 0.3");
    }

    private double open(String name, Api api, List<String> ids) throws Exception {
        var random = new Random(5);
        return bench.measured(name, 3000, "", n -> {
            if (api.hit("GET", "/api/records/account/" + ids.get(random.nextInt(ids.size())) + "?fields=name", null) != 200)
                throw new IllegalStateException();
        });
    }

    private static void page(Person person) throws Exception {
        ok(person, PAGE);
    }

    private static void ok(Person person, String body) throws Exception {
        if (person.api().hit("POST", "/api/records/account/query", body) != 200) throw new IllegalStateException(body);
    }

    /** Gives all accounts of one person to another, as a bulk change that can be undone. */
    private void reassign() throws Exception {
        long began = System.nanoTime();
        var from = "{\"field\":\"owner\",\"op\":\"eq\",\"value\":\"" + id(1998) + "\"}";
        var job = admin.send("POST", "/api/records/account/bulk", "{\"where\":{\"filter\":" + from + "},\"set\":{\"owner\":\"" + id(1997) + "\"}}");
        var path = "/api/jobs/" + job.path("job").path("id").asString();
        while (!List.of("done", "failed", "cancelled").contains(admin.send("GET", path, null).path("state").asString())) Thread.sleep(20);
        bench.row("5,000 records given to another owner", (System.nanoTime() - began) / 1e9, "s", "<= 2");
    }

    private static String id(int owner) throws Exception {
        var hash = java.security.MessageDigest.getInstance("MD5").digest(("bench-owner" + owner).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var hex = java.util.HexFormat.of().formatHex(hash);
        return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    /** Moves two districts of a hundred people each under another region: the next request sees it. */
    private void move(Person vp) throws Exception {
        long before = seen(vp);
        var other = departments.get("region 1");
        long began = System.nanoTime();
        for (var name : List.of("district 1", "district 2")) {
            var path = "/api/records/department/" + departments.get(name);
            var version = admin.send("GET", path, null).path("version").asInt();
            admin.send("PATCH", path, "{\"parent\":\"" + other + "\"}", "If-Match", "\"" + version + "\"");
        }
        page(vp);
        bench.row("two hundred people moved, and the next page", (System.nanoTime() - began) / 1e9, "s", "at once");
        bench.row("accounts that vp sees before", before, "", "");
        bench.row("accounts that vp sees after", seen(vp), "", "");
        for (var name : List.of("district 1", "district 2")) {
            var path = "/api/records/department/" + departments.get(name);
            var version = admin.send("GET", path, null).path("version").asInt();
            admin.send("PATCH", path, "{\"parent\":\"" + departments.get("region 0") + "\"}", "If-Match", "\"" + version + "\"");
        }
    }

    private static long seen(Person person) throws Exception {
        return person.api().send("POST", "/api/records/account/query", "{\"limit\":1,\"count\":\"exact\"}").path("count").path("value").asLong();
    }
}
