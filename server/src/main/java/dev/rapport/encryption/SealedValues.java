package dev.rapport.encryption;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Sealed;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The encrypted values behind the tokens that records hold. Each is bound to its object, field and record (the associated
 * data of the encryption), so that one copied to another record by hand cannot be read there. Values that a record had
 * before stay, so that a change can be undone.
 */
@Component
public class SealedValues {
    private static final Table<Record> VALUE = table(name("sealed_value"));
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<String> FIELD = field(name("field"), SQLDataType.VARCHAR);
    private static final Field<UUID> RECORD_ID = field(name("record_id"), SQLDataType.UUID);
    private static final Field<String> TOKEN = field(name("token"), SQLDataType.VARCHAR);
    private static final Field<Long> KEY_ID = field(name("key_id"), SQLDataType.BIGINT);
    private static final Field<byte[]> CIPHERTEXT = field(name("ciphertext"), SQLDataType.BLOB);

    private final FieldKeys keys;

    SealedValues(FieldKeys keys) {
        this.keys = keys;
    }

    /** Where a value stands. */
    public record Place(String object, String field, RecordId record) {
        String bound() {
            return object + '\0' + field + '\0' + record;
        }
    }

    /** The value with its token. */
    public Sealed tokenised(String object, String fieldName, Sealed value) {
        var words = value.words();
        return value.hasToken() || words == null ? value : value.tokenised(keys.token(object, fieldName, words));
    }

    /**
     * Sees to it that the value can be read at {@code place}: encrypts it, or, if it came from another record of the object
     * (by a merge), encrypts what that record holds anew.
     */
    public void keep(Tx tx, Place place, Sealed value) {
        var words = value.words();
        if (words == null) {
            if (tx.dsl().fetchExists(VALUE, at(place, value.token()))) return;
            words = anywhere(tx, place, value.token()).orElse(null);
            if (words == null) return;
        }
        insert(tx, place, value.token(), keys.encrypt(words, place.bound()));
    }

    private Optional<String> anywhere(Tx tx, Place place, String token) {
        return tx.dsl()
                .select(RECORD_ID, CIPHERTEXT)
                .from(VALUE)
                .where(TOKEN.eq(token))
                .and(OBJECT.eq(place.object()))
                .and(FIELD.eq(place.field()))
                .limit(1)
                .fetchOptional()
                .flatMap(row -> keys.decrypt(
                        row.get(CIPHERTEXT),
                        new Place(place.object(), place.field(), new RecordId(row.get(RECORD_ID))).bound()));
    }

    private static void insert(Tx tx, Place place, String token, FieldKeys.Encrypted encrypted) {
        tx.dsl()
                .insertInto(VALUE)
                .set(OBJECT, place.object())
                .set(FIELD, place.field())
                .set(RECORD_ID, place.record().value())
                .set(TOKEN, token)
                .set(KEY_ID, encrypted.key())
                .set(CIPHERTEXT, encrypted.ciphertext())
                .onConflictDoNothing()
                .execute();
    }

    /** What stands there; empty if it was tampered with. */
    public Optional<String> reveal(Tx tx, Place place, Sealed value) {
        return tx.dsl()
                .select(CIPHERTEXT)
                .from(VALUE)
                .where(at(place, value.token()))
                .fetchOptional(CIPHERTEXT)
                .flatMap(ciphertext -> keys.decrypt(ciphertext, place.bound()));
    }

    /** Destroys all values that the record has or had. */
    public int forget(Tx tx, String object, RecordId record) {
        return tx.dsl()
                .deleteFrom(VALUE)
                .where(RECORD_ID.eq(record.value()))
                .and(OBJECT.eq(object))
                .execute();
    }

    /** How many values there are, past ones included. */
    public long count(Tx tx) {
        return tx.dsl().fetchCount(VALUE);
    }

    /** How many values are encrypted with another key than {@code key}. */
    public long olderThan(Tx tx, long key) {
        return tx.dsl().fetchCount(VALUE, KEY_ID.ne(key));
    }

    /** @param last the record reached; null once there are no more @param count how many values have the new key now */
    public record Renewed(@Nullable UUID last, int count) {}

    /**
     * Encrypts the next {@code limit} values that another key than {@code key} has encrypted with the present one.
     *
     * @param after the record after which to go on; null for the first
     */
    public Renewed renew(Tx tx, long key, @Nullable UUID after, int limit) {
        var rows = tx.dsl()
                .select(OBJECT, FIELD, RECORD_ID, TOKEN, CIPHERTEXT)
                .from(VALUE)
                .where(KEY_ID.ne(key))
                .and(after == null ? noCondition() : RECORD_ID.gt(after))
                .orderBy(RECORD_ID)
                .limit(limit)
                .forUpdate()
                .fetch();
        int renewed = 0;
        for (var row : rows) {
            var place = new Place(row.get(OBJECT), row.get(FIELD), new RecordId(row.get(RECORD_ID)));
            var words = keys.decrypt(row.get(CIPHERTEXT), place.bound()).orElse(null);
            // what nobody can read any more is kept as it is, for whoever looks into it
            if (words == null) continue;
            var encrypted = keys.encrypt(words, place.bound());
            tx.dsl()
                    .update(VALUE)
                    .set(KEY_ID, encrypted.key())
                    .set(CIPHERTEXT, encrypted.ciphertext())
                    .where(at(place, row.get(TOKEN)))
                    .execute();
            renewed++;
        }
        return new Renewed(rows.isEmpty() ? null : rows.getLast().get(RECORD_ID), renewed);
    }

    /** Destroys keys from before the present one that no value needs any more. */
    public void forgetOldKeys(Tx tx) {
        long key = keys.present();
        if (olderThan(tx, key) == 0) keys.forgetAllBut(tx, key);
    }

    private static org.jooq.Condition at(Place place, String token) {
        return RECORD_ID
                .eq(place.record().value())
                .and(OBJECT.eq(place.object()))
                .and(FIELD.eq(place.field()))
                .and(TOKEN.eq(token));
    }
}
