package dev.rapport.identity;

import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;

/**
 * Sessions of browsers and tokens of programs. Both live in the database; what a node remembers of them it forgets within
 * two seconds, so that a revocation on one node holds on all.
 */
@Component
public class Sessions {
    private static final Duration LIFETIME = Duration.ofDays(14);
    private static final Duration SEEN_EVERY = Duration.ofMinutes(5);
    private static final Table<Record> SESSION = table(name("session"));
    private static final Table<Record> TOKEN = table(name("api_token"));
    private static final Field<byte[]> TOKEN_HASH = field(name("token_hash"), SQLDataType.BLOB);
    private static final Field<java.util.UUID> USER_ID = field(name("user_id"), SQLDataType.UUID);
    private static final Field<String> CSRF = field(name("csrf_token"), SQLDataType.VARCHAR);
    private static final Field<Instant> EXPIRES_AT = field(name("expires_at"), SQLDataType.INSTANT);
    private static final Field<Instant> REVOKED_AT = field(name("revoked_at"), SQLDataType.INSTANT);
    private static final Field<LocalDate> EXPIRES_ON = field(name("expires_on"), SQLDataType.LOCALDATE);
    private static final Field<String[]> SCOPES = field(name("scopes"), SQLDataType.VARCHAR.array());

    /**
     * Proof of who calls. {@code csrfToken} is empty and {@code scopes} matter for tokens only.
     *
     * @param mustEnrol whether nothing is allowed but setting up the second factor that a role asks for
     */
    public record Credentials(Actor actor, String csrfToken, Set<String> scopes, boolean isToken, boolean mustEnrol) {}

    /** A session just opened: the secret for the cookie, and what the browser must send back with unsafe requests. */
    public record Opened(String secret, String csrfToken) {}

    /** A token as its owner sees it again. */
    public record TokenInfo(
            RecordId id,
            String name,
            String prefix,
            List<String> scopes,
            Optional<LocalDate> expiresOn,
            Instant createdAt) {}

    private static final Field<java.util.UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<String> ADDRESS = field(name("address"), SQLDataType.VARCHAR);
    private static final Field<String> AGENT = field(name("agent"), SQLDataType.VARCHAR);
    private static final Field<Boolean> VOUCHED = field(name("vouched"), SQLDataType.BOOLEAN);
    private static final Field<Instant> SEEN_AT = field(name("seen_at"), SQLDataType.INSTANT);
    private static final Field<Instant> CREATED_AT = field(name("created_at"), SQLDataType.INSTANT);

