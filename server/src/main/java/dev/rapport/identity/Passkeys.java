package dev.rapport.identity;

import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.challenge.Challenge;
import com.webauthn4j.util.exception.WebAuthnException;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import dev.rapport.kernel.Violation;
import dev.rapport.schema.SchemaMigration;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Passkeys (W3C Web Authentication Level 3): a device signs with a key that it lets go after it knew its owner by finger, face
 * or PIN, so that signing in takes neither a name nor a password. The key works at the address of this server alone, which
 * therefore needs a name: browsers give no passkeys to numeric addresses, but they do to {@code localhost}.
 */
@Component
public class Passkeys {
    private static final Logger log = LoggerFactory.getLogger(Passkeys.class);
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int MOST = 20;

    private static final Table<Record> PASSKEY = table(name("passkey"));
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<UUID> USER_ID = field(name("user_id"), SQLDataType.UUID);
    private static final Field<byte[]> CREDENTIAL_ID = field(name("credential_id"), SQLDataType.BLOB);
    private static final Field<byte[]> CREDENTIAL = field(name("credential"), SQLDataType.BLOB);
    private static final Field<String> NAME = field(name("name"), SQLDataType.VARCHAR);
    private static final Field<Long> SIGN_COUNT = field(name("sign_count"), SQLDataType.BIGINT);
    private static final Field<Boolean> BACKUP_ELIGIBLE = field(name("backup_eligible"), SQLDataType.BOOLEAN);
    private static final Field<Boolean> BACKED_UP = field(name("backed_up"), SQLDataType.BOOLEAN);
    private static final Field<String[]> TRANSPORTS = field(name("transports"), SQLDataType.VARCHAR.array());
    private static final Field<Instant> CREATED_AT = field(name("created_at"), SQLDataType.INSTANT);
    private static final Field<Instant> USED_AT = field(name("used_at"), SQLDataType.INSTANT);

    private static final Table<Record> CHALLENGE = table(name("passkey_challenge"));
    private static final Field<byte[]> CHALLENGE_HASH = field(name("challenge_hash"), SQLDataType.BLOB);
    private static final Field<Instant> EXPIRES_AT = field(name("expires_at"), SQLDataType.INSTANT);

    private static final List<COSEAlgorithmIdentifier> ALGORITHMS =
            List.of(COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.RS256);

    private final Database database;
    private final Users users;
    private final @Nullable Site site;
    private final WebAuthnManager manager;
    private final AttestedCredentialDataConverter credentials;

    /** @param migrated makes sure that the tables are there */
    Passkeys(Database database, Users users, Settings settings, SchemaMigration migrated) {
        this.database = database;
        this.users = users;
        this.site = Site.of(settings.url());
        var converter = new ObjectConverter();
        this.manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
        this.credentials = new AttestedCredentialDataConverter(converter);
    }

    /** A passkey as its owner sees it again. @param synced whether the device has copied it to the owner's other devices */
    public record Info(RecordId id, String name, boolean synced, Instant createdAt, Optional<Instant> usedAt) {}

    /** The address at which passkeys work; empty if this server's address is a number. */
    public Optional<String> address() {
        return Optional.ofNullable(site).map(Site::origin);
    }

    boolean has(Tx tx, RecordId person) {
        return tx.dsl().fetchExists(PASSKEY, USER_ID.eq(person.value()));
    }

    /** The person's passkeys, the newest first. */
    public List<Info> of(RecordId person) {
        return database.read(tx -> tx.dsl()
                .select(ID, NAME, BACKED_UP, CREATED_AT, USED_AT)
                .from(PASSKEY)
                .where(USER_ID.eq(person.value()))
                .orderBy(CREATED_AT.desc(), ID)
                .fetch(row -> new Info(
                        new RecordId(row.value1()),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        Optional.ofNullable(row.value5()))));
    }

