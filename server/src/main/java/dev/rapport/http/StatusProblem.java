package dev.rapport.http;

import dev.rapport.kernel.Refusal;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Problem documents for statuses that the framework, not our code, decides upon. */
final class StatusProblem {
    private StatusProblem() {}

    static ResponseEntity<byte[]> answer(int status, Locale locale, Map<String, Object> params) {
        var code = switch (status) {
            case 400 -> "malformed";
            case 401 -> "unauthenticated";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405 -> "method";
            case 406 -> "not-acceptable";
            case 413 -> "too-large";
            case 415 -> "media-type";
            default -> status < 500 ? "malformed" : "failed";
        };
        var document = ProblemWriter.document(Refusal.of(Refusal.Kind.MALFORMED, code, params), status, locale);
        var headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        return new ResponseEntity<>(
                document.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                headers,
                HttpStatusCode.valueOf(status));
    }
}
