package dev.rapport.sales;

import static dev.rapport.sales.ReportTable.Type.COUNT;
import static dev.rapport.sales.ReportTable.Type.DAYS;
import static dev.rapport.sales.ReportTable.Type.MONEY;
import static dev.rapport.sales.ReportTable.Type.PERCENT;
import static dev.rapport.sales.ReportTable.Type.TEXT;

import dev.rapport.kernel.Labels;
import dev.rapport.kernel.RecordId;
import dev.rapport.record.Figures.Group;
import dev.rapport.sales.ReportTable.Drill;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Ready reports over the stages of deals, from the facts that each change of stage left. */
@Component
@Order(1)
class StageReports implements ReportSource {
    private static final String VALUE = "sum(value)";

    private final Pipelines pipelines;

    StageReports(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    @Override
    public List<ReadyReport> all() {
        return List.of(
                ReadyReport.of(
                        "funnel",
                        "Funnel",
                        "销售漏斗",
                        "How far deals got, what share went on from each stage, and where they were lost.",
                        "商机走到了哪一步、各阶段的转化率，以及在哪里流失。",
                        this::funnel),
                ReadyReport.of(
                        "velocity",
                        "Velocity",
                        "销售速度",
                        "How long deals stay in each stage, and what the pipeline earns in a day.",
                        "商机在各阶段的停留时间，以及管道每天能带来的收入。",
                        this::velocity),
                ReadyReport.of(
                        "ageing",
                        "Ageing",
                        "商机停滞",
                        "How long open deals have been in their stage.",
                        "进行中商机在当前阶段的停留时间。",
                        this::ageing));
    }

    private ReportTable funnel(ReportScope scope) {
        var table = new ReportTable("funnel")
                .column("stage", "Stage", "阶段", TEXT)
                .drawn("reached", "Reached", "到达数", COUNT)
                .column("onward", "Went on", "转化率", PERCENT)
                .column("open", "Open now", "当前进行中", COUNT)
                .column("value", "Value open", "进行中金额", MONEY)
                .column("lost", "Lost here", "在此流失", COUNT)
                .column("lostValue", "Value lost here", "流失金额", MONEY);
        var pipeline = pipelines.orFirst(scope.actor(), scope.pipeline()).orElse(null);
        if (pipeline == null) return table;
        var steps = pipelines.steps(scope.actor(), pipeline);
        var started = Question.about("opportunity")
                .where(scope.people("owner"))
                .where("pipeline", "eq", pipeline)
                .during("createdAt", scope.from(), scope.to());
        var reached = reached(scope, started, steps);
        var open = byStage(scope, started, "open");
        var lost = lost(scope, pipeline);
        long won = 0;
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            if (step.outcome().equals("lost")) continue;
            long here = Objects.requireNonNull(reached.get(step.position()));
            if (!step.isOpen()) won += here;
            long next = next(steps, i, reached);
            var now = open.get(step.id().toString());
            var gone = lost.get(step.id().toString());
            var furthest = Question.condition("furthest", "gte", step.position());
            table.row(
                    new Drill("opportunity", started.filter(furthest)),
                    step.labels(),
                    here,
                    step.isOpen() ? ReportTable.percent(next, here) : null,
                    now == null ? 0 : now.count("count"),
                    now == null ? null : now.number(VALUE),
                    gone == null ? 0 : gone.count("count"),
                    gone == null ? null : gone.number(VALUE));
        }
        long first = steps.isEmpty() ? 0 : reached.getOrDefault(steps.getFirst().position(), 0L);
        return table.total("reached", first).total("onward", ReportTable.percent(won, first));
    }

    private static long next(List<Pipelines.Step> steps, int at, Map<Long, Long> reached) {
        for (int i = at + 1; i < steps.size(); i++)
            if (!steps.get(i).outcome().equals("lost"))
                return Objects.requireNonNull(reached.get(steps.get(i).position()));
        return 0;
    }

