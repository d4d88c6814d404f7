package dev.rapport.identity;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import java.util.List;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What a person needs beside the password: one-time passwords of an app, or passkeys, which do without the password. Recovery
 * codes come with whichever is set up first and go with the last.
 */
@Component
public class SecondFactor {
    private static final Field<UUID> USER_ID = field(name("user_id"), SQLDataType.UUID);

    private final Database database;
    private final OneTimePasswords passwords;
    private final Passkeys passkeys;

    SecondFactor(Database database, OneTimePasswords passwords, Passkeys passkeys) {
        this.database = database;
        this.passwords = passwords;
        this.passkeys = passkeys;
    }

    /**
     * How a person signs in beside the password.
     *
     * @param app whether by one-time passwords
     * @param passkey whether by a passkey
     */
    public record Ways(boolean app, boolean passkey, int recoveryCodesLeft) {
        public boolean any() {
            return app || passkey;
        }
    }

    public Ways ways(RecordId person) {
        return database.read(tx -> {
            boolean app = passwords.isOn(tx, person);
            boolean passkey = passkeys.has(tx, person);
            return new Ways(app, passkey, app || passkey ? RecoveryCodes.left(tx, person) : 0);
        });
    }

    /** Whether a password alone does not let the person in. */
    public boolean isOn(RecordId person) {
        return database.read(tx -> isOn(tx, person));
    }

    private boolean isOn(Tx tx, RecordId person) {
        return passwords.isOn(tx, person) || passkeys.has(tx, person);
    }

    /** Whether a role of the person asks for a second factor. */
    public boolean isRequired(RecordId person) {
        return database.read(tx -> tx.dsl()
                .fetchExists(
                        table(name("user_role"))
                                .join(table(name("role")))
                                .on(field(name("role", "name")).eq(field(name("user_role", "role")))),
                        USER_ID.eq(person.value())
                                .and(field(name("second_factor"), SQLDataType.BOOLEAN)
                                        .isTrue())));
    }

    /** Whether {@code code} is the person's present one-time password or an unused recovery code; it is used up by this. */
    public boolean accepts(RecordId person, String code) {
        return database.transact(tx -> accepts(tx, person, code));
    }

    private boolean accepts(Tx tx, RecordId person, String code) {
        return passwords.accepts(tx, person, code) || RecoveryCodes.accepts(tx, person, code);
    }

    /** A new secret in Base32 (RFC 4648), which works once {@link #confirm} was given a code of it. @throws Refusal 409 if one is on */
    public String begin(RecordId person) {
        return passwords.begin(person);
    }

    /**
     * Turns one-time passwords on.
     *
     * @return recovery codes, which are shown this once
     * @throws Refusal 422 if the code is wrong
     */
    public List<String> confirm(Tx tx, RecordId person, String code) {
        passwords.confirm(tx, person, code);
        return RecoveryCodes.create(tx, person);
    }

    /** Turns one-time passwords off. */
    public void removeApp(Tx tx, RecordId person) {
        passwords.remove(tx, person);
        forgetCodes(tx, person);
    }

    /**
     * Adds a passkey that the person's device made.
     *
     * @param credential the device's answer, as WebAuthn's {@code RegistrationResponseJSON}
     * @return recovery codes, which are shown this once, if this is the first factor, else none
     * @throws Refusal 422 if the answer does not hold
     */
    public List<String> addPasskey(Tx tx, RecordId person, RecordId id, String label, JsonNode credential) {
        boolean first = !isOn(tx, person);
        passkeys.add(tx, person, id, label, credential);
        return first ? RecoveryCodes.create(tx, person) : List.of();
    }

    /** Whether the person had such a passkey; it works no more. */
    public boolean removePasskey(Tx tx, RecordId person, RecordId id) {
        boolean removed = passkeys.remove(tx, person, id);
        forgetCodes(tx, person);
        return removed;
    }

    private void forgetCodes(Tx tx, RecordId person) {
        if (!isOn(tx, person)) RecoveryCodes.remove(tx, person);
    }

    /** Turns all of it off; an administrator does so for people who lost both device and codes. */
    public void remove(Tx tx, RecordId person) {
        passwords.remove(tx, person);
        passkeys.removeAll(tx, person);
        RecoveryCodes.remove(tx, person);
    }
}
