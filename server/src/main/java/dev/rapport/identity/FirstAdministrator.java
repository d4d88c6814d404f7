package dev.rapport.identity;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.identity.Users.NewUser;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * How the first administrator comes to be: from the operator's environment, or by a link that is printed at the
 * start, works once, and only while there is no user. There are no default credentials.
 */
@Component
public class FirstAdministrator {
    private static final Table<Record> SETUP_LINK = table(name("setup_link"));
    private static final Field<byte[]> TOKEN_HASH = field(name("token_hash"), SQLDataType.BLOB);
    private static final long LOCK = 0x5365_7475_70L;

    private final Database database;
    private final Users users;
    private final ApplicationEventPublisher events;

    public FirstAdministrator(Database database, Users users, ApplicationEventPublisher events) {
        this.events = events;
        this.database = database;
        this.users = users;
    }

    /** The token for a new set-up link, or empty if there are users or the environment names the administrator. */
    public Optional<String> prepare() {
        if (!users.isEmpty()) return Optional.empty();
        var username = System.getenv("RAPPORT_ADMIN_USERNAME");
        var password = System.getenv("RAPPORT_ADMIN_PASSWORD");
        if (username != null && password != null) {
            database.transact(tx -> createOnce(tx, new NewUser(username, username, password, "admin", "en")));
            return Optional.empty();
        }
        var token = Secret.random();
        database.run(tx -> {
            tx.dsl().deleteFrom(SETUP_LINK).execute();
            tx.dsl().insertInto(SETUP_LINK).set(TOKEN_HASH, Secret.hash(token)).execute();
        });
        return Optional.of(token);
    }

    /** An administrator to act for. @param password of the account if it was made just now */
    public record Ensured(dev.rapport.kernel.Actor actor, Optional<String> password) {}

    /** The first administrator, made with a random password if there is no user at all. */
    public Ensured ensure() {
        if (!users.isEmpty()) return new Ensured(users.anyAdministrator().orElseThrow(), Optional.empty());
        var given = System.getenv("RAPPORT_ADMIN_PASSWORD");
        var password = given == null ? Secret.random().substring(0, 16) : given;
        var id = database.transact(tx -> createOnce(tx, new NewUser("admin", "Admin", password, "admin", "en")));
        return new Ensured(users.find(id).orElseThrow(), given == null ? Optional.of(password) : Optional.empty());
    }

    /** Whether {@code token} would work now. */
    public boolean isOpen(String token) {
        return database.read(tx -> tx.dsl().fetchExists(SETUP_LINK, TOKEN_HASH.eq(Secret.hash(token))))
                && users.isEmpty();
    }

    /** @throws Refusal 404 if the link was used, replaced, or never given; 422 if the account cannot be made so */
    public RecordId create(String token, NewUser user) {
        return database.transact(tx -> {
            if (!tx.dsl().fetchExists(SETUP_LINK, TOKEN_HASH.eq(Secret.hash(token)))) throw Refusal.notFound();
            var id = createOnce(tx, user);
            tx.dsl().deleteFrom(SETUP_LINK).execute();
            return id;
        });
    }

    private RecordId createOnce(Tx tx, NewUser user) {
        tx.dsl()
                .select(org.jooq.impl.DSL.function(
                        name("pg_advisory_xact_lock"), SQLDataType.OTHER, org.jooq.impl.DSL.val(LOCK)))
                .fetch();
        if (tx.dsl().fetchExists(table(name("o_user")))) throw Refusal.notFound();
        var id = users.create(tx, user);
        tx.afterCommit(() -> events.publishEvent(new AdministratorCreated(id)));
        return id;
    }
}
