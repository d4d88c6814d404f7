package dev.rapport.identity;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import dev.rapport.kernel.Violation;
import dev.rapport.schema.SchemaMigration;
import dev.rapport.text.SearchText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The accounts of people, with their roles. */
@Component
public class Users implements dev.rapport.kernel.ActorSource {
    private static final Table<Record> USER = table(name("o_user"));
    private static final Table<Record> USER_ROLE = table(name("user_role"));
    private static final Table<Record> CREDENTIAL = table(name("credential"));
    private static final Field<java.util.UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<java.util.UUID> USER_ID = field(name("user_id"), SQLDataType.UUID);
    private static final Field<String> USERNAME = field(name("username"), SQLDataType.VARCHAR);
    private static final Field<String> NAME = field(name("name"), SQLDataType.VARCHAR);
    private static final Field<Boolean> ACTIVE = field(name("active"), SQLDataType.BOOLEAN);
    private static final Field<String> LANGUAGE = field(name("language"), SQLDataType.VARCHAR);
    private static final Field<String> ZONE = field(name("zone"), SQLDataType.VARCHAR);
    private static final Field<String> EMAIL = field(name("email"), SQLDataType.VARCHAR);
    private static final Field<java.util.UUID> TEAM = field(name("team"), SQLDataType.UUID);
    private static final Field<java.util.UUID> DEPARTMENT = field(name("department"), SQLDataType.UUID);
    private static final Field<Integer> VERSION = field(name("version"), SQLDataType.INTEGER);
    private static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);
    private static final Field<String> HASH = field(name("password_hash"), SQLDataType.VARCHAR);

    /**
     * A new account as an administrator or the set-up asks for it.
     *
     * @param password null for somebody who chooses it by a link
     */
    public record NewUser(
            String username, String name, @Nullable String password, String role, String language) {}

    private final Database database;
    private final Passwords passwords;
    private final Settings settings;

    /** @param migrated makes sure that the tables are there */
    public Users(Database database, Passwords passwords, Settings settings, SchemaMigration migrated) {
        this.database = database;
        this.passwords = passwords;
        this.settings = settings;
    }

    public boolean isEmpty() {
        return database.read(tx -> !tx.dsl().fetchExists(USER));
    }

    /** @throws Refusal 422 with everything that is wrong with the account */
    public RecordId create(Tx tx, NewUser user) {
        var username = user.username().strip().toLowerCase(Locale.ROOT);
        var violations = new ArrayList<Violation>();
        if (!username.matches("[\\p{L}\\p{N}._@+-]{2,100}")) violations.add(Violation.of("username", "username"));
        if (user.name().isBlank() || user.name().length() > 255) violations.add(Violation.of("name", "required"));
        var password = user.password();
        if (password != null) passwords.check(password, username).ifPresent(violations::add);
        if (!tx.dsl()
                .fetchExists(
                        table(name("role")),
                        field(name("name"), SQLDataType.VARCHAR).eq(user.role())))
            violations.add(Violation.of("role", "unknown-role"));
        if (tx.dsl().fetchExists(USER, USERNAME.eq(username))) violations.add(Violation.of("username", "duplicate"));
        if (!violations.isEmpty()) throw Refusal.invalid(violations);
        return insert(tx, user, username);
    }

    private RecordId insert(Tx tx, NewUser user, String username) {
        var id = RecordId.next();
        var now = Instant.now();
        tx.dsl()
                .insertInto(USER)
                .set(ID, id.value())
                .set(USERNAME, username)
                .set(NAME, user.name().strip())
                .set(ACTIVE, true)
                .set(LANGUAGE, user.language())
                .set(ZONE, settings.zone())
                .set(
                        field(name("search_key"), SQLDataType.VARCHAR),
                        searchKey(user.name().strip(), username))
                .set(field(name("owner"), SQLDataType.UUID), id.value())
                .set(field(name("created_by"), SQLDataType.UUID), id.value())
                .set(field(name("updated_by"), SQLDataType.UUID), id.value())
                .set(field(name("created_at"), SQLDataType.INSTANT), now)
                .set(field(name("updated_at"), SQLDataType.INSTANT), now)
                .execute();
        var password = user.password();
        if (password != null)
            tx.dsl()
                    .insertInto(CREDENTIAL)
                    .set(USER_ID, id.value())
                    .set(HASH, passwords.hash(password))
                    .execute();
        tx.dsl()
                .insertInto(USER_ROLE)
                .set(USER_ID, id.value())
                .set(ROLE, user.role())
                .execute();
        return id;
    }

    /**
     * Where a person stands in the company, and whether they may sign in.
     *
     * @param roles empty to leave them as they are
     */
    public record Standing(
            boolean active,
            @Nullable RecordId team,
            @Nullable RecordId department,
            @Nullable String email,
            Set<String> roles) {}

    /** How a person stands now. @throws Refusal 404 if there is no such user */
    public Standing standing(Tx tx, RecordId id) {
        var row = tx.dsl()
                .select(ACTIVE, TEAM, DEPARTMENT, EMAIL)
                .from(USER)
                .where(ID.eq(id.value()))
                .fetchOptional()
                .orElseThrow(Refusal::notFound);
        return new Standing(
                Boolean.TRUE.equals(row.value1()),
                row.value2() == null ? null : new RecordId(row.value2()),
                row.value3() == null ? null : new RecordId(row.value3()),
                row.value4(),
                roles(tx, id));
    }

    private static void requireThere(
            Tx tx, String tableName, String member, @Nullable RecordId id, List<Violation> violations) {
        boolean known = id == null
                || tx.dsl()
                        .fetchExists(
                                table(name(tableName)),
                                ID.eq(id.value()).and(field(name("deleted_at")).isNull()));
        if (!known) violations.add(Violation.of(member, "lookup-not-found"));
    }

    private static void setRoles(Tx tx, RecordId id, Set<String> roles, List<Violation> violations) {
        var role = field(name("name"), SQLDataType.VARCHAR);
        var known = tx.dsl()
                .select(role)
                .from(table(name("role")))
                .where(role.in(roles))
                .fetchSet(row -> row.value1());
        if (!known.containsAll(roles)) {
            violations.add(Violation.of("roles", "unknown-role"));
            return;
        }
        tx.dsl().deleteFrom(USER_ROLE).where(USER_ID.eq(id.value())).execute();
        for (var one : roles)
            tx.dsl()
                    .insertInto(USER_ROLE)
                    .set(USER_ID, id.value())
                    .set(ROLE, one)
                    .execute();
    }

    /** @throws Refusal 422 if the password is no good */
    public void setPassword(Tx tx, RecordId id, String password) {
        var username = tx.dsl()
                .select(USERNAME)
                .from(USER)
                .where(ID.eq(id.value()).and(ACTIVE))
                .fetchOptional(row -> row.value1())
                .orElseThrow(Refusal::notFound);
        var violations = new ArrayList<Violation>();
        passwords.check(password, username).ifPresent(violations::add);
        if (!violations.isEmpty()) throw Refusal.invalid(violations);
        var hash = passwords.hash(password);
        tx.dsl()
                .insertInto(CREDENTIAL)
                .set(USER_ID, id.value())
                .set(HASH, hash)
                .onConflict(USER_ID)
                .doUpdate()
                .set(HASH, hash)
                .set(field(name("changed_at"), SQLDataType.INSTANT), Instant.now())
                .execute();
    }

    /** The active user with this name, whatever its case. */
    public Optional<RecordId> byUsername(String username) {
        return database.read(tx -> tx.dsl()
                .select(ID)
                .from(USER)
                .where(USERNAME.eq(username.strip().toLowerCase(Locale.ROOT)).and(ACTIVE))
                .fetchOptional(row -> new RecordId(row.value1())));
    }

    /**
     * Changes an account.
     *
     * @throws Refusal 404 if there is no such user, 422 if there is no such team, department or role, 409 if nobody would
     *     be left who manages users
     */
    public void change(Tx tx, RecordId id, Standing standing) {
        var violations = new ArrayList<Violation>();
        requireThere(tx, "o_team", "team", standing.team(), violations);
        requireThere(tx, "o_department", "department", standing.department(), violations);
        if (!standing.roles().isEmpty()) setRoles(tx, id, standing.roles(), violations);
        if (!violations.isEmpty()) throw Refusal.invalid(violations);
        var team = standing.team();
        var department = standing.department();
        int changed = tx.dsl()
                .update(USER)
                .set(ACTIVE, standing.active())
                .set(TEAM, team == null ? null : team.value())
                .set(DEPARTMENT, department == null ? null : department.value())
                .set(EMAIL, standing.email())
                .set(VERSION, VERSION.plus(1))
                .set(field(name("updated_at"), SQLDataType.INSTANT), Instant.now())
                .where(ID.eq(id.value()))
                .execute();
        if (changed == 0) throw Refusal.notFound();
        boolean managed = tx.dsl()
                .fetchExists(tx.dsl()
                        .select(ID)
                        .from(USER.join(USER_ROLE).on(ID.eq(USER_ID)))
                        .where(ROLE.eq("admin").and(ACTIVE)));
        if (!managed) throw Refusal.of(Refusal.Kind.CONFLICT, "last-administrator");
    }

    private static String searchKey(String name, String username) {
        var key = new SearchText.Key();
        key.add(name, true);
        key.add(username, true);
        return key.text();
    }

    /** The active user who signs in with {@code username} and {@code password}; takes the same time if there is none. */
    public Optional<Actor> authenticate(String username, String password) {
        var clean = username.strip().toLowerCase(Locale.ROOT);
        var found = database.read(tx -> tx.dsl()
                .select(ID, HASH)
                .from(USER.join(CREDENTIAL).on(ID.eq(USER_ID)))
                .where(USERNAME.eq(clean).and(ACTIVE))
                .fetchOptional());
        boolean matches =
                passwords.matches(password, found.map(row -> row.get(HASH)).orElse(null));
        return matches ? found.flatMap(row -> find(new RecordId(row.get(ID)))) : Optional.empty();
    }

    /** The active user with this id and the roles granted now. */
    @Override
    public Optional<Actor> find(RecordId id) {
        return database.read(tx -> tx.dsl()
                .select(NAME, LANGUAGE, ZONE)
                .from(USER)
                .where(ID.eq(id.value()).and(ACTIVE))
                .fetchOptional()
                .map(row -> new Actor(
                        id,
                        row.value1(),
                        roles(tx, id),
                        Locale.forLanguageTag(row.value2()),
                        ZoneId.of(row.value3()),
                        Set.of())));
    }

    /** The name that the person signs in with. @throws Refusal 404 if there is no such user */
    public String username(RecordId id) {
        return database.read(tx -> tx.dsl()
                        .select(USERNAME)
                        .from(USER)
                        .where(ID.eq(id.value()))
                        .fetchOptional(row -> row.value1()))
                .orElseThrow(Refusal::notFound);
    }

    /** The person's own address; empty if they have given none. */
    public Optional<String> email(RecordId id) {
        return database.read(
                tx -> tx.dsl().select(EMAIL).from(USER).where(ID.eq(id.value())).fetchOptional(row -> row.value1()));
    }

    /** @param email null for none */
    public void setEmail(RecordId id, @Nullable String email) {
        database.run(tx -> setEmail(tx, id, email));
    }

    public void setEmail(Tx tx, RecordId id, @Nullable String email) {
        tx.dsl()
                .update(USER)
                .set(EMAIL, email)
                .set(VERSION, VERSION.plus(1))
                .set(field(name("updated_at"), SQLDataType.INSTANT), Instant.now())
                .where(ID.eq(id.value()))
                .execute();
    }

    /** Whether {@code password} is the person's; takes the same time if there is no such person. */
    public boolean proves(RecordId id, String password) {
        var hash = database.read(tx -> tx.dsl()
                .select(HASH)
                .from(CREDENTIAL)
                .where(USER_ID.eq(id.value()))
                .fetchOptional(row -> row.value1()));
        return passwords.matches(password, hash.orElse(null));
    }

    /** Some active administrator, the one who was made first. */
    public Optional<Actor> anyAdministrator() {
        var ids = database.read(tx -> tx.dsl()
                .select(ID)
                .from(USER.join(USER_ROLE).on(ID.eq(USER_ID)))
                .where(ROLE.eq("admin").and(ACTIVE))
                .orderBy(ID)
                .limit(1)
                .fetch(row -> new RecordId(row.value1())));
        return ids.stream().findFirst().flatMap(this::find);
    }

    private static Set<String> roles(Tx tx, RecordId id) {
        List<String> roles = tx.dsl()
                .select(ROLE)
                .from(USER_ROLE)
                .where(USER_ID.eq(id.value()))
                .fetch(row -> row.value1());
        return Set.copyOf(new HashSet<>(roles));
    }
}
