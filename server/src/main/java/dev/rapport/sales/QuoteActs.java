package dev.rapport.sales;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.customer.LineAmount;
import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The life of a quote: priced with promotions, approved where a limit is passed, sent, answered, revised. */
@Component
public class QuoteActs {
    static final String QUOTE = "quote";
    static final String LINE = "quoteLine";

    private final Acts acts;
    private final Access access;
    private final Clock clock;
    private final ZoneId zone;

    QuoteActs(Acts acts, Access access, Clock clock, Settings settings) {
        this.acts = acts;
        this.access = access;
        this.clock = clock;
        this.zone = ZoneId.of(settings.zone());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /** @throws Refusal 409 unless the quote has one of these statuses */
    static void require(Act.Item quote, String... statuses) {
        if (!List.of(statuses).contains(quote.get(Quote.STATUS)))
            throw Refusal.of(
                    Refusal.Kind.CONFLICT, "quote-status", Map.of("status", String.valueOf(quote.get(Quote.STATUS))));
    }

    static List<Act.Item> lines(Act act, RecordId quote) {
        var lines = new ArrayList<>(act.where(LINE, QuoteLine.QUOTE, quote));
        lines.sort(Comparator.comparing(
                        (Act.Item line) -> Objects.requireNonNullElse(line.get(QuoteLine.POSITION), Long.MAX_VALUE))
                .thenComparing(Act.Item::id));
        return lines;
    }

    private ObjectNode changed(
            Actor actor, RecordId id, String kind, java.util.function.BiConsumer<Act, Act.Item> work) {
        return acts.run(actor, kind, QUOTE, act -> {
            work.accept(act, act.require(QUOTE, id));
            return Json.object()
                    .put("id", id.toString())
                    .put("batch", act.batch().toString());
        });
    }

    private static Map<Field<?>, @Nullable Object> values(Field<?> field, @Nullable Object value) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(field, value);
        return values;
    }

    /**
     * Puts the parts of bundles and what promotions give today into a draft, in the place of what earlier calls put there.
     *
     * @throws Refusal 409 unless the quote is a draft, 422 if its lines are in several currencies
     */
    public ObjectNode price(Actor actor, RecordId id) {
        // also where there is nothing to put in, so that the answer does not depend on it
        access.require(actor, Operation.UPDATE, access.object(actor, QUOTE).definition());
        return acts.run(actor, "price", QUOTE, act -> {
            var quote = act.require(QUOTE, id);
            require(quote, "draft");
            for (var line : lines(act, id))
                if (line.get(QuoteLine.PROMOTION) != null || line.get(QuoteLine.PART_OF) != null)
                    act.delete(LINE, line);
            addBundleParts(act, quote);
            var given = givePromotions(act, quote);
            var answer = Json.object().put("id", id.toString());
            var list = answer.putArray("promotions");
            given.forEach(list::add);
            return answer;
        });
    }

    private static void addBundleParts(Act act, Act.Item quote) {
        for (var line : lines(act, quote.id())) {
            var bundle = line.get(QuoteLine.PRODUCT);
            if (bundle == null) continue;
            for (var part : act.where("bundlePart", BundlePart.BUNDLE, bundle)) {
                Map<Field<?>, @Nullable Object> values = new HashMap<>();
                var price = Objects.requireNonNull(line.get(QuoteLine.UNIT_PRICE));
                values.put(QuoteLine.QUOTE, quote.id());
                values.put(QuoteLine.PRODUCT, part.get(BundlePart.PART));
                values.put(QuoteLine.PART_OF, bundle);
                values.put(QuoteLine.POSITION, line.get(QuoteLine.POSITION));
                values.put(
                        QuoteLine.QUANTITY,
                        Objects.requireNonNull(part.get(BundlePart.QUANTITY))
                                .multiply(Objects.requireNonNull(line.get(QuoteLine.QUANTITY))));
                values.put(QuoteLine.UNIT_PRICE, new Money(0, price.currency()));
                act.create(LINE, values);
            }
        }
    }

