package dev.rapport.encryption;

import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.HmacPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import dev.rapport.kernel.Since;
import dev.rapport.metadata.BlindIndex;
import dev.rapport.schema.SchemaMigration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The keys of encrypted values. Two keysets lie in the database, encrypted with the master key: one encrypts (AES-256-GCM,
 * Tink's AEAD), the other makes tokens of values so that equal ones can be found (HMAC-SHA-256 as a PRF). The first is
 * changed by {@link #rotate}; the second stays, for a new one would part equal values.
 */
@Component
public class FieldKeys implements BlindIndex {
    private static final Logger log = LoggerFactory.getLogger(FieldKeys.class);
    private static final String VALUES = "values";
    private static final String TOKENS = "tokens";
    private static final int TOKEN_BYTES = 16;
    /** So old the keys that a node knows may be; one that it does not know makes it look at once. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final Table<Record> KEYSET = table(name("keyset"));
    private static final Field<String> NAME = field(name("name"), SQLDataType.VARCHAR);
    private static final Field<byte[]> WRAPPED = field(name("wrapped"), SQLDataType.BLOB);
    private static final Field<Instant> CHANGED_AT = field(name("changed_at"), SQLDataType.INSTANT);

    private final Database database;
    private final Path file;
    private final AtomicBoolean reloading = new AtomicBoolean();
    private volatile @Nullable Loaded loaded;

    private record Loaded(KeysetHandle handle, Aead values, PrfSet tokens, Since read) {}

    /** @param migrated makes sure that the tables are there */
    FieldKeys(Database database, Settings settings, SchemaMigration migrated) {
        this.database = database;
        this.file = keyFile(settings);
    }

    /** Where the master key lies: {@code RAPPORT_FIELD_KEY}, or a file in the data folder. */
    public static Path keyFile(Settings settings) {
        return settings.path("RAPPORT_FIELD_KEY", "keys/field-key.json");
    }

    /** Whether there are keys at all: the first encrypted value makes them. */
    public boolean exist() {
        return database.read(tx -> tx.dsl().fetchExists(KEYSET));
    }

    /** Whether the master key is there, so that values can be read. */
    public boolean usable() {
        return Files.exists(file);
    }

    public Path file() {
        return file;
    }

    /** When the encrypting key was last changed; empty before the first value. */
    public Optional<Instant> changedAt() {
        return database.read(tx ->
                tx.dsl().select(CHANGED_AT).from(KEYSET).where(NAME.eq(VALUES)).fetchOptional(CHANGED_AT));
    }

    @Override
    public String token(String object, String fieldName, String words) {
        var input = String.join("\0", object, fieldName, words).getBytes(StandardCharsets.UTF_8);
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(loaded().tokens().computePrimary(input, TOKEN_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A token cannot be made", e);
        }
    }

    /** Something encrypted, and the number of the key that did it. */
    record Encrypted(long key, byte[] ciphertext) {}

    /** @param bound where the value belongs; decrypted elsewhere it is refused */
    Encrypted encrypt(String words, String bound) {
        try {
            var keys = loaded();
            return new Encrypted(
                    Integer.toUnsignedLong(keys.handle().getPrimary().getId()),
                    keys.values()
                            .encrypt(words.getBytes(StandardCharsets.UTF_8), bound.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A value cannot be encrypted", e);
        }
    }

    /** The words, or empty if the value was changed or belongs elsewhere. */
    Optional<String> decrypt(byte[] ciphertext, String bound) {
        var place = bound.getBytes(StandardCharsets.UTF_8);
        var keys = loaded();
        var words = decrypt(keys, ciphertext, place);
        // another node may have changed the keys a moment ago
        if (words.isEmpty()) words = decrypt(reload(keys), ciphertext, place);
        if (words.isEmpty())
            log.warn("An encrypted value of {} cannot be read: it was changed, or moved from elsewhere", bound);
        return words;
    }

    private static Optional<String> decrypt(Loaded keys, byte[] ciphertext, byte[] place) {
        try {
            return Optional.of(new String(keys.values().decrypt(ciphertext, place), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /**
     * Encrypts with a new key from now on, on other nodes within some minutes. The one before stays, for these and for what it
     * has encrypted; {@link #forgetAllBut} destroys it.
     *
     * @return the new key's number
     */
    public long rotate() {
        loaded();
        return database.transact(tx -> {
            var present = unwrap(locked(tx));
            var next = addPrimary(present);
            store(tx, next);
            tx.afterCommit(() -> loaded = null);
            return Integer.toUnsignedLong(next.getPrimary().getId());
        });
    }

    /** The number of the key that encrypts now. */
    long present() {
        return Integer.toUnsignedLong(loaded().handle().getPrimary().getId());
    }

    /** Destroys all keys but the one that encrypts now. Nothing may be encrypted with another, and nobody be about to. */
    void forgetAllBut(Tx tx, long key) {
        var present = unwrap(locked(tx));
        if (Integer.toUnsignedLong(present.getPrimary().getId()) != key) return;
        var builder = KeysetHandle.newBuilder();
        builder.addEntry(KeysetHandle.importKey(present.getPrimary().getKey())
                .withFixedId(present.getPrimary().getId())
                .makePrimary());
        try {
            store(tx, builder.build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Keys cannot be forgotten", e);
        }
        tx.afterCommit(() -> loaded = null);
    }

    private static KeysetHandle addPrimary(KeysetHandle present) {
        try {
            var builder = KeysetHandle.newBuilder();
            for (int i = 0; i < present.size(); i++)
                builder.addEntry(KeysetHandle.importKey(present.getAt(i).getKey())
                        .withFixedId(present.getAt(i).getId()));
            builder.addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                    .withRandomId()
                    .makePrimary());
            return builder.build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A new key cannot be made", e);
        }
    }

    private static byte[] locked(Tx tx) {
        return tx.dsl()
                .select(WRAPPED)
                .from(KEYSET)
                .where(NAME.eq(VALUES))
                .forUpdate()
                .fetchOptional(WRAPPED)
                .orElseThrow();
    }

    private void store(Tx tx, KeysetHandle handle) {
        tx.dsl()
                .update(KEYSET)
                .set(WRAPPED, wrap(handle, VALUES))
                .set(CHANGED_AT, currentInstant())
                .where(NAME.eq(VALUES))
                .execute();
    }

    /**
     * The keys as this node knows them. They are looked at anew beside the work, never by it: a write holds a connection
     * already, and all of them waiting for another one would wait in vain.
     */
    private Loaded loaded() {
        var present = loaded;
        if (present == null) return reload(null);
        if (present.read().isOlderThan(FRESH) && reloading.compareAndSet(false, true))
            Thread.ofVirtual().name("field-keys").start(this::reloadQuietly);
        return present;
    }

    private void reloadQuietly() {
        try {
            loaded = read();
        } catch (RuntimeException e) {
            log.warn("The keys of encrypted values could not be looked at anew; those from before are used", e);
        } finally {
            reloading.set(false);
        }
    }

    /** Looks at the keys anew, unless somebody else has done so after {@code before} was read. */
    private synchronized Loaded reload(@Nullable Loaded before) {
        var present = loaded;
        if (present != null && present != before) return present;
        var read = read();
        loaded = read;
        return read;
    }

    private Loaded read() {
        if (!exist()) create();
        if (!usable()) throw Refusal.of(Refusal.Kind.UNAVAILABLE, "field-key-missing", Map.of("file", file.toString()));
        try {
            PrfConfig.register();
            var values = unwrap(wrapped(VALUES));
            var tokens = TinkProtoKeysetFormat.parseEncryptedKeyset(
                    wrapped(TOKENS), master(), TOKENS.getBytes(StandardCharsets.UTF_8));
            return new Loaded(
                    values,
                    values.getPrimitive(RegistryConfiguration.get(), Aead.class),
                    tokens.getPrimitive(RegistryConfiguration.get(), PrfSet.class),
                    Since.now());
        } catch (GeneralSecurityException | IOException e) {
            log.error("The keys of encrypted values cannot be read with the master key {}", file, e);
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "field-key-wrong", Map.of("file", file.toString()));
        }
    }

    private byte[] wrapped(String keyset) {
        return database.read(tx -> tx.dsl()
                .select(WRAPPED)
                .from(KEYSET)
                .where(NAME.eq(keyset))
                .fetchOptional(WRAPPED)
                .orElseThrow());
    }

    /** Makes both keysets; of several nodes that begin at once, one does. */
    private void create() {
        try {
            AeadConfig.register();
            PrfConfig.register();
            KeyFile.createIfAbsent(file, PredefinedAeadParameters.AES256_GCM);
            var values = KeyFile.oneKey(PredefinedAeadParameters.AES256_GCM);
            var tokens = KeyFile.oneKey(HmacPrfParameters.builder()
                    .setKeySizeBytes(32)
                    .setHashType(HmacPrfParameters.HashType.SHA256)
                    .build());
            var wrappedValues = wrap(values, VALUES);
            var wrappedTokens = wrap(tokens, TOKENS);
            database.run(tx -> {
                insert(tx, TOKENS, wrappedTokens);
                insert(tx, VALUES, wrappedValues);
            });
            log.info(
                    "Values are encrypted with a new key. Keep a copy of {} apart from the backups: without it they cannot be read",
                    file);
        } catch (GeneralSecurityException | IOException e) {
            log.error("The keys of encrypted values cannot be made in {}", file, e);
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "field-key-wrong", Map.of("file", file.toString()));
        }
    }

    private Aead master() throws GeneralSecurityException, IOException {
        AeadConfig.register();
        return KeyFile.read(file).getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private static void insert(Tx tx, String keyset, byte[] wrapped) {
        tx.dsl()
                .insertInto(KEYSET)
                .set(NAME, keyset)
                .set(WRAPPED, wrapped)
                .onConflictDoNothing()
                .execute();
    }

    private byte[] wrap(KeysetHandle handle, String keyset) {
        try {
            return TinkProtoKeysetFormat.serializeEncryptedKeyset(
                    handle, master(), keyset.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Keys cannot be encrypted with " + file, e);
        }
    }

    private KeysetHandle unwrap(byte[] wrapped) {
        try {
            return TinkProtoKeysetFormat.parseEncryptedKeyset(
                    wrapped, master(), VALUES.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Keys cannot be decrypted with " + file, e);
        }
    }
}