    /**
     * What a device needs to make a passkey, as WebAuthn's {@code PublicKeyCredentialCreationOptionsJSON}.
     *
     * @throws Refusal 409 if this server's address is a number, or the person has as many as one may have
     */
    public ObjectNode creation(RecordId person, String username, String displayName) {
        var here = site();
        var present = database.read(tx -> tx.dsl()
                .select(CREDENTIAL_ID, TRANSPORTS)
                .from(PASSKEY)
                .where(USER_ID.eq(person.value()))
                .fetch());
        if (present.size() >= MOST) throw Refusal.of(Refusal.Kind.CONFLICT, "passkeys-enough", Map.of("max", MOST));
        var options = Json.object();
        options.putObject("rp").put("id", here.id()).put("name", "Rapport");
        options.putObject("user")
                .put("id", text(handle(person)))
                .put("name", username)
                .put("displayName", displayName);
        options.put("challenge", challenge(person));
        var algorithms = options.putArray("pubKeyCredParams");
        ALGORITHMS.forEach(
                one -> algorithms.addObject().put("type", "public-key").put("alg", one.getValue()));
        options.put("timeout", LIFE.toMillis());
        var known = options.putArray("excludeCredentials");
        for (var row : present) {
            var one = known.addObject().put("type", "public-key").put("id", text(row.value1()));
            var transports = one.putArray("transports");
            Arrays.stream(row.value2()).forEach(transports::add);
        }
        options.putObject("authenticatorSelection")
                .put("residentKey", "required")
                .put("requireResidentKey", true)
                .put("userVerification", "required");
        options.put("attestation", "none");
        return options;
    }

    /**
     * What a device needs to sign somebody in, as WebAuthn's {@code PublicKeyCredentialRequestOptionsJSON}: the same for all, so
     * that nobody learns who has a passkey.
     *
     * @throws Refusal 409 if this server's address is a number
     */
    public ObjectNode request() {
        var here = site();
        var options = Json.object()
                .put("challenge", challenge(null))
                .put("timeout", LIFE.toMillis())
                .put("rpId", here.id())
                .put("userVerification", "required");
        options.putArray("allowCredentials");
        return options;
    }

