package dev.rapport.identity;

import com.nulabinc.zxcvbn.Zxcvbn;
import dev.rapport.kernel.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Passwords, hashed with Argon2id (RFC 9106; 19 MiB, two passes). No composition rules (NIST SP 800-63B): long enough, not the
 * user's own name, and not easily guessed by those who know the passwords that leaked (zxcvbn, Wheeler 2016).
 */
@Component
class Passwords {
    private static final int MIN = 10;
    private static final int MAX = 200;
    private static final Set<String> COMMON = Set.of(
            "password",
            "passw0rd",
            "12345678",
            "123456789",
            "1234567890",
            "qwertyuiop",
            "qwerty123456",
            "password123",
            "password1234",
            "1q2w3e4r5t",
            "iloveyou123",
            "administrator",
            "changeme123",
            "welcome123",
            "letmein123",
            "abcdefghij",
            "0123456789",
            "1111111111",
            "0000000000",
            "woaini1314",
            "rapport123",
            "rapportcrm");

    /** The estimate's cost grows with the square of the length. */
    private static final int ESTIMATED = 60;
    /** Of four: more than a million guesses. */
    private static final int LEAST_SCORE = 2;

    private final Zxcvbn strength = new Zxcvbn();
    private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
    private final Semaphore hashing = new Semaphore(4);
    private final java.util.function.Supplier<String> decoy =
            org.springframework.util.function.SingletonSupplier.of(() -> encoder.encode("nobody has this password"));

    Optional<Violation> check(String password, String username) {
        if (password.length() < MIN) return Optional.of(Violation.of("password", "password-short", "min", MIN));
        if (password.length() > MAX) return Optional.of(Violation.of("password", "too-long", "max", MAX));
        if (!isText(password)) return Optional.of(Violation.of("password", "broken-character"));
        var lower = password.toLowerCase(Locale.ROOT);
        boolean weak = COMMON.contains(lower)
                || lower.contains(username)
                || lower.chars().distinct().count() < 4
                || isEasilyGuessed(password, username);
        return weak ? Optional.of(Violation.of("password", "password-weak")) : Optional.empty();
    }

    /** Whether few guesses find it: it is among those that leaks made known, or made of them in the usual ways. */
    private boolean isEasilyGuessed(String password, String username) {
        var start = password.substring(0, Math.min(ESTIMATED, password.length()));
        return guarded(() -> strength.measure(start, List.of(username)).getScore()) < LEAST_SCORE;
    }

    String hash(String password) {
        return guarded(() -> encoder.encode(password));
    }

    /** Whether the password belongs to {@code hash}; what cannot belong to any costs the same time and never matches. */
    boolean matches(String password, @Nullable String hash) {
        boolean possible = hash != null && password.length() <= MAX && isText(password);
        boolean matches = guarded(() -> possible ? encoder.matches(password, hash) : encoder.matches("", decoy.get()));
        return possible && matches;
    }

    /** Whether it has bytes to be hashed: half of a surrogate pair has none. */
    private static boolean isText(String password) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(password);
    }

    private <T> T guarded(java.util.function.Supplier<T> work) {
        hashing.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            hashing.release();
        }
    }
}
