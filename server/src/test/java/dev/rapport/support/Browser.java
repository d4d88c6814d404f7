package dev.rapport.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What a browser keeps of a session: its cookie and the token for changes. Both are empty while nobody is signed in. */
public record Browser(String address, String cookie, String csrf) {
    /** A browser in which nobody is signed in. */
    public static final Browser NEW = new Browser("", "");

    /** A browser at the server of most tests. */
    public Browser(String cookie, String csrf) {
        this(RapportServer.get().address(), cookie, csrf);
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** @param code of the second factor; empty for none */
    public static HttpResponse<String> signIn(String username, String password, String code) throws Exception {
        var body = Json.object().put("username", username).put("password", password);
        if (!code.isEmpty()) body.put("code", code);
        return NEW.send("POST", "/api/session", body.toString());
    }

    /** The browser that was given this answer to a sign-in, which must have succeeded. */
    public static Browser of(HttpResponse<String> answer) {
        return of(RapportServer.get().address(), answer, answer.body());
    }

    /** The same at another server. */
    public static Browser of(String address, HttpResponse<byte[]> answer) {
        return of(address, answer, new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static Browser of(String address, HttpResponse<?> answer, String body) {
        assertThat(answer.statusCode()).as(body).isEqualTo(200);
        var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        return new Browser(address, cookie, Json.parse(body).path("csrfToken").asString());
    }

    public HttpResponse<String> send(String method, String path, String json) throws Exception {
        var body = json.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, body)
                .header("Content-Type", "application/json");
        if (!cookie.isEmpty()) request.header("Cookie", cookie).header("X-CSRF-Token", csrf);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
