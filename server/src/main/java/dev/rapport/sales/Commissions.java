package dev.rapport.sales;

import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import dev.rapport.record.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What each person is due by the commission plans, and what it would be if they sold so much more. */
@Component
public class Commissions {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DECIMALS = 2;

    private final Reports reports;
    private final Figures figures;
    private final Acts acts;

    Commissions(Reports reports, Figures figures, Acts acts) {
        this.reports = reports;
        this.figures = figures;
        this.acts = acts;
    }

    /** A tier. @param from above which amount it holds */
    record Tier(BigDecimal from, BigDecimal rate) {}

    /** A plan with its tiers, the lowest first. */
    private record Plan(RecordId id, String name, String basis, List<RecordId> people, List<Tier> tiers) {
        boolean isFor(String person) {
            return people.isEmpty()
                    || people.stream().anyMatch(one -> one.toString().equals(person));
        }
    }

    /**
     * Statements for {@code {"from"?, "to"?, "owner"?, "team"?, "more"?: amount}}; without a period for the present quarter.
     * With {@code more} each also says what would be due if the person sold so much more.
     */
    public ObjectNode make(Actor actor, JsonNode body) {
        var members = Members.of(body);
        var more = number(members);
        var asked = Json.object();
        for (var name : List.of("from", "to", "owner", "team"))
            members.member(name).ifPresent(value -> asked.set(name, value));
        members.done();
        var read = ReportScope.read(actor, figures, reports.today(actor), asked);
        var scope = read.during(
                read.fromOr(Periods.quarterStart(read.today())), read.toOr(Periods.quarterEnd(read.today())));
        var node = Json.object()
                .put("from", String.valueOf(scope.from()))
                .put("to", String.valueOf(scope.to()))
                .put("currency", reports.currency(actor));
        var items = node.putArray("items");
        for (var plan : plans(actor))
            for (var group : scope.ask(basis(scope, plan.basis()).by("owner").measure("sum", measured(plan.basis())))) {
                var amount = group.number("sum(" + measured(plan.basis()) + ")");
                if (amount == null || !plan.isFor(group.key(0))) continue;
                write(items.addObject(), scope, plan, group, amount, more);
            }
        return node;
    }

    private static @Nullable BigDecimal number(Members members) {
        var text = members.optionalText("more").orElse(null);
        if (text == null || text.isBlank()) return null;
        try {
            if (text.length() > 30) throw new NumberFormatException();
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            members.violations().add(Violation.of("more", "number"));
            return null;
        }
    }

    private static Question basis(ReportScope scope, String basis) {
        return basis.equals("receipts") ? scope.records("receipt", "receivedOn") : scope.closed("won");
    }

    private static String measured(String basis) {
        return switch (basis) {
            case "receipts" -> "amount";
            case "margin" -> "margin";
            default -> "value";
        };
    }

    private List<Plan> plans(Actor actor) {
        return acts.read(actor, act -> {
            act.needs("commissionPlan", CommissionPlan.NAME, CommissionPlan.BASIS, CommissionPlan.PEOPLE);
            act.needs("commissionTier", CommissionTier.PLAN, CommissionTier.FROM, CommissionTier.RATE);
            return act.where("commissionPlan", CommissionPlan.ACTIVE, true).stream()
                    .map(plan -> plan(act, plan))
                    .toList();
        });
    }

    private static Plan plan(Act act, Act.Item plan) {
        var tiers = new ArrayList<Tier>();
        for (var tier : act.where("commissionTier", CommissionTier.PLAN, plan.id()))
            tiers.add(new Tier(
                    Objects.requireNonNull(tier.get(CommissionTier.FROM)),
                    Objects.requireNonNull(tier.get(CommissionTier.RATE))));
        tiers.sort(Comparator.comparing(Tier::from));
        return new Plan(
                plan.id(),
                String.valueOf(plan.get(CommissionPlan.NAME)),
                String.valueOf(plan.get(CommissionPlan.BASIS)),
                Objects.requireNonNullElse(plan.get(CommissionPlan.PEOPLE), List.of()),
                tiers);
    }

    /** Each tier's share of the part that lies in it, each rounded half up to the minor unit; nothing of losses. */
    static BigDecimal commission(List<Tier> tiers, BigDecimal amount) {
        var sum = BigDecimal.ZERO.setScale(DECIMALS);
        for (int i = 0; i < tiers.size(); i++) sum = sum.add(part(tiers, i, amount));
        return sum;
    }

    private static BigDecimal part(List<Tier> tiers, int at, BigDecimal amount) {
        var from = tiers.get(at).from();
        var until = at + 1 < tiers.size() ? amount.min(tiers.get(at + 1).from()) : amount;
        if (until.compareTo(from) <= 0) return BigDecimal.ZERO.setScale(DECIMALS);
        return until.subtract(from).multiply(tiers.get(at).rate()).divide(HUNDRED, DECIMALS, RoundingMode.HALF_UP);
    }

    private static void write(
            ObjectNode node,
            ReportScope scope,
            Plan plan,
            Figures.Group group,
            BigDecimal amount,
            @Nullable BigDecimal more) {
        node.put("plan", plan.name())
                .put("planId", plan.id().toString())
                .put("basis", plan.basis())
                .put("person", group.key(0))
                .put("name", group.name(0))
                .put("amount", amount.toPlainString())
                .put("commission", commission(plan.tiers(), amount).toPlainString());
        if (more != null)
            node.put("whatIf", commission(plan.tiers(), amount.add(more)).toPlainString());
        var tiers = node.putArray("tiers");
        for (int i = 0; i < plan.tiers().size(); i++)
            tiers.addObject()
                    .put("from", plan.tiers().get(i).from().toPlainString())
                    .put("rate", plan.tiers().get(i).rate().toPlainString())
                    .put("commission", part(plan.tiers(), i, amount).toPlainString());
        var question = basis(scope, plan.basis());
        node.putObject("drill")
                .put("object", question.object())
                .set("filter", question.filter(Question.condition("owner", "eq", group.key(0))));
    }
}
