package dev.rapport.sales;

import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.identity.UserObject;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Splits a target from the top down: over the months or quarters of its period, or over the people of its team. The parts add up to the whole exactly. */
@Component
public class TargetSplit {
    private static final String TARGET = "target";
    private static final int MOST_PARTS = 200;

    private final Acts acts;

    TargetSplit(Acts acts) {
        this.acts = acts;
    }

    /** One part to be: what makes it differ from the whole. */
    private record Part(String name, Map<Field<?>, @Nullable Object> values) {}

    /** {@code {"by": "months|quarters|people", "weights"?: [number, …]}}; without weights all parts are alike. */
    public ObjectNode split(Actor actor, RecordId id, JsonNode body) {
        var members = Members.of(body);
        var by = members.oneOf("by", "months", Set.of("months", "quarters", "people"));
        var weights = new ArrayList<BigDecimal>();
        for (var weight : members.list("weights")) {
            if (weight.isNumber() && weight.decimalValue().signum() >= 0) weights.add(weight.decimalValue());
            else members.violations().add(Violation.of("weights", "number"));
        }
        members.done();
        return acts.run(actor, "split", TARGET, act -> {
            var target = act.require(TARGET, id);
            if (!act.where(TARGET, Target.PARENT, id).isEmpty())
                throw Refusal.of(Refusal.Kind.CONFLICT, "split-already");
            var parts = by.equals("people") ? people(act, target) : periods(target, by.equals("months") ? 1 : 3);
            if (parts.isEmpty()) throw Refusal.of(Refusal.Kind.CONFLICT, "split-nobody");
            if (!weights.isEmpty() && weights.size() != parts.size())
                throw Refusal.invalid(Violation.of("weights", "shares-count", "count", parts.size()));
            if (weights.isEmpty()) parts.forEach(part -> weights.add(BigDecimal.ONE));
            var made = act.createAll(TARGET, drafts(target, parts, weights));
            var answer = Json.object().put("batch", act.batch().toString());
            made.forEach(part -> answer.withArray("parts").add(part.toString()));
            return answer;
        });
    }

    private static List<Part> people(Act act, Act.Item target) {
        var team = target.get(Target.TEAM);
        if (team == null) return List.of();
        var parts = new ArrayList<Part>();
        for (var person : act.where("user", UserObject.TEAM, team)) {
            if (!Boolean.TRUE.equals(person.get(UserObject.ACTIVE))) continue;
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            values.put(Target.PERSON, person.id());
            values.put(Target.STARTS_ON, target.get(Target.STARTS_ON));
            values.put(Target.ENDS_ON, target.get(Target.ENDS_ON));
            parts.add(new Part(String.valueOf(person.get(UserObject.NAME)), values));
        }
        return parts;
    }

    private static List<Part> periods(Act.Item target, int months) {
        var parts = new ArrayList<Part>();
        var from = Objects.requireNonNull(target.get(Target.STARTS_ON));
        var end = Objects.requireNonNull(target.get(Target.ENDS_ON));
        while (!from.isAfter(end) && parts.size() <= MOST_PARTS) {
            var until = from.plusMonths(months).minusDays(1);
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            values.put(Target.PERSON, target.get(Target.PERSON));
            values.put(Target.STARTS_ON, from);
            values.put(Target.ENDS_ON, until.isAfter(end) ? end : until);
            parts.add(new Part(name(from, months), values));
            from = from.plusMonths(months);
        }
        if (parts.size() > MOST_PARTS) throw Refusal.invalid(Violation.of("by", "too-many", "max", MOST_PARTS));
        return parts;
    }

    private static String name(LocalDate from, int months) {
        return months == 3
                ? from.getYear() + " Q" + ((from.getMonthValue() - 1) / 3 + 1)
                : "%d-%02d".formatted(from.getYear(), from.getMonthValue());
    }

    private static List<Map<Field<?>, @Nullable Object>> drafts(
            Act.Item target, List<Part> parts, List<BigDecimal> weights) {
        var amount = target.get(Target.AMOUNT);
        var number = target.get(Target.NUMBER);
        var sums = amount == null ? null : Shares.splitBy(amount.minorUnits(), weights);
        // numbers are split in whole units where the whole is one, else in millionths
        int scale = number == null || number.stripTrailingZeros().scale() <= 0 ? 0 : 6;
        var counts = number == null
                ? null
                : Shares.splitBy(number.movePointRight(scale).longValueExact(), weights);
        var drafts = new ArrayList<Map<Field<?>, @Nullable Object>>();
        for (int i = 0; i < parts.size(); i++) {
            var values = parts.get(i).values();
            values.put(
                    Target.NAME, target.get(Target.NAME) + " · " + parts.get(i).name());
            for (var field : List.of(Target.MEASURE, Target.TEAM, Target.REGION, Target.PRODUCT, Target.MARKET))
                values.put(field, target.get(field));
            values.put(Target.PARENT, target.id());
            if (amount != null && sums != null) values.put(Target.AMOUNT, new Money(sums.get(i), amount.currency()));
            if (counts != null)
                values.put(
                        Target.NUMBER, BigDecimal.valueOf(counts.get(i), scale).stripTrailingZeros());
            drafts.add(values);
        }
        return drafts;
    }
}
