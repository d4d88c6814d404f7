package dev.rapport.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.metadata.Catalogue;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;

/** Cases of the security design (groups A, B, C, D, E, F, G, O) that touch what exists, and their neighbours. */
class AttackTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private final RapportServer server = RapportServer.get();
    private final Client admin = server.as("admin");

    @TestFactory
    Stream<DynamicTest> noRouteAnswersWithoutCredentials() {
        var open = List.of("/api/health", "/api/ready", "/api/openapi.json", "/api/setup");
        return admin.get("/api/openapi.json").json().path("paths").properties().stream()
                .filter(entry -> !open.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().propertyNames().stream()
                        .map(method -> DynamicTest.dynamicTest(method + " " + entry.getKey(), () -> {
                            if (method.equals("post") && entry.getKey().equals("/api/session")) return;
                            var path = entry.getKey().replaceAll("\\{\\w+}", "01a1fde8-2047-7e5b-8bdb-a1bdd3521d9b");
                            var request = HttpRequest.newBuilder(URI.create(server.address() + path))
                                    .method(
                                            method.toUpperCase(java.util.Locale.ROOT),
                                            HttpRequest.BodyPublishers.ofString("{}"));
                            var answer = HTTP.send(
                                    request.header("Content-Type", "application/json")
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());
                            // what the public may do, a link opens: without one there is nothing to see
                            boolean linked = entry.getKey().startsWith("/api/public/");
                            if (entry.getKey().startsWith("/api/public/password")) {
                                tellsNothing(method, answer);
                                return;
                            }
                            if (entry.getKey().startsWith("/api/public/oidc/")) {
                                assertThat(answer.headers().firstValue("Location"))
                                        .hasValue("/sign-in?failed=provider");
                                assertThat(answer.headers().allValues("Set-Cookie"))
                                        .allMatch(cookie -> cookie.startsWith("rapport_provider=;"));
                                return;
                            }
                            if (entry.getKey().equals("/api/public/sign-in")) {
                                assertThat(answer.body())
                                        .matches("\\{\"provider\":null,\"passkeys\":\"http://localhost:\\d+\"}");
                                return;
                            }
                            if (entry.getKey().startsWith("/api/public/passkeys/")) {
                                asksEverybodyTheSame(answer);
                                return;
                            }
                            assertThat(answer.statusCode()).isEqualTo(linked ? 404 : 401);
                            assertThat(answer.headers().firstValue("Content-Type"))
                                    .hasValueSatisfying(type -> assertThat(type).contains("problem+json"));
                        })));
    }

    /** What a device shall sign names nobody, and without an answer of a device there is no session. */
    private static void asksEverybodyTheSame(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        if (answer.statusCode() == 422) return;
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(dev.rapport.http.Json.parse(answer.body())
                        .path("allowCredentials")
                        .size())
                .isZero();
    }

    /** Whoever has no link to choose a password learns that none is open, or that members are missing. */
    private static void tellsNothing(String method, HttpResponse<String> answer) {
        if (method.equals("get")) assertThat(answer.body()).isEqualTo("{\"open\":false}");
        else assertThat(answer.statusCode()).isEqualTo(422);
    }

    @TestFactory
    Stream<DynamicTest> injectedNamesAreUnknownFields() {
        return Stream.of(
                        "name;drop table o_account--",
                        "name desc nulls last, 1",
                        "1",
                        "name,(case when 1=1 then id else name end)",
                        "x') ->> ('y",
                        "name\"",
                        "\"",
                        "pg_sleep(5)",
                        "deleted_at",
                        "search_key",
                        "version",
                        "password_hash",
                        "a".repeat(300),
                        "account.account.account.account.name")
                .flatMap(name -> Stream.of("sort", "fields", "filter", "groupBy")
                        .map(place -> DynamicTest.dynamicTest(place + " " + name, () -> {
                            var text = Json.MAPPER.writeValueAsString(name);
                            var answer = switch (place) {
                                case "sort" -> admin.post("/api/records/contact/query", "{\"sort\":" + text + "}");
                                case "fields" ->
                                    admin.post("/api/records/contact/query", "{\"fields\":[" + text + ",\"name\"]}");
                                case "filter" ->
                                    admin.post(
                                            "/api/records/contact/query",
                                            "{\"filter\":{\"field\":" + text + ",\"op\":\"eq\",\"value\":\"x\"}}");
                                default ->
                                    admin.post(
                                            "/api/records/contact/aggregate",
                                            "{\"groupBy\":[{\"field\":" + text + "}]}");
                            };
                            if (place.equals("fields") && name.equals("version")) return;
                            assertThat(answer.status()).isEqualTo(422);
                            assertThat(answer.text())
                                    .doesNotContain("select", "org.jooq", "SQLException", "at dev.rapport");
                        })));
    }

    @Test
    void anAggregateFunctionIsOneOfSix() {
        assertThat(admin.post(
                                "/api/records/contact/aggregate",
                                "{\"measures\":[{\"fn\":\"count(*) from credential\"}]}")
                        .violations())
                .containsExactly("measures[0].fn:choice");
    }

    @Test
    void hugeListsWorkAndEmptyOnesMatchNothing() {
        var values = "\"x\",".repeat(10_000);
        assertThat(admin.post(
                                "/api/records/contact/query",
                                "{\"filter\":{\"field\":\"title\",\"op\":\"in\",\"value\":["
                                        + values.substring(0, values.length() - 1) + "]}}")
                        .status())
                .isEqualTo(200);
        assertThat(admin.post(
                                "/api/records/contact/query",
                                "{\"filter\":{\"field\":\"title\",\"op\":\"in\",\"value\":[]}}")
                        .json()
                        .path("items"))
                .isEmpty();
        assertThat(admin.post(
                                "/api/records/contact/query",
                                "{\"filter\":{\"field\":\"title\",\"op\":\"in\",\"value\":[" + values + "\"y\"]}}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void forgedCursorsAreRefused() {
        for (var cursor : List.of(
                "x",
                "W10",
                "WyJuYW1lIiwieCIsInkiXQ",
                java.util.Base64.getUrlEncoder()
                        .encodeToString(
                                "[\"-updatedAt\",\"2026-99-99 00:00:00+00\",\"01a1fde8-2047-7e5b-8bdb-a1bdd3521d9b\"]"
                                        .getBytes(StandardCharsets.UTF_8))))
            assertThat(admin.get("/api/records/contact?after=" + cursor).status())
                    .as(cursor)
                    .isEqualTo(400);
    }

    @TestFactory
    Stream<DynamicTest> malformedBodiesAreRefusedWithoutAFailure() {
        return Stream.of(
                        "",
                        "{",
                        "[]",
                        "null",
                        "1",
                        "{\"name\":1,\"name\":2}",
                        "{\"a\":".repeat(60) + "1" + "}".repeat(60),
                        "{\"name\":\"" + "x".repeat(2_000_000) + "\"}",
                        "{} {}",
                        "\u0000",
                        "{\"name\":NaN}")
                .flatMap(body -> Stream.of(
                                "/api/records/account",
                                "/api/records/account/query",
                                "/api/records/account/bulk",
                                "/api/records/account/aggregate",
                                "/api/tokens",
                                "/api/exports")
                        .map(path -> DynamicTest.dynamicTest(
                                path + " " + body.substring(0, Math.min(30, body.length())),
                                () -> assertThat(admin.post(path, body).status())
                                        .isBetween(400, 422))));
    }

    @Test
    @Tag("realdata")
    @EnabledIf("hasSharedData")
    void naughtyStringsRoundTripInEveryTextFieldOrAreRefused() throws Exception {
        var strings = Json.parse(Files.readString(shared().resolve("naughty_strings/blns.json")));
        for (var naughty : strings) {
            var text = naughty.asString();
            var body = Json.object().put("name", "N").put("industry", text).put("description", text);
            var answer = admin.post("/api/records/account", body.toString());
            assertThat(answer.status()).as(text).isIn(201, 422);
            if (answer.status() == 201 && !text.isBlank())
                assertThat(answer.json().path("description").asString())
                        .isEqualTo(java.text.Normalizer.normalize(
                                text.replace("\r\n", "\n").replace('\r', '\n'), java.text.Normalizer.Form.NFC));
            var search = admin.get("/api/records/account?limit=1&q=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
            assertThat(search.status()).as(text).isIn(200, 422);
            for (var field : List.of(
                    "email", "phone", "website", "type", "tags", "parent", "annualRevenue", "employees", "address"))
                assertThat(admin.post(
                                        "/api/records/account",
                                        Json.object()
                                                .put("name", "N")
                                                .put(field, text)
                                                .toString())
                                .status())
                        .isIn(201, 422);
        }
    }

    static boolean hasSharedData() {
        return Files.isDirectory(shared());
    }

    static Path shared() {
        return Path.of("../../shared/data");
    }

    @Test
    void aHiddenNameIsNotShownWhereItsRecordIsLinked() {
        var account = admin.create("account", "{\"name\":\"Hidden Holdings\"}")
                .path("id")
                .asString();
        var contact = admin.create(
                        "contact",
                        "{\"name\":{\"family\":\"Zhang\",\"given\":\"San\"},\"account\":\"" + account + "\"}")
                .path("id")
                .asString();
        server.role(
                "noAccountNames", "{\"objects\":{\"*\":[\"read\",\"export\"]},\"fields\":{\"account.name\":\"none\"}}");
        var blind = server.as("noAccountNames");
        var filter = "\"filter\":{\"field\":\"account\",\"op\":\"eq\",\"value\":\"" + account + "\"}";
        assertThat(blind.get("/api/records/contact/" + contact).text())
                .contains(account)
                .doesNotContain("Hidden Holdings");
        assertThat(blind.post("/api/records/contact/query", "{" + filter + "}").text())
                .contains(account)
                .doesNotContain("Hidden Holdings");
        assertThat(blind.post(
                                "/api/records/contact/aggregate",
                                "{\"groupBy\":[{\"field\":\"account\"}],\"measures\":[{\"fn\":\"count\"}]," + filter
                                        + "}")
                        .text())
                .contains(account)
                .doesNotContain("Hidden Holdings");
        var export = blind.post("/api/exports", "{\"object\":\"contact\",\"format\":\"csv\"," + filter + "}")
                .json();
        assertThat(blind.get(export.path("file").asString()).text())
                .contains(contact)
                .doesNotContain("Hidden Holdings");
    }

    @Test
    void aTokenThatMayOnlyReadAsksQuestionsButChangesNothing() {
        var reader = server.readingAs("admin");
        assertThat(reader.post("/api/records/contact/query", "{\"limit\":1}").status())
                .isEqualTo(200);
        assertThat(reader.post("/api/records/contact/aggregate", "{}").status()).isEqualTo(200);
        assertThat(reader.post("/api/records/account", "{\"name\":\"Not made\"}")
                        .status())
                .isEqualTo(403);
        assertThat(reader.post("/api/records/account/bulk/query", "{}").status())
                .isIn(403, 404, 405);
    }

    @Test
    void aHiddenFieldIsAnsweredLikeAnUnknownOneEverywhere() {
        var id = admin.create(
                        "contact",
                        "{\"name\":{\"family\":\"Hidden\",\"given\":\"H\"},\"email\":\"secret@example.com\"}")
                .path("id")
                .asString();
        admin.patch("/api/records/contact/" + id, "{\"email\":\"other@example.com\"}", "If-Match", "\"1\"");
        server.role(
                "noMail",
                "{\"objects\":{\"*\":[\"read\",\"update\",\"create\",\"export\",\"import\"]},\"fields\":{\"contact.email\":\"none\",\"contact.title\":\"read\"}}");
        var blind = server.as("noMail");
        assertThat(blind.get("/api/records/contact/" + id).json().has("email")).isFalse();
        assertThat(blind.get("/api/records/contact/" + id + "/history").text()).doesNotContain("example.com", "email");
        assertThat(blind.get("/api/objects/contact").text()).doesNotContain("\"email\"");
        for (var body : List.of(
                "{\"fields\":[\"FIELD\"]}",
                "{\"sort\":\"FIELD\"}",
                "{\"filter\":{\"field\":\"FIELD\",\"op\":\"eq\",\"value\":\"x\"}}")) {
            var hidden = blind.post("/api/records/contact/query", body.replace("FIELD", "email"));
            var unknown = blind.post("/api/records/contact/query", body.replace("FIELD", "nonsense"));
            assertThat(hidden.status()).isEqualTo(unknown.status());
            assertThat(hidden.text().replace("email", "nonsense").replaceAll("\"traceId\":\"\\w+\"", ""))
                    .isEqualTo(unknown.text().replaceAll("\"traceId\":\"\\w+\"", ""));
        }
        for (var words : List.of("other@example.com", "hidden other", "xample"))
            assertThat(blind.post(
                                    "/api/records/contact/query",
                                    "{\"q\":\"" + words + "\",\"filter\":{\"field\":\"id\",\"op\":\"eq\",\"value\":\""
                                            + id + "\"}}")
                            .json()
                            .path("items"))
                    .as(words)
                    .isEmpty();
        assertThat(blind.post(
                                "/api/records/contact/query",
                                "{\"q\":\"hid\",\"filter\":{\"field\":\"id\",\"op\":\"eq\",\"value\":\"" + id + "\"}}")
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(blind.post("/api/records/order/query", "{\"sort\":\"contact.email\"}")
                        .violations())
                .containsExactly("contact.email:unknown-field");
        assertThat(blind.post("/api/exports", "{\"object\":\"contact\",\"fields\":[\"email\"]}")
                        .violations())
                .containsExactly("email:unknown-field");
        assertThat(blind.post("/api/records/contact", "{\"name\":{\"family\":\"x\"},\"email\":\"a@example.com\"}")
                        .violations())
                .containsExactly("email:unknown-field");
        assertThat(blind.patch("/api/records/contact/" + id, "{\"title\":\"x\"}", "If-Match", "\"2\"")
                        .violations())
                .containsExactly("title:read-only");
    }

    @Test
    void aReaderChangesNothing() {
        var id = admin.create("account", "{\"name\":\"Readable\"}").path("id").asString();
        var reader = server.as("reader");
        var path = "/api/records/account/" + id;
        assertThat(reader.get(path).status()).isEqualTo(200);
        assertThat(reader.post("/api/records/account", "{\"name\":\"x\"}").status())
                .isEqualTo(403);
        assertThat(reader.patch(path, "{\"name\":\"x\"}", "If-Match", "\"1\"").status())
                .isEqualTo(403);
        assertThat(reader.delete(path, "If-Match", "\"1\"").status()).isEqualTo(403);
        assertThat(reader.post("/api/records/account/bulk", "{\"delete\":[\"" + id + "\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(reader.post("/api/records/account/bulk", "{\"where\":{},\"delete\":true}")
                        .status())
                .isEqualTo(403);
        assertThat(reader.upload("account", "a.csv", "name\nx".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(403);
        assertThat(admin.get(path).json().path("version").asInt()).isEqualTo(1);
    }

    @Test
    void foreignIdsInABodyAreRefused() {
        var me = admin.actor().id();
        for (var id :
                List.of(me.toString(), "00000000-0000-0000-0000-000000000000", "01a1fde8-2047-7e5b-8bdb-a1bdd3521d9b"))
            assertThat(admin.post("/api/records/contact", "{\"name\":{\"family\":\"x\"},\"account\":\"" + id + "\"}")
                            .violations())
                    .containsExactly("account:lookup-not-found");
        var file = server.bean(dev.rapport.file.FileStore.class)
                .store(
                        admin.actor(),
                        "x.html",
                        new java.io.ByteArrayInputStream("<script>".getBytes(StandardCharsets.UTF_8)));
        var thief = server.as("member");
        assertThat(thief.get("/api/files/" + file.id()).status()).isEqualTo(404);
        assertThat(thief.post("/api/records/attachment", "{\"file\":\"" + file.id() + "\"}")
                        .violations())
                .containsExactly("file:lookup-not-found");
        assertThat(thief.get("/api/files/" + file.id()).status()).isEqualTo(404);
        admin.create("attachment", "{\"file\":\"" + file.id() + "\"}");
        var shown = thief.get("/api/files/" + file.id());
        assertThat(shown.header("Content-Disposition")).startsWith("attachment");
        assertThat(shown.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(shown.header("Content-Security-Policy")).contains("sandbox");
        assertThat(shown.header("Content-Type")).isEqualTo("application/octet-stream");
    }

    @Test
    void onlyAdministratorsCreateUsersAndWeakPasswordsAreRefused() {
        var user = "{\"username\":\"newcomer\",\"name\":\"New\",\"password\":\"PW\",\"role\":\"member\"}";
        assertThat(server.as("member").post("/api/users", user).status()).isEqualTo(403);
        assertThat(admin.post("/api/users", user.replace("PW", "password123")).violations())
                .containsExactly("password:password-weak");
        assertThat(admin.post("/api/users", user.replace("PW", "a fine long secret"))
                        .status())
                .isEqualTo(201);
        assertThat(admin.post("/api/users", user.replace("PW", "a fine long secret"))
                        .violations())
                .containsExactly("username:duplicate");
    }

    @Test
    void methodAndPathTricksReachNoLessProtectedHandler() throws Exception {
        var id = admin.create("account", "{\"name\":\"Tricks\"}").path("id").asString();
        for (var path : List.of(
                "/api/records/account/" + id + "/",
                "//api/records/account",
                "/api/records/account;a=b",
                "/api/%2e%2e/api/records/account",
                "/API/records/account",
                "/api/records/account/" + id + ".json",
                "/api/records/account/" + id + "?_method=DELETE")) {
            var request = HttpRequest.newBuilder(URI.create(server.address() + path))
                    .header("X-HTTP-Method-Override", "DELETE")
                    .GET()
                    .build();
            assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .as(path)
                    .isIn(400, 401, 404);
        }
        assertThat(admin.get("/api/records/account/" + id).status()).isEqualTo(200);
    }

    @TestFactory
    Stream<DynamicTest> nothingElseIsServed() {
        return Stream.of(
                        "/actuator",
                        "/actuator/env",
                        "/swagger-ui",
                        "/h2-console",
                        "/.git/config",
                        "/heapdump",
                        "/env",
                        "/api/nope",
                        "/WEB-INF/web.xml",
                        "/META-INF/resources/index.html")
                .map(path -> DynamicTest.dynamicTest(
                        path, () -> assertThat(admin.get(path).status()).isEqualTo(404)));
    }

    @Test
    void wrongUserAndWrongPasswordAreOneAnswerAndManyTriesAreSlowed() {
        var wrong = admin.post("/api/session", "{\"username\":\"nobody\",\"password\":\"x\"}");
        var known =
                admin.post("/api/session", "{\"username\":\"" + admin.actor().name() + "\",\"password\":\"x\"}");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(known.json().path("code")).isEqualTo(wrong.json().path("code"));
        int last = 0;
        for (int i = 0; i < 12; i++)
            last = admin.post("/api/session", "{\"username\":\"hammered\",\"password\":\"x\"}")
                    .status();
        assertThat(last).isEqualTo(429);
        for (var name : List.of("admin", "root", "test"))
            assertThat(admin.post("/api/session", "{\"username\":\"" + name + "\",\"password\":\"" + name + "\"}")
                            .status())
                    .isEqualTo(401);
    }

    @Test
    void aCookieNeedsTheCsrfTokenForEveryChange() throws Exception {
        var opened = server.bean(dev.rapport.identity.Sessions.class)
                .open(admin.actor().id(), "127.0.0.1", "test", false);
        var cookie = "rapport_session=" + opened.secret();
        var without = HttpRequest.newBuilder(URI.create(server.address() + "/api/records/account"))
                .header("Cookie", cookie)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"x\"}"));
        assertThat(HTTP.send(without.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
        var with = without.copy().header("X-CSRF-Token", opened.csrfToken());
        assertThat(HTTP.send(with.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(201);
    }

    @Test
    void hiddenTextIsNotFoundByTheSearchOfATimeline() {
        server.role(
                "noBodies",
                "{\"objects\":{\"*\":[\"read\",\"update\",\"mass\"]},\"fields\":{\"note.body\":\"none\",\"note.name\":\"none\",\"note.pinned\":\"none\",\"contact.tags\":\"none\"}}");
        var blind = server.as("noBodies");
        var account = admin.create("account", "{\"name\":\"Searched Ltd\"}")
                .path("id")
                .asString();
        admin.create("note", "{\"body\":\"salary 4711\",\"pinned\":true,\"account\":\"" + account + "\"}");
        var path = "/api/records/account/" + account + "/timeline?";
        assertThat(admin.get(path + "q=4711").json().path("items")).hasSize(1);
        assertThat(blind.get(path + "q=4711").json().path("items")).isEmpty();
        assertThat(blind.get(path + "pinned=true").json().path("items")).isEmpty();
        assertThat(blind.get(path).text()).doesNotContain("4711").contains("\"pinned\":false");
        var add =
                "{\"where\":{\"filter\":{\"field\":\"title\",\"op\":\"eq\",\"value\":\"x\"}},\"dryRun\":true,\"add\":{\"FIELD\":[\"x\"]}}";
        assertThat(blind.post("/api/records/contact/bulk", add.replace("FIELD", "tags"))
                        .violations())
                .isEqualTo(java.util.List.of("add.tags:unknown-field"));
        assertThat(blind.post("/api/records/contact/bulk", add.replace("FIELD", "nonsense"))
                        .violations())
                .isEqualTo(java.util.List.of("add.nonsense:unknown-field"));
    }

    @Test
    void aPastedNameTellsNothingOfRecordsThatAreNotSeen() {
        var owner = server.as("salesRep");
        var rep = server.as("salesRep");
        owner.create("account", "{\"name\":\"Secret Pasted Holdings\"}");
        var contact = rep.create("contact", "{\"name\":{\"family\":\"Paste\",\"given\":\"X\"}}")
                .path("id")
                .asString();
        var paste = "{\"written\":true,\"update\":[{\"id\":\"" + contact + "\",\"version\":1,\"account\":\"NAME\"}]}";
        var hidden = rep.post("/api/records/contact/bulk", paste.replace("NAME", "Secret Pasted Holdings"))
                .json()
                .path("update");
        var unknown = rep.post("/api/records/contact/bulk", paste.replace("NAME", "No Such Holdings"))
                .json()
                .path("update");
        assertThat(hidden).isEqualTo(unknown);
        assertThat(hidden.get(0).path("violations").get(0).path("code").asString())
                .isEqualTo("lookup-not-found");
    }

    @Test
    void fieldsOfEveryObjectAreReadableAndFilterable() {
        for (var object : server.bean(Catalogue.class).all()) {
            assertThat(admin.get("/api/records/" + object.name() + "?count=exact")
                            .status())
                    .as(object.name())
                    .isEqualTo(200);
            for (var field : object.fields()) {
                var answer = admin.post(
                        "/api/records/" + object.name() + "/query",
                        "{\"filter\":{\"not\":{\"field\":\"" + field.name() + "\",\"op\":\"isEmpty\"}}}");
                assertThat(answer.status())
                        .as(object.name() + "." + field.name())
                        .isEqualTo(200);
            }
        }
    }
}
