package dev.rapport.support;

import dev.rapport.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The server as a process of its own, so that it can be killed. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("is ready at (http://\\S+)");
    private static final String PASSWORD = "correct horse battery";

    private final Path home;
    private final Process process;
    private final String address;

    private ServerProcess(Path home, Process process, String address) {
        this.home = home;
        this.process = process;
        this.address = address;
    }

    /** Starts it with the data folder {@code home/data} and waits until it is ready. */
    public static ServerProcess start(Path home) {
        return start(home, Map.of());
    }

    /** The same with more said in the environment. */
    public static ServerProcess start(Path home, Map<String, String> environment) {
        try {
            var log = Files.createTempFile(home, "server", ".log");
            var builder = builder(home);
            builder.environment().putAll(environment);
            var process = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new ServerProcess(home, process, address(process, log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String address(Process process, Path log) throws IOException {
        for (int i = 0; i < 2_400 && process.isAlive(); i++) {
            var ready = READY.matcher(Files.readString(log));
            if (ready.find()) return ready.group(1);
            pause();
        }
        process.destroyForcibly();
        throw new AssertionError("The server does not start:\n" + Files.readString(log));
    }

    /** Runs another command of the product on the same data folder and returns what it says. */
    public String command(String... arguments) {
        return command(home, arguments);
    }

    /** Runs a command of the product with the data folder {@code home/data} and returns what it says. */
    public static String command(Path home, String... arguments) {
        return command(home, Map.of(), arguments);
    }

    /** The same with more said in the environment. */
    public static String command(Path home, Map<String, String> environment, String... arguments) {
        try {
            var builder = builder(home);
            builder.environment().putAll(environment);
            builder.command().addAll(List.of(arguments));
            var process = builder.redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ProcessBuilder builder(Path home) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(
                java,
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.rapport.Rapport"));
        var builder = new ProcessBuilder(command);
        builder.environment().put("RAPPORT_HOME", home.resolve("data").toString());
        builder.environment().put("RAPPORT_PORT", "0");
        builder.environment().put("RAPPORT_METRICS_PORT", "-1");
        builder.environment().put("RAPPORT_ADMIN_USERNAME", "admin");
        builder.environment().put("RAPPORT_ADMIN_PASSWORD", PASSWORD);
        builder.environment().remove("RAPPORT_DATABASE_URL");
        return builder;
    }

    public String address() {
        return address;
    }

    /** A client signed in as the administrator. */
    public Client client() {
        try (var http = HttpClient.newHttpClient()) {
            var session = http.send(
                    HttpRequest.newBuilder(URI.create(address + "/api/session"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(Json.object()
                                    .put("username", "admin")
                                    .put("password", PASSWORD)
                                    .toString()))
                            .build(),
                    BodyHandlers.ofByteArray());
            var cookie =
                    session.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];
            var token = http.send(
                    HttpRequest.newBuilder(URI.create(address + "/api/tokens"))
                            .header("Content-Type", "application/json")
                            .header("Cookie", cookie)
                            .header(
                                    "X-CSRF-Token",
                                    Json.parse(session.body()).path("csrfToken").asString())
                            .POST(BodyPublishers.ofString("{\"name\":\"test\",\"scopes\":[\"read\",\"write\"]}"))
                            .build(),
                    BodyHandlers.ofByteArray());
            return new Client(address, Json.parse(token.body()).path("token").asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Kills the application as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Kills its PostgreSQL in the same way. */
    public void killPostgres() throws IOException, InterruptedException {
        var pid =
                Files.readAllLines(home.resolve("data/postgres/postmaster.pid")).getFirst();
        new ProcessBuilder("kill", "-9", pid.strip()).start().waitFor();
    }

    /** Asks its embedded PostgreSQL directly. @return the first row */
    public List<String> ask(String sql) throws IOException, SQLException {
        var port = Files.readAllLines(home.resolve("data/postgres/postmaster.pid"))
                .get(3)
                .strip();
        try (var connection =
                        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            var values = new ArrayList<String>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) values.add(row.getString(i));
            return values;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
