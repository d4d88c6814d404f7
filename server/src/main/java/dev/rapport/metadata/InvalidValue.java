package dev.rapport.metadata;

import dev.rapport.kernel.Violation;
import java.util.Map;

/** A value that its field cannot hold. Collected with all others of a request and never shown alone. */
public final class InvalidValue extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Violation violation;

    private InvalidValue(Violation violation) {
        super(violation.code(), null, false, false);
        this.violation = violation;
    }

    public static InvalidValue of(String code) {
        return new InvalidValue(new Violation("", code, Map.of()));
    }

    public static InvalidValue of(String code, String key, Object value) {
        return new InvalidValue(new Violation("", code, Map.of(key, value)));
    }

    public static InvalidValue of(String code, Map<String, Object> params) {
        return new InvalidValue(new Violation("", code, params));
    }

    public static InvalidValue at(String part, String code) {
        return new InvalidValue(new Violation(part, code, Map.of()));
    }

    /** The violation, named relative to the field. */
    public Violation violation() {
        return violation;
    }
}
