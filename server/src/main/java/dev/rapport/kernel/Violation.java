package dev.rapport.kernel;

import java.util.Map;

/**
 * One thing wrong with one field of a request.
 *
 * @param field path of the member as the caller wrote it, empty for the whole body
 * @param code stable machine-readable reason, such as {@code required}; its text is in the message bundles
 * @param params values the text needs; never another record's data
 */
public record Violation(String field, String code, Map<String, Object> params) {
    public static Violation of(String field, String code) {
        return new Violation(field, code, Map.of());
    }

    public static Violation of(String field, String code, String key, Object value) {
        return new Violation(field, code, Map.of(key, value));
    }

    /** The same for a part of something larger; an empty prefix is the whole. */
    public Violation under(String prefix) {
        if (prefix.isEmpty()) return this;
        return new Violation(field.isEmpty() ? prefix : prefix + "." + field, code, params);
    }
}
