package dev.rapport.sales.web;

import dev.rapport.http.JsonBody;
import dev.rapport.http.RateLimits;
import dev.rapport.http.RequestLocale;
import dev.rapport.http.Route;
import dev.rapport.sales.QuoteLinks;
import dev.rapport.sales.WebForms;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What people without an account may do with a link that they were given. */
@RestController
class PublicController {
    private final QuoteLinks quotes;
    private final WebForms forms;
    private final RateLimits limits;

    PublicController(QuoteLinks quotes, WebForms forms, RateLimits limits) {
        this.quotes = quotes;
        this.forms = forms;
        this.limits = limits;
    }

    /** Reads are many, writes are few; both are counted by address. */
    private void take(HttpServletRequest request, String what, int capacity) {
        limits.take("public " + what + " " + request.getRemoteAddr(), capacity, Duration.ofSeconds(600 / capacity));
    }

    @Route("A quote, by the link that its customer was given")
    @GetMapping("/api/public/quotes/{token}")
    JsonNode quote(HttpServletRequest request, @PathVariable String token) {
        take(request, "read", 200);
        return quotes.read(token, RequestLocale.of(request));
    }

    @Route("The same as a PDF")
    @GetMapping("/api/public/quotes/{token}/pdf")
    ResponseEntity<byte[]> pdf(HttpServletRequest request, @PathVariable String token) {
        take(request, "pdf", 40);
        return QuoteController.file(quotes.pdf(token, RequestLocale.of(request)));
    }

    @Route("Accept or decline a quote, by the link that its customer was given")
    @PostMapping("/api/public/quotes/{token}/answer")
    JsonNode answer(HttpServletRequest request, @PathVariable String token, JsonBody body) {
        take(request, "answer", 30);
        return quotes.answer(token, RequestLocale.of(request), body.node());
    }

    @Route("A form for visitors of a web site")
    @GetMapping("/api/public/forms/{token}")
    JsonNode form(HttpServletRequest request, @PathVariable String token) {
        take(request, "read", 200);
        return forms.read(token, RequestLocale.of(request));
    }

    @Route("Send such a form")
    @PostMapping("/api/public/forms/{token}")
    JsonNode submit(HttpServletRequest request, @PathVariable String token, JsonBody body) {
        take(request, "form", 30);
        return forms.submit(token, RequestLocale.of(request), body.node());
    }
}
