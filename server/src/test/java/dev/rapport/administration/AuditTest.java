package dev.rapport.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What matters to security is written down, and nobody takes a line of it back unnoticed. */
class AuditTest {
    private static final RapportServer SERVER = RapportServer.get();

    private final Client admin = SERVER.as("admin");

    private String newest(String action) {
        return admin.get("/api/audit?action=" + action)
                .json()
                .path("items")
                .get(0)
                .toString();
    }

    private static void sql(String statement) throws SQLException {
        try (var connection = SERVER.bean(Database.class).dataSource().getConnection();
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    @Test
    void rolesPeopleAndSharesAreWrittenDown() {
        var role = "role" + UUID.randomUUID().toString().substring(0, 6);
        var body = Json.object().put("name", role);
        body.putObject("grants").putObject("objects").putArray("account").add("read");
        assertThat(admin.post("/api/roles", body.toString()).status()).isEqualTo(201);
        assertThat(newest("role.create"))
                .contains(role)
                .contains(admin.actor().id().toString())
                .contains("127.0.0.1");
        var person = SERVER.as("member").actor();
        admin.patch("/api/users/" + person.id(), "{\"roles\":[\"" + role + "\"]}");
        assertThat(newest("user.change"))
                .contains(role)
                .contains("member")
                .contains(person.id().toString());
        var account =
                admin.create("account", "{\"name\":\"Audited\"}").path("id").asString();
        admin.post(
                "/api/records/account/" + account + "/shares",
                Json.object().put("principal", person.id().toString()).toString());
        assertThat(newest("share.give")).contains(account);
        admin.create(
                "team", Json.object().put("name", "Team " + UUID.randomUUID()).toString());
        assertThat(newest("organisation.create")).contains("team");
        admin.post("/api/exports", "{\"object\":\"account\",\"fields\":[\"name\"]}");
        assertThat(newest("export.run")).contains("account");
    }

    @Test
    void whatWasRefusedIsWrittenDownOnceAMinute() {
        var reader = SERVER.as("reader");
        for (int i = 0; i < 5; i++)
            assertThat(reader.post("/api/records/account", "{\"name\":\"x\"}").status())
                    .isEqualTo(403);
        var told = admin.get("/api/audit?outcome=denied&actor=" + reader.actor().id())
                .json()
                .path("items");
        assertThat(told.size()).isEqualTo(1);
        assertThat(told.get(0).path("details").path("path").asString()).isEqualTo("/api/records/account");
    }

    @Test
    void onlyThoseWhoseFunctionItIsReadIt() {
        var member = SERVER.as("member");
        for (var path : new String[] {"/api/audit", "/api/audit/verify", "/api/audit/export"})
            assertThat(member.get(path).status()).as(path).isEqualTo(403);
        assertThat(admin.get("/api/audit?nonsense=1").status()).isEqualTo(422);
        assertThat(admin.get("/api/audit?actor=1&from=yesterday").violations()).hasSize(2);
        assertThat(admin.get("/api/audit?action='%20OR%20'1'='1")
                        .json()
                        .path("items")
                        .size())
                .isZero();
        assertThat(admin.get("/api/audit/export").text().lines()).allMatch(line -> line.startsWith("{\"seq\":"));
    }

    @Test
    void entriesAreNotChangedAndWhoeverDoesSoAllTheSameIsFound() throws SQLException {
        assertThat(admin.get("/api/audit/verify").json().path("whole").asBoolean())
                .isTrue();
        assertThatThrownBy(() -> sql("UPDATE audit_entry SET actor_name = 'somebody else'"))
                .hasMessageContaining("never changed");
        assertThatThrownBy(() -> sql("DELETE FROM audit_entry")).hasMessageContaining("never changed");
        assertThatThrownBy(() -> sql("TRUNCATE audit_entry")).hasMessageContaining("never changed");
        var seq =
                admin.get("/api/audit").json().path("items").get(0).path("seq").asLong();
        // whoever owns the database can switch the guard off, but not the chain
        sql("ALTER TABLE audit_entry DISABLE TRIGGER audit_keep");
        try {
            sql("UPDATE audit_entry SET actor_name = actor_name || '!' WHERE seq = " + (seq - 1));
            assertThat(admin.get("/api/audit/verify").json().path("brokenAt").asLong())
                    .isEqualTo(seq - 1);
            sql("UPDATE audit_entry SET actor_name = rtrim(actor_name, '!') WHERE seq = " + (seq - 1));
            assertThat(admin.get("/api/audit/verify").json().path("whole").asBoolean())
                    .isTrue();
            sql("CREATE TABLE kept AS SELECT * FROM audit_entry WHERE seq = " + seq);
            sql("DELETE FROM audit_entry WHERE seq = " + seq);
            assertThat(admin.get("/api/audit/verify").json().path("brokenAt").asLong())
                    .as("the newest is missing")
                    .isEqualTo(seq);
            sql("ALTER TABLE audit_entry DISABLE TRIGGER audit_chain");
            sql("INSERT INTO audit_entry SELECT * FROM kept");
            sql("ALTER TABLE audit_entry ENABLE TRIGGER audit_chain");
        } finally {
            sql("DROP TABLE IF EXISTS kept");
            sql("ALTER TABLE audit_entry ENABLE TRIGGER audit_keep");
        }
        assertThat(admin.get("/api/audit/verify").json().path("whole").asBoolean())
                .isTrue();
    }

    @Test
    void manyWritersAtOnceMakeOneChain() throws Exception {
        var audit = SERVER.bean(Audit.class);
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 200; i++)
                threads.submit(() -> audit.write(Audit.Event.of(admin.actor(), "test.write")));
        }
        assertThat(admin.get("/api/audit/verify").json().path("whole").asBoolean())
                .isTrue();
        assertThat(audit.prune(java.time.Instant.EPOCH)).isZero();
    }

