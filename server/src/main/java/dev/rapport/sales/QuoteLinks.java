package dev.rapport.sales;

import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.identity.Secret;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.ActorSource;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Links by which customers read a quote and answer it without an account. A link acts with the rights of whoever sent it,
 * shows this one quote and nothing else, and ends with the next one or with the quote.
 */
@Component
public class QuoteLinks {
    private final QuoteActs quotes;
    private final QuotePaper papers;
    private final Acts acts;
    private final ActorSource actors;

    QuoteLinks(QuoteActs quotes, QuotePaper papers, Acts acts, ActorSource actors) {
        this.quotes = quotes;
        this.papers = papers;
        this.acts = acts;
        this.actors = actors;
    }

    /** A link's secret and what is kept of it. */
    record Made(String secret, String hash) {
        static Made fresh() {
            var secret = Secret.random();
            return new Made(secret, hash(secret));
        }

        static String hash(String secret) {
            return HexFormat.of().formatHex(Secret.hash(secret));
        }
    }

    /** Sends a quote. The answer holds the link's token, which is told this once. */
    public ObjectNode send(Actor actor, RecordId id) {
        var made = Made.fresh();
        return quotes.send(actor, id, made).put("token", actor.id() + "." + id + "." + made.secret());
    }

    /** Who sent the quote that a token is for. */
    private record Holder(Actor sender, RecordId quote, String hash) {}

    private Holder holder(String token, Locale locale) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) throw Refusal.notFound();
        var sender = RecordId.parse(parts[0]).flatMap(actors::find).orElseThrow(Refusal::notFound);
        var quote = RecordId.parse(parts[1]).orElseThrow(Refusal::notFound);
        return new Holder(sender.withLocale(locale), quote, Made.hash(parts[2]));
    }

    private static Act.Item open(Act act, Holder holder) {
        var quote = act.require(QuoteActs.QUOTE, holder.quote());
        boolean matches = quote.proves(Quote.LINK_HASH, holder.hash());
        if (!matches || !Set.of("sent", "accepted", "rejected").contains(quote.get(Quote.STATUS)))
            throw Refusal.notFound();
        return quote;
    }

    /** What the customer sees. @throws Refusal 404 for a token that opens nothing */
    public ObjectNode read(String token, Locale locale) {
        var holder = holder(token, locale);
        return acts.read(holder.sender(), act -> {
            var quote = open(act, holder);
            var until = quote.get(Quote.VALID_UNTIL);
            boolean over = until != null && until.isBefore(quotes.today());
            return papers.content(act, quote)
                    .put("status", quote.get(Quote.STATUS))
                    .put("expired", over)
                    .put("answeredBy", quote.get(Quote.ANSWERED_BY));
        });
    }

    /** The quote as a PDF. */
    public byte[] pdf(String token, Locale locale) {
        var holder = holder(token, locale);
        acts.read(holder.sender(), act -> open(act, holder).id());
        return papers.pdf(holder.sender(), holder.quote(), locale);
    }

    /** Takes the customer's answer: {@code {"accept": bool, "name", "note"?}}. */
    public ObjectNode answer(String token, Locale locale, JsonNode body) {
        var holder = holder(token, locale);
        acts.read(holder.sender(), act -> open(act, holder).id());
        var members = Members.of(body);
        boolean accepts = members.flag("accept");
        if (!members.has("accept")) members.violations().add(Violation.of("accept", "required"));
        var name = bounded(members, "name", members.text("name"), 200);
        var note = bounded(members, "note", members.optionalText("note").orElse(null), 4_000);
        members.done();
        quotes.answer(holder.sender(), holder.quote(), accepts, name, note);
        return Json.object().put("status", accepts ? "accepted" : "rejected");
    }

    private static @Nullable String bounded(Members members, String field, @Nullable String text, int max) {
        if (text != null && text.length() > max) members.violations().add(Violation.of(field, "too-long", "max", max));
        return text;
    }
}
