package dev.rapport.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.sales.SalesSetup;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is hidden leaves no trace: every route of the OpenAPI document answers for a record that one may not see as for one
 * that does not exist, and nothing that one can ask for changes when hidden records and hidden fields get other values
 * (non-interference).
 */
@NullUnmarked // what is looked up here is there
class SecrecyTest {
    private static final RapportServer SERVER = RapportServer.get();
    private static final String RANDOM = "01a1fde8-2047-7e5b-8bdb-a1bdd3521d9b";
    /** Streams, and what tells of the server itself. */
    private static final List<String> LEFT_OUT = List.of("/api/events", "/api/health", "/api/ready");

    private static Client admin;
    private static Client rep;
    private static Client other;
    private static Client program;
    /** Records of the other representative, by object. */
    private static final Map<String, String> HIDDEN = new LinkedHashMap<>();
    /** Records of the representative who looks. */
    private static final Map<String, String> OWN = new LinkedHashMap<>();

    private static Map<String, Map<String, JsonNode>> routes;

    @BeforeAll
    static void company() {
        admin = SERVER.as("admin");
        SERVER.bean(SalesSetup.class).prepare(admin.actor());
        rep = SERVER.as("salesRep");
        other = SERVER.as("salesRep");
        var role = "noPhone" + UUID.randomUUID().toString().substring(0, 6);
        SERVER.role(
                role,
                "{\"objects\":{\"*\":[\"read\",\"export\"]},\"fields\":{\"contact.phone\":\"none\",\"contact.email\":\"masked\","
                        + "\"lead.phone\":\"none\"},\"scopes\":{\"*\":{\"read\":[\"own\",\"parent\"]},\"contact\":{\"read\":[\"all\"]}}}");
        program = SERVER.as(role);
        fill(other, HIDDEN, "Hidden");
        fill(rep, OWN, "Own");
        routes = new TreeMap<>();
        admin.get("/api/openapi.json").json().path("paths").properties().forEach(path -> {
            var methods = new TreeMap<String, JsonNode>();
            path.getValue().properties().forEach(method -> methods.put(method.getKey(), method.getValue()));
            routes.put(path.getKey(), methods);
        });
    }

    private static void fill(Client client, Map<String, String> records, String word) {
        var mark = word + UUID.randomUUID().toString().substring(0, 6);
        put(client, records, "account", Json.object().put("name", mark + " Ltd").put("phone", "+8613611112222"));
        var contact = person(mark).put("account", records.get("account")).put("phone", "+8613611113333");
        put(client, records, "contact", contact.put("email", mark + "@example.com"));
        put(client, records, "lead", person(mark).put("company", mark).put("phone", "+8613611114444"));
        put(client, records, "order", Json.object().put("account", records.get("account")));
        put(client, records, "note", Json.object().put("body", mark).put("account", records.get("account")));
        put(client, records, "task", Json.object().put("name", mark).put("contact", records.get("contact")));
        var deal = Json.object().put("name", mark).put("account", records.get("account"));
        put(client, records, "opportunity", deal.put("closeDate", "2026-12-01"));
        put(client, records, "quote", Json.object().put("account", records.get("account")));
    }

    private static ObjectNode person(String family) {
        var node = Json.object();
        node.putObject("name").put("family", family).put("given", "P");
        return node;
    }

    private static void put(Client client, Map<String, String> records, String object, ObjectNode body) {
        records.put(object, client.create(object, body.toString()).path("id").asString());
    }

    private static String cleaned(Client.Answer answer, String id) {
        return answer.status() + " " + answer.header("ETag") + " "
                + answer.text()
                        .replaceAll("\"(traceId|batch)\":\"[-\\w]+\"", "")
                        .replace(id, "ID")
                + headers(answer).replace(id, "ID");
    }

    /** All headers but those that tell of the moment and of the connection. */
    private static String headers(Client.Answer answer) {
        var told = new TreeMap<>(answer.response().headers().map());
        told.keySet()
                .removeIf(name -> name.startsWith("ratelimit-")
                        || List.of("date", "etag", "connection").contains(name));
        return " " + told;
    }

