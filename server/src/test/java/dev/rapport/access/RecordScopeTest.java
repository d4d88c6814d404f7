package dev.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.access.ActorScope.Rights;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.metadata.Catalogue;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds everything that shows records against a naive evaluation of roles, places, shares and rules over a random company:
 * both shapes of the compiled condition, lists, counts, figures, search, export, single records, history, timelines, and
 * what may be changed.
 */
@NullUnmarked // the oracle speaks of missing values on every line
class RecordScopeTest {
    private static final String MARK = "Scoped" + UUID.randomUUID().toString().substring(0, 8);
    private static final List<String> INDUSTRIES = List.of("retail", "steel", "tea");
    private static final List<String> OBJECTS = List.of("account", "contact", "task", "note");
    private static final RapportServer SERVER = RapportServer.get();

    private record Person(Client client, String role, String team, String department) {
        String id() {
            return client.actor().id().toString();
        }
    }

    private record Item(
            String object, String id, String name, String owner, String industry, String account, String contact) {}

    private record Share(String record, String principal, String level, boolean over) {}

    private record Rule(String industry, String level, Set<String> principals) {}

    private record Role(Map<String, Map<String, Set<String>>> scopes) {}

    private static final Map<String, String> DEPARTMENT_PARENT = new LinkedHashMap<>();
    private static final Map<String, String> DEPARTMENT_MANAGER = new HashMap<>();
    private static final Map<String, String> TEAM_MANAGER = new LinkedHashMap<>();
    private static final Map<String, Set<String>> GROUPS = new LinkedHashMap<>();
    private static final Map<String, Role> ROLES = new LinkedHashMap<>();
    private static final List<Person> PEOPLE = new ArrayList<>();
    private static final Map<String, Item> ITEMS = new LinkedHashMap<>();
    private static final List<Share> SHARES = new ArrayList<>();
    private static final List<Rule> RULES = new ArrayList<>();
    private static Client admin;

    @BeforeAll
    static void company() {
        var random = new Random(20_261_127);
        admin = SERVER.as("admin");
        for (int i = 0; i < 7; i++) {
            var parent = i == 0 || random.nextInt(5) == 0 ? null : pick(random, DEPARTMENT_PARENT.keySet());
            var id = create(
                    "department", Json.object().put("name", MARK + "d" + i).put("parent", parent));
            DEPARTMENT_PARENT.put(id, parent);
        }
        for (int i = 0; i < 4; i++)
            TEAM_MANAGER.put(create("team", Json.object().put("name", MARK + "t" + i)), null);
        for (int i = 0; i < 6; i++) role(random, MARK + "r" + i);
        for (int i = 0; i < 16; i++) person(random);
        manage(random);
        groups(random);
        rules(random);
        for (int i = 0; i < 60; i++) account(random, i);
        for (int i = 0; i < 60; i++) child(random, "contact", i);
        for (int i = 0; i < 50; i++) child(random, "task", i);
        for (int i = 0; i < 30; i++) child(random, "note", i);
        for (int i = 0; i < 60; i++) share(random);
    }

    private static String create(String object, ObjectNode json) {
        return admin.create(object, json.toString()).path("id").asString();
    }

    private static <T> T pick(Random random, java.util.Collection<T> from) {
        return List.copyOf(from).get(random.nextInt(from.size()));
    }

    private static void role(Random random, String name) {
        var scopes = new HashMap<String, Map<String, Set<String>>>();
        var grants = Json.object();
        grants.putObject("objects")
                .putArray("*")
                .add("read")
                .add("create")
                .add("update")
                .add("delete")
                .add("export");
        var node = grants.putObject("scopes");
        for (var object : OBJECTS) {
            var verbs = new HashMap<String, Set<String>>();
            var scope = node.putObject(object);
            for (var verb : List.of("read", "update")) {
                if (verb.equals("update") && random.nextInt(3) == 0) continue;
                var branches = new TreeSet<String>();
                for (var branch : List.of("own", "team", "department", "below", "parent"))
                    if (random.nextInt(3) == 0) branches.add(branch);
                if (random.nextInt(12) == 0) branches.add("all");
                verbs.put(verb, branches);
                branches.forEach(scope.putArray(verb)::add);
            }
            scopes.put(object, verbs);
        }
        SERVER.role(name, grants.toString());
        ROLES.put(name, new Role(scopes));
    }