    /** How many deals got at least to each position. */
    private static Map<Long, Long> reached(ReportScope scope, Question started, List<Pipelines.Step> steps) {
        var exactly = new TreeMap<Long, Long>();
        for (var group : scope.ask(started.copy().by("furthest").count()))
            if (!group.key(0).isEmpty()) exactly.merge(Long.parseLong(group.key(0)), group.count("count"), Long::sum);
        var reached = new HashMap<Long, Long>();
        for (var step : steps)
            reached.put(
                    step.position(),
                    exactly.tailMap(step.position(), true).values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        // those that began before the first position, such as lost ones that were imported, began all the same
        if (!steps.isEmpty())
            reached.put(
                    steps.getFirst().position(),
                    exactly.values().stream().mapToLong(Long::longValue).sum());
        return reached;
    }

    private static Map<String, Group> byStage(ReportScope scope, Question started, String status) {
        var groups = new HashMap<String, Group>();
        for (var group : scope.ask(
                started.copy().where("status", "eq", status).by("stage").count().measure("sum", "value")))
            groups.put(group.key(0), group);
        return groups;
    }

    private static Map<String, Group> lost(ReportScope scope, RecordId pipeline) {
        var question = Question.about("stageChange")
                .where("kind", "eq", "lost")
                .where("pipeline", "eq", pipeline)
                .where(scope.people("person"))
                .during("at", scope.from(), scope.to())
                .by("fromStage")
                .count()
                .measure("sum", "value");
        var groups = new HashMap<String, Group>();
        for (var group : scope.ask(question)) groups.put(group.key(0), group);
        return groups;
    }

    private ReportTable velocity(ReportScope scope) {
        var table = new ReportTable("bar")
                .column("stage", "Stage", "阶段", TEXT)
                .drawn("median", "Days, median", "停留天数（中位数）", DAYS)
                .column("mean", "Days, mean", "停留天数（平均）", DAYS)
                .column("left", "Left the stage", "离开次数", COUNT);
        var pipeline = pipelines.orFirst(scope.actor(), scope.pipeline()).orElse(null);
        if (pipeline == null) return table;
        var facts = Question.about("stageChange")
                .where("pipeline", "eq", pipeline)
                .where(scope.people("person"))
                .during("at", scope.from(), scope.to());
        var byStage = new HashMap<String, Group>();
        for (var group : scope.ask(facts.copy()
                .by("fromStage")
                .measure("count", "days")
                .measure("avg", "days")
                .measure("median", "wholeDays"))) byStage.put(group.key(0), group);
        for (var step : pipelines.steps(scope.actor(), pipeline)) {
            var group = byStage.get(step.id().toString());
            if (!step.isOpen() || group == null) continue;
            table.row(
                    Drill.into(facts, "fromStage", step.id()),
                    step.labels(),
                    ReportTable.rounded(group.number("median(wholeDays)")),
                    ReportTable.rounded(group.number("avg(days)")),
                    group.count("count(days)"));
        }
        return speed(scope, table);
    }

    /** Deals × win rate × value won, divided by the cycle: what the pipeline earns in a day. */
    private static ReportTable speed(ReportScope scope, ReportTable table) {
        var open = scope.figure(scope.open().count());
        var won = scope.figure(scope.closed("won")
                .count()
                .measure("avg", "value")
                .measure("avg", "cycleDays")
                .measure("median", "cycleDays"));
        var lost = scope.figure(scope.closed("lost").count());
        var average = won.number("avg(value)");
        var cycle = won.number("avg(cycleDays)");
        table.total("openDeals", open.count("count"))
                .total("winRate", ReportTable.percent(won.count("count"), won.count("count") + lost.count("count")))
                .total("averageWon", average)
                .total("cycle", ReportTable.rounded(cycle))
                .total("medianCycle", ReportTable.rounded(won.number("median(cycleDays)")));
        if (average == null || cycle == null || cycle.signum() <= 0) return table;
        var rate = BigDecimal.valueOf(won.count("count"))
                .divide(BigDecimal.valueOf(won.count("count") + lost.count("count")), 6, RoundingMode.HALF_UP);
        var perDay = BigDecimal.valueOf(open.count("count"))
                .multiply(rate)
                .multiply(average)
                .divide(cycle, 2, RoundingMode.HALF_UP);
        return table.total("perDay", perDay);
    }

    private ReportTable ageing(ReportScope scope) {
        var table = new ReportTable("bar")
                .column("age", "In the stage for", "停留时间", TEXT)
                .drawn("deals", "Deals", "商机数", COUNT)
                .column("value", "Value", "金额", MONEY);
        var buckets = new LinkedHashMap<Labels, int[]>();
        buckets.put(new Labels("up to 7 days", "7天以内"), new int[] {0, 7});
        buckets.put(new Labels("8 to 14 days", "8–14天"), new int[] {7, 14});
        buckets.put(new Labels("15 to 30 days", "15–30天"), new int[] {14, 30});
        buckets.put(new Labels("31 to 60 days", "31–60天"), new int[] {30, 60});
        buckets.put(new Labels("61 to 90 days", "61–90天"), new int[] {60, 90});
        buckets.put(new Labels("more than 90 days", "90天以上"), new int[] {90, 36_500});
        var byDay = new TreeMap<LocalDate, Group>();
        for (var group : scope.ask(scope.open().by("stageSince", "day").count().measure("sum", "value")))
            if (!group.key(0).isEmpty()) byDay.put(LocalDate.parse(group.key(0)), group);
        buckets.forEach((name, days) -> {
            var first = scope.today().minusDays(days[1] - 1L);
            var end = scope.today().minusDays(days[0] - 1L);
            var sums = WonSums.of(List.copyOf(byDay.subMap(first, end).values()));
            var question = scope.open().where("stageSince", "gte", first).where("stageSince", "lt", end);
            table.row(new Drill("opportunity", question.filter()), name, sums.deals(), sums.value());
        });
        return table;
    }
}