    private static Client.Answer send(Client client, String method, String path) {
        return switch (method) {
            case "get" -> client.get(path);
            case "post" -> client.post(path, "{}");
            case "put" -> client.put(path, "{}");
            case "patch" -> client.patch(path, "{}", "If-Match", "\"1\"");
            case "delete" -> client.delete(path, "If-Match", "\"1\"");
            default -> throw new IllegalStateException(method);
        };
    }

    /** On the routes of one object its own hidden record, or any where there is none; elsewhere all of them. */
    private static Map<String, String> fitting(String route) {
        var named = Pattern.compile("/api/records/(\\w+)/.*").matcher(route);
        if (!named.matches()) return HIDDEN;
        var object = HIDDEN.containsKey(named.group(1)) ? named.group(1) : "account";
        return Map.of(object, HIDDEN.get(object));
    }

    /** Every route with an id in it: for every hidden record the answer is that for an id of nothing. */
    @TestFactory
    Stream<DynamicTest> aForeignIdIsAnUnknownIdOnEveryRoute() {
        return routes.entrySet().stream()
                .filter(route -> route.getKey().contains("{id}") && !LEFT_OUT.contains(route.getKey()))
                .flatMap(route -> route.getValue().keySet().stream()
                        .map(method -> DynamicTest.dynamicTest(method + " " + route.getKey(), () -> {
                            for (var hidden : fitting(route.getKey()).entrySet()) {
                                var path = route.getKey().replace("{object}", hidden.getKey());
                                if (path.contains("{object}")) continue;
                                var filled = path.replaceAll("\\{(?!id})\\w+}", RANDOM);
                                for (var client : List.of(rep, program)) {
                                    // that role sees all contacts, and what belongs to them
                                    var isOpen = List.of("contact", "task").contains(hidden.getKey());
                                    if (client == program && isOpen) continue;
                                    var foreign = send(client, method, filled.replace("{id}", hidden.getValue()));
                                    var unknown = send(client, method, filled.replace("{id}", RANDOM));
                                    assertThat(cleaned(foreign, hidden.getValue()))
                                            .as(filled)
                                            .isEqualTo(cleaned(unknown, RANDOM));
                                    assertThat(foreign.status()).as(filled).isBetween(400, 499);
                                }
                            }
                        })));
    }

    /** Routes that ask for a function which none of the roles below has. */
    private static final List<String> FOR_FUNCTIONS =
            List.of("/api/privacy/", "/api/backups", "/api/audit", "/api/roles", "/api/users", "/api/access/roles");

    /** As each role that the product comes with: no route breaks, and none of administrators' lets anybody in. */
    @TestFactory
    Stream<DynamicTest> everyRouteHoldsForEveryRole() {
        var before = versions();
        var tests = Stream.of("reader", "member", "manager", "salesRep", "teamLead", "departmentHead")
                .map(role -> DynamicTest.dynamicTest(role, () -> {
                    var client = SERVER.as(role);
                    // these see and change everything, so they are let at nothing that is there
                    boolean all = List.of("member", "manager").contains(role);
                    for (var route : routes.entrySet())
                        for (var method : route.getValue().keySet()) {
                            if (LEFT_OUT.contains(route.getKey())) continue;
                            // where no object is named, an id that is there and one that is not tell all
                            var objects = route.getKey().contains("{object}")
                                    ? List.of("account", "lead", "role", "nothing")
                                    : List.of("account", "nothing");
                            for (var object : objects) {
                                var id = all ? RANDOM : HIDDEN.getOrDefault(object, RANDOM);
                                var path = route.getKey()
                                        .replace("{object}", object)
                                        .replace("{id}", id)
                                        .replaceAll("\\{\\w+}", RANDOM);
                                var answer = send(client, method, path);
                                assertThat(answer.status())
                                        .as(() -> role + " " + method + " " + path + " " + answer.text())
                                        .isLessThan(500);
                                if (FOR_FUNCTIONS.stream().anyMatch(path::startsWith))
                                    assertThat(answer.status())
                                            .as(() -> role + " " + method + " " + path + " " + answer.text())
                                            .isIn(403, 404, 422);
                                if (!path.contains("{") && !route.getKey().contains("{")) break;
                            }
                        }
                }));
        var unchanged = DynamicTest.dynamicTest(
                "and nothing was changed", () -> assertThat(versions()).isEqualTo(before));
        return Stream.concat(tests, Stream.of(unchanged));
    }

