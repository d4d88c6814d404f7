package dev.rapport.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Browser;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Signing in with passkeys, and what does not get one in. */
class PasskeyTest {
    private static final RapportServer SERVER = RapportServer.get();
    private static final String PASSWORD = "a good long password";

    private final Client admin = SERVER.as("admin");
    private String username = "";
    private String id = "";
    private Browser browser = Browser.NEW;

    @BeforeEach
    void somebodyIsSignedIn() throws Exception {
        become("member");
    }

    private void become(String role) throws Exception {
        username = "k" + UUID.randomUUID().toString().substring(0, 12);
        var body = Json.object()
                .put("username", username)
                .put("name", "Key")
                .put("password", PASSWORD)
                .put("role", role);
        id = admin.post("/api/users", body.toString()).json().path("id").asString();
        browser = Browser.of(Browser.signIn(username, PASSWORD, ""));
    }

    private JsonNode creation() throws Exception {
        var answer = browser.send("POST", "/api/session/passkeys/options", "{\"password\":\"" + PASSWORD + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    private String origin() throws Exception {
        return Json.parse(browser.send("GET", "/api/session/passkeys", "").body())
                .path("address")
                .asString();
    }

    private HttpResponse<String> add(JsonNode credential) throws Exception {
        var body = Json.object().put("name", "My phone");
        body.set("credential", credential);
        return browser.send("POST", "/api/session/passkeys", body.toString());
    }

    private JsonNode added(SoftwareAuthenticator phone) throws Exception {
        var answer = add(phone.create(creation()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.parse(answer.body());
    }

    private static JsonNode request() throws Exception {
        var answer = Browser.NEW.send("POST", "/api/public/passkeys/options", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    private static HttpResponse<String> signIn(JsonNode credential) throws Exception {
        var body = Json.object();
        body.set("credential", credential);
        return Browser.NEW.send("POST", "/api/public/passkeys/session", body.toString());
    }

    @Test
    void aPasskeySignsItsOwnerInWithoutNameOrPassword() throws Exception {
        var phone = new SoftwareAuthenticator(origin());
        assertThat(added(phone).path("recoveryCodes").size()).isEqualTo(10);
        var opened = Browser.of(signIn(phone.get(request())));
        var user = Json.parse(opened.send("GET", "/api/session", "").body()).path("user");
        assertThat(user.path("id").asString()).isEqualTo(id);
        var listed = Json.parse(opened.send("GET", "/api/session/passkeys", "").body())
                .path("items");
        assertThat(listed.size()).isEqualTo(1);
        assertThat(listed.get(0).path("name").asString()).isEqualTo("My phone");
        assertThat(listed.get(0).path("usedAt").isNull()).isFalse();
    }

    @Test
    void withAPasskeyThePasswordAloneIsNotEnough() throws Exception {
        var codes = added(new SoftwareAuthenticator(origin())).path("recoveryCodes");
        assertThat(Browser.signIn(username, PASSWORD, "").body()).isEqualTo("{\"mfaRequired\":true}");
        assertThat(Browser.signIn(username, PASSWORD, "123456").statusCode()).isEqualTo(401);
        var spare = codes.get(3).asString();
        assertThat(Browser.signIn(username, PASSWORD, spare).statusCode()).isEqualTo(200);
        assertThat(Browser.signIn(username, PASSWORD, spare).statusCode()).isEqualTo(401);
    }

    @Test
    void aPasskeyIsTheSecondFactorThatARoleAsksFor() throws Exception {
        var role = "keyed" + UUID.randomUUID().toString().substring(0, 6);
        var body = Json.object().put("name", role).put("secondFactor", true);
        body.putObject("grants").putObject("objects").putArray("*").add("read");
        assertThat(admin.post("/api/roles", body.toString()).status()).isEqualTo(201);
        become(role);
        assertThat(browser.send("GET", "/api/records/account", "").statusCode()).isEqualTo(403);
        added(new SoftwareAuthenticator(origin()));
        assertThat(browser.send("GET", "/api/records/account", "").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNotAskedForHereAndNowDoesNotCount() throws Exception {
        var phone = new SoftwareAuthenticator(origin());
        added(phone);
        var once = phone.get(request());
        assertThat(signIn(once).statusCode()).isEqualTo(200);
        assertThat(signIn(once).statusCode()).as("a second time").isEqualTo(401);

        var own = Json.object().put("challenge", "bXkgb3duIGNoYWxsZW5nZQ").put("rpId", "localhost");
        assertThat(signIn(phone.get(own)).statusCode())
                .as("a challenge of their own")
                .isEqualTo(401);

        var elsewhere = (ObjectNode) request();
        elsewhere.put("rpId", "evil.test");
        assertThat(signIn(phone.get(elsewhere)).statusCode()).as("another site").isEqualTo(401);

        phone.origin = "http://evil.test";
        assertThat(signIn(phone.get(request())).statusCode()).as("another page").isEqualTo(401);
        phone.origin = origin();

        phone.verified = false;
        assertThat(signIn(phone.get(request())).statusCode())
                .as("found on a bus")
                .isEqualTo(401);
        phone.verified = true;

        phone.count = 0;
        assertThat(signIn(phone.get(request())).statusCode())
                .as("a copy whose counter lags")
                .isEqualTo(401);
        phone.count = 20;
        assertThat(signIn(phone.get(request())).statusCode()).isEqualTo(200);

        var forged = phone.get(request());
        changed(forged, response -> response.put("signature", "MEUCIQDKwzuwmy8h4cVgAA"));
        assertThat(signIn(forged).statusCode()).as("a forged signature").isEqualTo(401);

        var foreign = phone.get(request());
        changed(foreign, response -> response.put("userHandle", "AAAAAAAAAAAAAAAAAAAAAA"));
        assertThat(signIn(foreign).statusCode())
                .as("in the name of somebody else")
                .isEqualTo(401);

        assertThat(signIn(new SoftwareAuthenticator(origin()).get(request())).statusCode())
                .as("an unknown device")
                .isEqualTo(401);
    }

    private static void changed(ObjectNode credential, Consumer<ObjectNode> change) {
        change.accept((ObjectNode) credential.path("response"));
    }

    @Test
    void aDeviceIsAddedForWhomItWasAskedOnly() throws Exception {
        var victim = creation();
        become("member");
        var phone = new SoftwareAuthenticator(origin());
        assertThat(add(phone.create(victim)).statusCode())
                .as("asked for by another")
                .isEqualTo(422);
        phone.verified = false;
        assertThat(add(phone.create(creation())).statusCode())
                .as("without its owner")
                .isEqualTo(422);
        phone.verified = true;
        phone.origin = "http://evil.test";
        assertThat(add(phone.create(creation())).statusCode())
                .as("on another page")
                .isEqualTo(422);
        phone.origin = origin();
        var made = phone.create(creation());
        assertThat(add(made).statusCode()).isEqualTo(201);
        assertThat(add(made).statusCode()).as("a second time").isEqualTo(422);
        become("member");
        assertThat(add(phone.create(creation())).statusCode())
                .as("the key of another person")
                .isEqualTo(422);
    }

    @Test
    void onlyThePasswordAddsOrRemovesPasskeysAndOnlyOnesOwn() throws Exception {
        var wrong = "{\"password\":\"not it at all\"}";
        assertThat(browser.send("POST", "/api/session/passkeys/options", wrong).statusCode())
                .isEqualTo(422);
        var phone = new SoftwareAuthenticator(origin());
        var path = "/api/session/passkeys/" + added(phone).path("id").asString() + "/remove";
        assertThat(browser.send("POST", path, wrong).statusCode()).isEqualTo(422);
        var owner = browser;
        var right = "{\"password\":\"" + PASSWORD + "\"}";
        become("member");
        assertThat(browser.send("POST", path, right).statusCode()).isEqualTo(404);
        assertThat(owner.send("POST", path, right).statusCode()).isEqualTo(204);
        assertThat(signIn(phone.get(request())).statusCode()).isEqualTo(401);
        var factor =
                Json.parse(owner.send("GET", "/api/session/second-factor", "").body());
        assertThat(factor.path("on").asBoolean()).as("it was the last").isFalse();
    }

    @Test
    void whoeverLeftOrWasResetGetsInNoMore() throws Exception {
        var phone = new SoftwareAuthenticator(origin());
        added(phone);
        assertThat(admin.patch("/api/users/" + id, "{\"active\":false}").status())
                .isEqualTo(204);
        assertThat(signIn(phone.get(request())).statusCode()).isEqualTo(401);
        assertThat(admin.patch("/api/users/" + id, "{\"active\":true}").status())
                .isEqualTo(204);
        assertThat(signIn(phone.get(request())).statusCode()).isEqualTo(200);
        assertThat(admin.delete("/api/users/" + id + "/second-factor").status()).isEqualTo(204);
        assertThat(signIn(phone.get(request())).statusCode()).isEqualTo(401);
        assertThat(Browser.signIn(username, PASSWORD, "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":null,\"rawId\":null,\"response\":null,\"type\":null}",
                "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}",
                "{\"id\":\"%\",\"rawId\":\"%\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\"%\"}}",
                "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\"e30\","
                        + "\"authenticatorData\":\"AA\",\"signature\":\"AA\",\"attestationObject\":\"oA\"}}",
                "{\"id\":[1],\"rawId\":{\"a\":2},\"type\":3,\"response\":\"x\"}",
            })
    void nonsenseIsRefused(String credential) throws Exception {
        assertThat(signIn(Json.parse(credential)).statusCode()).isEqualTo(401);
        assertThat(add(Json.parse(credential)).statusCode()).isEqualTo(422);
    }
}
