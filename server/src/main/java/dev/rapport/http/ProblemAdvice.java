package dev.rapport.http;

import dev.rapport.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;

/** Turns everything a controller can throw into a problem document that tells nothing of the server's inside. */
@RestControllerAdvice
class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler(Refusal.class)
    ResponseEntity<byte[]> refused(Refusal refusal, HttpServletRequest request) {
        return ProblemWriter.answer(refusal, RequestLocale.of(request));
    }

    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void clientGone(AsyncRequestNotUsableException e) {
        log.debug("The client went away", e);
    }

    @ExceptionHandler(MaxUploadSizeExceededException.class)
    ResponseEntity<byte[]> tooLarge(HttpServletRequest request) {
        return ProblemWriter.answer(Refusal.of(Refusal.Kind.TOO_LARGE, "too-large"), RequestLocale.of(request));
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<byte[]> failed(Exception e, HttpServletRequest request) {
        var locale = RequestLocale.of(request);
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError())
            return withStatus(known.getStatusCode().value(), request);
        log.error("Request failed", e);
        return withStatus(500, locale);
    }

    private static ResponseEntity<byte[]> withStatus(int status, HttpServletRequest request) {
        return withStatus(status, RequestLocale.of(request));
    }

    private static ResponseEntity<byte[]> withStatus(int status, java.util.Locale locale) {
        return StatusProblem.answer(status, locale, Map.of());
    }
}
