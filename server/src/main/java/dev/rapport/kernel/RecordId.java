package dev.rapport.kernel;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Identity of one record: a UUIDv7 (RFC 9562), so that ids sort by the moment of creation and never reveal a count. */
public record RecordId(UUID value) implements Comparable<RecordId> {
    private static final Pattern TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** A new id, later in order than every id this process made before. */
    public static RecordId next() {
        return new RecordId(UuidCreator.getTimeOrderedEpochPlus1());
    }

    /** The id written as {@code text}, or empty if that is no UUID in its usual 36 characters. */
    public static Optional<RecordId> parse(String text) {
        return TEXT.matcher(text).matches() ? Optional.of(new RecordId(UUID.fromString(text))) : Optional.empty();
    }

    @Override
    public int compareTo(RecordId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