    private static Map<String, Integer> versions() {
        var versions = new TreeMap<String, Integer>();
        HIDDEN.forEach((object, id) -> versions.put(
                object,
                admin.get("/api/records/" + object + "/" + id)
                        .json()
                        .path("version")
                        .asInt(-1)));
        return versions;
    }

    /** Nor does an id of something hidden work anywhere in a body. */
    @Test
    void aForeignIdInABodyIsAnUnknownOne() {
        var own = OWN.get("account");
        var bodies = new LinkedHashMap<String, String>();
        var hidden = HIDDEN.get("account");
        bodies.put("/api/records/contact", person("X").put("account", "ID").toString());
        bodies.put("/api/records/order", "{\"account\":\"ID\"}");
        bodies.put("/api/records/opportunity", "{\"name\":\"x\",\"account\":\"ID\"}");
        bodies.put(
                "/api/records/account/bulk",
                "{\"update\":[{\"id\":\"ID\",\"version\":1,\"name\":\"x\"}],\"delete\":[\"ID\"]}");
        bodies.put("/api/records/account/merge", "{\"survivor\":\"" + own + "\",\"losers\":[\"ID\"]}");
        bodies.put("/api/records/account/query", "{\"filter\":{\"field\":\"parent\",\"op\":\"eq\",\"value\":\"ID\"}}");
        bodies.put(
                "/api/records/contact/query", "{\"filter\":{\"field\":\"account\",\"op\":\"in\",\"value\":[\"ID\"]}}");
        bodies.forEach((path, body) -> {
            var foreign = rep.post(path, body.replace("ID", hidden));
            var unknown = rep.post(path, body.replace("ID", RANDOM));
            assertThat(cleaned(foreign, hidden)).as(path).isEqualTo(cleaned(unknown, RANDOM));
        });
        assertThat(admin.get("/api/records/account/" + hidden)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
    }

    /** Everything that a person can look at, as one long text. */
    private static Map<String, String> look(Client client) {
        var seen = new LinkedHashMap<String, String>();
        var objects = client.get("/api/objects")
                .json()
                .path("items")
                .valueStream()
                .map(object -> object.path("name").asString())
                .toList();
        for (var path : routes.keySet())
            if (routes.get(path).containsKey("get") && !LEFT_OUT.contains(path)) {
                for (var filled : filled(path, objects)) seen.put(filled, cleaned(client.get(filled), "none"));
            }
        for (var object : objects) {
            var query = "/api/records/" + object;
            seen.put(
                    "query " + object,
                    cleaned(
                            client.post(
                                    query + "/query", "{\"limit\":500,\"count\":\"exact\",\"sort\":\"-createdAt\"}"),
                            "none"));
            seen.put(
                    "count " + object,
                    cleaned(client.post(query + "/aggregate", "{\"measures\":[{\"fn\":\"count\"}]}"), "none"));
            seen.put(
                    "owners " + object,
                    cleaned(
                            client.post(
                                    query + "/aggregate",
                                    "{\"groupBy\":[{\"field\":\"owner\"}],\"measures\":[{\"fn\":\"count\"}]}"),
                            "none"));
            seen.put("sorted " + object, cleaned(client.get(query + "?sort=-updatedAt&limit=500&count=exact"), "none"));
            seen.put("position " + object, cleaned(client.get(query + "?position=0.5&limit=5"), "none"));
        }
        for (var word : List.of("Hidden", "Changed", "13611112222", "13699990000", "Own"))
            seen.put("search " + word, cleaned(client.get("/api/search?limit=50&q=" + word), "none"));
        for (var report : client.get("/api/reports").json().path("items"))
            seen.put(
                    "report " + report.path("name").asString(),
                    cleaned(client.post("/api/reports/" + report.path("name").asString(), "{}"), "none"));
        for (var path : List.of("/api/forecast", "/api/commissions", "/api/targets/progress"))
            seen.put(path, cleaned(client.post(path, "{\"from\":\"2026-01-01\",\"to\":\"2026-12-31\"}"), "none"));
        return seen;
    }

    private static List<String> filled(String path, List<String> objects) {
        if (!path.contains("{")) return List.of(path);
        var paths = new ArrayList<String>();
        for (var object : path.contains("{object}") ? objects : List.of("")) {
            var one = path.replace("{object}", object);
            for (var id :
                    List.of(OWN.getOrDefault(object, RANDOM), HIDDEN.getOrDefault(object, RANDOM), OWN.get("lead")))
                paths.add(one.replace("{id}", id).replaceAll("\\{\\w+}", "nothing"));
        }
        return paths.stream().distinct().toList();
    }

    private static void changeHidden(Random random) {
        HIDDEN.forEach((object, id) -> {
            if (object.equals("quote")) return;
            var version = other.get("/api/records/" + object + "/" + id)
                    .json()
                    .path("version")
                    .asInt();
            var body = Json.object();
            switch (object) {
                case "contact", "lead" ->
                    body.put(
                            "phone",
                            "+861369999" + String.format(java.util.Locale.ROOT, "%04d", random.nextInt(10_000)));
                case "note" -> body.put("body", "Changed " + random.nextInt());
                case "order" -> body.put("status", "approved");
                default -> body.put("name", "Changed " + random.nextInt());
            }
            if (object.equals("opportunity")) body.put("closeDate", "2026-11-" + (10 + random.nextInt(19)));
            var changed = other.patch(
                    "/api/records/" + object + "/" + id, body.toString(), "If-Match", "\"" + version + "\"");
            assertThat(changed.status()).as(object + changed.text()).isEqualTo(200);
        });
        fill(other, new LinkedHashMap<>(), "Changed");
    }

    @Test
    void nothingChangesWhenHiddenRecordsDo() {
        var before = look(rep);
        changeHidden(new Random(1));
        var after = look(rep);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((question, answer) ->
                assertThat(after.get(question)).as(question).isEqualTo(answer));
    }

    /** Of a hidden field, only that something was changed shows, never what: versions and moments apart, all is the same. */
    @Test
    void nothingChangesWhenHiddenFieldsDo() {
        var contact = admin.create(
                        "contact",
                        person("Field" + UUID.randomUUID().toString().substring(0, 6))
                                .put("phone", "+8613611115555")
                                .toString())
                .path("id")
                .asString();
        var before = look(program);
        var changed =
                admin.patch("/api/records/contact/" + contact, "{\"phone\":\"+8613699990000\"}", "If-Match", "\"1\"");
        assertThat(changed.status()).as(changed::text).isEqualTo(200);
        var after = look(program);
        before.forEach((question, answer) ->
                assertThat(withoutMoments(after.get(question))).as(question).isEqualTo(withoutMoments(answer)));
    }

    private static String withoutMoments(String answer) {
        return answer.replaceAll("\"version\":\\d+", "")
                .replaceAll("\"updatedAt\":\"[^\"]+\"", "")
                .replaceAll("\"updatedBy\":\\{[^}]*}", "")
                .replaceAll("\"at\":\"[^\"]+\"", "")
                .replaceAll("content-length=\\[\\d+]", "")
                .replaceAll("^(\\d+) \"\\d+\"", "$1");
    }
}
