package dev.rapport.sales;

import dev.rapport.customer.LineAmount;
import dev.rapport.customer.Order;
import dev.rapport.customer.OrderLine;
import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes orders and contracts of an accepted quote; orders may take some of the quantities now and the rest later. */
@Component
public class QuoteConversion {
    private final Acts acts;
    private final PaymentPlans plans;
    private final Clock clock;

    QuoteConversion(Acts acts, PaymentPlans plans, Clock clock) {
        this.acts = acts;
        this.plans = plans;
        this.clock = clock;
    }

    /**
     * Orders what is left of the quote, or of each line the quantity in {@code {"lines": [{"line", "quantity"}]}}. What
     * promotions take off is shared out by the amounts ordered: all orders together have exactly all of it.
     *
     * @throws Refusal 409 unless the quote is accepted or when nothing is left, 422 for more than is left
     */
    public ObjectNode order(Actor actor, RecordId id, JsonNode body) {
        var members = Members.of(body);
        var asked = asked(members);
        members.done();
        return acts.run(actor, "order", QuoteActs.QUOTE, act -> {
            var quote = act.require(QuoteActs.QUOTE, id);
            QuoteActs.require(quote, "accepted");
            var lines = QuoteActs.lines(act, id);
            var quantities = quantities(act, lines, asked);
            var order = act.create("order", order(quote));
            var drafts = new ArrayList<Map<Field<?>, @Nullable Object>>();
            boolean withTax = QuoteActs.pricesOf(act, quote) == LineAmount.Prices.WITH_TAX;
            quantities.forEach((line, quantity) -> drafts.add(orderLine(line, quantity, order, withTax)));
            drafts.addAll(promotions(act, lines, quantities, order, withTax));
            act.createAll("orderLine", drafts);
            return Json.object()
                    .put("order", order.toString())
                    .put("batch", act.batch().toString());
        });
    }

    private static Map<RecordId, BigDecimal> asked(Members members) {
        var asked = new HashMap<RecordId, BigDecimal>();
        int at = 0;
        for (var node : members.list("lines")) {
            var path = "lines[" + at++ + "]";
            var line = RecordId.parse(node.path("line").asString("")).orElse(null);
            var quantity = quantity(node.path("quantity"));
            if (line == null) members.violations().add(Violation.of(path + ".line", "id"));
            else if (quantity == null || quantity.signum() < 0)
                members.violations().add(Violation.of(path + ".quantity", "number"));
            else if (asked.put(line, quantity) != null)
                members.violations().add(Violation.of(path + ".line", "repeated"));
        }
        return asked;
    }