    private static void person(Random random) {
        var role = pick(random, ROLES.keySet());
        var client = SERVER.as(role);
        var team = random.nextInt(4) == 0 ? null : pick(random, TEAM_MANAGER.keySet());
        var department = random.nextInt(5) == 0 ? null : pick(random, DEPARTMENT_PARENT.keySet());
        var body = Json.object().put("team", team).put("department", department);
        assertThat(admin.patch("/api/users/" + client.actor().id(), body.toString())
                        .status())
                .isEqualTo(204);
        PEOPLE.add(new Person(client, role, team, department));
    }

    private static void manage(Random random) {
        var team = pick(random, TEAM_MANAGER.keySet());
        var department = pick(random, DEPARTMENT_PARENT.keySet());
        for (var entry : Map.of("team", team, "department", department).entrySet()) {
            var manager = pick(random, PEOPLE).id();
            var path = "/api/records/" + entry.getKey() + "/" + entry.getValue();
            assertThat(admin.patch(path, Json.object().put("manager", manager).toString(), "If-Match", "\"1\"")
                            .status())
                    .isEqualTo(200);
            (entry.getKey().equals("team") ? TEAM_MANAGER : DEPARTMENT_MANAGER).put(entry.getValue(), manager);
        }
    }

    private static void groups(Random random) {
        for (int i = 0; i < 3; i++) {
            var body = Json.object().put("name", MARK + "g" + i);
            var members = new HashSet<String>();
            var people = body.putArray("members");
            for (int n = 0; n < 2; n++) {
                var person = pick(random, PEOPLE);
                if (members.add(person.id())) people.add(person.id());
            }
            var department = pick(random, DEPARTMENT_PARENT.keySet());
            body.putArray("departments").add(department);
            for (var person : PEOPLE) if (ancestors(person.department()).contains(department)) members.add(person.id());
            GROUPS.put(create("userGroup", body), members);
        }
    }

    private static void rules(Random random) {
        for (int i = 0; i < 3; i++) {
            var industry = INDUSTRIES.get(i);
            var level = random.nextBoolean() ? "read" : "write";
            var filter = Json.object().put("field", "industry").put("op", "eq").put("value", MARK + industry);
            var body = Json.object()
                    .put("name", MARK + "s" + i)
                    .put("object", "account")
                    .put("level", level)
                    .put("filter", filter.toString());
            var principals = new HashSet<String>();
            var group = pick(random, GROUPS.keySet());
            body.putArray("groups").add(group);
            principals.add(group);
            var person = pick(random, PEOPLE).id();
            body.putArray("people").add(person);
            principals.add(person);
            create("sharingRule", body);
            RULES.add(new Rule(MARK + industry, level, principals));
        }
    }

    private static void account(Random random, int i) {
        var owner = pick(random, PEOPLE).id();
        var industry = random.nextInt(3) == 0 ? MARK + pick(random, INDUSTRIES) : null;
        var name = MARK + " account " + word(i);
        var id = create(
                "account", Json.object().put("name", name).put("owner", owner).put("industry", industry));
        ITEMS.put(id, new Item("account", id, name, owner, industry, null, null));
    }

    /** A word of its own for each number, for the search. */
    private static String word(int number) {
        return "w" + Integer.toString(100_000 + number * 37, 36) + "x";
    }

