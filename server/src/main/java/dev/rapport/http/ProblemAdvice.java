package dev.rapport.http;

import dev.rapport.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** Turns everything a controller can throw into a problem document that tells nothing of the server's inside. */
@RestControllerAdvice
class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final ApplicationEventPublisher events;

    ProblemAdvice(ApplicationEventPublisher events) {
        this.events = events;
    }

    @ExceptionHandler(Refusal.class)
    ResponseEntity<byte[]> refused(Refusal refusal, HttpServletRequest request) {
        if (refusal.kind() == Refusal.Kind.FORBIDDEN)
            Caller.find(request)
                    .ifPresent(actor -> events.publishEvent(
                            new RequestRefused(actor, refusal.code(), request.getMethod(), request.getRequestURI())));
        return ProblemWriter.answer(refusal, RequestLocale.of(request));
    }

    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void clientGone(AsyncRequestNotUsableException e) {
        log.debug("The client went away", e);
    }

    /** The same while an answer is being written; any other reason is a failure like all. */
    @ExceptionHandler(HttpMessageNotWritableException.class)
    @Nullable
    ResponseEntity<byte[]> notWritten(HttpMessageNotWritableException e, HttpServletRequest request) {
        if (!(NestedExceptionUtils.getMostSpecificCause(e) instanceof IOException)) return failed(e, request);
        log.debug("The client went away", e);
        return null;
    }

    @ExceptionHandler(MaxUploadSizeExceededException.class)
    ResponseEntity<byte[]> tooLarge(HttpServletRequest request) {
        return ProblemWriter.answer(Refusal.of(Refusal.Kind.TOO_LARGE, "too-large"), RequestLocale.of(request));
    }

    /** A file was expected, and something else came or it broke off. */
    @ExceptionHandler(MultipartException.class)
    ResponseEntity<byte[]> noFile(MultipartException e, HttpServletRequest request) {
        log.debug("Not a file", e);
        return ProblemWriter.answer(Refusal.malformed("file-expected"), RequestLocale.of(request));
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
