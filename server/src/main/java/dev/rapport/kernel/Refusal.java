package dev.rapport.kernel;

import java.util.List;
import java.util.Map;

/**
 * The one way to say no: carries everything the caller is told, and nothing else. Turned into a problem document
 * (RFC 9457) in one place, {@code http.ProblemWriter}.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Kinds of refusal with the HTTP status that stands for each. */
    public enum Kind {
        MALFORMED(400),
        UNAUTHENTICATED(401),
        FORBIDDEN(403),
        NOT_FOUND(404),
        CONFLICT(409),
        STALE(412),
        TOO_LARGE(413),
        UNSUPPORTED(415),
        UNPROCESSABLE(422),
        VERSION_MISSING(428),
        TOO_MANY(429),
        UNAVAILABLE(503),
        OUT_OF_SPACE(507);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private final Kind kind;
    private final String code;
    private final transient Map<String, Object> params;
    private final transient List<Violation> violations;

    private Refusal(Kind kind, String code, Map<String, Object> params, List<Violation> violations) {
        super(code + (violations.isEmpty() ? "" : " " + violations), null, false, false);
        this.kind = kind;
        this.code = code;
        this.params = params;
        this.violations = violations;
    }

    public static Refusal of(Kind kind, String code) {
        return new Refusal(kind, code, Map.of(), List.of());
    }

    public static Refusal of(Kind kind, String code, Map<String, Object> params) {
        return new Refusal(kind, code, params, List.of());
    }

    public static Refusal of(Kind kind, String code, List<Violation> violations) {
        return new Refusal(kind, code, Map.of(), List.copyOf(violations));
    }

    /** The same answer whether the thing does not exist or may not be seen. */
    public static Refusal notFound() {
        return of(Kind.NOT_FOUND, "not-found");
    }

    public static Refusal malformed(String code) {
        return of(Kind.MALFORMED, code);
    }

    public static Refusal invalid(List<Violation> violations) {
        return of(Kind.UNPROCESSABLE, "invalid", violations);
    }

    public static Refusal invalid(Violation violation) {
        return invalid(List.of(violation));
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public Map<String, Object> params() {
        return params;
    }

    public List<Violation> violations() {
        return violations;
    }
}
