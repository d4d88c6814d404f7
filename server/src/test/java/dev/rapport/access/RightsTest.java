package dev.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What roles, shares and owners decide, case by case. */
class RightsTest {
    private static final RapportServer SERVER = RapportServer.get();

    private final Client admin = SERVER.as("admin");
    private final Client rep = SERVER.as("salesRep");
    private final Client other = SERVER.as("salesRep");

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static String account(Client owner) {
        return owner.create("account", "{\"name\":\"Account " + unique() + "\"}")
                .path("id")
                .asString();
    }

    private static ObjectNode owner(Client person) {
        return Json.object().put("owner", person.actor().id().toString());
    }

    @Test
    void whatOneMayNotSeeLooksLikeWhatIsNotThere() {
        var hidden = account(other);
        var unknown = UUID.randomUUID().toString();
        for (var path : new String[] {"", "/history", "/timeline", "/shares", "/access", "/holders"})
            assertThat(rep.get("/api/records/account/" + hidden + path).text().replaceAll("\"traceId\":\"\\w+\"", ""))
                    .as(path)
                    .isEqualTo(rep.get("/api/records/account/" + unknown + path)
                            .text()
                            .replaceAll("\"traceId\":\"\\w+\"", ""));
        var patched = rep.patch("/api/records/account/" + hidden, "{\"name\":\"x\"}", "If-Match", "\"1\"");
        assertThat(patched.status()).isEqualTo(404);
        assertThat(rep.delete("/api/records/account/" + hidden, "If-Match", "\"1\"")
                        .status())
                .isEqualTo(404);
        assertThat(admin.get("/api/records/account/" + hidden)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aViewIsSeenByItsAudienceAndChangedByItsOwner() {
        var team = admin.create("team", "{\"name\":\"Viewers " + unique() + "\"}")
                .path("id")
                .asString();
        for (var person : new Client[] {rep, other})
            admin.patch("/api/users/" + person.actor().id(), "{\"team\":\"" + team + "\"}");
        var stranger = SERVER.as("salesRep");
        for (var object : new String[] {"listView", "dashboard"}) {
            var body = Json.object().put("name", "Shared " + unique()).put("definition", "{}");
            if (object.equals("listView")) body.put("object", "account");
            var mine = rep.create(object, body.put("audience", "private").toString());
            var ours = rep.create(object, body.put("audience", "team").toString());
            var everybodys = rep.create(object, body.put("audience", "all").toString());
            assertThat(status(other, object, mine)).isEqualTo(404);
            assertThat(status(other, object, ours)).isEqualTo(200);
            assertThat(status(stranger, object, ours)).isEqualTo(404);
            assertThat(status(stranger, object, everybodys)).isEqualTo(200);
            var path = "/api/records/" + object + "/" + everybodys.path("id").asString();
            assertThat(stranger.patch(path, "{\"name\":\"Taken\"}", "If-Match", "\"1\"")
                            .status())
                    .isIn(403, 404);
            assertThat(stranger.delete(path, "If-Match", "\"1\"").status()).isIn(403, 404);
            assertThat(rep.patch(path, "{\"name\":\"Kept\"}", "If-Match", "\"1\"")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static int status(Client person, String object, tools.jackson.databind.JsonNode view) {
        return person.get("/api/records/" + object + "/" + view.path("id").asString())
                .status();
    }

    @Test
    void nothingIsHungOnARecordThatOneMayNotSee() {
        var hidden = account(other);
        var body = Json.object().put("account", hidden);
        body.putObject("name").put("family", "Zhang").put("given", "San");
        assertThat(rep.post("/api/records/contact", body.toString()).violations())
                .containsExactly("account:lookup-not-found");
        var note = Json.object().put("body", "x").put("account", hidden);
        assertThat(rep.post("/api/records/note", note.toString()).violations())
                .containsExactly("account:lookup-not-found");
    }

    @Test
    void whoeverMayNotTransferGivesNothingAway() {
        var mine = account(rep);
        var given = rep.patch("/api/records/account/" + mine, owner(other).toString(), "If-Match", "\"1\"");
        assertThat(given.status()).isEqualTo(403);
        assertThat(given.violations()).containsExactly("owner:transfer");
        assertThat(admin.get("/api/records/account/" + mine)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        assertThat(admin.patch("/api/records/account/" + mine, owner(other).toString(), "If-Match", "\"1\"")
                        .status())
                .isEqualTo(200);
        assertThat(rep.get("/api/records/account/" + mine).status()).isEqualTo(404);
    }

    @Test
    void nobodyWhoLeftIsGivenRecords() {
        var gone = SERVER.as("salesRep");
        admin.patch("/api/users/" + gone.actor().id(), "{\"active\":false}");
        var mine = account(rep);
        var given = admin.patch("/api/records/account/" + mine, owner(gone).toString(), "If-Match", "\"1\"");
        assertThat(given.violations()).containsExactly("owner:owner-inactive");
    }

    @Test
    void aShareToReadLetsOneReadAndNoMore() {
        var record = "/api/records/account/" + account(other);
        var share = Json.object().put("principal", rep.actor().id().toString());
        assertThat(rep.post(record + "/shares", share.toString()).status()).isEqualTo(404);
        assertThat(other.post(record + "/shares", share.toString()).status()).isEqualTo(204);
        assertThat(rep.get(record).status()).isEqualTo(200);
        assertThat(rep.patch(record, "{\"name\":\"x\"}", "If-Match", "\"1\"").status())
                .isEqualTo(403);
        assertThat(rep.post(record + "/shares", share.toString()).status()).isEqualTo(403);
        assertThat(other.post(record + "/shares", share.put("level", "write").toString())
                        .status())
                .isEqualTo(204);
        assertThat(rep.patch(record, "{\"name\":\"x\"}", "If-Match", "\"1\"").status())
                .isEqualTo(200);
        assertThat(rep.delete(record, "If-Match", "\"2\"").status())
                .as("to delete is for its owner")
                .isEqualTo(200 + 4);
        var taken = other.delete(record + "/shares/" + rep.actor().id());
        assertThat(taken.status()).as("it lies in the bin").isEqualTo(404);
    }

    @Test
    void whatBelongsToARecordFollowsIt() {
        var order = rep.create("order", "{}").path("id").asString();
        var line = Json.object().put("order", order).put("name", "Line").put("quantity", "1");
        assertThat(other.post("/api/records/orderLine", line.toString()).status())
                .isEqualTo(422);
        var made = rep.post("/api/records/orderLine", line.toString());
        assertThat(made.status()).as(made::text).isEqualTo(201);
        var path = "/api/records/orderLine/" + made.json().path("id").asString();
        assertThat(other.get(path).status()).isEqualTo(404);
        var share = Json.object().put("principal", other.actor().id().toString());
        assertThat(rep.post("/api/records/order/" + order + "/shares", share.toString())
                        .status())
                .isEqualTo(204);
        assertThat(other.get(path).status()).isEqualTo(200);
        assertThat(other.patch(path, "{\"quantity\":\"2\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(403);
        assertThat(other.post("/api/records/orderLine", line.toString()).status())
                .isEqualTo(403);
    }

    @Test
    void aMaskedFieldShowsAPartAndAnswersNoQuestion() {
        var role = "masked" + unique();
        SERVER.role(
                role,
                "{\"objects\":{\"*\":[\"read\",\"update\",\"export\"]},\"fields\":{\"contact.phone\":\"masked\","
                        + "\"contact.email\":\"masked\"}}");
        var masked = SERVER.as(role);
        var family = "Masked" + unique();
        var body = Json.object().put("phone", "+8613912345678").put("email", "li@example.com");
        body.putObject("name").put("family", family).put("given", "Li");
        var id = admin.create("contact", body.toString()).path("id").asString();
        var shown = masked.get("/api/records/contact/" + id).json();
        assertThat(shown.path("phone").asString()).isEqualTo("+86139****5678");
        assertThat(shown.path("email").asString()).isEqualTo("l****@example.com");
        for (var question : new String[] {
            "{\"filter\":{\"field\":\"phone\",\"op\":\"eq\",\"value\":\"+8613912345678\"}}", "{\"sort\":\"phone\"}"
        })
            assertThat(masked.post("/api/records/contact/query", question).status())
                    .isEqualTo(422);
        assertThat(masked.get("/api/records/contact?q=13912345678").text()).doesNotContain(id);
        assertThat(masked.get("/api/search?q=13912345678").text()).doesNotContain(id);
        assertThat(masked.get("/api/search?q=" + family).text()).contains(id).doesNotContain("13912345678");
        assertThat(masked.get("/api/records/contact/" + id + "/history").text()).doesNotContain("13912345678");
        var version = shown.path("version").asInt();
        assertThat(masked.patch(
                                "/api/records/contact/" + id,
                                "{\"phone\":\"+8613900000000\"}",
                                "If-Match",
                                "\"" + version + "\"")
                        .status())
                .isGreaterThanOrEqualTo(400);
        var request = Json.object().put("object", "contact");
        request.putArray("fields").add("name").add("phone");
        request.set(
                "filter",
                Json.object().put("field", "name").put("op", "contains").put("value", family));
        var made = masked.post("/api/exports", request.toString());
        assertThat(made.status()).as(made::text).isEqualTo(201);
        var file = masked.get("/api/exports/" + made.json().path("id").asString() + "/file")
                .text();
        assertThat(file).contains("139****5678").doesNotContain("13912345678");
    }

    @Test
    void rolesAreCheckedBeforeTheyAreKept() {
        var body = Json.object().put("name", "1 bad name");
        var grants = body.putObject("grants");
        grants.putObject("objects").putArray("nothing").add("read").add("fly");
        grants.putObject("scopes").putObject("account").putArray("read").add("everywhere");
        grants.putObject("fields").put("account.nothing", "none");
        grants.putArray("functions").add("rule-the-world");
        var refused = admin.post("/api/roles", body.toString());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.violations()).hasSize(6);
        assertThat(rep.post("/api/roles", body.toString()).status()).isEqualTo(403);
        assertThat(rep.get("/api/roles").status()).isEqualTo(403);
        var admins = Json.object();
        admins.putObject("grants");
        assertThat(admin.put("/api/roles/admin", admins.toString()).status())
                .as("without a version")
                .isEqualTo(428);
    }

    @Test
    void trySomethingAndSeeWhatWouldChange() {
        var before = account(other);
        assertThat(before).isNotEmpty();
        var body = Json.object().put("user", rep.actor().id().toString());
        body.putArray("roles").add("reader");
        var simulated = admin.post("/api/access/simulate", body.toString());
        assertThat(simulated.status()).as(simulated::text).isEqualTo(200);
        var accounts = simulated
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("object").asString().equals("account"))
                .findFirst()
                .orElseThrow();
        assertThat(accounts.path("before").asInt()).isZero();
        assertThat(accounts.path("gained").asInt()).isPositive();
        assertThat(rep.post("/api/access/simulate", body.toString()).status()).isEqualTo(403);
        assertThat(rep.get("/api/access/what?user=" + other.actor().id()).status())
                .isEqualTo(403);
        assertThat(rep.get("/api/access/what").status()).isEqualTo(200);
    }

    @Test
    void askingWhyTellsNothingOfWhatIsHidden() {
        var hidden = account(other);
        var why = "/api/access/why?object=account&id=";
        assertThat(rep.get(why + hidden).status()).isEqualTo(404);
        assertThat(rep.get(why + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(rep.get(why + hidden + "&user=" + other.actor().id()).status())
                .isEqualTo(403);
        assertThat(other.get(why + hidden).text()).contains("\"by\":\"own\"");
        assertThat(admin.get(why + hidden + "&user=" + rep.actor().id())
                        .json()
                        .path("items")
                        .size())
                .isZero();
        var role = "hides" + unique();
        SERVER.role(
                role,
                "{\"objects\":{\"*\":[\"read\"]},\"fields\":{\"contact.phone\":\"none\",\"contact.email\":\"masked\"}}");
        var blind = SERVER.as(role);
        assertThat(blind.get("/api/access/what").text())
                .contains("\"email\":\"masked\"")
                .doesNotContain("\"phone\"");
        assertThat(admin.get("/api/access/what?user=" + blind.actor().id()).text())
                .contains("\"phone\":\"none\"");
    }

    @Test
    void theTreeHasNoCirclesAndRulesFit() {
        var first = admin.create("department", "{\"name\":\"D" + unique() + "\"}")
                .path("id")
                .asString();
        var below = admin.create("department", "{\"name\":\"D" + unique() + "\",\"parent\":\"" + first + "\"}")
                .path("id")
                .asString();
        var circle =
                admin.patch("/api/records/department/" + first, "{\"parent\":\"" + below + "\"}", "If-Match", "\"1\"");
        assertThat(circle.violations()).containsExactly("parent:circle");
        assertThat(rep.post("/api/records/department", "{\"name\":\"mine\"}").status())
                .isEqualTo(403);
        var rule = Json.object()
                .put("name", "R" + unique())
                .put("object", "account")
                .put("filter", "{\"field\":\"nothing\",\"op\":\"eq\",\"value\":\"x\"}");
        assertThat(admin.post("/api/records/sharingRule", rule.toString()).violations())
                .containsExactlyInAnyOrder("filter.nothing:unknown-field", "people:shared-with-nobody");
    }
}