    private List<ObjectNode> givePromotions(Act act, Act.Item quote) {
        var paid = new ArrayList<PromotionEngine.Line>();
        @Nullable Currency currency = null;
        for (var line : lines(act, quote.id())) {
            var price = line.get(QuoteLine.UNIT_PRICE);
            if (price == null || line.get(QuoteLine.PART_OF) != null) continue;
            if (currency != null && !currency.equals(price.currency()))
                throw Refusal.invalid(dev.rapport.kernel.Violation.of("unitPrice", "mixed-currencies"));
            currency = price.currency();
            var quantity = Objects.requireNonNull(line.get(QuoteLine.QUANTITY));
            paid.add(new PromotionEngine.Line(
                    line.get(QuoteLine.PRODUCT),
                    quantity,
                    LineAmount.goods(price, quantity, line.get(QuoteLine.DISCOUNT)),
                    line.get(QuoteLine.TAX_RATE)));
        }
        if (currency == null) return List.of();
        var offers = act.where("promotion", Promotion.ACTIVE, true).stream()
                .map(QuoteActs::offer)
                .toList();
        var prices = pricesOf(act, quote);
        var told = new ArrayList<ObjectNode>();
        for (var given : PromotionEngine.apply(paid, offers, quote.get(Quote.CHANNEL), today(), currency)) {
            var explanation = explanation(given, act.actor().locale());
            act.create(LINE, promotionLine(quote, given, prices, currency, explanation));
            var off = given.off();
            told.add(Json.object()
                    .put("promotion", given.offer().id().toString())
                    .put("name", given.offer().name())
                    .put("kind", given.offer().kind())
                    .put("off", off == null ? null : off.amount().toPlainString())
                    .put("free", given.free() == null ? null : given.free().toPlainString())
                    .put("explanation", explanation));
        }
        return told;
    }

    static LineAmount.Prices pricesOf(Act act, Act.Item quote) {
        var book = quote.get(Quote.PRICE_BOOK);
        boolean withTax = book != null
                && act.find("priceBook", book)
                        .map(found -> Boolean.TRUE.equals(found.get(PriceBook.TAX_INCLUDED)))
                        .orElse(false);
        return withTax ? LineAmount.Prices.WITH_TAX : LineAmount.Prices.WITHOUT_TAX;
    }

    private static PromotionEngine.Offer offer(Act.Item item) {
        return new PromotionEngine.Offer(
                item.id(),
                Objects.requireNonNull(item.get(Promotion.NAME)),
                Objects.requireNonNull(item.get(Promotion.KIND)),
                item.get(Promotion.PRODUCT),
                item.get(Promotion.CHANNEL),
                item.get(Promotion.VALID_FROM),
                item.get(Promotion.VALID_TO),
                item.get(Promotion.PERCENT),
                item.get(Promotion.THRESHOLD),
                item.get(Promotion.AMOUNT_OFF),
                item.get(Promotion.BUY),
                item.get(Promotion.GET));
    }

