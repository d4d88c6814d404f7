package dev.rapport.identity;

import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.schema.SchemaMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;

/** Links by which people choose their password: each works once, for a while, and only the newest of a person does. */
@Component
public class PasswordLinks {
    /** For people who are invited. */
    public static final Duration INVITATION = Duration.ofDays(7);
    /** For people who forgot their password. */
    public static final Duration RESET = Duration.ofMinutes(60);

    private static final Table<Record> LINK = table(name("password_link"));
    private static final Field<byte[]> TOKEN_HASH = field(name("token_hash"), SQLDataType.BLOB);
    private static final Field<UUID> USER_ID = field(name("user_id"), SQLDataType.UUID);
    private static final Field<Instant> EXPIRES_AT = field(name("expires_at"), SQLDataType.INSTANT);

    private final Database database;
    private final Users users;
    private final Sessions sessions;

    /** @param migrated makes sure that the tables are there */
    public PasswordLinks(Database database, Users users, Sessions sessions, SchemaMigration migrated) {
        this.database = database;
        this.users = users;
        this.sessions = sessions;
    }

    /** The token for a new link; earlier ones of the person work no more. */
    public String create(Tx tx, RecordId person, Duration lifetime) {
        var token = Secret.random();
        tx.dsl()
                .deleteFrom(LINK)
                .where(USER_ID.eq(person.value()).or(EXPIRES_AT.lt(currentInstant())))
                .execute();
        tx.dsl()
                .insertInto(LINK)
                .set(TOKEN_HASH, Secret.hash(token))
                .set(USER_ID, person.value())
                .set(EXPIRES_AT, Instant.now().plus(lifetime))
                .execute();
        return token;
    }

    /** Whether a link would work now. */
    public boolean isOpen(String token) {
        return database.read(tx ->
                tx.dsl().fetchExists(LINK, TOKEN_HASH.eq(Secret.hash(token)).and(EXPIRES_AT.gt(currentInstant()))));
    }

    /** Sets the password and ends all sessions. @throws Refusal 404 if the link does not work, 422 if the password is no good */
    public RecordId use(String token, String password) {
        var person = database.transact(tx -> {
            var found = tx.dsl()
                    .deleteFrom(LINK)
                    .where(TOKEN_HASH.eq(Secret.hash(token)).and(EXPIRES_AT.gt(currentInstant())))
                    .returningResult(USER_ID)
                    .fetchOptional()
                    .map(row -> new RecordId(row.value1()))
                    .orElseThrow(Refusal::notFound);
            users.setPassword(tx, found, password);
            sessions.closeAll(tx, found);
            return found;
        });
        sessions.forget();
        return person;
    }
}
