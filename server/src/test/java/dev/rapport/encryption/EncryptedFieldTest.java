package dev.rapport.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Settings;
import dev.rapport.metadata.Sealed;
import dev.rapport.schema.SchemaMigration;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.List;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Fields that are kept encrypted: nothing shows them but a request of its own, which is written down. */
class EncryptedFieldTest {
    private static final RapportServer SERVER = RapportServer.get();
    private static final String MASK = "••••••";
    private static final Client ADMIN = SERVER.as("admin");

    @BeforeAll
    static void addField() {
        if (ADMIN.get("/api/objects/contact").text().contains("idNumber_c")) return;
        field("idNumber_c", "\"type\":\"encrypted\",\"filterable\":true,\"sensitive\":true");
    }

    private static void field(String name, String more) {
        var answer = ADMIN.post(
                "/api/objects/contact/fields",
                "{\"name\":\"" + name + "\",\"labels\":{\"en\":\"" + name + "\",\"zh-CN\":\"" + name + "\"}," + more
                        + "}");
        assertThat(answer.status()).as(answer::text).isEqualTo(201);
    }

    private static String number() {
        return "44010119900307" + UUID.randomUUID().toString().substring(0, 6).toUpperCase(java.util.Locale.ROOT);
    }

    private static String contact(String number) {
        return ADMIN.create(
                        "contact", "{\"name\":{\"family\":\"陈\",\"given\":\"密\"},\"idNumber_c\":\"" + number + "\"}")
                .path("id")
                .asString();
    }

    private static Client.Answer reveal(Client client, String id, String field) {
        return client.post(
                "/api/records/contact/" + id + "/reveal",
                "{\"fields\":[\"" + field + "\"],\"reason\":\"A call of the person\"}");
    }

    private static String revealed(String id) {
        var answer = reveal(ADMIN, id, "idNumber_c");
        assertThat(answer.status()).as(answer::text).isEqualTo(200);
        return answer.json().path("values").path("idNumber_c").asString();
    }

    private static JsonNode record(String id) {
        return ADMIN.get("/api/records/contact/" + id).json();
    }

    private static String patch(String id, String json) {
        var answer = ADMIN.patch(
                "/api/records/contact/" + id,
                json,
                "If-Match",
                "\"" + record(id).path("version").asInt() + "\"");
        assertThat(answer.status()).as(answer::text).isEqualTo(200);
        return answer.text();
    }

