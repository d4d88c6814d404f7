package dev.rapport.metadata;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that is kept encrypted, as the engine carries it: by its token, which equal values of one field share and which
 * tells nothing without the key. The words themselves are there only on the way from whoever wrote them to the encryption.
 */
public final class Sealed {
    private final @Nullable String token;
    private final @Nullable String words;

    private Sealed(@Nullable String token, @Nullable String words) {
        this.token = token;
        this.words = words;
    }

    /** A value as it was written, before it is encrypted. */
    public static Sealed written(String words) {
        return new Sealed(null, words);
    }

    /** A value that is stored. */
    public static Sealed stored(String token) {
        return new Sealed(token, null);
    }

    /** The same value with its token. */
    public Sealed tokenised(String itsToken) {
        return new Sealed(itsToken, words);
    }

    /** What was written; null once it is stored. */
    public @Nullable String words() {
        return words;
    }

    public boolean hasToken() {
        return token != null;
    }

    /** @throws IllegalStateException if it has not passed the encryption: unencrypted it is stored nowhere */
    public String token() {
        if (token == null) throw new IllegalStateException("A value was to be stored unencrypted");
        return token;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sealed sealed
                && Objects.equals(token, sealed.token)
                && (token != null || Objects.equals(words, sealed.words));
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(token == null ? words : token);
    }

    /** The token, so that values can be told apart, or the mask; never the words. */
    @Override
    public String toString() {
        return token == null ? EncryptedText.MASK : token;
    }
}