    private static @Nullable BigDecimal quantity(JsonNode node) {
        try {
            return node.isString() && node.stringValue().length() < 40 ? new BigDecimal(node.stringValue()) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** What is to be ordered of each line, which is not more than is left of it. */
    private static Map<Act.Item, BigDecimal> quantities(
            Act act, List<Act.Item> lines, Map<RecordId, BigDecimal> asked) {
        var violations = new ArrayList<Violation>();
        var quantities = new java.util.LinkedHashMap<Act.Item, BigDecimal>();
        var unknown = new java.util.HashSet<>(asked.keySet());
        for (var line : lines) {
            if (isDeduction(line)) continue;
            unknown.remove(line.id());
            var left = left(act, line);
            var wanted = asked.isEmpty() ? left : asked.getOrDefault(line.id(), BigDecimal.ZERO);
            if (wanted.compareTo(left) > 0)
                violations.add(Violation.of("lines." + line.id(), "more-than-left", "left", left.toPlainString()));
            if (wanted.signum() > 0) quantities.put(line, wanted);
        }
        unknown.forEach(line -> violations.add(Violation.of("lines." + line, "lookup-not-found")));
        if (!violations.isEmpty()) throw Refusal.invalid(violations);
        if (quantities.isEmpty()) throw Refusal.of(Refusal.Kind.CONFLICT, "nothing-left");
        return quantities;
    }

    /** Whether a promotion takes an amount off, as opposed to goods that it gives. */
    private static boolean isDeduction(Act.Item line) {
        return line.get(QuoteLine.PROMOTION) != null && line.get(QuoteLine.PRODUCT) == null;
    }

    private static BigDecimal left(Act act, Act.Item line) {
        var ordered = act.where("orderLine", SalesExtensions.QUOTE_LINE, line.id()).stream()
                .map(one -> Objects.requireNonNullElse(one.get(OrderLine.QUANTITY), BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Objects.requireNonNull(line.get(QuoteLine.QUANTITY))
                .subtract(ordered)
                .max(BigDecimal.ZERO);
    }

    private Map<Field<?>, @Nullable Object> order(Act.Item quote) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(Order.ACCOUNT, quote.get(Quote.ACCOUNT));
        values.put(Order.CONTACT, quote.get(Quote.CONTACT));
        values.put(Order.CHANNEL, quote.get(Quote.CHANNEL));
        values.put(Order.STATUS, "created");
        values.put(Order.ORDERED_AT, clock.instant().truncatedTo(ChronoUnit.MICROS));
        values.put(SalesExtensions.OPPORTUNITY, quote.get(Quote.OPPORTUNITY));
        values.put(SalesExtensions.ORDER_QUOTE, quote.id());
        values.put(SystemFields.OWNER, quote.get(SystemFields.OWNER));
        return values;
    }

    private static Map<Field<?>, @Nullable Object> orderLine(
            Act.Item line, BigDecimal quantity, RecordId order, boolean withTax) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(OrderLine.ORDER, order);
        values.put(OrderLine.NAME, line.get(QuoteLine.NAME));
        values.put(OrderLine.PRODUCT, line.get(QuoteLine.PRODUCT));
        values.put(OrderLine.QUANTITY, quantity);
        values.put(OrderLine.UNIT_PRICE, line.get(QuoteLine.UNIT_PRICE));
        values.put(OrderLine.DISCOUNT, line.get(QuoteLine.DISCOUNT));
        values.put(OrderLine.TAX_RATE, line.get(QuoteLine.TAX_RATE));
        values.put(OrderLine.TAX_INCLUDED, withTax ? Boolean.TRUE : null);
        values.put(SalesExtensions.QUOTE_LINE, line.id());
        return values;
    }

    /** The share of each deduction that belongs to the goods ordered by now, less what earlier orders had of it. */
    private static List<Map<Field<?>, @Nullable Object>> promotions(
            Act act, List<Act.Item> lines, Map<Act.Item, BigDecimal> now, RecordId order, boolean withTax) {
        var all = BigDecimal.ZERO;
        var reached = BigDecimal.ZERO;
        for (var line : lines) {
            if (isDeduction(line)) continue;
            var quantity = Objects.requireNonNull(line.get(QuoteLine.QUANTITY));
            var price = Objects.requireNonNull(line.get(QuoteLine.UNIT_PRICE)).amount();
            var ordered = quantity.subtract(left(act, line)).add(now.getOrDefault(line, BigDecimal.ZERO));
            all = all.add(quantity.multiply(price));
            reached = reached.add(ordered.multiply(price));
        }
        var drafts = new ArrayList<Map<Field<?>, @Nullable Object>>();
        for (var line : lines) {
            if (!isDeduction(line) || all.signum() == 0) continue;
            var whole = Objects.requireNonNull(line.get(QuoteLine.UNIT_PRICE));
            long until = BigDecimal.valueOf(whole.minorUnits())
                    .multiply(reached)
                    .divide(all, 0, RoundingMode.HALF_UP)
                    .longValueExact();
            long before = act.where("orderLine", SalesExtensions.QUOTE_LINE, line.id()).stream()
                    .mapToLong(one -> Objects.requireNonNull(one.get(OrderLine.UNIT_PRICE))
                            .minorUnits())
                    .sum();
            if (until == before) continue;
            var values = orderLine(line, BigDecimal.ONE, order, withTax);
            values.put(OrderLine.UNIT_PRICE, new Money(until - before, whole.currency()));
            drafts.add(values);
        }
        return drafts;
    }

    /**
     * Makes a contract of an accepted quote: {@code {"name"?, "signedOn"?, "startsOn"?, "endsOn"?, "plan"?}}, where
     * {@code plan} is as {@link PaymentPlans#plan} takes it.
     */
    public ObjectNode contract(Actor actor, RecordId id, JsonNode body) {
        var members = Members.of(body);
        var plan = members.member("plan").orElse(null);
        var written = Json.object();
        for (var field : List.of("name", "signedOn", "startsOn", "endsOn"))
            members.member(field).ifPresent(value -> written.set(field, value));
        members.done();
        return acts.run(actor, "contract", QuoteActs.QUOTE, act -> {
            var quote = act.require(QuoteActs.QUOTE, id);
            QuoteActs.require(quote, "accepted");
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            values.put(Contract.NAME, quote.get(Quote.NUMBER));
            values.put(Contract.AMOUNT, quote.get(Quote.TOTAL));
            values.put(Contract.OPPORTUNITY, quote.get(Quote.OPPORTUNITY));
            values.put(Contract.QUOTE, id);
            values.put(Contract.STATUS, "active");
            values.put(SystemFields.OWNER, quote.get(SystemFields.OWNER));
            values.putAll(act.draft("contract", written));
            values.put(Contract.ACCOUNT, quote.get(Quote.ACCOUNT));
            var contract = act.create("contract", values);
            if (plan != null) plans.plan(act, act.require("contract", contract), plan);
            return Json.object()
                    .put("contract", contract.toString())
                    .put("batch", act.batch().toString());
        });
    }
}
