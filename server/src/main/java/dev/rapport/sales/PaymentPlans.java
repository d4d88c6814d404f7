package dev.rapport.sales;

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
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Payment plans of contracts, contracts' renewal, and the matching of receipts to what is owed. */
@Component
public class PaymentPlans {
    private static final int MOST_PARTS = 120;
    private static final Set<String> EVERY = Set.of("week", "month", "quarter", "year");

    private final Acts acts;

    PaymentPlans(Acts acts) {
        this.acts = acts;
    }

    /** Makes a contract's payment plan: what is not planned yet, in parts that add up to it exactly. */
    public ObjectNode plan(Actor actor, RecordId contract, JsonNode body) {
        return acts.run(actor, "plan", "contract", act -> {
            var made = plan(act, act.require("contract", contract), body);
            var answer = Json.object().put("batch", act.batch().toString());
            made.forEach(id -> answer.withArray("instalments").add(id.toString()));
            return answer;
        });
    }

    /** {@code {"parts": 1–120, "firstDue": day, "every": "week|month|quarter|year", "shares"?: [percent, …]}} */
    List<RecordId> plan(Act act, Act.Item contract, JsonNode body) {
        var members = Members.of(body);
        var shares = members.list("shares");
        int parts = members.whole("parts", shares.isEmpty() ? 1 : shares.size(), 1, MOST_PARTS);
        var first = day(members, "firstDue");
        var every = members.oneOf("every", "month", EVERY);
        var weights = new ArrayList<java.math.BigDecimal>();
        for (var share : shares) {
            if (share.isNumber() && share.decimalValue().signum() >= 0) weights.add(share.decimalValue());
            else members.violations().add(Violation.of("shares", "number"));
        }
        if (!shares.isEmpty() && shares.size() != parts)
            members.violations().add(Violation.of("shares", "shares-count", "count", parts));
        members.done();
        var amount = Objects.requireNonNull(contract.get(Contract.AMOUNT));
        var planned = contract.get(Contract.PLANNED);
        long left = amount.minorUnits() - (planned == null ? 0 : planned.minorUnits());
        if (left <= 0) throw Refusal.of(Refusal.Kind.CONFLICT, "planned-already");
        if (weights.isEmpty()) for (int i = 0; i < parts; i++) weights.add(java.math.BigDecimal.ONE);
        var sums = Shares.splitBy(left, weights);
        var drafts = new ArrayList<Map<Field<?>, @Nullable Object>>();
        for (int i = 0; i < parts; i++) {
            if (sums.get(i) <= 0) continue;
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            values.put(Instalment.NAME, contract.get(Contract.NUMBER) + "-" + (i + 1));
            values.put(Instalment.CONTRACT, contract.id());
            values.put(Instalment.DUE_ON, later(first, every, i));
            values.put(Instalment.AMOUNT, new Money(sums.get(i), amount.currency()));
            values.put(SystemFields.OWNER, contract.get(SystemFields.OWNER));
            drafts.add(values);
        }
        return act.createAll("instalment", drafts);
    }

    private static LocalDate day(Members members, String name) {
        var text = members.text(name);
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            if (!text.isBlank()) members.violations().add(Violation.of(name, "date"));
            return LocalDate.EPOCH;
        }
    }

    private static LocalDate later(LocalDate first, String every, int times) {
        return switch (every) {
            case "week" -> first.plusWeeks(times);
            case "quarter" -> first.plusMonths(3L * times);
            case "year" -> first.plusYears(times);
            default -> first.plusMonths(times);
        };
    }

    /** A contract that goes on where this one ends, for {@code {"months": 1–120}}; this one is renewed then. */
    public ObjectNode renew(Actor actor, RecordId id, JsonNode body) {
        var members = Members.of(body);
        int months = members.whole("months", 12, 1, 120);
        members.done();
        return acts.run(actor, "renew", "contract", act -> {
            var contract = act.require("contract", id);
            var ends = contract.get(Contract.ENDS_ON);
            if (ends == null) throw Refusal.of(Refusal.Kind.CONFLICT, "contract-endless");
            if ("renewed".equals(contract.get(Contract.STATUS)))
                throw Refusal.of(Refusal.Kind.CONFLICT, "contract-renewed");
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            for (var field : List.of(
                    Contract.NAME,
                    Contract.ACCOUNT,
                    Contract.OPPORTUNITY,
                    Contract.AMOUNT,
                    Contract.RENEWAL,
                    Contract.NOTICE_DAYS,
                    SystemFields.OWNER)) values.put(field, contract.get(field));
            values.put(Contract.STATUS, "active");
            values.put(Contract.STARTS_ON, ends.plusDays(1));
            values.put(Contract.ENDS_ON, ends.plusMonths(months));
            values.put(Contract.RENEWS, id);
            var next = act.create("contract", values);
            Map<Field<?>, @Nullable Object> renewed = new HashMap<>();
            renewed.put(Contract.STATUS, "renewed");
            act.update("contract", contract, renewed);
            return Json.object()
                    .put("contract", next.toString())
                    .put("batch", act.batch().toString());
        });
    }

    /**
     * Matches what is left of a receipt to what is owed, the longest due first: of its contract if it names one, else of
     * everything that its account owes in the receipt's currency.
     *
     * @throws Refusal 409 if nothing is left or nothing is owed
     */
    public ObjectNode match(Actor actor, RecordId id) {
        return acts.run(actor, "match", "receipt", act -> {
            var receipt = act.require("receipt", id);
            var left = Objects.requireNonNull(receipt.get(Receipt.UNMATCHED));
            var contract = receipt.get(Receipt.CONTRACT);
            var owed = contract == null
                    ? act.where("instalment", Instalment.ACCOUNT, Objects.requireNonNull(receipt.get(Receipt.ACCOUNT)))
                    : act.where("instalment", Instalment.CONTRACT, contract);
            var drafts = drafts(receipt, left, owed.stream());
            if (drafts.isEmpty()) throw Refusal.of(Refusal.Kind.CONFLICT, "nothing-to-match");
            act.createAll("receiptMatch", drafts);
            return Json.object().put("batch", act.batch().toString()).put("matches", drafts.size());
        });
    }

    private static List<Map<Field<?>, @Nullable Object>> drafts(
            Act.Item receipt, Money left, Stream<Act.Item> instalments) {
        var due = instalments
                .filter(one -> isOwed(one, left))
                .sorted(Comparator.comparing(one -> Objects.requireNonNull(one.get(Instalment.DUE_ON))))
                .toList();
        var drafts = new ArrayList<Map<Field<?>, @Nullable Object>>();
        long rest = left.minorUnits();
        for (var one : due) {
            if (rest <= 0) break;
            long part = Math.min(
                    rest,
                    Objects.requireNonNull(one.get(Instalment.OUTSTANDING)).minorUnits());
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            values.put(ReceiptMatch.RECEIPT, receipt.id());
            values.put(ReceiptMatch.INSTALMENT, one.id());
            values.put(ReceiptMatch.AMOUNT, new Money(part, left.currency()));
            drafts.add(values);
            rest -= part;
        }
        return drafts;
    }

    private static boolean isOwed(Act.Item instalment, Money left) {
        var outstanding = instalment.get(Instalment.OUTSTANDING);
        return outstanding != null
                && outstanding.minorUnits() > 0
                && outstanding.currency().equals(left.currency());
    }
}
