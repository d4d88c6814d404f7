package dev.rapport.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.kernel.RecordId;
import dev.rapport.support.Browser;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** People come, move and leave: invitations, passwords, second factors, sessions and tokens. */
class IdentityTest {
    private static final RapportServer SERVER = RapportServer.get();
    private static final String PASSWORD = "a good long password";

    private final Client admin = SERVER.as("admin");

    private static HttpResponse<String> post(String path, ObjectNode json) throws Exception {
        return Browser.NEW.send("POST", path, json.toString());
    }

    private static HttpResponse<String> signIn(String username, String password, String code) throws Exception {
        return Browser.signIn(username, password, code);
    }

    private static Browser browser(String username) throws Exception {
        return Browser.of(signIn(username, PASSWORD, ""));
    }

    private record Made(String id, String username) {}

    private Made person(String role) {
        var username = "p" + UUID.randomUUID().toString().substring(0, 12);
        var body = Json.object()
                .put("username", username)
                .put("name", "Person " + username)
                .put("password", PASSWORD)
                .put("role", role);
        var made = admin.post("/api/users", body.toString());
        assertThat(made.status()).as(made::text).isEqualTo(201);
        return new Made(made.json().path("id").asString(), username);
    }

    @Test
    void whoeverIsInvitedChoosesAPasswordOnce() throws Exception {
        var username = "q" + UUID.randomUUID().toString().substring(0, 12);
        var body = Json.object().put("username", username).put("name", "Invited");
        body.putArray("roles").add("salesRep").add("reader");
        var made = admin.post("/api/users", body.toString());
        assertThat(made.status()).as(made::text).isEqualTo(201);
        var link = made.json().path("invitation").asString();
        var token = link.substring(link.indexOf('=') + 1);
        assertThat(signIn(username, "", "").statusCode()).isEqualTo(422);
        assertThat(post(
                                "/api/public/password",
                                Json.object().put("token", token).put("password", "short"))
                        .statusCode())
                .as("the link is not used up by a bad password")
                .isEqualTo(422);
        assertThat(post(
                                "/api/public/password",
                                Json.object().put("token", token).put("password", PASSWORD))
                        .statusCode())
                .isEqualTo(204);
        assertThat(post(
                                "/api/public/password",
                                Json.object().put("token", token).put("password", PASSWORD + "2"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(signIn(username, PASSWORD, "").statusCode()).isEqualTo(200);
        var roles = admin.get("/api/users/" + made.json().path("id").asString())
                .json()
                .path("roles");
        assertThat(roles.size()).isEqualTo(2);
    }

    /** Half of a surrogate pair has no bytes that could be hashed. */
    @Test
    void aPasswordThatIsNoTextIsRefused() {
        var person = person("member");
        var broken = "\",\"password\":\"abcdefghijkl\\ud800\"}";
        var signIn = admin.post("/api/session", "{\"username\":\"" + person.username() + broken);
        assertThat(signIn.status()).as(signIn::text).isEqualTo(401);
        var made = admin.post(
                "/api/users", "{\"role\":\"member\",\"name\":\"N\",\"username\":\"x" + person.username() + broken);
        assertThat(made.violations()).as(made::text).containsExactly("password:broken-character");
    }

    @Test
    void whoeverLeavesIsOutAtTheNextRequest() throws Exception {
        var person = person("member");
        var browser = browser(person.username());
        var actor = SERVER.bean(Users.class)
                .find(RecordId.parse(person.id()).orElseThrow())
                .orElseThrow();
        var token = SERVER.bean(Sessions.class)
                .createToken(actor, RecordId.next(), "t", java.util.List.of("read"), java.util.Optional.empty());
        var program = new Client(SERVER.address(), token, actor);
        assertThat(browser.send("GET", "/api/records/account", "").statusCode()).isEqualTo(200);
        assertThat(program.get("/api/records/account").status()).isEqualTo(200);
        assertThat(admin.patch("/api/users/" + person.id(), "{\"active\":false}")
                        .status())
                .isEqualTo(204);
        assertThat(browser.send("GET", "/api/records/account", "").statusCode()).isEqualTo(401);
        assertThat(program.get("/api/records/account").status()).isEqualTo(401);
        assertThat(signIn(person.username(), PASSWORD, "").statusCode()).isEqualTo(401);
        // and does not come back with what was open before
        assertThat(admin.patch("/api/users/" + person.id(), "{\"active\":true}").status())
                .isEqualTo(204);
        assertThat(browser.send("GET", "/api/records/account", "").statusCode()).isEqualTo(401);
        assertThat(program.get("/api/records/account").status()).isEqualTo(401);
    }

    @Test
    void aRoleThatIsTakenAwayHoldsNoMoreAtTheNextRequest() throws Exception {
        var person = person("member");
        var browser = browser(person.username());
        assertThat(browser.send("POST", "/api/records/account", "{\"name\":\"A\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(admin.patch("/api/users/" + person.id(), "{\"roles\":[\"reader\"]}")
                        .status())
                .isEqualTo(204);
        assertThat(browser.send("POST", "/api/records/account", "{\"name\":\"A\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(admin.patch("/api/users/" + person.id(), "{\"roles\":[]}").status())
                .isEqualTo(422);
        assertThat(admin.patch("/api/users/" + person.id(), "{\"roles\":[\"nobody\"]}")
                        .status())
                .isEqualTo(422);
        assertThat(browser.send("PATCH", "/api/users/" + person.id(), "{\"roles\":[\"admin\"]}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aChangedPasswordEndsAllOtherSessions() throws Exception {
        var person = person("member");
        var here = browser(person.username());
        var there = browser(person.username());
        var next = "another good password";
        var wrong = Json.object().put("password", "not it at all").put("newPassword", next);
        assertThat(here.send("POST", "/api/session/password", wrong.toString()).statusCode())
                .isEqualTo(422);
        var right = Json.object().put("password", PASSWORD).put("newPassword", next);
        assertThat(here.send("POST", "/api/session/password", right.toString()).statusCode())
                .isEqualTo(204);
        assertThat(here.send("GET", "/api/session", "").statusCode()).isEqualTo(200);
        assertThat(there.send("GET", "/api/session", "").statusCode()).isEqualTo(401);
        assertThat(signIn(person.username(), PASSWORD, "").statusCode()).isEqualTo(401);
        assertThat(signIn(person.username(), next, "").statusCode()).isEqualTo(200);
    }

    @Test
    void sessionsAreListedAndEndedOneByOneAndOnlyOnesOwn() throws Exception {
        var person = person("member");
        var here = browser(person.username());
        var there = browser(person.username());
        var listed =
                Json.parse(here.send("GET", "/api/session/sessions", "").body()).path("items");
        assertThat(listed.size()).isEqualTo(2);
        var other = listed.valueStream()
                .filter(session -> !session.path("present").asBoolean())
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        var stranger = browser(person("member").username());
        assertThat(stranger.send("DELETE", "/api/session/sessions/" + other, "").statusCode())
                .isEqualTo(404);
        assertThat(here.send("DELETE", "/api/session/sessions/" + other, "").statusCode())
                .isEqualTo(204);
        assertThat(there.send("GET", "/api/session", "").statusCode()).isEqualTo(401);
    }

    @Test
    void aSecondFactorIsAskedForAndEachCodeWorksOnce() throws Exception {
        var person = person("member");
        var browser = browser(person.username());
        var secret = secret(browser);
        var code = code(secret, 0);
        var confirmed = browser.send("POST", "/api/session/second-factor/confirm", "{\"code\":\"" + code + "\"}");
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
        JsonNode recovery = Json.parse(confirmed.body()).path("recoveryCodes");
        assertThat(recovery.size()).isEqualTo(10);

        var without = signIn(person.username(), PASSWORD, "");
        assertThat(without.body()).isEqualTo("{\"mfaRequired\":true}");
        assertThat(without.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(signIn(person.username(), PASSWORD, code).statusCode())
                .as("the code was used when it was confirmed")
                .isEqualTo(401);
        var next = code(secret, 1);
        assertThat(signIn(person.username(), PASSWORD, next).statusCode()).isEqualTo(200);
        assertThat(signIn(person.username(), PASSWORD, next).statusCode()).isEqualTo(401);
        var spare = recovery.get(0).asString();
        assertThat(signIn(person.username(), PASSWORD, spare.toUpperCase(Locale.ROOT))
                        .statusCode())
                .isEqualTo(200);
        assertThat(signIn(person.username(), PASSWORD, spare).statusCode()).isEqualTo(401);
    }

    @Test
    void guessingCodesIsSlowedDown() throws Exception {
        var person = person("member");
        var browser = browser(person.username());
        var secret = secret(browser);
        browser.send("POST", "/api/session/second-factor/confirm", "{\"code\":\"" + code(secret, 0) + "\"}");
        int last = 0;
        for (int i = 0; i < 14; i++)
            last = signIn(person.username(), PASSWORD, "00000" + i % 10).statusCode();
        assertThat(last).isEqualTo(429);
    }

    @Test
    void aRoleMayAskForASecondFactorAndNothingElseIsOpenWithoutIt() throws Exception {
        var role = "strict" + UUID.randomUUID().toString().substring(0, 6);
        var body = Json.object().put("name", role).put("secondFactor", true);
        body.putObject("grants").putObject("objects").putArray("*").add("read");
        var made = admin.post("/api/roles", body.toString());
        assertThat(made.status()).as(made::text).isEqualTo(201);
        var browser = browser(person(role).username());
        assertThat(browser.send("GET", "/api/records/account", "").statusCode()).isEqualTo(403);
        assertThat(browser.send("GET", "/api/audit", "").statusCode()).isEqualTo(403);
        var secret = secret(browser);
        browser.send("POST", "/api/session/second-factor/confirm", "{\"code\":\"" + code(secret, 0) + "\"}");
        assertThat(browser.send("GET", "/api/records/account", "").statusCode()).isEqualTo(200);
    }

    @Test
    void whomTheIdentityProviderLetInIsAskedForNoOtherFactor() throws Exception {
        var role = "vouched" + UUID.randomUUID().toString().substring(0, 6);
        var body = Json.object().put("name", role).put("secondFactor", true);
        body.putObject("grants").putObject("objects").putArray("*").add("read");
        assertThat(admin.post("/api/roles", body.toString()).status()).isEqualTo(201);
        var id = RecordId.parse(person(role).id()).orElseThrow();
        for (boolean vouched : new boolean[] {true, false}) {
            var opened = SERVER.bean(Sessions.class).open(id, "127.0.0.1", "A browser", vouched);
            var browser = new Browser("rapport_session=" + opened.secret(), opened.csrfToken());
            var who = Json.parse(browser.send("GET", "/api/session", "").body()).path("user");
            assertThat(who.path("mustEnrol").asBoolean()).isEqualTo(!vouched);
            assertThat(browser.send("GET", "/api/records/account", "").statusCode())
                    .isEqualTo(vouched ? 200 : 403);
        }
    }

    @Test
    void whetherThereIsSuchAUserIsNotTold() throws Exception {
        var there = post(
                "/api/public/password-link",
                Json.object().put("username", person("member").username()));
        var nobody = post("/api/public/password-link", Json.object().put("username", "nobody-at-all"));
        assertThat(there.statusCode()).isEqualTo(nobody.statusCode()).isEqualTo(202);
        assertThat(there.body()).isEqualTo(nobody.body());
    }

    private static String secret(Browser browser) throws Exception {
        var wrong = browser.send("POST", "/api/session/second-factor", "{\"password\":\"not it at all\"}");
        assertThat(wrong.statusCode()).isEqualTo(422);
        var begun = browser.send("POST", "/api/session/second-factor", "{\"password\":\"" + PASSWORD + "\"}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        return Json.parse(begun.body()).path("secret").asString();
    }

    /** What an authenticator app shows, so many steps from now. */
    private static String code(String base32, int steps) {
        var bits = new StringBuilder();
        for (char letter : base32.toCharArray()) {
            int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
            for (int bit = 4; bit >= 0; bit--) bits.append(value >> bit & 1);
        }
        var secret = new byte[bits.length() / 8];
        for (int i = 0; i < secret.length; i++)
            secret[i] = (byte) Integer.parseInt(bits.substring(i * 8, i * 8 + 8), 2);
        long step = Instant.now().getEpochSecond() / 30 + steps;
        return String.format(Locale.ROOT, "%06d", OneTimePasswords.code(secret, step));
    }
}