    /** @throws Refusal 422 if the device's answer does not hold */
    void add(Tx tx, RecordId person, RecordId id, String label, JsonNode credential) {
        var here = site();
        try {
            var made = parsed(credential, manager::parseRegistrationResponseJSON);
            var asked = taken(tx, made.getCollectedClientData(), person);
            var parameters = new RegistrationParameters(
                    here.property(asked),
                    ALGORITHMS.stream()
                            .map(one -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, one))
                            .toList(),
                    true);
            keep(tx, person, id, label, manager.verify(made, parameters));
        } catch (WebAuthnException | IllegalArgumentException e) {
            log.info("A passkey of {} was not taken: {}", person, e.toString());
            throw Refusal.invalid(Violation.of("credential", "passkey"));
        }
    }

    /** What the device says. The library lets anything be thrown at what is no answer of a device. */
    private static <T> T parsed(JsonNode credential, Function<String, T> parser) {
        try {
            return parser.apply(credential.toString());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("this is no answer of a device", e);
        }
    }

    private void keep(Tx tx, RecordId person, RecordId id, String label, RegistrationData made) {
        var data = Objects.requireNonNull(made.getAttestationObject()).getAuthenticatorData();
        var credential = Objects.requireNonNull(data.getAttestedCredentialData());
        var transports = Objects.requireNonNullElse(made.getTransports(), Set.<AuthenticatorTransport>of());
        int kept = tx.dsl()
                .insertInto(PASSKEY)
                .set(ID, id.value())
                .set(USER_ID, person.value())
                .set(CREDENTIAL_ID, credential.getCredentialId())
                .set(CREDENTIAL, credentials.convert(credential))
                .set(NAME, label)
                .set(SIGN_COUNT, data.getSignCount())
                .set(BACKUP_ELIGIBLE, data.isFlagBE())
                .set(BACKED_UP, data.isFlagBS())
                .set(
                        TRANSPORTS,
                        transports.stream()
                                .map(AuthenticatorTransport::getValue)
                                .toArray(String[]::new))
                .onConflictDoNothing()
                .execute();
        if (kept == 0) throw Refusal.invalid(Violation.of("credential", "passkey"));
    }

    /** Whether the person had such a passkey. */
    boolean remove(Tx tx, RecordId person, RecordId id) {
        return tx.dsl()
                        .deleteFrom(PASSKEY)
                        .where(ID.eq(id.value()).and(USER_ID.eq(person.value())))
                        .execute()
                == 1;
    }

    void removeAll(Tx tx, RecordId person) {
        tx.dsl().deleteFrom(PASSKEY).where(USER_ID.eq(person.value())).execute();
    }

    /**
     * Who signs in with a passkey.
     *
     * @param credential the device's answer, as WebAuthn's {@code AuthenticationResponseJSON}
     * @return empty if it does not hold, or the person may not sign in any more
     */
    public Optional<RecordId> authenticate(JsonNode credential) {
        if (site == null) return Optional.empty();
        try {
            var answer = parsed(credential, manager::parseAuthenticationResponseJSON);
            return database.transact(tx -> authenticated(tx, site, answer))
                    .filter(person -> users.find(person).isPresent());
        } catch (WebAuthnException | IllegalArgumentException e) {
            log.info("A sign-in with a passkey did not hold: {}", e.toString());
            return Optional.empty();
        }
    }

    private Optional<RecordId> authenticated(Tx tx, Site here, AuthenticationData answer) {
        var asked = taken(tx, answer.getCollectedClientData(), null);
        var row = tx.dsl()
                .select(ID, USER_ID, CREDENTIAL, SIGN_COUNT, BACKUP_ELIGIBLE, BACKED_UP)
                .from(PASSKEY)
                .where(CREDENTIAL_ID.eq(answer.getCredentialId()))
                .forUpdate()
                .fetchOptional();
        if (row.isEmpty()) return Optional.empty();
        var person = new RecordId(row.get().value2());
        // the device says whose key it is: one that was taken from elsewhere does not count
        if (!Arrays.equals(answer.getUserHandle(), handle(person))) return Optional.empty();
        var known = known(
                row.get().value3(),
                row.get().value4(),
                row.get().value5(),
                row.get().value6());
        var seen = manager.verify(answer, new AuthenticationParameters(here.property(asked), known, null, true));
        var data = Objects.requireNonNull(seen.getAuthenticatorData());
        tx.dsl()
                .update(PASSKEY)
                .set(SIGN_COUNT, data.getSignCount())
                .set(BACKED_UP, data.isFlagBS())
                .set(USED_AT, currentInstant())
                .where(ID.eq(row.get().value1()))
                .execute();
        return Optional.of(person);
    }

    private CredentialRecord known(byte[] credential, long signCount, boolean eligible, boolean backedUp) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                eligible,
                backedUp,
                signCount,
                credentials.convert(credential),
                null,
                null,
                null,
                null);
    }

    /** A new challenge of 256 bits. @param person for whom; null for whoever signs in */
    private String challenge(@Nullable RecordId person) {
        var challenge = Secret.random();
        database.run(tx -> {
            tx.dsl()
                    .deleteFrom(CHALLENGE)
                    .where(EXPIRES_AT.lt(currentInstant()))
                    .execute();
            tx.dsl()
                    .insertInto(CHALLENGE)
                    .set(CHALLENGE_HASH, Secret.hash(challenge))
                    .set(USER_ID, person == null ? null : person.value())
                    .set(EXPIRES_AT, Instant.now().plus(LIFE))
                    .execute();
        });
        return challenge;
    }

    /** The challenge that the device signed, if we made it for this person a little while ago; it is used up by this. */
    private static Challenge taken(Tx tx, @Nullable CollectedClientData client, @Nullable RecordId person) {
        if (client == null) throw new IllegalArgumentException("the device says nothing of what it signed");
        var challenge = client.getChallenge();
        int known = tx.dsl()
                .deleteFrom(CHALLENGE)
                .where(CHALLENGE_HASH.eq(Secret.hash(text(challenge.getValue()))))
                .and(person == null ? USER_ID.isNull() : USER_ID.eq(person.value()))
                .and(EXPIRES_AT.gt(currentInstant()))
                .execute();
        if (known == 0) throw new IllegalArgumentException("the challenge is none of ours, or was used");
        return challenge;
    }

    private Site site() {
        if (site == null) throw Refusal.of(Refusal.Kind.CONFLICT, "passkeys-need-name");
        return site;
    }

    private static byte[] handle(RecordId person) {
        return ByteBuffer.allocate(16)
                .putLong(person.value().getMostSignificantBits())
                .putLong(person.value().getLeastSignificantBits())
                .array();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
