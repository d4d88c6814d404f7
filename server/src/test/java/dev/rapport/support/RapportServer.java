package dev.rapport.support;

import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.Rapport;
import dev.rapport.database.Database;
import dev.rapport.database.EmbeddedPostgres;
import dev.rapport.http.Json;
import dev.rapport.identity.Sessions;
import dev.rapport.identity.Users;
import dev.rapport.identity.Users.NewUser;
import dev.rapport.kernel.RecordId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The real server over a real PostgreSQL, started once for all tests of a run. */
public final class RapportServer implements AutoCloseable {
    /** The password of everybody whom {@link #as} makes. */
    public static final String PASSWORD = "correct horse battery";

    private static final RapportServer INSTANCE = start();

    private final ConfigurableApplicationContext context;
    private final String address;
    private int users;

    private RapportServer(ConfigurableApplicationContext context) {
        this.context = context;
        var server = ((WebServerApplicationContext) context).getWebServer();
        this.address = "http://127.0.0.1:" + (server == null ? 0 : server.getPort());
    }

    public static RapportServer get() {
        return INSTANCE;
    }

    private static RapportServer start() {
        System.setProperty("RAPPORT_HOME", home().toString());
        System.setProperty("RAPPORT_METRICS_PORT", "-1");
        System.setProperty("RAPPORT_SMTP_URL", Mailbox.get().url());
        System.setProperty("RAPPORT_MAIL_FROM", Mailbox.FROM);
        System.setProperty("RAPPORT_MAIL_RECALL_SECONDS", "2");
        var external = externalDatabase();
        if (external != null) System.setProperty("RAPPORT_DATABASE_URL", external);
        return new RapportServer(run());
    }

    private static ConfigurableApplicationContext run() {
        var application = new SpringApplication(Rapport.class);
        application.setDefaultProperties(Map.of("server.port", 0, "server.address", "127.0.0.1"));
        return application.run();
    }

    /** Another node on the same database, with files of its own; to be closed. */
    public RapportServer secondNode(Path home) {
        var source = bean(HikariDataSource.class);
        var external = System.getProperty("RAPPORT_DATABASE_URL");
        var firstHome = System.getProperty("RAPPORT_HOME");
        try {
            var url = source.getJdbcUrl();
            var user = source.getUsername();
            boolean named = user == null || url.contains("user=");
            System.setProperty("RAPPORT_DATABASE_URL", named ? url : url + "?user=" + user);
            System.setProperty("RAPPORT_HOME", home.toString());
            return new RapportServer(run());
        } finally {
            if (external == null) System.clearProperty("RAPPORT_DATABASE_URL");
            else System.setProperty("RAPPORT_DATABASE_URL", external);
            System.setProperty("RAPPORT_HOME", firstHome);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    /** The same user as {@code client}, but on this node. */
    public Client like(Client client) {
        return new Client(address, client.token(), client.actor());
    }

    /** The database that the environment names, or one that is started here as if somebody else had; null to embed it. */
    private static @Nullable String externalDatabase() {
        var named = System.getenv("RAPPORT_TEST_DATABASE_URL");
        if (named != null) return named;
        if (!"external".equals(System.getProperty("rapport.test.database"))) return null;
        var postgres = EmbeddedPostgres.start(home());
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        return postgres.jdbcUrl() + "?user=postgres";
    }

    private static Path home() {
        try {
            var home = Files.createTempDirectory("rapport-test");
            return home;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public String address() {
        return address;
    }

    /** A client signed in as a new user with {@code role}. */
    public Client as(String role) {
        return as(role, List.of("read", "write"));
    }

    /** The same with a token that may only read. */
    public Client readingAs(String role) {
        return as(role, List.of("read"));
    }

    private synchronized Client as(String role, List<String> scopes) {
        var username = role + ++users;
        var id = bean(Database.class)
                .transact(tx -> bean(Users.class).create(tx, new NewUser(username, username, PASSWORD, role, "en")));
        var actor = bean(Users.class).find(id).orElseThrow();
        var token = bean(Sessions.class).createToken(actor, RecordId.next(), "test", scopes, Optional.empty());
        return new Client(address, token, actor);
    }

    /** Puts a role with these grants into the database. */
    public void role(String name, String grants) {
        bean(Database.class)
                .run(tx -> tx.dsl()
                        .insertInto(org.jooq.impl.DSL.table(org.jooq.impl.DSL.name("role")))
                        .set(org.jooq.impl.DSL.field(org.jooq.impl.DSL.name("name"), String.class), name)
                        .set(
                                org.jooq.impl.DSL.field(org.jooq.impl.DSL.name("grants"), org.jooq.JSONB.class),
                                org.jooq.JSONB.valueOf(Json.parse(grants).toString()))
                        .execute());
        bean(dev.rapport.access.Access.class).refresh();
    }
}
