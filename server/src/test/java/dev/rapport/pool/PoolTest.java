package dev.rapport.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Public pools (公海): who may claim what, how much, and what goes back by itself. */
class PoolTest {
    private static final RapportServer SERVER = RapportServer.get();

    private final Client admin = SERVER.as("admin");
    private final Client rep = SERVER.as("salesRep");
    private final Client other = SERVER.as("salesRep");
    private final Client stranger = SERVER.as("salesRep");

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private ObjectNode pool(String object) {
        var pool = Json.object().put("name", "Pool " + unique()).put("object", object);
        pool.putArray("members")
                .add(rep.actor().id().toString())
                .add(other.actor().id().toString());
        return pool;
    }

    private static ObjectNode named() {
        var lead = Json.object();
        lead.putObject("name").put("family", unique()).put("given", "Lead");
        return lead;
    }

    private String create(ObjectNode pool) {
        return admin.create("pool", pool.toString()).path("id").asString();
    }

    /** A lead that waits in the pool. */
    private String waiting(String pool) {
        var lead = admin.create(
                        "lead",
                        named().put("phone", "+8613800138000")
                                .put("email", "z" + unique() + "@example.com")
                                .toString())
                .path("id")
                .asString();
        assertThat(act(admin, pool, "return", lead).status()).isEqualTo(200);
        return lead;
    }

    private static Client.Answer act(Client client, String pool, String act, String... records) {
        var body = Json.object();
        var list = body.putArray("records");
        for (var record : records) list.add(record);
        return client.post("/api/pools/" + pool + "/" + act, body.toString());
    }

    /** An object that is in no pool has no column for one, however many records it has. */
    @Test
    void membersSeeObjectsThatAreInNoPool(@TempDir Path home) {
        create(pool("lead"));
        var contact = admin.create("contact", named().toString()).path("id").asString();
        var database = SERVER.bean(Database.class);
        var copies = "FROM o_contact WHERE created_by = '" + admin.actor().id() + "'";
        database.run(tx -> tx.dsl()
                .execute(
                        "INSERT INTO o_contact SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid()))).*"
                                + " FROM o_contact c, generate_series(1, 11000) WHERE c.id = '" + contact + "'"));
        try {
            database.maintain(List.of("ANALYZE o_contact"));
            try (var node = SERVER.secondNode(home)) { // reads the statistics anew
                assertThat(node.like(rep).get("/api/records/contact").status()).isEqualTo(200);
            }
        } finally {
            database.run(tx -> tx.dsl().execute("DELETE " + copies));
        }
    }

    @Test
    void membersSeeWhatWaitsWithoutContactDataUntilTheyClaimIt() {
        var pool = create(pool("lead"));
        var lead = waiting(pool);
        var path = "/api/records/lead/" + lead;
        var seen = rep.get(path).json();
        assertThat(seen.path("phone").asString()).isEqualTo("+86138****8000");
        assertThat(seen.path("email").asString()).matches("z\\*\\*\\*\\*@example\\.com");
        assertThat(seen.path("owner").isNull()).isTrue();
        assertThat(stranger.get(path).status()).isEqualTo(404);
        // nor by any question, nor in the past
        var byPhone = Json.object();
        byPhone.putObject("filter").put("field", "phone").put("op", "eq").put("value", "+8613800138000");
        assertThat(rep.post("/api/records/lead/query", byPhone.toString()).text())
                .doesNotContain(lead);
        assertThat(rep.get("/api/records/lead?q=13800138000").text()).doesNotContain(lead);
        assertThat(rep.get("/api/search?q=13800138000&objects=lead").text()).doesNotContain(lead);
        assertThat(rep.get(path + "/history").text()).doesNotContain("13800138000");
        assertThat(rep.get("/api/leads/" + lead + "/conversion").text()).doesNotContain("13800138000");

        assertThat(act(rep, pool, "claim", lead).status()).isEqualTo(200);
        assertThat(rep.get(path).json().path("phone").asString()).isEqualTo("+8613800138000");
        assertThat(rep.get(path).json().path("owner").path("id").asString())
                .isEqualTo(rep.actor().id().toString());
        assertThat(other.get(path).status()).as("it is no longer for all").isEqualTo(404);
        var holders = rep.get(path + "/holders").json().path("items");
        assertThat(holders.get(0).path("kind").asString()).isEqualTo("claim");
        assertThat(holders.get(1).path("kind").asString()).isEqualTo("return");
    }

    @Test
    void whatWaitsIsNotChangedByThoseWhoMayOnlyClaimIt() {
        var pool = create(pool("lead"));
        var lead = waiting(pool);
        var version =
                rep.get("/api/records/lead/" + lead).json().path("version").asInt();
        var changed = rep.patch("/api/records/lead/" + lead, "{\"company\":\"x\"}", "If-Match", "\"" + version + "\"");
        assertThat(changed.status()).isEqualTo(403);
        var mine = rep.patch(
                "/api/records/lead/" + lead,
                Json.object().put("owner", rep.actor().id().toString()).toString(),
                "If-Match",
                "\"" + version + "\"");
        assertThat(mine.status()).isEqualTo(403);
    }

