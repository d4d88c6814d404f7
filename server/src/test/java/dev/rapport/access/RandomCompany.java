package dev.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
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
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.node.ObjectNode;

/**
 * A random company of people in teams and departments, with roles, shares, sharing rules and records; and the naive evaluation
 * of who may do what with them.
 */
@NullUnmarked // it speaks of missing values on every line
final class RandomCompany {
    static final String MARK = "Scoped" + UUID.randomUUID().toString().substring(0, 8);
    private static final List<String> INDUSTRIES = List.of("retail", "steel", "tea");
    static final List<String> OBJECTS = List.of("account", "contact", "task", "note");

    record Person(Client client, String role, String team, String department) {
        String id() {
            return client.actor().id().toString();
        }
    }

    record Item(String object, String id, String name, String owner, String industry, String account, String contact) {}

    private record Share(String record, String principal, String level, boolean over) {}

    private record Rule(String industry, String level, Set<String> principals) {}

    private record Role(Map<String, Map<String, Set<String>>> scopes) {}

    private final Map<String, String> departmentParent = new LinkedHashMap<>();
    private final Map<String, String> departmentManager = new HashMap<>();
    private final Map<String, String> teamManager = new LinkedHashMap<>();
    private final Map<String, Set<String>> groupMembers = new LinkedHashMap<>();
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final List<Person> people = new ArrayList<>();
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final List<Share> shares = new ArrayList<>();
    private final List<Rule> sharingRules = new ArrayList<>();
    private final RapportServer server;
    private final Client admin;

    RandomCompany(RapportServer server) {
        this.server = server;
        var random = new Random(20_261_127);
        admin = server.as("admin");
        for (int i = 0; i < 7; i++) {
            var parent = i == 0 || random.nextInt(5) == 0 ? null : pick(random, departmentParent.keySet());
            var id = create(
                    "department", Json.object().put("name", MARK + "d" + i).put("parent", parent));
            departmentParent.put(id, parent);
        }
        for (int i = 0; i < 4; i++) teamManager.put(create("team", Json.object().put("name", MARK + "t" + i)), null);
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

    private String create(String object, ObjectNode json) {
        return admin.create(object, json.toString()).path("id").asString();
    }

    static <T> T pick(Random random, java.util.Collection<T> from) {
        return List.copyOf(from).get(random.nextInt(from.size()));
    }

    private void role(Random random, String name) {
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
        server.role(name, grants.toString());
        roles.put(name, new Role(scopes));
    }

    private void person(Random random) {
        var role = pick(random, roles.keySet());
        var client = server.as(role);
        var team = random.nextInt(4) == 0 ? null : pick(random, teamManager.keySet());
        var department = random.nextInt(5) == 0 ? null : pick(random, departmentParent.keySet());
        var body = Json.object().put("team", team).put("department", department);
        assertThat(admin.patch("/api/users/" + client.actor().id(), body.toString())
                        .status())
                .isEqualTo(204);
        people.add(new Person(client, role, team, department));
    }

    private void manage(Random random) {
        var team = pick(random, teamManager.keySet());
        var department = pick(random, departmentParent.keySet());
        for (var entry : Map.of("team", team, "department", department).entrySet()) {
            var manager = pick(random, people).id();
            var path = "/api/records/" + entry.getKey() + "/" + entry.getValue();
            assertThat(admin.patch(path, Json.object().put("manager", manager).toString(), "If-Match", "\"1\"")
                            .status())
                    .isEqualTo(200);
            (entry.getKey().equals("team") ? teamManager : departmentManager).put(entry.getValue(), manager);
        }
    }

    private void groups(Random random) {
        for (int i = 0; i < 3; i++) {
            var body = Json.object().put("name", MARK + "g" + i);
            var members = new HashSet<String>();
            var named = body.putArray("members");
            for (int n = 0; n < 2; n++) {
                var person = pick(random, people);
                if (members.add(person.id())) named.add(person.id());
            }
            var department = pick(random, departmentParent.keySet());
            body.putArray("departments").add(department);
            for (var person : people) if (ancestors(person.department()).contains(department)) members.add(person.id());
            groupMembers.put(create("userGroup", body), members);
        }
    }

    private void rules(Random random) {
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
            var group = pick(random, groupMembers.keySet());
            body.putArray("groups").add(group);
            principals.add(group);
            var person = pick(random, people).id();
            body.putArray("people").add(person);
            principals.add(person);
            create("sharingRule", body);
            sharingRules.add(new Rule(MARK + industry, level, principals));
        }
    }

