package dev.rapport.http;

import dev.rapport.kernel.Refusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Record versions as entity tags (RFC 9110 §8.8.3). */
public final class ETags {
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,9})\"");

    private ETags() {}

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /** @throws Refusal 428 if the header is missing, 412 if it cannot be a version of ours */
    public static int required(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) throw Refusal.of(Refusal.Kind.VERSION_MISSING, "version-missing");
        var match = TAG.matcher(ifMatch.strip());
        if (!match.matches()) throw Refusal.of(Refusal.Kind.STALE, "stale");
        return Integer.parseInt(match.group(1));
    }
}
