package dev.rapport.identity;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.encryption.SealedValues;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Sealed;
import dev.rapport.schema.SchemaMigration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;

/**
 * One-time passwords of an authenticator app (TOTP, RFC 6238: HMAC-SHA-1, 30 seconds, six digits, one step of tolerance), each
 * of which works once.
 */
@Component
class OneTimePasswords {
    private static final int STEP_SECONDS = 30;
    private static final int SECRET_BYTES = 20;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Table<Record> FACTOR = table(name("second_factor"));
    private static final Field<UUID> USER_ID = field(name("user_id"), SQLDataType.UUID);
    private static final Field<byte[]> SECRET = field(name("secret"), SQLDataType.BLOB);
    private static final Field<Instant> CONFIRMED_AT = field(name("confirmed_at"), SQLDataType.INSTANT);
    private static final Field<Long> LAST_STEP = field(name("last_step"), SQLDataType.BIGINT);

    private final Database database;
    private final Clock clock;
    private final SealedValues sealed;

    /** @param migrated makes sure that the tables are there */
    OneTimePasswords(Database database, Clock clock, SealedValues sealed, SchemaMigration migrated) {
        this.sealed = sealed;
        this.database = database;
        this.clock = clock;
    }

    boolean isOn(Tx tx, RecordId person) {
        return tx.dsl().fetchExists(FACTOR, USER_ID.eq(person.value()).and(CONFIRMED_AT.isNotNull()));
    }

    /** A new secret in Base32 (RFC 4648), which works once {@link #confirm} was given a code of it. @throws Refusal 409 if one is on */
    String begin(RecordId person) {
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        database.run(tx -> {
            if (isOn(tx, person)) throw Refusal.of(Refusal.Kind.CONFLICT, "second-factor-on");
            var kept = keep(tx, person, secret);
            tx.dsl()
                    .insertInto(FACTOR)
                    .set(USER_ID, person.value())
                    .set(SECRET, kept)
                    .onConflict(USER_ID)
                    .doUpdate()
                    .set(SECRET, kept)
                    .set(LAST_STEP, 0L)
                    .execute();
        });
        return Base32.toBase32String(secret);
    }

    private static SealedValues.Place place(RecordId person) {
        return new SealedValues.Place("user", "secondFactor", person);
    }

    /** Encrypts the secret. @return what stands for it */
    private byte[] keep(Tx tx, RecordId person, byte[] secret) {
        var words = Sealed.written(HexFormat.of().formatHex(secret));
        var value = sealed.tokenised("user", "secondFactor", words);
        sealed.forget(tx, "user", person);
        sealed.keep(tx, place(person), value);
        return value.token().getBytes(StandardCharsets.US_ASCII);
    }

    /** @param kept what stands for the secret, or the secret itself, as it was kept before there was encryption */
    private Optional<byte[]> secret(Tx tx, RecordId person, byte[] kept) {
        if (kept.length == SECRET_BYTES) return Optional.of(kept);
        var token = Sealed.stored(new String(kept, StandardCharsets.US_ASCII));
        return sealed.reveal(tx, place(person), token).map(HexFormat.of()::parseHex);
    }

    /** Turns them on with a first code. @throws Refusal 422 if the code is wrong */
    void confirm(Tx tx, RecordId person, String code) {
        if (!takes(tx, person, code, false)) throw Refusal.invalid(Violation.of("code", "code-wrong"));
        tx.dsl()
                .update(FACTOR)
                .set(CONFIRMED_AT, clock.instant())
                .where(USER_ID.eq(person.value()))
                .execute();
    }

    void remove(Tx tx, RecordId person) {
        tx.dsl().deleteFrom(FACTOR).where(USER_ID.eq(person.value())).execute();
        sealed.forget(tx, "user", person);
    }

    /** Whether {@code code} is the person's present one-time password; it is used up by this. */
    boolean accepts(Tx tx, RecordId person, String code) {
        return takes(tx, person, code, true);
    }

    private boolean takes(Tx tx, RecordId person, String code, boolean confirmed) {
        var clean = code.replaceAll("\\s", "");
        if (!clean.matches("\\d{6}")) return false;
        var row = tx.dsl()
                .select(SECRET, LAST_STEP)
                .from(FACTOR)
                .where(USER_ID.eq(person.value()))
                .and(confirmed ? CONFIRMED_AT.isNotNull() : CONFIRMED_AT.isNull())
                .forUpdate()
                .fetchOptional();
        var secret = row.flatMap(found -> secret(tx, person, found.value1())).orElse(null);
        if (row.isEmpty() || secret == null) return false;
        long now = clock.instant().getEpochSecond() / STEP_SECONDS;
        for (long step = now - 1; step <= now + 1; step++) {
            if (step <= row.get().value2() || code(secret, step) != Integer.parseInt(clean)) continue;
            tx.dsl()
                    .update(FACTOR)
                    .set(LAST_STEP, step)
                    .where(USER_ID.eq(person.value()))
                    .execute();
            return true;
        }
        return false;
    }

    /** The one-time password of a step (RFC 4226, section 5.3). */
    static int code(byte[] secret, long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int truncated = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7fffffff;
            return truncated % 1_000_000;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