    private static void child(Random random, String object, int i) {
        var owner = pick(random, PEOPLE).id();
        var account = random.nextInt(3) == 0 ? null : pick(random, of("account"));
        var contact = object.equals("contact") || random.nextInt(2) == 0 ? null : pick(random, of("contact"));
        var body = Json.object().put("owner", owner);
        if (object.equals("contact")) body.putObject("name").put("given", MARK).put("family", word(1_000 + i));
        else body.put("name", MARK + " " + object + " " + word(5_000 + i));
        if (object.equals("note")) {
            body.remove("name");
            body.put("body", MARK + " note " + word(5_000 + i));
        }
        if (contact != null) body.put("contact", contact.id());
        if (account != null) body.put("account", account.id());
        var record = admin.create(object, body.toString());
        var id = record.path("id").asString();
        // an activity with a contact belongs to the contact's account as well
        var linked = record.path("account").path("id").asString(null);
        var name = object.equals("contact") ? word(1_000 + i) : MARK + " " + object + " " + word(5_000 + i);
        ITEMS.put(id, new Item(object, id, name, owner, null, linked, contact == null ? null : contact.id()));
    }

    private static List<Item> of(String object) {
        return ITEMS.values().stream()
                .filter(item -> item.object().equals(object))
                .toList();
    }

    private static void share(Random random) {
        var item = pick(random, ITEMS.values());
        var principal = switch (random.nextInt(4)) {
            case 0 -> pick(random, TEAM_MANAGER.keySet());
            case 1 -> pick(random, DEPARTMENT_PARENT.keySet());
            case 2 -> pick(random, GROUPS.keySet());
            default -> pick(random, PEOPLE).id();
        };
        var level = random.nextBoolean() ? "read" : "write";
        if (SHARES.stream()
                .anyMatch(s -> s.record().equals(item.id()) && s.principal().equals(principal))) return;
        boolean over = random.nextInt(5) == 0;
        var body = Json.object().put("principal", principal).put("level", level);
        if (random.nextBoolean())
            body.put("expiresAt", Instant.now().plus(1, ChronoUnit.DAYS).toString());
        var answer = admin.post("/api/records/" + item.object() + "/" + item.id() + "/shares", body.toString());
        assertThat(answer.status()).as(answer::text).isEqualTo(204);
        if (over)
            SERVER.bean(Database.class)
                    .run(tx -> tx.dsl()
                            .update(DSL.table(DSL.name("record_share")))
                            .set(
                                    DSL.field(DSL.name("expires_at"), SQLDataType.INSTANT),
                                    Instant.now().minus(1, ChronoUnit.MINUTES))
                            .where(DSL.field(DSL.name("record_id"), SQLDataType.UUID)
                                    .eq(UUID.fromString(item.id())))
                            .and(DSL.field(DSL.name("principal"), SQLDataType.UUID)
                                    .eq(UUID.fromString(principal)))
                            .execute());
        SHARES.add(new Share(item.id(), principal, level, over));
    }

    // The oracle.

    private static Set<String> ancestors(String department) {
        var found = new HashSet<String>();
        for (var at = department; at != null && found.add(at); ) at = DEPARTMENT_PARENT.get(at);
        return found;
    }

    private static Set<String> principals(Person person) {
        var principals = ancestors(person.department());
        principals.add(person.id());
        if (person.team() != null) principals.add(person.team());
        GROUPS.forEach((group, members) -> {
            if (members.contains(person.id())) principals.add(group);
        });
        return principals;
    }

    private static boolean may(Person person, String verb, Item item) {
        var scopes = ROLES.get(person.role()).scopes().get(item.object());
        var branches = scopes.getOrDefault(verb, scopes.get("read"));
        if (branches.contains("all")) return true;
        var owner = PEOPLE.stream()
                .filter(other -> other.id().equals(item.owner()))
                .findFirst()
                .orElseThrow();
        for (var branch : branches) if (reaches(person, branch, verb, item, owner)) return true;
        var principals = principals(person);
        for (var share : SHARES)
            if (share.record().equals(item.id())
                    && !share.over()
                    && principals.contains(share.principal())
                    && (verb.equals("read") || share.level().equals("write"))) return true;
        for (var rule : RULES)
            if (item.object().equals("account")
                    && rule.industry().equals(item.industry())
                    && rule.principals().stream().anyMatch(principals::contains)
                    && (verb.equals("read") || rule.level().equals("write"))) return true;
        return false;
    }