    @Test
    void whatIsOldIsTakenOutAndTheChainHolds() {
        var audit = SERVER.bean(Audit.class);
        for (int i = 0; i < 5; i++) audit.write(Audit.Event.of(admin.actor(), "test.old"));
        var before = java.time.Instant.now();
        audit.write(Audit.Event.of(admin.actor(), "test.new"));
        assertThat(audit.prune(before)).isPositive();
        assertThat(newest("test.new")).contains("test.new");
        assertThat(admin.get("/api/audit?action=test.old").json().path("items").size())
                .isZero();
        assertThat(admin.get("/api/audit/verify").json().path("whole").asBoolean())
                .isTrue();
    }

    @Test
    void howLongEntriesAreKeptIsChangedByAdministratorsAndNeverBelowHalfAYear() {
        var path = "/api/audit/retention";
        assertThat(admin.get(path).json().path("days").isNull()).isTrue();
        assertThat(admin.get(path).json().path("oldest").isNull()).isFalse();
        assertThat(admin.patch(path, "{\"days\":179}").violations()).containsExactly("days:range");
        assertThat(admin.patch(path, "{}").violations()).containsExactly("days:required");
        assertThat(SERVER.as("member").patch(path, "{\"days\":400}").status()).isEqualTo(403);
        var changed = admin.patch(path, "{\"days\":400}");
        assertThat(changed.status()).as(changed::text).isEqualTo(200);
        assertThat(changed.json().path("days").asInt()).isEqualTo(400);
        assertThat(admin.get("/api/audit?action=audit.retention").text()).contains("400");
        assertThat(SERVER.bean(Audit.class).prune()).as("nothing is that old").isZero();
        assertThat(admin.patch(path, "{\"days\":null}").json().path("days").isNull())
                .isTrue();
        assertThat(admin.get("/api/audit/verify").json().path("whole").asBoolean())
                .isTrue();
    }
}