    private static List<String> found(String op, String value) {
        var answer = ADMIN.post(
                "/api/records/contact/query",
                "{\"filter\":{\"field\":\"idNumber_c\",\"op\":\"" + op + "\",\"value\":" + value + "}}");
        assertThat(answer.status()).as(answer::text).isEqualTo(200);
        return answer.json()
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    private static long rows(String sql, Object... binds) {
        return SERVER.bean(Database.class)
                .read(tx -> java.util.Objects.requireNonNull(tx.dsl().fetchOne(sql, binds))
                        .get(0, Long.class));
    }

    @Test
    void noViewAndNoDashboardKeepsWhatSomebodyLookedForInTheClear() {
        var filter =
                "{\"and\":[{\"field\":\"city\",\"op\":\"empty\"},{\"field\":\"%s\",\"op\":\"eq\",\"value\":\"44010119900307\"}]}";
        var kept = Json.object()
                .put("name", "Found by number")
                .put("object", "contact")
                .put("definition", "{\"filter\":" + filter.formatted("idNumber_c") + "}");
        assertThat(ADMIN.post("/api/records/listView", kept.toString()).violations())
                .containsExactly("definition:encrypted");
        kept.put("object", "task").put("definition", "{\"filter\":" + filter.formatted("contact.idNumber_c") + "}");
        assertThat(ADMIN.post("/api/records/listView", kept.toString()).violations())
                .containsExactly("definition:encrypted");
        kept.put("definition", "{\"filter\":" + filter.formatted("contact.phone") + "}");
        assertThat(ADMIN.post("/api/records/listView", kept.toString()).status())
                .isEqualTo(201);
        var board = Json.object()
                .put("name", "By number")
                .put(
                        "definition",
                        "{\"tiles\":[{\"object\":\"contact\",\"filter\":" + filter.formatted("idNumber_c") + "}]}");
        assertThat(ADMIN.post("/api/records/dashboard", board.toString()).violations())
                .containsExactly("definition:encrypted");
    }

    @Test
    void noAnswerHoldsTheValueAndNoTableDoes() {
        var number = number();
        var id = contact(number);
        assertThat(record(id).path("idNumber_c").asString()).isEqualTo(MASK);
        assertThat(patch(id, "{\"title\":\"Buyer\"}")).doesNotContain(number);
        patch(id, "{\"idNumber_c\":\"" + number + "X\"}");
        for (var path : List.of(
                "/api/records/contact/" + id,
                "/api/records/contact/" + id + "/history",
                "/api/records/contact/" + id + "/timeline",
                "/api/records/contact?q=" + number,
                "/api/search?q=" + number,
                "/api/audit"))
            assertThat(ADMIN.get(path).text())
                    .as(path)
                    .doesNotContain(number + "\"")
                    .doesNotContain(number + "X");
        assertThat(ADMIN.get("/api/records/contact/" + id + "/history").text()).contains(MASK);
        var filter = "{\"filter\":{\"field\":\"id\",\"op\":\"eq\",\"value\":\"" + id + "\"}}";
        // jobs keep what they were asked for
        var change = ADMIN.post(
                "/api/records/contact/bulk", "{\"where\":" + filter + ",\"set\":{\"idNumber_c\":\"" + number + "Y\"}}");
        assertThat(change.violations()).containsExactly("set.idNumber_c:encrypted");
        var wanted = "{\"filter\":{\"field\":\"idNumber_c\",\"op\":\"eq\",\"value\":\"" + number + "\"}}";
        assertThat(ADMIN.post("/api/records/contact/bulk", "{\"where\":" + wanted + ",\"delete\":true}")
                        .text())
                .contains("\"code\":\"encrypted\"");
        assertThat(ADMIN.post("/api/exports", "{\"object\":\"contact\"," + wanted.substring(1))
                        .text())
                .contains("\"code\":\"encrypted\"");
        var other = contact(number());
        assertThat(ADMIN.post(
                                "/api/records/contact/merge",
                                "{\"survivor\":\"" + id + "\",\"losers\":[\"" + other + "\"],\"dryRun\":true}")
                        .text())
                .contains(MASK)
                .doesNotContain(number);
        var export = ADMIN.post(
                "/api/exports", "{\"object\":\"contact\",\"fields\":[\"name\",\"idNumber_c\"]," + filter.substring(1));
        assertThat(ADMIN.get(export.json().path("file").asString()).text())
                .contains(MASK)
                .doesNotContain(number);
        var tables = SERVER.bean(Database.class)
                .read(tx -> tx.dsl()
                        .select(DSL.field("table_name", String.class))
                        .from("information_schema.tables")
                        .where("table_schema = current_schema() AND table_type = 'BASE TABLE'")
                        .fetch(row -> row.value1()));
        assertThat(tables).contains("o_contact", "record_history", "sealed_value", "idempotency");
        for (var table : tables)
            assertThat(rows("SELECT count(*) FROM \"" + table + "\" AS t WHERE t::text LIKE ?", "%" + number + "%"))
                    .as(table)
                    .isZero();
        assertThat(revealed(id)).isEqualTo(number + "X");
    }

    @Test
    void equalValuesAreFoundAndNothingElseCanBeAsked() {
        var number = number();
        var one = contact(number);
        var other = contact(number());
        assertThat(found("eq", "\"" + number + "\"")).containsExactly(one);
        assertThat(found("in", "[\"" + number + "\"]")).containsExactly(one);
        assertThat(found("ne", "\"" + number + "\"")).contains(other).doesNotContain(one);
        assertThat(found("isEmpty", "true")).doesNotContain(one, other);
        for (var body : List.of(
                "{\"filter\":{\"field\":\"idNumber_c\",\"op\":\"startsWith\",\"value\":\"4\"}}",
                "{\"filter\":{\"field\":\"idNumber_c\",\"op\":\"contains\",\"value\":\"4\"}}",
                "{\"filter\":{\"field\":\"idNumber_c\",\"op\":\"lt\",\"value\":\"4\"}}",
                "{\"filter\":{\"field\":\"idNumber_c.token\",\"op\":\"eq\",\"value\":\"4\"}}",
                "{\"sort\":\"idNumber_c\"}",
                "{\"totals\":[{\"fn\":\"min\",\"field\":\"idNumber_c\"}]}"))
            assertThat(ADMIN.post("/api/records/contact/query", body).status())
                    .as(body)
                    .isEqualTo(422);
        for (var body : List.of(
                "{\"groupBy\":[{\"field\":\"idNumber_c\"}]}",
                "{\"measures\":[{\"fn\":\"countDistinct\",\"field\":\"idNumber_c\"}]}"))
            assertThat(ADMIN.post("/api/records/contact/aggregate", body).status())
                    .as(body)
                    .isEqualTo(422);
        for (var formula : List.of("idNumber_c", "len(idNumber_c)"))
            assertThat(ADMIN.post("/api/objects/contact/formula", "{\"formula\":\"" + formula + "\"}")
                            .status())
                    .as(formula)
                    .isEqualTo(422);
    }

    @Test
    void theMaskIsNoValue() {
        var id = contact(number());
        var answer =
                ADMIN.patch("/api/records/contact/" + id, "{\"idNumber_c\":\"" + MASK + "\"}", "If-Match", "\"1\"");
        assertThat(answer.violations()).containsExactly("idNumber_c:mask");
    }

    @Test
    void onlyWhoMayReadItRevealsItAndThatIsWrittenDown() {
        var number = number();
        var id = contact(number);
        var reader = SERVER.as("reader");
        SERVER.role(
                "blind" + id,
                "{\"objects\":{\"*\":[\"read\",\"update\"]},\"fields\":{\"contact.idNumber_c\":\"none\"}}");
        SERVER.role(
                "masked" + id,
                "{\"objects\":{\"*\":[\"read\"]},\"fields\":{\"contact.idNumber_c\":\"masked\",\"contact.phone\":\"masked\"}}");
        SERVER.role(
                "revealing" + id,
                "{\"objects\":{\"*\":[\"read\",\"reveal\"]},\"fields\":{\"contact.idNumber_c\":\"masked\",\"contact.phone\":\"masked\"}}");
        assertThat(reveal(reader, id, "idNumber_c")
                        .json()
                        .path("values")
                        .path("idNumber_c")
                        .asString())
                .isEqualTo(number);
        var blind = SERVER.as("blind" + id);
        assertThat(reveal(blind, id, "idNumber_c").violations()).containsExactly("idNumber_c:unknown-field");
        assertThat(blind.post(
                                "/api/records/contact/query",
                                "{\"filter\":{\"field\":\"idNumber_c\",\"op\":\"eq\",\"value\":\"" + number + "\"}}")
                        .status())
                .isEqualTo(422);
        patch(id, "{\"phone\":\"+8613912345678\"}");
        var masked = SERVER.as("masked" + id);
        assertThat(masked.get("/api/records/contact/" + id).text())
                .contains(MASK)
                .doesNotContain("12345678");
        assertThat(reveal(masked, id, "idNumber_c").status()).isEqualTo(403);
        assertThat(reveal(masked, id, "phone").status()).isEqualTo(403);
        var revealing = SERVER.as("revealing" + id);
        assertThat(reveal(revealing, id, "idNumber_c").text()).contains(number);
        assertThat(reveal(revealing, id, "phone").text()).contains("+8613912345678");
        assertThat(reveal(revealing, id, "email").violations()).containsExactly("email:not-hidden");
        assertThat(reveal(SERVER.as("salesRep"), id, "idNumber_c").status()).isEqualTo(404);
        var log =
                ADMIN.get("/api/audit?action=value.reveal&record=" + id).json().path("items");
        assertThat(log.size()).isEqualTo(3);
        assertThat(log.get(0).path("details").path("reason").asString()).isEqualTo("A call of the person");
        assertThat(log.toString()).contains("phone").doesNotContain("12345678").doesNotContain(number);
    }

    @Test
    void changesAreUndoneAndMergedAndPartedAgain() {
        var before = number();
        var after = number();
        var id = contact(before);
        var bulk = ADMIN.post(
                "/api/records/contact/bulk",
                "{\"update\":[{\"id\":\"" + id + "\",\"version\":1,\"idNumber_c\":\"" + after + "\"}]}");
        assertThat(bulk.status()).as(bulk::text).isEqualTo(200);
        assertThat(revealed(id)).isEqualTo(after);
        var batch = bulk.json().path("batch").asString();
        undo(batch);
        assertThat(revealed(id)).isEqualTo(before);

        var survivor = ADMIN.create("contact", "{\"name\":{\"family\":\"陈\",\"given\":\"合\"}}")
                .path("id")
                .asString();
        var merged = ADMIN.post(
                "/api/records/contact/merge",
                "{\"survivor\":\"" + survivor + "\",\"losers\":[\"" + id
                        + "\"],\"values\":{},\"take\":{\"idNumber_c\":\"" + id + "\"}}");
        assertThat(merged.status()).as(merged::text).isEqualTo(200);
        assertThat(revealed(survivor)).isEqualTo(before);
        undo(merged.json().path("batch").asString());
        assertThat(record(survivor).path("idNumber_c").isNull()).isTrue();
        assertThat(revealed(id)).isEqualTo(before);
    }

    private static void undo(String batch) {
        var job = ADMIN.post("/api/batches/" + batch + "/undo", "{}")
                .json()
                .path("job")
                .path("id")
                .asString();
        assertThat(ADMIN.await(job).path("state").asString()).isEqualTo("done");
    }

    /** What somebody with the database but without the keys can do: copy one person's value into another's record. */
    @Test
    void aValueMovedByHandCannotBeRead() {
        var victim = contact(number());
        var thief = contact(number());
        SERVER.bean(Database.class).run(tx -> {
            tx.dsl()
                    .execute(
                            "UPDATE o_contact SET id_number_c = (SELECT id_number_c FROM o_contact WHERE id = ?::uuid) WHERE id = ?::uuid",
                            victim,
                            thief);
            tx.dsl()
                    .execute(
                            "INSERT INTO sealed_value SELECT object, field, ?::uuid, token, key_id, ciphertext FROM sealed_value"
                                    + " WHERE record_id = ?::uuid",
                            thief,
                            victim);
        });
        assertThat(reveal(ADMIN, thief, "idNumber_c").status()).isEqualTo(409);
        assertThat(revealed(victim)).startsWith("44010119900307");
    }

    @Test
    void aNewKeyEncryptsEverythingAnew() {
        var number = number();
        var id = contact(number);
        long before = rows("SELECT max(key_id) FROM sealed_value WHERE record_id = ?::uuid", id);
        var started = ADMIN.post("/api/privacy/keys/rotate", "{}");
        assertThat(started.status()).as(started::text).isEqualTo(202);
        var job = ADMIN.await(started.json().path("job").path("id").asString());
        assertThat(job.path("state").asString()).as(job::toString).isEqualTo("done");
        assertThat(job.path("result").path("renewed").asLong()).isPositive();
        assertThat(rows("SELECT max(key_id) FROM sealed_value WHERE record_id = ?::uuid", id))
                .isNotEqualTo(before);
        assertThat(revealed(id)).isEqualTo(number);
        assertThat(found("eq", "\"" + number + "\"")).as("tokens stay").containsExactly(id);
        assertThat(SERVER.as("member").post("/api/privacy/keys/rotate", "{}").status())
                .isEqualTo(403);
        assertThat(ADMIN.get("/api/privacy/keys").json().path("usable").asBoolean())
                .isTrue();
    }

    /** A node that has not heard of the new key yet goes on with the one from before, and nothing of that is lost. */
    @Test
    void whatAnotherNodeStillEncryptsWithTheKeyFromBeforeStaysReadable() {
        var id = contact(number());
        var late = new FieldKeys(
                SERVER.bean(Database.class), SERVER.bean(Settings.class), SERVER.bean(SchemaMigration.class));
        assertThat(late.token("contact", "idNumber_c", "x"))
                .as("it has read its keys")
                .isNotEmpty();
        var started = ADMIN.post("/api/privacy/keys/rotate", "{}");
        ADMIN.await(started.json().path("job").path("id").asString());
        var words = number();
        var node = new SealedValues(late);
        var place = new SealedValues.Place("contact", "idNumber_c", new RecordId(UUID.fromString(id)));
        var value = node.tokenised("contact", "idNumber_c", Sealed.written(words));
        SERVER.bean(Database.class).run(tx -> {
            node.keep(tx, place, value);
            tx.dsl().execute("UPDATE o_contact SET id_number_c = ? WHERE id = ?::uuid", value.token(), id);
        });
        assertThat(revealed(id)).isEqualTo(words);
        var again = ADMIN.post("/api/privacy/keys/rotate", "{}");
        ADMIN.await(again.json().path("job").path("id").asString());
        assertThat(revealed(id)).isEqualTo(words);
    }

    @Test
    void aFieldThatWasReadableIsEncryptedWithItsPast() {
        field("passport_c", "\"type\":\"text\",\"searchable\":true,\"filterable\":true");
        var first = "P" + UUID.randomUUID();
        var second = "Q" + UUID.randomUUID();
        var id = ADMIN.create(
                        "contact", "{\"name\":{\"family\":\"陈\",\"given\":\"护\"},\"passport_c\":\"" + first + "\"}")
                .path("id")
                .asString();
        patch(id, "{\"passport_c\":\"" + second + "\"}");
        assertThat(rows("SELECT count(*) FROM record_history WHERE changes::text LIKE ?", "%" + first + "%"))
                .isEqualTo(1);
        var answer = ADMIN.post(
                "/api/objects/contact/fields/passport_c/convert", "{\"type\":\"encrypted\",\"filterable\":true}");
        assertThat(answer.status()).as(answer::text).isEqualTo(202);
        var job = ADMIN.await(answer.json().path("job").path("id").asString());
        assertThat(job.path("state").asString()).as(job::toString).isEqualTo("done");
        assertThat(record(id).path("passport_c").asString()).isEqualTo(MASK);
        assertThat(reveal(ADMIN, id, "passport_c").text()).contains(second);
        for (var past : List.of(first, second))
            assertThat(rows("SELECT count(*) FROM record_history WHERE changes::text LIKE ?", "%" + past + "%"))
                    .isZero();
        assertThat(rows(
                        "SELECT count(*) FROM o_contact WHERE id = ?::uuid AND search_key ILIKE ?",
                        id,
                        "%" + second + "%"))
                .isZero();
        assertThat(ADMIN.post("/api/objects/contact/fields/passport_c/convert", "{\"type\":\"text\"}")
                        .status())
                .as("and not made readable again")
                .isEqualTo(422);
    }
}
