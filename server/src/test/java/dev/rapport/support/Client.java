package dev.rapport.support;

import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Calls the API as any program would. */
public final class Client {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String address;
    private final String token;
    private final @Nullable Actor actor;

    /** @param token empty for somebody who is not signed in */
    public Client(String address, String token) {
        this(address, token, null);
    }

    public Client(String address, String token, @Nullable Actor actor) {
        this.address = address;
        this.token = token;
        this.actor = actor;
    }

    /** An answer: its status, headers and body. */
    public record Answer(int status, HttpResponse<byte[]> response) {
        public JsonNode json() {
            return Json.parse(response.body());
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** Codes of all violations as {@code field:code}, sorted. */
        public java.util.List<String> violations() {
            return json().path("violations").values().stream()
                    .map(v -> v.path("field").asString() + ":" + v.path("code").asString())
                    .sorted()
                    .toList();
        }
    }

    public String token() {
        return token;
    }

    public Actor actor() {
        return Objects.requireNonNull(actor);
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer post(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    public Answer put(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    public Answer patch(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }

    public Answer delete(String path, String... headers) {
        return send(request(path, headers).DELETE());
    }

    /** Creates a record and returns it. */
    public JsonNode create(String object, String json) {
        var answer = post("/api/records/" + object, json);
        if (answer.status() != 201) throw new AssertionError(answer.status() + " " + answer.text());
        return answer.json();
    }

    public Answer upload(String object, String fileName, byte[] content, String... headers) {
        return multipart(
                "/api/imports",
                "Content-Disposition: form-data; name=\"object\"\r\n\r\n" + object + "\r\n--BOUNDARY\r\n",
                fileName,
                content,
                headers);
    }

    /** Stores a file and returns its id. */
    public String uploadFile(String fileName, byte[] content) {
        return file(fileName, content).json().path("id").asString();
    }

    /** Uploads a file that records may be given. */
    public Answer file(String fileName, byte[] content) {
        return multipart("/api/files", "", fileName, content);
    }

    private Answer multipart(String path, String before, String fileName, byte[] content, String... headers) {
        var boundary = UUID.randomUUID().toString();
        var head = "--" + boundary + "\r\n" + before.replace("BOUNDARY", boundary)
                + "Content-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        var body = new java.io.ByteArrayOutputStream();
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        var request = request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()));
        if (headers.length > 0) request.headers(headers);
        return send(request);
    }

    /** Waits until a job is over and returns it. */
    public JsonNode await(String jobId) {
        for (int i = 0; i < 600; i++) {
            var job = get("/api/jobs/" + jobId).json();
            if (!job.path("finishedAt").isNull()) return job;
            pause();
        }
        throw new AssertionError("Job " + jobId + " does not end");
    }

    /** Waits until an import is in none of the busy states and returns it. */
    public JsonNode awaitImport(String id) {
        for (int i = 0; i < 1200; i++) {
            var it = get("/api/imports/" + id).json();
            var state = it.path("state").asString();
            if (!state.equals("running") && !state.equals("previewing")) return it;
            pause();
        }
        throw new AssertionError("Import " + id + " does not end");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(address + path));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        if (headers.length > 0) request.headers(headers);
        return request;
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
