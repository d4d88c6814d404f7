package dev.rapport.identity.external;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.identity.Users;
import dev.rapport.identity.Users.NewUser;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Settings;
import dev.rapport.schema.SchemaMigration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;

/**
 * Which user somebody is whom a directory vouches for: whoever they were before; else whoever has the verified mail address;
 * else, if the operator named a role for newcomers, a new one. A name that somebody chose for themselves never decides.
 */
@Component
class ExternalUsers {
    private static final Table<Record> IDENTITY = table(name("external_identity"));
    private static final Table<Record> USER = table(name("o_user"));
    private static final Field<String> ISSUER = field(name("issuer"), SQLDataType.VARCHAR);
    private static final Field<String> SUBJECT = field(name("subject"), SQLDataType.VARCHAR);
    private static final Field<UUID> USER_ID = field(name("user_id"), SQLDataType.UUID);
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<String> EMAIL = field(name("email"), SQLDataType.VARCHAR);
    private static final Field<String> USERNAME = field(name("username"), SQLDataType.VARCHAR);
    private static final int LONGEST_NAME = 90;

    private final Database database;
    private final Users users;
    private final Audit audit;
    private final Settings settings;
    private final DirectorySettings directories;

    /** @param migrated makes sure that the tables are there */
    ExternalUsers(
            Database database,
            Users users,
            Audit audit,
            Settings settings,
            DirectorySettings directories,
            SchemaMigration migrated) {
        this.database = database;
        this.users = users;
        this.audit = audit;
        this.settings = settings;
        this.directories = directories;
    }

    /** The user; empty for a stranger, and for somebody who was deactivated here. */
    Optional<Actor> find(ExternalPerson person) {
        var id = database.transact(
                tx -> known(tx, person).or(() -> byEmail(tx, person)).or(() -> newcomer(tx, person)));
        return id.flatMap(users::find);
    }

    private static Optional<RecordId> known(Tx tx, ExternalPerson person) {
        return tx.dsl()
                .select(USER_ID)
                .from(IDENTITY)
                .where(ISSUER.eq(person.issuer()).and(SUBJECT.eq(person.subject())))
                .fetchOptional(row -> new RecordId(row.value1()));
    }

    private Optional<RecordId> byEmail(Tx tx, ExternalPerson person) {
        var email = person.email();
        if (email == null) return Optional.empty();
        var found = tx.dsl()
                .select(ID)
                .from(USER)
                .where(lower(EMAIL).eq(email.toLowerCase(Locale.ROOT)))
                .limit(2)
                .fetch(row -> new RecordId(row.value1()));
        if (found.size() != 1) return Optional.empty();
        link(tx, person, found.getFirst());
        return Optional.of(found.getFirst());
    }

    private Optional<RecordId> newcomer(Tx tx, ExternalPerson person) {
        var role = directories.role();
        if (role == null) return Optional.empty();
        var language = settings.region().equals("CN") ? "zh-CN" : "en";
        var id = users.create(tx, new NewUser(free(tx, person.username()), person.name(), null, role, language));
        if (person.email() != null) users.setEmail(tx, id, person.email());
        link(tx, person, id);
        return Optional.of(id);
    }

    /** The name, with a number behind it if somebody has it already. */
    private static String free(Tx tx, String wanted) {
        var clean = wanted.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}._@+-]", "-");
        var base = clean.length() < 2 ? "user" : clean.substring(0, Math.min(LONGEST_NAME, clean.length()));
        var candidate = base;
        for (int i = 2; tx.dsl().fetchExists(USER, USERNAME.eq(candidate)); i++) candidate = base + i;
        return candidate;
    }

    private void link(Tx tx, ExternalPerson person, RecordId user) {
        tx.dsl()
                .insertInto(IDENTITY)
                .set(ISSUER, person.issuer())
                .set(SUBJECT, person.subject())
                .set(USER_ID, user.value())
                .execute();
        audit.write(
                tx,
                new Audit.Event(
                                "user.link",
                                Audit.Outcome.DONE,
                                user.value(),
                                person.name(),
                                "user",
                                user.value(),
                                dev.rapport.http.Json.object())
                        .with("issuer", Objects.requireNonNull(person.issuer())));
    }
}
