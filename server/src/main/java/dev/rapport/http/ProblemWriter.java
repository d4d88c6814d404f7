package dev.rapport.http;

import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ObjectNode;

/** The one place where refusals become problem documents (RFC 9457). */
public final class ProblemWriter {
    private ProblemWriter() {}

    public static ResponseEntity<byte[]> answer(Refusal refusal, Locale locale) {
        var headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        if (refusal.params().get("retryAfter") instanceof Number seconds)
            headers.set(HttpHeaders.RETRY_AFTER, seconds.toString());
        if (refusal.kind() == Refusal.Kind.UNAUTHENTICATED) headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        if (refusal.kind() == Refusal.Kind.UNAVAILABLE) headers.set(HttpHeaders.RETRY_AFTER, "2");
        return new ResponseEntity<>(
                body(refusal, locale),
                headers,
                HttpStatusCode.valueOf(refusal.kind().status()));
    }

    /** Writes the problem where no controller is involved. */
    public static void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
            throws IOException {
        var answer = answer(refusal, RequestLocale.of(request));
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        response.getOutputStream().write(java.util.Objects.requireNonNull(answer.getBody()));
    }

    private static byte[] body(Refusal refusal, Locale locale) {
        return document(refusal, refusal.kind().status(), locale)
                .toString()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The problem document of a refusal, for answers that hold several. */
    public static ObjectNode document(Refusal refusal, Locale locale) {
        return document(refusal, refusal.kind().status(), locale);
    }

    static ObjectNode document(Refusal refusal, int status, Locale locale) {
        var problem = Json.object();
        problem.put("type", "/problems/" + refusal.code());
        problem.put("title", Messages.title(refusal.code(), locale));
        problem.put("status", status);
        problem.put("detail", Messages.detail(refusal.code(), locale, refusal.params()));
        problem.put("code", refusal.code());
        problem.put("traceId", String.valueOf(MDC.get("traceId")));
        if (!refusal.violations().isEmpty()) {
            var list = problem.putArray("violations");
            refusal.violations().forEach(violation -> write(list.addObject(), violation, locale));
        }
        return problem;
    }

    /** Writes one violation with its text in the caller's language. */
    public static void write(ObjectNode node, Violation violation, Locale locale) {
        node.put("field", violation.field());
        node.put("code", violation.code());
        node.set("params", Json.MAPPER.valueToTree(violation.params()));
        node.put("message", Messages.violation(violation, locale));
    }
}
