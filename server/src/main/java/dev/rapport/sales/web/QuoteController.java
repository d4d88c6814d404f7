package dev.rapport.sales.web;

import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.record.QueryReader;
import dev.rapport.sales.QuoteActs;
import dev.rapport.sales.QuoteConversion;
import dev.rapport.sales.QuoteLinks;
import dev.rapport.sales.QuotePaper;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Acts on quotes. */
@RestController
@RequestMapping("/api/quotes/{id}")
class QuoteController {
    private final QuoteActs quotes;
    private final QuoteConversion conversion;
    private final QuoteLinks links;
    private final QuotePaper papers;

    QuoteController(QuoteActs quotes, QuoteConversion conversion, QuoteLinks links, QuotePaper papers) {
        this.quotes = quotes;
        this.conversion = conversion;
        this.links = links;
        this.papers = papers;
    }

    @Route("Put bundle parts and today's promotions into a draft")
    @PostMapping("/price")
    JsonNode price(Actor actor, @PathVariable String id) {
        return quotes.price(actor, QueryReader.id(id));
    }

    @Route("Ask for approval")
    @PostMapping("/submit")
    JsonNode submit(Actor actor, @PathVariable String id) {
        return quotes.submit(actor, QueryReader.id(id));
    }

    @Route("Approve what goes beyond a limit")
    @PostMapping("/approve")
    JsonNode approve(Actor actor, @PathVariable String id) {
        return quotes.approve(actor, QueryReader.id(id));
    }

    @Route("Send a quote back to whoever wrote it")
    @PostMapping("/decline")
    JsonNode decline(Actor actor, @PathVariable String id, JsonBody body) {
        return quotes.decline(actor, QueryReader.id(id), body.node());
    }

    @Route("Make a quote a draft again")
    @PostMapping("/reopen")
    JsonNode reopen(Actor actor, @PathVariable String id) {
        return quotes.reopen(actor, QueryReader.id(id));
    }

    @Route("Send a quote; the answer holds the token of the customer's link, told once")
    @PostMapping("/send")
    JsonNode send(Actor actor, @PathVariable String id) {
        return links.send(actor, QueryReader.id(id));
    }

    @Route("The customer accepts")
    @PostMapping("/accept")
    JsonNode accept(Actor actor, @PathVariable String id, JsonBody body) {
        return quotes.answer(actor, QueryReader.id(id), true, body.node());
    }

    @Route("The customer declines")
    @PostMapping("/reject")
    JsonNode reject(Actor actor, @PathVariable String id, JsonBody body) {
        return quotes.answer(actor, QueryReader.id(id), false, body.node());
    }

    @Route("Make a new revision")
    @PostMapping("/revise")
    JsonNode revise(Actor actor, @PathVariable String id) {
        return quotes.revise(actor, QueryReader.id(id));
    }

    @Route("Order what is left of a quote, or some of it")
    @PostMapping("/order")
    JsonNode order(Actor actor, @PathVariable String id, JsonBody body) {
        return conversion.order(actor, QueryReader.id(id), body.node());
    }

    @Route("Make a contract of a quote")
    @PostMapping("/contract")
    JsonNode contract(Actor actor, @PathVariable String id, JsonBody body) {
        return conversion.contract(actor, QueryReader.id(id), body.node());
    }

    @Route("A quote as a PDF, in English or Chinese")
    @GetMapping("/pdf")
    ResponseEntity<byte[]> pdf(
            Actor actor, @PathVariable String id, @RequestParam(required = false) @Nullable String language) {
        var locale = language == null ? actor.locale() : Locale.forLanguageTag(language);
        return file(papers.pdf(actor, QueryReader.id(id), locale));
    }

    static ResponseEntity<byte[]> file(byte[] pdf) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"quote.pdf\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .body(pdf);
    }
}
