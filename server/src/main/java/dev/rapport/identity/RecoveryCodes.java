package dev.rapport.identity;

import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import dev.rapport.kernel.RecordId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.bouncycastle.util.encoders.Base32;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Codes of 80 bits for the day the phone is lost: each stands in for the second factor once. */
final class RecoveryCodes {
    private static final int CODES = 10;
    private static final int BYTES = 10;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Table<Record> CODE = table(name("recovery_code"));
    private static final Field<UUID> USER_ID = field(name("user_id"), SQLDataType.UUID);
    private static final Field<byte[]> CODE_HASH = field(name("code_hash"), SQLDataType.BLOB);
    private static final Field<Instant> USED_AT = field(name("used_at"), SQLDataType.INSTANT);

    private RecoveryCodes() {}

    /** New codes in the place of all earlier ones. */
    static List<String> create(Tx tx, RecordId person) {
        remove(tx, person);
        var codes = new ArrayList<String>();
        for (int i = 0; i < CODES; i++) {
            var fresh = code();
            codes.add(fresh);
            tx.dsl()
                    .insertInto(CODE)
                    .set(USER_ID, person.value())
                    .set(CODE_HASH, Secret.hash(fresh))
                    .execute();
        }
        return codes;
    }

    static void remove(Tx tx, RecordId person) {
        tx.dsl().deleteFrom(CODE).where(USER_ID.eq(person.value())).execute();
    }

    /** Whether it is an unused code of the person; it is used up by this. */
    static boolean accepts(Tx tx, RecordId person, String code) {
        var clean = code.strip().toLowerCase(Locale.ROOT);
        return tx.dsl()
                        .update(CODE)
                        .set(USED_AT, currentInstant())
                        .where(USER_ID.eq(person.value()))
                        .and(CODE_HASH.eq(Secret.hash(clean)))
                        .and(USED_AT.isNull())
                        .execute()
                == 1;
    }

    static int left(Tx tx, RecordId person) {
        return tx.dsl().fetchCount(CODE, USER_ID.eq(person.value()).and(USED_AT.isNull()));
    }

    private static String code() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base32.toBase32String(bytes).toLowerCase(Locale.ROOT).replaceAll("(.{4})(?!$)", "$1-");
    }
}
