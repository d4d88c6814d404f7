import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A signed-in client of the server under test. */
final class Api {
    static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;
    private String cookie = "";
    private String csrf = "";

    Api(String address) {
        this.address = address;
    }

    void signIn(String username, String password) throws IOException, InterruptedException {
        var answer = http.send(
                request("/api/session").header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.createObjectNode().put("username", username).put("password", password).toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow(() -> new IOException(answer.body())).split(";")[0];
        csrf = JSON.readTree(answer.body()).path("csrfToken").asString();
    }

    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(address + path));
        return cookie.isEmpty() ? request : request.header("Cookie", cookie).header("X-CSRF-Token", csrf);
    }

    JsonNode send(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        var request = request(path).header("Content-Type", "application/json")
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300)
            throw new IOException(answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        return answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    /** The same as {@link #status}, and a refusal is an error: it would cost less than what is to be measured. */
    int hit(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        int status = status(method, path, body, headers);
        if (status >= 300) throw new IOException(method + " " + path + ": " + status);
        return status;
    }

    /** Sends without parsing the answer: what the load generator costs must not hide what the server costs. */
    int status(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        var request = request(path).header("Content-Type", "application/json")
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    String address() {
        return address;
    }

    HttpClient http() {
        return http;
    }
}