    private static Map<Field<?>, @Nullable Object> promotionLine(
            Act.Item quote,
            PromotionEngine.Given given,
            LineAmount.Prices prices,
            Currency currency,
            String explanation) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        var off = given.off();
        var price = off == null ? new Money(0, currency) : new Money(-off.minorUnits(), currency);
        var quantity = given.free() == null ? BigDecimal.ONE : given.free();
        var amount = LineAmount.of(price, quantity, null, given.taxRate(), prices);
        values.put(QuoteLine.QUOTE, quote.id());
        values.put(QuoteLine.NAME, given.offer().name());
        values.put(QuoteLine.PRODUCT, given.product());
        values.put(QuoteLine.POSITION, Long.MAX_VALUE / 2);
        values.put(QuoteLine.QUANTITY, quantity);
        values.put(QuoteLine.UNIT_PRICE, price);
        values.put(QuoteLine.TAX_RATE, given.taxRate());
        values.put(QuoteLine.NET, amount.net());
        values.put(QuoteLine.TAX, amount.tax());
        values.put(QuoteLine.TOTAL, amount.total());
        values.put(QuoteLine.PROMOTION, given.offer().id());
        values.put(QuoteLine.EXPLANATION, explanation);
        return values;
    }

    private static String explanation(PromotionEngine.Given given, Locale locale) {
        boolean chinese = "zh".equals(locale.getLanguage());
        var offer = given.offer();
        var base = given.base().amount().toPlainString() + " "
                + given.base().currency().getCurrencyCode();
        return switch (offer.kind()) {
            case "percent" ->
                chinese
                        ? "%s 优惠 %s%%".formatted(base, plain(offer.percent()))
                        : "%s %% off %s".formatted(plain(offer.percent()), base);
            case "threshold" ->
                chinese
                        ? "满 %s 减 %s（合计 %s）".formatted(plain(offer.threshold()), plain(offer.amountOff()), base)
                        : "%s off from %s (goods %s)"
                                .formatted(plain(offer.amountOff()), plain(offer.threshold()), base);
            default ->
                chinese
                        ? "买 %s 赠 %s".formatted(plain(offer.buy()), plain(offer.get()))
                        : "buy %s, get %s free".formatted(plain(offer.buy()), plain(offer.get()));
        };
    }

    private static String plain(@Nullable Object number) {
        return switch (number) {
            case BigDecimal decimal -> decimal.stripTrailingZeros().toPlainString();
            case Money money -> money.amount().toPlainString();
            case null, default -> "";
        };
    }

    /** Asks for approval; a quote within the limits needs none and is approved at once. */
    public ObjectNode submit(Actor actor, RecordId id) {
        return changed(actor, id, "submit", (act, quote) -> {
            require(quote, "draft");
            requireLines(act, quote);
            act.update(QUOTE, quote, values(Quote.STATUS, isOverLimit(quote) ? "inApproval" : "approved"));
        });
    }

    private static boolean isOverLimit(Act.Item quote) {
        var over = quote.get(Quote.OVER_LIMIT);
        return over != null && over > 0;
    }

    private static void requireLines(Act act, Act.Item quote) {
        if (lines(act, quote.id()).isEmpty()) throw Refusal.of(Refusal.Kind.CONFLICT, "quote-empty");
    }

    /** @throws Refusal 403 for whoever may not approve, 409 unless approval was asked for */
    public ObjectNode approve(Actor actor, RecordId id) {
        access.requireFunction(actor, "approve");
        return changed(actor, id, "approve", (act, quote) -> {
            require(quote, "inApproval");
            var values = values(Quote.STATUS, "approved");
            values.put(Quote.APPROVER, actor.id());
            act.update(QUOTE, quote, values);
        });
    }

    /** Sends the quote back to whoever wrote it. @throws Refusal as {@link #approve} */
    public ObjectNode decline(Actor actor, RecordId id, JsonNode body) {
        access.requireFunction(actor, "approve");
        var members = Members.of(body);
        var note = members.optionalText("note").orElse(null);
        members.done();
        return changed(actor, id, "decline", (act, quote) -> {
            require(quote, "inApproval");
            var values = values(Quote.STATUS, "draft");
            values.put(Quote.ANSWER_NOTE, note);
            act.update(QUOTE, quote, values);
        });
    }

    /** Back to a draft before the customer has seen it. */
    public ObjectNode reopen(Actor actor, RecordId id) {
        return changed(actor, id, "reopen", (act, quote) -> {
            require(quote, "inApproval", "approved");
            var values = values(Quote.STATUS, "draft");
            values.put(Quote.APPROVER, null);
            act.update(QUOTE, quote, values);
        });
    }

    /**
     * Marks the quote as sent and makes the link by which the customer reads and answers it. An earlier link ends.
     *
     * @param link makes the link's secret known: its hash goes to the quote
     */
    ObjectNode send(Actor actor, RecordId id, QuoteLinks.Made link) {
        return changed(actor, id, "send", (act, quote) -> {
            require(quote, "draft", "approved", "sent");
            requireLines(act, quote);
            boolean draft = "draft".equals(quote.get(Quote.STATUS));
            if (draft && isOverLimit(quote)) throw Refusal.of(Refusal.Kind.CONFLICT, "approval-needed");
            requireValid(quote);
            var values = values(Quote.STATUS, "sent");
            values.put(Quote.SENT_AT, now());
            values.put(Quote.LINK_HASH, link.hash());
            act.update(QUOTE, quote, values);
        });
    }

    void requireValid(Act.Item quote) {
        var until = quote.get(Quote.VALID_UNTIL);
        if (until != null && until.isBefore(today())) throw Refusal.of(Refusal.Kind.CONFLICT, "quote-expired");
    }

    /** What the customer said. @param by who said it; null for the actor */
    ObjectNode answer(Actor actor, RecordId id, boolean accepts, @Nullable String by, @Nullable String note) {
        return changed(actor, id, accepts ? "accept" : "reject", (act, quote) -> {
            require(quote, "sent");
            if (accepts) requireValid(quote);
            var values = values(Quote.STATUS, accepts ? "accepted" : "rejected");
            values.put(Quote.ANSWERED_AT, now());
            values.put(Quote.ANSWERED_BY, by == null ? actor.name() : by);
            values.put(Quote.ANSWER_NOTE, note);
            act.update(QUOTE, quote, values);
        });
    }

    /** Records an answer that came by telephone or letter: {@code {"note"?}}. */
    public ObjectNode answer(Actor actor, RecordId id, boolean accepts, JsonNode body) {
        var members = Members.of(body);
        var note = members.optionalText("note").orElse(null);
        members.done();
        return answer(actor, id, accepts, null, note);
    }

    /** A new draft with the same lines, in the place of this quote. */
    public ObjectNode revise(Actor actor, RecordId id) {
        return acts.run(actor, "revise", QUOTE, act -> {
            var quote = act.require(QUOTE, id);
            require(quote, "inApproval", "approved", "sent", "rejected");
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            for (var field : List.of(
                    Quote.OPPORTUNITY,
                    Quote.ACCOUNT,
                    Quote.CONTACT,
                    Quote.PRICE_BOOK,
                    Quote.CHANNEL,
                    Quote.PAYMENT,
                    Quote.TERMS,
                    Quote.NOTE,
                    SystemFields.OWNER)) values.put(field, quote.get(field));
            var revision = quote.get(Quote.REVISION);
            values.put(Quote.REVISION, revision == null ? 2L : revision + 1);
            values.put(Quote.REPLACES, id);
            var next = act.create(QUOTE, values);
            act.update(QUOTE, quote, values(Quote.STATUS, "replaced"));
            copyLines(act, id, next);
            return Json.object()
                    .put("id", next.toString())
                    .put("batch", act.batch().toString());
        });
    }

    private static void copyLines(Act act, RecordId from, RecordId to) {
        for (var line : lines(act, from)) {
            if (line.get(QuoteLine.PROMOTION) != null || line.get(QuoteLine.PART_OF) != null) continue;
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            for (var field : List.of(
                    QuoteLine.NAME,
                    QuoteLine.POSITION,
                    QuoteLine.PRODUCT,
                    QuoteLine.QUANTITY,
                    QuoteLine.UNIT_PRICE,
                    QuoteLine.DISCOUNT,
                    QuoteLine.TAX_RATE)) values.put(field, line.get(field));
            values.put(QuoteLine.QUOTE, to);
            act.create(LINE, values);
        }
    }
}
