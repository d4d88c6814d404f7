package dev.rapport.sales;

import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.record.Acts;
import dev.rapport.record.Figures;
import dev.rapport.record.Figures.Group;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What will be won in a period, four ways: by what is won already and promised, by all that is open weighted with the
 * stages' probabilities, and by what share of their deals each person has won in the year before.
 */
@Component
public class Forecasts {
    /** So many closed deals make a person's own history; below, everybody's is used. */
    private static final int ENOUGH = 5;

    private final Reports reports;
    private final Figures figures;
    private final Acts acts;

    Forecasts(Reports reports, Figures figures, Acts acts) {
        this.reports = reports;
        this.figures = figures;
        this.acts = acts;
    }

    /** One person's sums, in the company's currency. */
    private static final class Line {
        private final String id;
        private @Nullable String name;
        private BigDecimal closed = BigDecimal.ZERO;
        private BigDecimal committed = BigDecimal.ZERO;
        private BigDecimal bestCase = BigDecimal.ZERO;
        private BigDecimal pipeline = BigDecimal.ZERO;
        private BigDecimal weighted = BigDecimal.ZERO;
        private BigDecimal open = BigDecimal.ZERO;
        private long deals;
        private long won;
        private long lost;

        Line(String id) {
            this.id = id;
        }

        void add(Group group) {
            var value = Optional.ofNullable(group.number("sum(value)")).orElse(BigDecimal.ZERO);
            if (group.key(1).equals("won")) {
                closed = closed.add(value);
                return;
            }
            deals += group.count("count");
            open = open.add(value);
            weighted = weighted.add(
                    Optional.ofNullable(group.number("sum(weighted)")).orElse(BigDecimal.ZERO));
            switch (group.key(2)) {
                case "committed", "closed" -> committed = committed.add(value);
                case "bestCase" -> bestCase = bestCase.add(value);
                case "omitted" -> {}
                default -> pipeline = pipeline.add(value);
            }
        }

        /** Won already, and of the open value the share that history says. */
        BigDecimal byHistory(BigDecimal usual) {
            var rate = won + lost < ENOUGH ? usual : rate(won, lost);
            return closed.add(open.multiply(rate).setScale(closed.scale(), RoundingMode.HALF_UP));
        }
    }

    private static BigDecimal rate(long won, long lost) {
        return won + lost == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(won).divide(BigDecimal.valueOf(won + lost), 6, RoundingMode.HALF_UP);
    }

    /** {@code {"from"?, "to"?, "owner"?, "team"?, "pipeline"?}}; without a period the present quarter. */
    public ObjectNode make(Actor actor, JsonNode body) {
        var asked = ReportScope.read(actor, figures, reports.today(actor), body);
        var scope = asked.during(
                asked.fromOr(Periods.quarterStart(asked.today())), asked.toOr(Periods.quarterEnd(asked.today())));
        var lines = lines(scope);
        var targets = targets(scope);
        long won = lines.stream().mapToLong(line -> line.won).sum();
        long lost = lines.stream().mapToLong(line -> line.lost).sum();
        var usual = rate(won, lost);
        var node = Json.object()
                .put("from", String.valueOf(scope.from()))
                .put("to", String.valueOf(scope.to()))
                .put("currency", reports.currency(actor))
                .put("pace", Periods.pace(scope).toPlainString())
                .put(
                        "usualWinRate",
                        usual.movePointRight(2)
                                .setScale(2, RoundingMode.HALF_UP)
                                .toPlainString());
        var items = node.putArray("people");
        var sum = new Line("");
        for (var line : lines) {
            write(items.addObject(), line, usual, targets.get(line.id));
            total(sum, line);
        }
        sum.won = won;
        sum.lost = lost;
        var own = targets.values().stream().reduce(BigDecimal::add).orElse(null);
        var whole = targets.get("");
        write(node.putObject("total"), sum, usual, whole == null ? own : whole);
        return node;
    }

    private static void total(Line sum, Line line) {
        sum.closed = sum.closed.add(line.closed);
        sum.committed = sum.committed.add(line.committed);
        sum.bestCase = sum.bestCase.add(line.bestCase);
        sum.pipeline = sum.pipeline.add(line.pipeline);
        sum.weighted = sum.weighted.add(line.weighted);
        sum.open = sum.open.add(line.open);
        sum.deals += line.deals;
    }

