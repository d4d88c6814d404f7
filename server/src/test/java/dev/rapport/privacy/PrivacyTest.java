package dev.rapport.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.Mailbox;
import dev.rapport.support.RapportServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people can ask of a company about their data: who agreed to what, handing it out, erasing it, keeping it no longer. */
class PrivacyTest {
    private static final RapportServer SERVER = RapportServer.get();

    private final Client admin = SERVER.as("admin");
    private final Client rep = SERVER.as("salesRep");
    private final String secret = "Zq" + UUID.randomUUID().toString().replace("-", "");
    private final String email = secret.toLowerCase(java.util.Locale.ROOT) + "@example.com";

    private String id(String object, String json) {
        return admin.create(object, json).path("id").asString();
    }

    private String contact() {
        return id(
                "contact",
                "{\"name\":{\"family\":\"" + secret + "\",\"given\":\"Ada\"},\"email\":\"" + email
                        + "\",\"phone\":\"+86 138 0013 8000\",\"tags\":[\"" + secret + "\"]}");
    }

    private Client.Answer erase(Client client, String contact, String more) {
        return client.post(
                "/api/privacy/people/contact/" + contact + "/erase", "{\"reason\":\"Request 2026-17\"" + more + "}");
    }

    private static long rows(String sql, Object... binds) {
        return SERVER.bean(Database.class)
                .read(tx -> java.util.Objects.requireNonNull(tx.dsl().fetchOne(sql, binds))
                        .get(0, Long.class));
    }

    // consent

    private String consent(String person, String state, String channel) {
        return "{" + person + ",\"purpose\":\"marketing\",\"channel\":\"" + channel + "\",\"state\":\"" + state + "\"}";
    }

    @Test
    void theLedgerIsOnlyAddedTo() {
        var who = "\"contact\":\"" + contact() + "\"";
        var entry = id("consent", consent(who, "granted", "email"));
        var changed = admin.patch("/api/records/consent/" + entry, "{\"state\":\"withdrawn\"}", "If-Match", "\"1\"");
        assertThat(changed.status()).isEqualTo(422);
        assertThat(changed.text()).contains("ledger");
        assertThat(admin.delete("/api/records/consent/" + entry, "If-Match", "\"1\"")
                        .status())
                .isEqualTo(422);
        assertThat(admin.post("/api/records/consent", consent("\"wording\":\"x\"", "granted", "sms"))
                        .violations())
                .contains("contact:required");
    }

    @Test
    void whoWithdrewGetsNoAdvertisingEvenIfItIsOnItsWay() throws InterruptedException {
        var contact = contact();
        var who = "\"contact\":\"" + contact + "\"";
        var mail = "{" + who + ",\"name\":\"Offer " + secret + "\",\"body\":\"…\",\"purpose\":\"marketing\"}";
        id("consent", consent(who, "granted", "any"));
        var queued = id("mail", mail);
        id("consent", consent(who, "withdrawn", "email"));
        var refused = admin.post("/api/records/mail", mail);
        assertThat(refused.violations()).contains("contact:consent-withdrawn");
        for (int i = 0; i < 300 && status(queued).equals("queued"); i++) Thread.sleep(100);
        assertThat(status(queued)).as("withdrawn while it waited").isEqualTo("failed");
        id("consent", consent(who, "granted", "email"));
        var sent = id("mail", mail);
        assertThat(Mailbox.get().await(email)).isNotNull();
        assertThat(status(sent)).isNotEqualTo("failed");
        assertThat(Mailbox.get().to(email))
                .as("the one that was withdrawn did not go")
                .hasSize(1);
    }

    private String status(String mail) {
        return admin.get("/api/records/mail/" + mail).json().path("status").asString();
    }

    @Test
    void whatALeadAgreesToStandsInTheLedger() {
        var lead = id("lead", "{\"name\":{\"family\":\"" + secret + "\"},\"consent\":true}");
        var version =
                admin.get("/api/records/lead/" + lead).json().path("version").asInt();
        admin.patch("/api/records/lead/" + lead, "{\"consent\":false}", "If-Match", "\"" + version + "\"");
        var entries = admin.post(
                        "/api/records/consent/query",
                        "{\"filter\":{\"field\":\"lead\",\"op\":\"eq\",\"value\":\"" + lead
                                + "\"},\"sort\":\"createdAt\"}")
                .json()
                .path("items");
        assertThat(entries.valueStream().map(entry -> entry.path("state").asString()))
                .containsExactly("granted", "withdrawn");
    }

    // handing out