    private final Database database;
    private final Users users;
    private final SecondFactor secondFactor;
    private final Cache<String, Optional<Credentials>> known = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofSeconds(2))
            .build();

    public Sessions(Database database, Users users, SecondFactor secondFactor) {
        this.secondFactor = secondFactor;
        this.database = database;
        this.users = users;
    }

    /** One of a person's sessions as they see it. */
    public record SessionInfo(
            RecordId id, String address, String agent, Instant createdAt, Instant seenAt, boolean present) {}

    /**
     * @param agent what the browser calls itself
     * @param vouched whether the identity provider let the person in, whose business the second factor is
     */
    public Opened open(RecordId user, String address, String agent, boolean vouched) {
        var opened = new Opened(Secret.random(), Secret.random());
        database.run(tx -> {
            tx.dsl().deleteFrom(SESSION).where(EXPIRES_AT.lt(currentInstant())).execute();
            tx.dsl()
                    .insertInto(SESSION)
                    .set(TOKEN_HASH, Secret.hash(opened.secret()))
                    .set(USER_ID, user.value())
                    .set(CSRF, opened.csrfToken())
                    .set(ADDRESS, address)
                    .set(AGENT, agent.length() > 300 ? agent.substring(0, 300) : agent)
                    .set(VOUCHED, vouched)
                    .set(EXPIRES_AT, Instant.now().plus(LIFETIME))
                    .execute();
        });
        return opened;
    }

    public void close(String secret) {
        database.run(tx -> tx.dsl()
                .deleteFrom(SESSION)
                .where(TOKEN_HASH.eq(Secret.hash(secret)))
                .execute());
        known.invalidate("s" + secret);
    }

    /** Sessions of {@code person} that are open, the newest first. @param present the secret of the one that asks */
    public List<SessionInfo> of(RecordId person, Optional<String> present) {
        var own = present.map(Secret::hash).orElse(new byte[0]);
        return database.read(tx -> tx.dsl()
                .select(ID, ADDRESS, AGENT, CREATED_AT, SEEN_AT, TOKEN_HASH)
                .from(SESSION)
                .where(USER_ID.eq(person.value()).and(EXPIRES_AT.gt(currentInstant())))
                .orderBy(SEEN_AT.desc())
                .fetch(row -> new SessionInfo(
                        new RecordId(row.value1()),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        java.util.Arrays.equals(row.value6(), own))));
    }

    /** Whether {@code person} had such a session; it is over. */
    public boolean end(RecordId person, RecordId id) {
        int ended = database.transact(tx -> tx.dsl()
                .deleteFrom(SESSION)
                .where(ID.eq(id.value()).and(USER_ID.eq(person.value())))
                .execute());
        forget();
        return ended == 1;
    }

    /** Ends all sessions of a person. {@link #forget} must follow the commit. */
    public void closeAll(Tx tx, RecordId person) {
        tx.dsl().deleteFrom(SESSION).where(USER_ID.eq(person.value())).execute();
    }

    /** Ends all but the one with this secret. */
    public void closeOthers(Tx tx, RecordId person, String secret) {
        tx.dsl()
                .deleteFrom(SESSION)
                .where(USER_ID.eq(person.value()))
                .and(TOKEN_HASH.ne(Secret.hash(secret)))
                .execute();
    }

    /** Revokes all tokens of a person. {@link #forget} must follow the commit. */
    public void revokeAll(Tx tx, RecordId person) {
        tx.dsl()
                .update(TOKEN)
                .set(REVOKED_AT, Instant.now())
                .where(USER_ID.eq(person.value()).and(REVOKED_AT.isNull()))
                .execute();
    }

    /** Forgets what this node remembers, so that what changed in the database holds at the next request. */
    public void forget() {
        known.invalidateAll();
    }

    public Optional<Credentials> bySession(String secret) {
        return known.get("s" + secret, k -> readSession(secret));
    }

    public Optional<Credentials> byToken(String secret) {
        return known.get("t" + secret, k -> readToken(secret));
    }

    private Optional<Credentials> readSession(String secret) {
        var row = database.read(tx -> tx.dsl()
                .select(USER_ID, CSRF, SEEN_AT, VOUCHED)
                .from(SESSION)
                .where(TOKEN_HASH.eq(Secret.hash(secret)).and(EXPIRES_AT.gt(currentInstant())))
                .fetchOptional());
        if (row.isEmpty()) return Optional.empty();
        if (row.get().value3().isBefore(Instant.now().minus(SEEN_EVERY))) seen(secret);
        var person = new RecordId(row.get().value1());
        boolean vouched = row.get().value4();
        return users.find(person)
                .map(actor ->
                        new Credentials(actor, row.get().value2(), Set.of(), false, !vouched && mustEnrol(person)));
    }

    /** Whether the person still has to set up the second factor that a role asks for. */
    public boolean mustEnrol(RecordId person) {
        return secondFactor.isRequired(person) && !secondFactor.isOn(person);
    }

    private void seen(String secret) {
        database.run(tx -> tx.dsl()
                .update(SESSION)
                .set(SEEN_AT, Instant.now())
                .where(TOKEN_HASH.eq(Secret.hash(secret)))
                .execute());
    }

    private Optional<Credentials> readToken(String secret) {
        var today = LocalDate.now(java.time.ZoneOffset.UTC);
        return database.read(tx -> tx.dsl()
                        .select(USER_ID, SCOPES)
                        .from(TOKEN)
                        .where(TOKEN_HASH.eq(Secret.hash(secret)))
                        .and(REVOKED_AT.isNull())
                        .and(EXPIRES_ON.isNull().or(EXPIRES_ON.ge(today)))
                        .fetchOptional())
                .flatMap(row ->
                        users.find(new RecordId(row.value1())).map(actor -> program(actor, Set.of(row.value2()))));
    }

    private static Credentials program(Actor owner, Set<String> scopes) {
        var actor = isLimited(scopes) ? owner.limitedTo(scopes) : owner;
        return new Credentials(actor, "", scopes, true, false);
    }

    /** Whether a token with these scopes is for some objects only. */
    public static boolean isLimited(Set<String> scopes) {
        return !scopes.contains("write") && scopes.stream().anyMatch(scope -> scope.contains(":"));
    }

    /** Makes a token and returns its secret, which is shown this once. */
    public String createToken(
            Actor owner, RecordId id, String label, List<String> scopes, Optional<LocalDate> expiresOn) {
        var secret = "rpt_" + Secret.random();
        database.run(tx -> tx.dsl()
                .insertInto(TOKEN)
                .set(field(name("id"), SQLDataType.UUID), id.value())
                .set(TOKEN_HASH, Secret.hash(secret))
                .set(USER_ID, owner.id().value())
                .set(field(name("name"), SQLDataType.VARCHAR), label)
                .set(field(name("prefix"), SQLDataType.VARCHAR), secret.substring(0, 8))
                .set(SCOPES, scopes.toArray(String[]::new))
                .set(EXPIRES_ON, expiresOn.orElse(null))
                .execute());
        return secret;
    }

    public List<TokenInfo> tokens(Actor owner) {
        return database.read(tx -> tx.dsl()
                .select(
                        field(name("id"), SQLDataType.UUID),
                        field(name("name"), SQLDataType.VARCHAR),
                        field(name("prefix"), SQLDataType.VARCHAR),
                        SCOPES,
                        EXPIRES_ON,
                        field(name("created_at"), SQLDataType.INSTANT))
                .from(TOKEN)
                .where(USER_ID.eq(owner.id().value()).and(REVOKED_AT.isNull()))
                .orderBy(field(name("created_at")).desc())
                .fetch(row -> new TokenInfo(
                        new RecordId(row.value1()),
                        row.value2(),
                        row.value3(),
                        List.of(row.value4()),
                        Optional.ofNullable(row.value5()),
                        row.value6())));
    }

    /** Whether {@code owner} had such a token; it works no more. */
    public boolean revokeToken(Actor owner, RecordId id) {
        int revoked = database.transact(tx -> tx.dsl()
                .update(TOKEN)
                .set(REVOKED_AT, Instant.now())
                .where(field(name("id"), SQLDataType.UUID).eq(id.value()))
                .and(USER_ID.eq(owner.id().value()).and(REVOKED_AT.isNull()))
                .execute());
        known.invalidateAll();
        return revoked == 1;
    }
}
