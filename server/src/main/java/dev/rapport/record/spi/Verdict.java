package dev.rapport.record.spi;

import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a rule says to a change. */
public sealed interface Verdict {
    record Accept() implements Verdict {}

    /** Accepts with these values instead; null clears a field. */
    record Amend(Map<Field<?>, @Nullable Object> values) implements Verdict {}

    record Reject(List<Violation> violations) implements Verdict {}

    static Verdict accept() {
        return new Accept();
    }

    static <T> Verdict amend(Field<T> field, @Nullable T value) {
        var values = new HashMap<Field<?>, @Nullable Object>();
        values.put(field, value);
        return new Amend(values);
    }

    static Verdict reject(Field<?> field, String code) {
        return new Reject(List.of(Violation.of(field.name(), code)));
    }
}
