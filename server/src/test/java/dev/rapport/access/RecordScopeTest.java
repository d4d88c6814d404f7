package dev.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.rapport.access.ActorScope.Rights;
import dev.rapport.access.RandomCompany.Item;
import dev.rapport.access.RandomCompany.Person;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.metadata.Catalogue;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
@NullUnmarked // the company is there once the first test runs
class RecordScopeTest {
    private static final RapportServer SERVER = RapportServer.get();

    private static RandomCompany company;

    @BeforeAll
    static void company() {
        company = new RandomCompany(SERVER);
    }

    @TestFactory
    Stream<DynamicTest> whatEverybodySees() {
        return company.people().stream()
                .flatMap(person -> RandomCompany.OBJECTS.stream()
                        .map(object -> DynamicTest.dynamicTest(
                                person.client().actor().name() + " " + object, () -> check(person, object))));
    }

    private static void check(Person person, String object) {
        var expected = company.expected(person, "read", object);
        var client = person.client();
        assertThat(bothShapes(person, object, Operation.READ)).as("both shapes").allMatch(expected::equals);
        assertThat(bothShapes(person, object, Operation.UPDATE).getFirst())
                .as("what may be changed")
                .isEqualTo(company.expected(person, "update", object));
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
        for (var item : company.of(object)) single(person, item, expected.contains(item.id()));
        export(client, object, expected);
    }

    private static ObjectNode marked(String object) {
        var field = switch (object) {
            case "note" -> "body";
            default -> "name";
        };
        return Json.object().put("field", field).put("op", "contains").put("value", RandomCompany.MARK);
    }

    /** The ids by the check of each row and by the branches one after the other. */
    private static List<Set<String>> bothShapes(Person person, String object, Operation operation) {
        var access = SERVER.bean(Access.class);
        var catalogue = SERVER.bean(Catalogue.class);
        var snapshot = access.now();
        var reach = snapshot.organisation().reach(UUID.fromString(person.id()));
        var rules =
                snapshot.rules().stream().filter(rule -> rule.concerns(reach)).toList();
        var rights = new Rights(catalogue, snapshot.of(Held.of(Set.of(person.role()))), rules);
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
            seen.retainAll(company.items().keySet());
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
        for (var id : expected) byOwner.merge(company.items().get(id).owner(), 1, Integer::sum);
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
        boolean changeable = visible && company.may(person, "update", item);
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
                .filter(company.items()::containsKey)
                .collect(Collectors.toSet());
        var expected = company.items().values().stream()
                .filter(item ->
                        account.id().equals(item.account()) && item.object().equals("note"))
                .filter(item -> company.may(person, "read", item))
                .map(Item::id)
                .collect(Collectors.toSet());
        seen.retainAll(company.of("note").stream().map(Item::id).collect(Collectors.toSet()));
        assertThat(seen).as("timeline").isEqualTo(expected);
    }

    private static void export(Client client, String object, Set<String> expected) {
        var body = Json.object().put("object", object).put("format", "csv");
        body.putArray("fields").add("id");
        body.set("filter", marked(object));
        var made = client.post("/api/exports", body.toString());
        assertThat(made.status()).as(made::text).isEqualTo(201);
        var file = client.get("/api/exports/" + made.json().path("id").asString() + "/file");
        var ids = CsvReader.builder().ofNamedCsvRecord(file.text()).stream()
                .map(record -> record.getFields().getFirst())
                .toList();
        assertThat(ids).as("export").containsExactlyInAnyOrderElementsOf(expected);
    }

    @TestFactory
    Stream<DynamicTest> whyTheySeeIt() {
        var random = new Random(3);
        return Stream.generate(() -> RandomCompany.pick(random, company.items().values()))
                .limit(40)
                .map(item -> {
                    var person = RandomCompany.pick(random, company.people());
                    return DynamicTest.dynamicTest(person.client().actor().name() + " " + item.name(), () -> {
                        var query = "?object=" + item.object() + "&id=" + item.id() + "&user="
                                + URLEncoder.encode(person.id(), StandardCharsets.UTF_8);
                        var why = SERVER.as("admin").get("/api/access/why" + query);
                        assertThat(why.status()).as(why::text).isEqualTo(200);
                        boolean reads = why.json()
                                .path("items")
                                .valueStream()
                                .anyMatch(reason ->
                                        reason.path("operation").asString().equals("read"));
                        assertThat(reads).as(why::text).isEqualTo(company.may(person, "read", item));
                    });
                });
    }
}
