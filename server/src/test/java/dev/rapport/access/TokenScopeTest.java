package dev.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A token for some objects does what its owner may do with these, and nothing else. */
class TokenScopeTest {
    private static final RapportServer SERVER = RapportServer.get();

    private final Client admin = SERVER.as("admin");

    private Client token(String... scopes) {
        var answer = create(admin, scopes);
        assertThat(answer.status()).as(answer::text).isEqualTo(201);
        return new Client(SERVER.address(), answer.json().path("token").asString(), admin.actor());
    }

    private static Client.Answer create(Client owner, String... scopes) {
        var body = Json.object().put("name", "A program");
        var list = body.putArray("scopes");
        Arrays.stream(scopes).forEach(list::add);
        return owner.post("/api/tokens", body.toString());
    }

    private String made(String object, String json) {
        var answer = admin.post("/api/records/" + object, json);
        assertThat(answer.status()).as(answer::text).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private static List<String> texts(JsonNode list, String member) {
        return list.valueStream().map(one -> one.path(member).asString()).toList();
    }

    @Test
    void whatIsOutsideItsScopeLooksUnknown() {
        var account = made("account", "{\"name\":\"Scope Ltd\"}");
        var contact = made(
                "contact",
                "{\"name\":{\"family\":\"Scope\"},\"account\":\"" + account + "\",\"email\":\"scope@example.com\"}");
        var program = token("read:contact");
        assertThat(program.get("/api/records/contact/" + contact).status()).isEqualTo(200);
        var hidden = program.get("/api/records/account/" + account);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(program.get("/api/records/account").status())
                .isEqualTo(program.get("/api/records/nosuchobject").status())
                .isEqualTo(404);
        assertThat(texts(program.get("/api/objects").json().path("items"), "name"))
                .containsExactly("contact");
        assertThat(program.get("/api/search?q=scope").text())
                .contains(contact)
                .doesNotContain(account)
                .doesNotContain("Scope Ltd");
        assertThat(program.get("/api/records/contact?sort=account.name").status())
                .as("by way of a lookup")
                .isEqualTo(program.get("/api/records/contact?sort=account.nosuchfield")
                        .status())
                .isBetween(400, 499);
        assertThat(program.get("/api/records/contact/" + contact).text()).doesNotContain("Scope Ltd");
        var export = program.post("/api/exports", "{\"object\":\"contact\",\"fields\":[\"account.name\"]}");
        assertThat(export.status()).as(export::text).isBetween(400, 499);
        assertThat(program.post("/api/exports", "{\"object\":\"account\",\"fields\":[\"name\"]}")
                        .status())
                .isBetween(400, 499);
    }

    @Test
    void aProgramAttachesItsOwnUploadsAndNoneOfItsOwners() {
        var program = token("read:visit", "write:visit");
        var secret = admin.uploadFile("secret.txt", "s".getBytes());
        var own = program.uploadFile("own.txt", "o".getBytes());
        var visit = "{\"name\":\"V\",\"plannedAt\":\"2026-12-01T10:00:00Z\",\"photo\":\"%s\"}";
        assertThat(program.post("/api/records/visit", visit.formatted(secret)).violations())
                .containsExactly("photo:lookup-not-found");
        var made = program.post("/api/records/visit", visit.formatted(own));
        assertThat(made.status()).as(made::text).isEqualTo(201);
        assertThat(admin.post("/api/records/visit", visit.formatted(own)).status())
                .as("to its owner they are as good as their own")
                .isEqualTo(201);
        assertThat(token("write:visit", "read:visit", "read:task")
                        .post("/api/records/visit", visit.formatted(own))
                        .violations())
                .containsExactly("photo:lookup-not-found");
    }

    @Test
    void readingIsNotWriting() {
        var contact = made("contact", "{\"name\":{\"family\":\"Still\"}}");
        var program = token("read:contact");
        assertThat(program.patch("/api/records/contact/" + contact, "{\"title\":\"x\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(403);
        assertThat(program.delete("/api/records/contact/" + contact).status()).isEqualTo(403);
        assertThat(program.post("/api/records/contact", "{\"name\":{\"family\":\"New\"}}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.get("/api/records/contact/" + contact)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void oneObjectIsWrittenWhileAllAreRead() {
        var account = made("account", "{\"name\":\"Read only\"}");
        var program = token("read", "write:contact");
        assertThat(program.get("/api/records/account/" + account).status()).isEqualTo(200);
        assertThat(program.post(
                                "/api/records/contact",
                                "{\"name\":{\"family\":\"New\"},\"account\":\"" + account + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(program.post("/api/records/account", "{\"name\":\"New\"}").status())
                .isEqualTo(403);
        assertThat(program.delete("/api/records/account/" + account, "If-Match", "\"1\"")
                        .status())
                .isEqualTo(403);
        var bulk = "{\"where\":{},\"set\":{\"name\":\"Changed\"}}";
        assertThat(program.post("/api/records/account/bulk", bulk).status()).isEqualTo(403);
        assertThat(admin.get("/api/records/account/" + account)
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("Read only");
    }

    @Test
    void nothingButRecordsIsReached() {
        var program = token("read", "write:contact");
        for (var path : List.of(
                "/api/tokens",
                "/api/session/sessions",
                "/api/session/passkeys",
                "/api/users/x",
                "/api/audit",
                "/api/roles")) assertThat(program.get(path).status()).as(path).isEqualTo(403);
        for (var path : List.of(
                "/api/records/../tokens",
                "/api/records/%2e%2e/tokens",
                "/api/records/..%2ftokens",
                "/api/records/;x/../tokens",
                "/api/records//../tokens",
                "//api/tokens",
                "/api/tokens;/api/records/"))
            assertThat(program.get(path).status()).as(path).isBetween(400, 499);
        assertThat(create(program, "read", "write").status())
                .as("a token makes none that does more")
                .isEqualTo(403);
        assertThat(program.post("/api/objects", "{\"name\":\"x_c\"}").status()).isEqualTo(403);
        assertThat(program.get("/api/session").status()).isEqualTo(200);
        assertThat(program.get("/api/session").json().path("user").path("id").asString())
                .isEqualTo(admin.actor().id().toString());
    }

    @Test
    void whatItsOwnerUploadedForOtherThingsIsNotSeenEither() {
        var csv = "name\nImported Ltd\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var uploaded =
                admin.upload("account", "accounts.csv", csv).json().path("id").asString();
        var file = admin.uploadFile("secret.txt", csv);
        var program = token("read", "write:contact");
        assertThat(program.get("/api/imports").text()).doesNotContain(uploaded);
        for (var path : List.of("", "/errors"))
            assertThat(program.get("/api/imports/" + uploaded + path).status()).isEqualTo(404);
        for (var act : List.of("/preview", "/start", "/undo", "/cancel"))
            assertThat(program.post("/api/imports/" + uploaded + act, "{}").status())
                    .as(act)
                    .isEqualTo(404);
        assertThat(program.upload("account", "accounts.csv", csv).status()).isEqualTo(403);
        assertThat(program.upload("contact", "contacts.csv", "family\nLi\n".getBytes())
                        .status())
                .isEqualTo(201);
        assertThat(program.get("/api/files/" + file).status()).isEqualTo(404);
        assertThat(admin.get("/api/imports/" + uploaded).status()).isEqualTo(200);
        assertThat(admin.get("/api/files/" + file).status()).isEqualTo(200);
    }

    @Test
    void itIsNeverMoreThanItsOwnerMay() {
        var reader = SERVER.as("reader");
        var answer = create(reader, "write:contact");
        assertThat(answer.status()).as(answer::text).isEqualTo(201);
        var program = new Client(SERVER.address(), answer.json().path("token").asString());
        assertThat(program.post("/api/records/contact", "{\"name\":{\"family\":\"New\"}}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void allThatIsWrongWithScopesIsTold() {
        assertThat(create(admin, "read:nosuchobject", "delete", "write:", "read:contact")
                        .violations())
                .containsExactly("scopes.0:unknown-object", "scopes.1:choice", "scopes.2:unknown-object");
        assertThat(create(admin).violations()).containsExactly("scopes:required");
    }
}
