package dev.rapport.sales;

import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import dev.rapport.record.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How far targets have been reached, each by its own measure, beside how much of its time is over. */
@Component
public class TargetProgress {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Reports reports;
    private final Figures figures;
    private final Acts acts;

    TargetProgress(Reports reports, Figures figures, Acts acts) {
        this.reports = reports;
        this.figures = figures;
        this.acts = acts;
    }

    /** What has been reached, with the records behind it. */
    private record Reached(BigDecimal figure, Question behind) {}

    /** Targets whose time meets {@code {"from"?, "to"?, "owner"?, "team"?}} (today if left out), the wider before the narrower. */
    public ObjectNode make(Actor actor, JsonNode body) {
        var scope = ReportScope.read(actor, figures, reports.today(actor), body);
        var from = scope.fromOr(scope.today());
        var to = scope.toOr(from);
        var targets = acts
                .read(actor, act -> {
                    act.needs(
                            "target",
                            Target.MEASURE,
                            Target.STARTS_ON,
                            Target.ENDS_ON,
                            Target.PERSON,
                            Target.TEAM,
                            Target.REGION,
                            Target.PRODUCT,
                            Target.MARKET);
                    return act.since("target", Target.ENDS_ON, from);
                })
                .stream()
                .filter(target ->
                        !Objects.requireNonNull(target.get(Target.STARTS_ON)).isAfter(to))
                .filter(target -> scope.owner() == null || scope.owner().equals(target.get(Target.PERSON)))
                .filter(target -> scope.team() == null || scope.team().equals(target.get(Target.TEAM)))
                .sorted(Comparator.comparing((Act.Item target) -> days(target))
                        .reversed()
                        .thenComparing(target -> String.valueOf(target.get(Target.NAME))))
                .toList();
        var node = Json.object().put("currency", reports.currency(actor));
        var items = node.putArray("items");
        for (var target : targets) write(items.addObject(), target, scope);
        return node;
    }

    private static long days(Act.Item target) {
        return java.time.temporal.ChronoUnit.DAYS.between(
                Objects.requireNonNull(target.get(Target.STARTS_ON)),
                Objects.requireNonNull(target.get(Target.ENDS_ON)));
    }

    private void write(ObjectNode node, Act.Item target, ReportScope asked) {
        var from = Objects.requireNonNull(target.get(Target.STARTS_ON));
        var to = Objects.requireNonNull(target.get(Target.ENDS_ON));
        var scope = new ReportScope(
                asked.actor(),
                figures,
                asked.today(),
                from,
                to,
                target.get(Target.PERSON),
                target.get(Target.TEAM),
                null);
        var measure = String.valueOf(target.get(Target.MEASURE));
        var reached = reached(measure, scope, target);
        var amount = target.get(Target.AMOUNT);
        var goal = amount != null ? amount.amount() : target.get(Target.NUMBER);
        var pace = Periods.pace(scope);
        node.put("id", target.id().toString())
                .put("name", target.get(Target.NAME))
                .put("measure", measure)
                .put("from", from.toString())
                .put("to", to.toString())
                .put("parent", text(target.get(Target.PARENT)))
                .put("person", text(target.get(Target.PERSON)))
                .put("team", text(target.get(Target.TEAM)))
                .put("currency", amount == null ? null : amount.currency().getCurrencyCode())
                .put("goal", plain(goal))
                .put("reached", plain(reached.figure()))
                .put("pace", pace.toPlainString());
        var parts = amount != null ? amountOf(target) : target.get(Target.SPLIT_NUMBER);
        node.put("split", plain(parts));
        node.put("splitDiffers", parts != null && goal != null && parts.compareTo(goal) != 0);
        if (goal != null && goal.signum() > 0) {
            var share = reached.figure().multiply(HUNDRED).divide(goal, 1, RoundingMode.HALF_UP);
            node.put("percent", share.toPlainString());
            node.put("gap", plain(goal.subtract(reached.figure())));
            node.put("onPace", share.compareTo(pace) >= 0);
        }
        node.putObject("drill")
                .put("object", reached.behind().object())
                .set("filter", reached.behind().filter());
    }

    private static @Nullable BigDecimal amountOf(Act.Item target) {
        var split = target.get(Target.SPLIT);
        return split == null ? null : split.amount();
    }

    private static @Nullable String text(@Nullable RecordId id) {
        return id == null ? null : id.toString();
    }

    private static @Nullable String plain(@Nullable BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }

    private Reached reached(String measure, ReportScope scope, Act.Item target) {
        return switch (measure) {
            case "receipts" -> {
                var question = inRegion(scope.records("receipt", "receivedOn"), target);
                yield new Reached(sum(scope, question.copy().measure("sum", "amount"), "sum(amount)"), question);
            }
            case "customers" -> {
                // accounts whose first deal was won in the period
                var question = inRegion(scope.records("account", "firstWonOn"), target);
                long count = scope.figure(question.copy().count()).count("count");
                yield new Reached(BigDecimal.valueOf(count), question);
            }
            case "deals" -> {
                var question = won(scope, target);
                yield new Reached(
                        BigDecimal.valueOf(
                                scope.figure(won(scope, target).count()).count("count")),
                        question);
            }
            case "margin" -> {
                var question = won(scope, target);
                yield new Reached(margin(scope, target), question);
            }
            case "share" -> {
                var market = target.get(Target.MARKET);
                var value = sum(scope, won(scope, target).measure("sum", "value"), "sum(value)");
                var share = market == null || market.minorUnits() == 0
                        ? BigDecimal.ZERO
                        : value.multiply(HUNDRED).divide(market.amount(), 2, RoundingMode.HALF_UP);
                yield new Reached(share, won(scope, target));
            }
            default ->
                new Reached(sum(scope, won(scope, target).measure("sum", "value"), "sum(value)"), won(scope, target));
        };
    }

    /** What belongs to people whose team works in the target's region. */
    private static Question inRegion(Question question, Act.Item target) {
        var region = target.get(Target.REGION);
        return region == null ? question : question.where("owner.team.region", "eq", region);
    }

    private static Question won(ReportScope scope, Act.Item target) {
        var product = target.get(Target.PRODUCT);
        var question = inRegion(scope.closed("won"), target);
        return product == null ? question : question.where("product", "eq", product);
    }

    private static BigDecimal sum(ReportScope scope, Question question, String measure) {
        return Objects.requireNonNullElse(scope.figure(question).number(measure), BigDecimal.ZERO);
    }

    /** Value won less what the products in the deals cost. */
    private static BigDecimal margin(ReportScope scope, Act.Item target) {
        return sum(scope, won(scope, target).measure("sum", "margin"), "sum(margin)");
    }
}