    private static boolean reaches(Person person, String branch, String verb, Item item, Person owner) {
        boolean self = owner.id().equals(person.id());
        return switch (branch) {
            case "own" -> self;
            case "team" ->
                self
                        || owner.team() != null
                                && (owner.team().equals(person.team())
                                        || person.id().equals(TEAM_MANAGER.get(owner.team())));
            case "department" ->
                self || owner.department() != null && owner.department().equals(person.department());
            case "below" ->
                self
                        || ancestors(owner.department()).stream()
                                .anyMatch(above -> above.equals(person.department())
                                        || person.id().equals(DEPARTMENT_MANAGER.get(above)));
            case "parent" ->
                item.account() != null && may(person, verb, ITEMS.get(item.account()))
                        || item.contact() != null && may(person, verb, ITEMS.get(item.contact()));
            default -> throw new IllegalStateException(branch);
        };
    }

    private static Set<String> expected(Person person, String verb, String object) {
        return of(object).stream()
                .filter(item -> may(person, verb, item))
                .map(Item::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @TestFactory
    Stream<DynamicTest> whatEverybodySees() {
        return PEOPLE.stream()
                .flatMap(person -> OBJECTS.stream()
                        .map(object -> DynamicTest.dynamicTest(
                                person.client().actor().name() + " " + object, () -> check(person, object))));
    }

    private static void check(Person person, String object) {
        var expected = expected(person, "read", object);
        var client = person.client();
        assertThat(bothShapes(person, object, Operation.READ)).as("both shapes").allMatch(expected::equals);
        assertThat(bothShapes(person, object, Operation.UPDATE).getFirst())
                .as("what may be changed")
                .isEqualTo(expected(person, "update", object));
        var query = Json.object().put("limit", 500).put("count", "exact");
        query.set("filter", marked(object));
        var list = client.post("/api/records/" + object + "/query", query.toString());
        assertThat(list.json()
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("id").asString()))
                .as("list")
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(list.json().path("count").path("value").asInt()).as("count").isEqualTo(expected.size());
        aggregates(client, object, expected);
        for (var item : of(object)) single(person, item, expected.contains(item.id()));
        export(client, object, expected);
    }

    private static ObjectNode marked(String object) {
        var field = switch (object) {
            case "note" -> "body";
            default -> "name";
        };
        return Json.object().put("field", field).put("op", "contains").put("value", MARK);
    }

    /** The ids by the check of each row and by the branches one after the other. */
    private static List<Set<String>> bothShapes(Person person, String object, Operation operation) {
        var access = SERVER.bean(Access.class);
        var catalogue = SERVER.bean(Catalogue.class);
        var snapshot = access.now();
        var reach = snapshot.organisation().reach(UUID.fromString(person.id()));
        var rules =
                snapshot.rules().stream().filter(rule -> rule.concerns(reach)).toList();
        var rights = new Rights(catalogue, snapshot.of(Set.of(person.role())), rules);
        var definition = catalogue.require(object);
        var shapes = new ArrayList<Set<String>>();
        boolean all =
                ActorScope.branches(rights.grants(), definition, operation).contains(Branch.ALL);
        for (var narrow : List.of(false, true)) {
            if (all && narrow) continue;
            var scope = ActorScope.Templates.of(rights, operation).filledWith(reach, any -> narrow);
            var source = DSL.table(DSL.name(definition.table())).as(DSL.name("r"));
            var id = DSL.field(DSL.name("r", "id"), SQLDataType.UUID);
            var seen = SERVER.bean(Database.class)
                    .read(tx -> tx.dsl()
                            .select(id)
                            .from(source)
                            .where(
                                    operation == Operation.READ
                                            ? scope.listed(definition, source)
                                            : scope.visible(definition, source))
                            .fetchSet(row -> row.value1().toString()));
            seen.retainAll(ITEMS.keySet());
            shapes.add(new TreeSet<>(seen));
        }
        return shapes;
    }

    private static void aggregates(Client client, String object, Set<String> expected) {
        var body = Json.object();
        body.set("filter", marked(object));
        body.putArray("groupBy").addObject().put("field", "owner");
        body.putArray("measures").addObject().put("fn", "count");
        var groups = client.post("/api/records/" + object + "/aggregate", body.toString())
                .json()
                .path("groups");
        var byOwner = new HashMap<String, Integer>();
        for (var id : expected) byOwner.merge(ITEMS.get(id).owner(), 1, Integer::sum);
        var answered = new HashMap<String, Integer>();
        groups.forEach(group -> answered.put(
                group.path("owner").path("id").asString(), group.path("count").asInt()));
        assertThat(answered).as("figures").isEqualTo(byOwner);
    }

    private static void single(Person person, Item item, boolean visible) {
        var client = person.client();
        var path = "/api/records/" + item.object() + "/" + item.id();
        int status = visible ? 200 : 404;
        assertThat(client.get(path).status()).as(path).isEqualTo(status);
        if (item.name().hashCode() % 3 != 0) return;
        for (var part : List.of("/history", "/timeline", "/shares", "/access"))
            assertThat(client.get(path + part).status()).as(path + part).isEqualTo(status);
        boolean changeable = visible && may(person, "update", item);
        var touched = client.patch(path, "{}", "If-Match", "\"1\"");
        assertThat(touched.status()).as(touched::text).isEqualTo(!visible ? 404 : changeable ? 200 : 403);
        if (visible)
            assertThat(client.get(path + "/access").json().path("update").asBoolean())
                    .isEqualTo(changeable);
        if (item.object().equals("account")) timeline(person, item, visible);
        if (item.object().equals("account") || item.object().equals("contact")) {
            var word = item.name().substring(item.name().lastIndexOf(' ') + 1);
            var found = client.get("/api/search?q=" + word + "&objects=" + item.object());
            assertThat(found.text().contains(item.id()))
                    .as("search for " + word)
                    .isEqualTo(visible);
        }
    }

    private static void timeline(Person person, Item account, boolean visible) {
        if (!visible) return;
        var seen = person.client()
                .get("/api/records/account/" + account.id() + "/timeline?limit=200")
                .json()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("id").asString())
                .filter(ITEMS::containsKey)
                .collect(Collectors.toSet());
        var expected = ITEMS.values().stream()
                .filter(item ->
                        account.id().equals(item.account()) && item.object().equals("note"))
                .filter(item -> may(person, "read", item))
                .map(Item::id)
                .collect(Collectors.toSet());
        seen.retainAll(of("note").stream().map(Item::id).collect(Collectors.toSet()));
        assertThat(seen).as("timeline").isEqualTo(expected);
    }