    private static List<Line> lines(ReportScope scope) {
        var lines = new LinkedHashMap<String, Line>();
        var inPeriod = scope.deals()
                .during("closeDate", scope.from(), scope.to())
                .where("status", "in", List.of("open", "won"))
                .by("owner")
                .by("status")
                .by("forecast")
                .count()
                .measure("sum", "value")
                .measure("sum", "weighted");
        for (var group : scope.ask(inPeriod)) {
            var line = lines.computeIfAbsent(group.key(0), Line::new);
            line.name = group.name(0);
            line.add(group);
        }
        var from = scope.fromOr(scope.today());
        var before = scope.during(from.minusYears(1), from.minusDays(1));
        for (var group : scope.ask(before.closed(null).by("owner").by("status").count())) {
            var line = lines.computeIfAbsent(group.key(0), Line::new);
            if (line.name == null) line.name = group.name(0);
            if (group.key(1).equals("won")) line.won += group.count("count");
            else line.lost += group.count("count");
        }
        var sorted = new ArrayList<>(lines.values());
        sorted.sort((one, other) -> other.closed.add(other.open).compareTo(one.closed.add(one.open)));
        return sorted;
    }

    /** Targets for revenue that lie in the period, by person; under an empty key those of no person. */
    private Map<String, BigDecimal> targets(ReportScope scope) {
        var targets = new HashMap<String, BigDecimal>();
        var question = Question.about("target")
                .where("measure", "eq", "revenue")
                .where("startsOn", "gte", scope.from())
                .where("endsOn", "lte", scope.to());
        if (scope.owner() != null) question.where("person", "eq", scope.owner());
        if (scope.team() != null) question.where("team", "eq", scope.team());
        // a target that is split counts by its parts where they lie in the period too
        for (var group : scope.ask(
                question.where("split.amount", "isEmpty", null).by("person").measure("sum", "amount"))) {
            var amount = group.number("sum(amount)");
            if (amount != null) targets.put(group.key(0), amount);
        }
        return targets;
    }

    private static void write(ObjectNode node, Line line, BigDecimal usual, @Nullable BigDecimal target) {
        var history = line.byHistory(usual);
        node.put("id", line.id.isEmpty() ? null : line.id)
                .put("name", line.name)
                .put("closed", line.closed.toPlainString())
                .put("committed", line.committed.toPlainString())
                .put("bestCase", line.bestCase.toPlainString())
                .put("pipeline", line.pipeline.toPlainString())
                .put("weighted", line.closed.add(line.weighted).toPlainString())
                .put("byHistory", history.toPlainString())
                .put("deals", line.deals)
                .put(
                        "winRate",
                        line.won + line.lost < ENOUGH
                                ? null
                                : rate(line.won, line.lost)
                                        .movePointRight(2)
                                        .setScale(2, RoundingMode.HALF_UP)
                                        .toPlainString())
                .put("target", target == null ? null : target.toPlainString())
                .put("gap", target == null ? null : target.subtract(line.closed).toPlainString())
                .put(
                        "reached",
                        target == null || target.signum() == 0
                                ? null
                                : line.closed
                                        .multiply(BigDecimal.valueOf(100))
                                        .divide(target, 1, RoundingMode.HALF_UP)
                                        .toPlainString());
    }

    /** Keeps the forecast of a period as it is today, for everybody in it, to look back at. */
    public ObjectNode snapshot(Actor actor, JsonNode body) {
        var forecast = make(actor, body);
        return acts.run(actor, "snapshot", "forecastSnapshot", act -> {
            var currency = Currency.getInstance(forecast.path("currency").stringValue());
            var drafts = new ArrayList<Map<Field<?>, @Nullable Object>>();
            for (var line : forecast.path("people").values())
                drafts.add(draft(forecast, line, currency, reports.today(actor)));
            drafts.add(draft(forecast, forecast.path("total"), currency, reports.today(actor)));
            act.createAll("forecastSnapshot", drafts);
            return Json.object().put("batch", act.batch().toString()).put("lines", drafts.size());
        });
    }

    private static Map<Field<?>, @Nullable Object> draft(
            JsonNode forecast, JsonNode line, Currency currency, java.time.LocalDate today) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(ForecastSnapshot.TAKEN_ON, today);
        values.put(
                ForecastSnapshot.STARTS_ON,
                java.time.LocalDate.parse(forecast.path("from").stringValue()));
        values.put(
                ForecastSnapshot.ENDS_ON,
                java.time.LocalDate.parse(forecast.path("to").stringValue()));
        values.put(
                ForecastSnapshot.PERSON,
                RecordId.parse(line.path("id").asString("")).orElse(null));
        values.put(ForecastSnapshot.CLOSED, money(line, "closed", currency));
        values.put(ForecastSnapshot.COMMITTED, money(line, "committed", currency));
        values.put(ForecastSnapshot.BEST_CASE, money(line, "bestCase", currency));
        values.put(ForecastSnapshot.IN_PIPELINE, money(line, "pipeline", currency));
        values.put(ForecastSnapshot.WEIGHTED, money(line, "weighted", currency));
        values.put(ForecastSnapshot.BY_HISTORY, money(line, "byHistory", currency));
        return values;
    }

    private static Money money(JsonNode line, String name, Currency currency) {
        var amount = new BigDecimal(line.path(name).stringValue())
                .setScale(Math.max(0, currency.getDefaultFractionDigits()), RoundingMode.HALF_UP);
        return Money.of(amount, currency);
    }
}