    private void account(Random random, int i) {
        var owner = pick(random, people).id();
        var industry = random.nextInt(3) == 0 ? MARK + pick(random, INDUSTRIES) : null;
        var name = MARK + " account " + word(i);
        var id = create(
                "account", Json.object().put("name", name).put("owner", owner).put("industry", industry));
        items.put(id, new Item("account", id, name, owner, industry, null, null));
    }

    /** A word of its own for each number, for the search. */
    private static String word(int number) {
        return "w" + Integer.toString(100_000 + number * 37, 36) + "x";
    }

    private void child(Random random, String object, int i) {
        var owner = pick(random, people).id();
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
        items.put(id, new Item(object, id, name, owner, null, linked, contact == null ? null : contact.id()));
    }

    List<Person> people() {
        return people;
    }

    Map<String, Item> items() {
        return items;
    }

    List<Item> of(String object) {
        return items.values().stream()
                .filter(item -> item.object().equals(object))
                .toList();
    }

    private void share(Random random) {
        var item = pick(random, items.values());
        var principal = switch (random.nextInt(4)) {
            case 0 -> pick(random, teamManager.keySet());
            case 1 -> pick(random, departmentParent.keySet());
            case 2 -> pick(random, groupMembers.keySet());
            default -> pick(random, people).id();
        };
        var level = random.nextBoolean() ? "read" : "write";
        if (shares.stream()
                .anyMatch(s -> s.record().equals(item.id()) && s.principal().equals(principal))) return;
        boolean over = random.nextInt(5) == 0;
        var body = Json.object().put("principal", principal).put("level", level);
        if (random.nextBoolean())
            body.put("expiresAt", Instant.now().plus(1, ChronoUnit.DAYS).toString());
        var answer = admin.post("/api/records/" + item.object() + "/" + item.id() + "/shares", body.toString());
        assertThat(answer.status()).as(answer::text).isEqualTo(204);
        if (over)
            server.bean(Database.class)
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
        shares.add(new Share(item.id(), principal, level, over));
    }

    private Set<String> ancestors(String department) {
        var found = new HashSet<String>();
        for (var at = department; at != null && found.add(at); ) at = departmentParent.get(at);
        return found;
    }

    private Set<String> principals(Person person) {
        var principals = ancestors(person.department());
        principals.add(person.id());
        if (person.team() != null) principals.add(person.team());
        groupMembers.forEach((group, members) -> {
            if (members.contains(person.id())) principals.add(group);
        });
        return principals;
    }

    /** Whether somebody may read or update a record, told without any of the code that is tested. */
    boolean may(Person person, String verb, Item item) {
        var scopes = roles.get(person.role()).scopes().get(item.object());
        var branches = scopes.getOrDefault(verb, scopes.get("read"));
        if (branches.contains("all")) return true;
        var owner = people.stream()
                .filter(other -> other.id().equals(item.owner()))
                .findFirst()
                .orElseThrow();
        for (var branch : branches) if (reaches(person, branch, verb, item, owner)) return true;
        var principals = principals(person);
        for (var share : shares)
            if (share.record().equals(item.id())
                    && !share.over()
                    && principals.contains(share.principal())
                    && (verb.equals("read") || share.level().equals("write"))) return true;
        for (var rule : sharingRules)
            if (item.object().equals("account")
                    && rule.industry().equals(item.industry())
                    && rule.principals().stream().anyMatch(principals::contains)
                    && (verb.equals("read") || rule.level().equals("write"))) return true;
        return false;
    }

    private boolean reaches(Person person, String branch, String verb, Item item, Person owner) {
        boolean self = owner.id().equals(person.id());
        return switch (branch) {
            case "own" -> self;
            case "team" ->
                self
                        || owner.team() != null
                                && (owner.team().equals(person.team())
                                        || person.id().equals(teamManager.get(owner.team())));
            case "department" ->
                self || owner.department() != null && owner.department().equals(person.department());
            case "below" ->
                self
                        || ancestors(owner.department()).stream()
                                .anyMatch(above -> above.equals(person.department())
                                        || person.id().equals(departmentManager.get(above)));
            case "parent" ->
                item.account() != null && may(person, verb, items.get(item.account()))
                        || item.contact() != null && may(person, verb, items.get(item.contact()));
            default -> throw new IllegalStateException(branch);
        };
    }

    Set<String> expected(Person person, String verb, String object) {
        return of(object).stream()
                .filter(item -> may(person, verb, item))
                .map(Item::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