    @Test
    void ofManyWhoClaimAtOnceOneWins() throws Exception {
        var pool = create(pool("lead"));
        var lead = waiting(pool);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var claims = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 8; i++) {
                var who = i % 2 == 0 ? rep : other;
                claims.add(() -> act(who, pool, "claim", lead).status());
            }
            var answers = new ArrayList<Integer>();
            for (var future : threads.invokeAll(claims)) answers.add(future.get());
            assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
            assertThat(answers).allMatch(status -> List.of(200, 404, 409).contains(status));
        }
    }

    @Test
    void limitsHoldForClaimsAtOnceToo() throws Exception {
        var pool = create(pool("lead").put("claimsPerDay", 3));
        var leads = new ArrayList<String>();
        for (int i = 0; i < 8; i++) leads.add(waiting(pool));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var claims = new ArrayList<Callable<Integer>>();
            for (var lead : leads)
                claims.add(() -> act(rep, pool, "claim", lead).status());
            int won = 0;
            for (var future : threads.invokeAll(claims)) if (future.get() == 200) won++;
            assertThat(won).isEqualTo(3);
        }
        var mine = rep.get("/api/pools")
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("id").asString().equals(pool))
                .findFirst()
                .orElseThrow();
        assertThat(mine.path("claimedToday").asInt()).isEqualTo(3);
        assertThat(mine.path("waiting").asInt()).isEqualTo(5);
    }

    @Test
    void nobodyOwnsMoreThanThePoolAllowsAndWhoeverLostARecordWaits() {
        var full = create(pool("lead").put("capacity", 1));
        var first = waiting(full);
        var second = waiting(full);
        assertThat(act(rep, full, "claim", first).status()).isEqualTo(200);
        var refused = act(rep, full, "claim", second);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("pool-capacity");

        var cool = create(pool("lead").put("coolOffDays", 7));
        var lead = waiting(cool);
        assertThat(act(other, cool, "claim", lead).status()).isEqualTo(200);
        assertThat(act(other, cool, "return", lead).status()).isEqualTo(200);
        var again = act(other, cool, "claim", lead);
        assertThat(again.json().path("code").asString()).isEqualTo("pool-cool-off");
    }

    @Test
    void managersAssignAndTakeBackAndOthersDoNot() {
        var body = pool("lead");
        body.putArray("managers").add(other.actor().id().toString());
        var pool = create(body);
        var lead = waiting(pool);
        var to = Json.object().put("to", rep.actor().id().toString());
        to.putArray("records").add(lead);
        assertThat(rep.post("/api/pools/" + pool + "/assign", to.toString()).status())
                .isEqualTo(403);
        assertThat(other.post("/api/pools/" + pool + "/assign", to.toString()).status())
                .isEqualTo(200);
        assertThat(rep.get("/api/records/lead/" + lead).status()).isEqualTo(200);
        assertThat(rep.get("/api/notifications").text())
                .contains("pool-assigned")
                .contains(lead);
        assertThat(stranger.post("/api/pools/" + pool + "/assign", to.toString())
                        .status())
                .isEqualTo(404);
        assertThat(act(stranger, pool, "claim", lead).status()).isEqualTo(404);
        assertThat(act(stranger, pool, "return", lead).status()).isEqualTo(404);
    }

    @Test
    void whatNobodyFollowsUpGoesBackAndTheSimulationSaysSoBefore() {
        var pool = create(pool("lead").put("noFollowUpDays", 30));
        var forgotten = owned();
        var lookedAfter = owned();
        admin.create(
                "note",
                Json.object().put("body", "called").put("lead", lookedAfter).toString());
        var fresh = owned();
        backdate(forgotten);
        backdate(lookedAfter);
        var simulated = admin.get("/api/pools/" + pool + "/simulation");
        assertThat(simulated.status()).as(simulated::text).isEqualTo(200);
        assertThat(simulated.text())
                .contains(forgotten)
                .doesNotContain(lookedAfter)
                .doesNotContain(fresh);
        assertThat(rep.get("/api/pools/" + pool + "/simulation").status()).isEqualTo(404);
        var run = admin.post("/api/pools/" + pool + "/recycle", "{}");
        assertThat(run.json().path("recycled").asInt()).isEqualTo(1);
        var lead = admin.get("/api/records/lead/" + forgotten).json();
        assertThat(lead.path("pool").path("id").asString()).isEqualTo(pool);
        assertThat(lead.path("owner").isNull()).isTrue();
        assertThat(rep.get("/api/notifications").text()).contains("pool-recycled");
        assertThat(admin.post("/api/pools/" + pool + "/recycle", "{}")
                        .json()
                        .path("recycled")
                        .asInt())
                .isZero();
    }

    private String owned() {
        return admin.create(
                        "lead",
                        named().put("owner", rep.actor().id().toString()).toString())
                .path("id")
                .asString();
    }

    private static void backdate(String lead) {
        SERVER.bean(Database.class)
                .run(tx -> tx.dsl()
                        .update(DSL.table(DSL.name("o_lead")))
                        .set(
                                DSL.field(DSL.name("held_since"), SQLDataType.INSTANT),
                                Instant.now().minus(40, ChronoUnit.DAYS))
                        .where(DSL.field(DSL.name("id"), SQLDataType.UUID).eq(UUID.fromString(lead)))
                        .execute());
    }
}