    private Map<String, byte[]> export(String contact) throws IOException {
        var answer = admin.get("/api/privacy/people/contact/" + contact + "/export");
        assertThat(answer.status()).isEqualTo(200);
        var entries = new HashMap<String, byte[]>();
        try (var zip =
                new ZipInputStream(new ByteArrayInputStream(answer.response().body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                entries.put(entry.getName(), zip.readAllBytes());
        }
        return entries;
    }

    @Test
    void anExportHoldsAllOfThePersonAndNothingOfOthers() throws IOException {
        var contact = contact();
        var other = id("contact", "{\"name\":{\"family\":\"Stranger" + secret + "\"}}");
        id("note", "{\"body\":\"about her\",\"contact\":\"" + contact + "\"}");
        id("note", "{\"body\":\"about somebody else\",\"contact\":\"" + other + "\"}");
        var order = id("order", "{\"externalId\":\"SO-" + secret + "\",\"contact\":\"" + contact + "\"}");
        id("orderLine", "{\"order\":\"" + order + "\",\"name\":\"A bicycle\",\"quantity\":\"2\"}");
        var file = admin.uploadFile("passport.txt", "scan".getBytes(StandardCharsets.UTF_8));
        id("attachment", "{\"file\":\"" + file + "\",\"contact\":\"" + contact + "\"}");
        id("consent", consent("\"contact\":\"" + contact + "\"", "granted", "email"));
        var entries = export(contact);
        var json = new String(entries.get("person.json"), StandardCharsets.UTF_8);
        assertThat(json)
                .contains(email)
                .contains("about her")
                .contains("A bicycle")
                .contains("SO-" + secret)
                .contains("granted")
                .doesNotContain("Stranger")
                .doesNotContain("somebody else");
        assertThat(entries.keySet()).anyMatch(name -> name.endsWith("passport.txt"));
        var objects = Json.parse(json).path("objects");
        assertThat(objects.valueStream().map(part -> part.path("object").asString()))
                .contains("contact", "note", "order", "orderLine", "attachment", "consent");
        assertThat(rep.get("/api/privacy/people/contact/" + contact + "/export").status())
                .isEqualTo(403);
        assertThat(admin.get("/api/audit?action=person.export&record=" + contact)
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
    }

    // erasing

    private static String fate(JsonNode preview, String object) {
        return preview.path("items")
                .valueStream()
                .filter(item -> item.path("object").asString().equals(object))
                .map(item -> item.path("fate").asString())
                .findFirst()
                .orElse("");
    }

    @Test
    void anErasedPersonIsNowhere() {
        var contact = contact();
        var version = admin.get("/api/records/contact/" + contact)
                .json()
                .path("version")
                .asInt();
        admin.patch(
                "/api/records/contact/" + contact,
                "{\"description\":\"First " + secret + "\",\"address\":{\"city\":\"" + secret + "\"}}",
                "If-Match",
                "\"" + version + "\"");
        var note = id("note", "{\"body\":\"" + secret + "\",\"contact\":\"" + contact + "\"}");
        var file = admin.uploadFile("scan.txt", secret.getBytes(StandardCharsets.UTF_8));
        id("attachment", "{\"file\":\"" + file + "\",\"contact\":\"" + contact + "\"}");
        var order = id("order", "{\"contact\":\"" + contact + "\"}");
        var twin = contact();
        var merged = admin.post(
                "/api/records/contact/merge",
                "{\"survivor\":\"" + contact + "\",\"losers\":[\"" + twin + "\"],\"values\":{}}");
        assertThat(merged.status()).as(merged::text).isEqualTo(200);
        var preview = admin.get("/api/privacy/people/contact/" + contact).json();
        assertThat(fate(preview, "contact")).isEqualTo("person");
        assertThat(fate(preview, "note")).isEqualTo("destroyed");
        assertThat(fate(preview, "order")).isEqualTo("kept");
        assertThat(erase(rep, contact, "").status()).isEqualTo(403);
        importOf();

        var erased = erase(admin, contact, "");
        assertThat(erased.status()).as(erased::text).isEqualTo(200);
        assertThat(erased.json().path("counts").path("contact").path("emptied").asInt())
                .as("the record that was merged into it as well")
                .isEqualTo(2);
        var tables = SERVER.bean(Database.class)
                .read(tx -> tx.dsl()
                        .fetch("SELECT table_name FROM information_schema.tables"
                                + " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'")
                        .getValues(0, String.class));
        assertThat(tables).hasSizeGreaterThan(50);
        for (var table : tables) {
            // answers to repeated requests are kept for a day
            if (table.equals("idempotency")) continue;
            assertThat(rows("SELECT count(*) FROM \"" + table + "\" AS t WHERE t::text ILIKE ?", "%" + secret + "%"))
                    .as(table)
                    .isZero();
        }
        assertThat(admin.get("/api/records/note/" + note).status()).isEqualTo(404);
        assertThat(admin.get("/api/files/" + file).status()).isEqualTo(404);
        assertThat(admin.get("/api/records/order/" + order).status()).isEqualTo(200);
        assertThat(erase(admin, contact, "").status()).as("once").isEqualTo(409);
        var proof = admin.get("/api/privacy/erasures?q=" + email).json().path("items");
        assertThat(proof.size()).isEqualTo(1);
        assertThat(proof.get(0).path("reason").asString()).isEqualTo("Request 2026-17");
        assertThat(admin.get("/api/privacy/erasures?q="
                                + java.net.URLEncoder.encode("138 0013 8000", StandardCharsets.UTF_8))
                        .json()
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("record").asString()))
                .contains(contact);
        assertThat(admin.get("/api/privacy/erasures?q=nobody@example.com")
                        .json()
                        .path("items")
                        .size())
                .isZero();
    }

    /** A row of the person that is refused, since it has no name. */
    private void importOf() {
        var file = "id,family,email,phone,birthday\n,," + email.toUpperCase(java.util.Locale.ROOT) + ",(138) 0013-8000,"
                + secret + "\n";
        var uploaded = admin.upload("contact", "people.csv", file.getBytes(StandardCharsets.UTF_8));
        assertThat(uploaded.status()).as(uploaded::text).isEqualTo(201);
        var id = uploaded.json().path("id").asString();
        assertThat(admin.post("/api/imports/" + id + "/preview", "{}").status()).isBetween(200, 299);
        admin.awaitImport(id);
        var started = admin.post("/api/imports/" + id + "/start", "{}");
        assertThat(started.status()).as(started::text).isBetween(200, 299);
        var done = admin.awaitImport(id);
        assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("done");
        assertThat(rows(
                        "SELECT count(*) FROM import_error WHERE array_to_string(cells, ' ') ILIKE ?",
                        "%" + secret + "%"))
                .as("refused rows keep what stood in the file")
                .isPositive();
    }

    @Test
    void bytesThatAKillLeftAreDestroyedAfterwards() throws IOException {
        var home = SERVER.bean(dev.rapport.kernel.Settings.class).home();
        var left = home.resolve("files/zz/left");
        java.nio.file.Files.createDirectories(left.getParent());
        java.nio.file.Files.writeString(left, secret);
        SERVER.bean(Database.class)
                .run(tx -> tx.dsl().execute("INSERT INTO file_to_destroy (storage_key) VALUES ('zz/left')"));
        SERVER.bean(dev.rapport.file.FileStore.class).finishDestroying();
        assertThat(left).doesNotExist();
        assertThat(rows("SELECT count(*) FROM file_to_destroy WHERE storage_key = 'zz/left'"))
                .isZero();
    }

    @Test
    void anImportThatIsBeingPreparedKeepsItsFileAndOneThatWasLeftLyingDoesNot() {
        var file = "id,family,birthday\n,Li,never\n".getBytes(StandardCharsets.UTF_8);
        var fresh = admin.upload("contact", "fresh.csv", file).json().path("id").asString();
        var lying = admin.upload("contact", "lying.csv", file).json().path("id").asString();
        SERVER.bean(Database.class)
                .run(tx -> tx.dsl()
                        .execute("UPDATE import SET created_at = now() - interval '2 days' WHERE id = ?::uuid", lying));
        // a preview that failed leaves such a moment in an import that goes on
        SERVER.bean(Database.class)
                .run(tx -> tx.dsl().execute("UPDATE import SET finished_at = now() WHERE id = ?::uuid", fresh));
        assertThat(erase(admin, contact(), "").status()).isEqualTo(200);
        assertThat(admin.get("/api/imports/" + lying).status()).isEqualTo(404);
        assertThat(admin.post("/api/imports/" + fresh + "/start", "{}").status())
                .isBetween(200, 299);
        assertThat(admin.awaitImport(fresh).path("state").asString()).isEqualTo("done");
    }

    @Test
    void whatWouldBeKeptIsDestroyedOnDemand() {
        var contact = contact();
        var order = id("order", "{\"contact\":\"" + contact + "\"}");
        assertThat(erase(admin, contact, ",\"also\":[\"order\"]").status()).isEqualTo(200);
        assertThat(admin.get("/api/records/order/" + order).status()).isEqualTo(404);
        assertThat(rows("SELECT count(*) FROM o_order WHERE id = ?::uuid", order))
                .isZero();
    }

    /** A backup from before an erasure brings the person back; the file beside the database has them erased again. */
    @Test
    void whoWasErasedIsErasedAgainAfterARestore() {
        var contact = contact();
        assertThat(erase(admin, contact, "").status()).isEqualTo(200);
        SERVER.bean(Database.class).run(tx -> {
            tx.dsl()
                    .execute(
                            "UPDATE o_contact SET deleted_at = NULL, name_full = 'Back again', email = ? WHERE id = ?::uuid",
                            email,
                            contact);
            tx.dsl().execute("DELETE FROM erasure WHERE record_id = ?::uuid", contact);
        });
        assertThat(admin.get("/api/records/contact/" + contact).text()).contains(email);
        SERVER.bean(Erasures.class).eraseAgain(admin.actor());
        assertThat(admin.get("/api/records/contact/" + contact).status()).isEqualTo(404);
        assertThat(rows("SELECT count(*) FROM o_contact WHERE email = ?", email))
                .isZero();
        assertThat(rows("SELECT count(*) FROM erasure WHERE record_id = ?::uuid", contact))
                .isEqualTo(1);
    }

    @Test
    void aLeadAndTheContactMadeOfItAreOnePerson() {
        var lead = id(
                "lead",
                "{\"name\":{\"family\":\"" + secret + "\",\"given\":\"Li\"},\"company\":\"C " + secret
                        + "\",\"email\":\"" + email + "\"}");
        var converted = admin.post("/api/leads/" + lead + "/convert", "{\"opportunity\":null}");
        assertThat(converted.status()).as(converted::text).isLessThan(300);
        var contact = admin.get("/api/records/lead/" + lead)
                .json()
                .path("convertedContact")
                .path("id")
                .asString();
        assertThat(erase(admin, contact, "").status()).isEqualTo(200);
        assertThat(rows("SELECT count(*) FROM o_lead WHERE email = ?", email)).isZero();
        assertThat(rows("SELECT count(*) FROM o_contact WHERE email = ?", email))
                .isZero();
    }

    // keeping no longer

    private String rule(String object, String action, String filter) {
        var rule = Json.object()
                .put("name", "Rule " + UUID.randomUUID())
                .put("object", object)
                .put("days", 365)
                .put("since", "updatedAt")
                .put("action", action)
                .put("filter", filter);
        return id("retentionRule", rule.toString());
    }

    private void age(String table, String id) {
        SERVER.bean(Database.class)
                .run(tx -> tx.dsl()
                        .execute(
                                "UPDATE " + table + " SET updated_at = now() - interval '400 days' WHERE id = ?::uuid",
                                id));
    }

    private JsonNode carryOut(String rule) {
        var answer = admin.post("/api/privacy/retention/" + rule + "/run", "{}");
        assertThat(answer.status()).as(answer::text).isEqualTo(202);
        for (int i = 0; i < 300; i++) {
            var state = rows(
                    "SELECT count(*) FROM job WHERE id = ?::uuid AND finished_at IS NOT NULL",
                    answer.json().path("job").path("id").asString());
            if (state == 1) return answer.json();
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("The job does not end");
    }

    @Test
    void whatIsOldGoesToTheBinAndCanBeBroughtBack() {
        var old = id("contact", "{\"name\":{\"family\":\"Old\"},\"source\":\"" + secret + "\"}");
        var fresh = id("contact", "{\"name\":{\"family\":\"Fresh\"},\"source\":\"" + secret + "\"}");
        age("o_contact", old);
        var rule = rule("contact", "delete", "{\"field\":\"source\",\"op\":\"eq\",\"value\":\"" + secret + "\"}");
        var simulation =
                admin.get("/api/privacy/retention/" + rule + "/simulation").json();
        assertThat(simulation.path("count").asInt()).isEqualTo(1);
        assertThat(simulation.path("records").get(0).path("id").asString()).isEqualTo(old);
        var job = carryOut(rule);
        assertThat(admin.get("/api/records/contact/" + old).status()).isEqualTo(404);
        assertThat(admin.get("/api/records/contact/" + fresh).status()).isEqualTo(200);
        var batch = job.path("job").path("subject").asString();
        admin.await(admin.post("/api/batches/" + batch + "/undo", "{}")
                .json()
                .path("job")
                .path("id")
                .asString());
        assertThat(admin.get("/api/records/contact/" + old).status()).isEqualTo(200);
    }

    @Test
    void peopleAreErasedWhenTheirTimeIsOver() {
        var old = contact();
        age("o_contact", old);
        var rule = rule("contact", "erase", "{\"field\":\"email\",\"op\":\"eq\",\"value\":\"" + email + "\"}");
        carryOut(rule);
        assertThat(rows("SELECT count(*) FROM o_contact WHERE email = ?", email))
                .isZero();
        assertThat(admin.get("/api/privacy/erasures?q=" + email)
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void aWrongRuleIsRefusedWithAllThatIsWrong() {
        var answer = admin.post(
                "/api/records/retentionRule",
                "{\"name\":\"Wrong " + secret
                        + "\",\"object\":\"product\",\"days\":0,\"since\":\"name\",\"action\":\"erase\",\"filter\":\"{}\"}");
        assertThat(answer.violations())
                .contains("days:range", "since:time-field", "action:erases-people", "filter.filter:filter-shape");
        assertThat(rep.post("/api/records/retentionRule", "{\"name\":\"" + secret + "\"}")
                        .status())
                .isEqualTo(403);
    }
}