    private static void export(Client client, String object, Set<String> expected) {
        var body = Json.object().put("object", object).put("format", "csv");
        body.putArray("fields").add("id");
        body.set("filter", marked(object));
        var made = client.post("/api/exports", body.toString());
        assertThat(made.status()).as(made::text).isEqualTo(201);
        var file = client.get("/api/exports/" + made.json().path("id").asString() + "/file");
        var ids =
                file.text().lines().skip(1).map(line -> line.replace("\"", "")).toList();
        assertThat(ids).as("export").containsExactlyInAnyOrderElementsOf(expected);
    }

    @TestFactory
    Stream<DynamicTest> whyTheySeeIt() {
        var random = new Random(3);
        return Stream.generate(() -> pick(random, ITEMS.values())).limit(40).map(item -> {
            var person = pick(random, PEOPLE);
            return DynamicTest.dynamicTest(person.client().actor().name() + " " + item.name(), () -> {
                var query = "?object=" + item.object() + "&id=" + item.id() + "&user="
                        + URLEncoder.encode(person.id(), StandardCharsets.UTF_8);
                var why = admin.get("/api/access/why" + query);
                assertThat(why.status()).as(why::text).isEqualTo(200);
                boolean reads = why.json()
                        .path("items")
                        .valueStream()
                        .anyMatch(reason -> reason.path("operation").asString().equals("read"));
                assertThat(reads).as(why::text).isEqualTo(may(person, "read", item));
            });
        });
    }
}
