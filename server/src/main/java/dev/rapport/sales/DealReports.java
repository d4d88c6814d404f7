package dev.rapport.sales;

import static dev.rapport.sales.ReportTable.Type.COUNT;
import static dev.rapport.sales.ReportTable.Type.DAYS;
import static dev.rapport.sales.ReportTable.Type.MONEY;
import static dev.rapport.sales.ReportTable.Type.MONTH;
import static dev.rapport.sales.ReportTable.Type.PERCENT;
import static dev.rapport.sales.ReportTable.Type.TEXT;

import dev.rapport.kernel.Labels;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Ready reports over deals: computed from the deals and the facts of their stages, never from guesses. */
@Component
class DealReports {
    private static final Set<String> ALL = Set.of("period", "people", "pipeline");
    private static final String VALUE = "sum(value)";
    private static final int MOST_ROWS = 200;

    private final Pipelines pipelines;

    DealReports(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    List<ReadyReport> all() {
        return List.of(
                report(
                        "funnel",
                        "Funnel",
                        "销售漏斗",
                        "How far deals got, what share went on from each stage, and where they were lost.",
                        "商机走到了哪一步、各阶段的转化率，以及在哪里流失。",
                        this::funnel),
                report(
                        "velocity",
                        "Velocity",
                        "销售速度",
                        "How long deals stay in each stage, and what the pipeline earns in a day.",
                        "商机在各阶段的停留时间，以及管道每天能带来的收入。",
                        this::velocity),
                report(
                        "winRate",
                        "Win rate",
                        "赢单率",
                        "Deals won and lost by month, and the share that was won.",
                        "按月统计赢单、输单及赢单率。",
                        this::winRate),
                report(
                        "lossReasons",
                        "Why deals are lost",
                        "输单原因",
                        "The reasons written at lost deals, and to whom they went.",
                        "输单时填写的原因，以及输给了谁。",
                        this::lossReasons),
                report(
                        "leaderboard",
                        "Leaderboard",
                        "销售排行榜",
                        "What each person won, and how many of their deals.",
                        "每位销售的成交金额、数量和赢单率。",
                        this::leaderboard),
                report(
                        "managers",
                        "Teams",
                        "团队业绩",
                        "What the people of each manager won.",
                        "按主管统计成交情况。",
                        this::managers),
                report(
                        "products",
                        "Product mix",
                        "产品构成",
                        "What was won with each product.",
                        "按产品统计成交金额。",
                        this::products),
                report(
                        "channels",
                        "Channel mix",
                        "渠道构成",
                        "What was won through each channel and partner.",
                        "按渠道和合作伙伴统计成交金额。",
                        this::channels),
                report(
                        "accounts",
                        "Customers",
                        "客户贡献",
                        "What was won from each account.",
                        "按客户统计成交金额。",
                        this::accounts),
                report(
                        "newOrRepeat",
                        "New against repeat",
                        "新老客户",
                        "Deals won from new and from existing customers, by month.",
                        "按月比较新客户与老客户的成交。",
                        this::newOrRepeat),
                report(
                        "trend",
                        "Trend",
                        "成交趋势",
                        "Value won by month, beside the same month a year before.",
                        "按月成交金额及同比。",
                        this::trend),
                report(
                        "ageing",
                        "Ageing",
                        "商机停滞",
                        "How long open deals have been in their stage.",
                        "进行中商机在当前阶段的停留时间。",
                        this::ageing));
    }

    private static ReadyReport report(
            String name,
            String en,
            String zh,
            String aboutEn,
            String aboutZh,
            java.util.function.Function<ReportScope, ReportTable> make) {
        return new ReadyReport(name, new Labels(en, zh), new Labels(aboutEn, aboutZh), ALL, make);
    }

    private static Drill into(Question question, String field, @Nullable Object key) {
        var more = key == null || key.equals("")
                ? Question.condition(field, "isEmpty", null)
                : Question.condition(field, "eq", key);
        return new Drill(question.object(), question.filter(more));
    }

    /** The records of one month. */
    static Drill month(Question question, String field, LocalDate month) {
        return new Drill(
                question.object(),
                question.filter(
                        Question.condition(field, "gte", month), Question.condition(field, "lt", month.plusMonths(1))));
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
        for (var group : scope.ask(copy(started).by("furthest").count()))
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

    private static Question copy(Question question) {
        var copy = Question.about(question.object());
        return question.isOpen() ? copy : copy.where(List.of(question.filter()));
    }

    private static Map<String, Group> byStage(ReportScope scope, Question started, String status) {
        var groups = new HashMap<String, Group>();
        for (var group : scope.ask(
                copy(started).where("status", "eq", status).by("stage").count().measure("sum", "value")))
            groups.put(group.key(0), group);
        return groups;
    }

    private static Map<String, Group> lost(ReportScope scope, dev.rapport.kernel.RecordId pipeline) {
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
                .where("days", "gte", "0")
                .where(scope.people("person"))
                .during("at", scope.from(), scope.to());
        var byStage = new HashMap<String, Group>();
        for (var group : scope.ask(
                copy(facts).by("fromStage").count().measure("avg", "days").measure("median", "days")))
            byStage.put(group.key(0), group);
        for (var step : pipelines.steps(scope.actor(), pipeline)) {
            var group = byStage.get(step.id().toString());
            if (!step.isOpen() || group == null) continue;
            table.row(
                    into(facts, "fromStage", step.id()),
                    step.labels(),
                    rounded(group.number("median(days)")),
                    rounded(group.number("avg(days)")),
                    group.count("count"));
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
                .total("cycle", rounded(cycle))
                .total("medianCycle", rounded(won.number("median(cycleDays)")));
        if (average == null || cycle == null || cycle.signum() <= 0) return table;
        var rate = BigDecimal.valueOf(won.count("count"))
                .divide(BigDecimal.valueOf(won.count("count") + lost.count("count")), 6, RoundingMode.HALF_UP);
        var perDay = BigDecimal.valueOf(open.count("count"))
                .multiply(rate)
                .multiply(average)
                .divide(cycle, 2, RoundingMode.HALF_UP);
        return table.total("perDay", perDay);
    }

    static @Nullable BigDecimal rounded(@Nullable BigDecimal number) {
        return number == null ? null : number.setScale(1, RoundingMode.HALF_UP);
    }

    private ReportTable winRate(ReportScope scope) {
        var table = new ReportTable("line")
                .column("month", "Month", "月份", MONTH)
                .column("won", "Won", "赢单", COUNT)
                .column("lost", "Lost", "输单", COUNT)
                .drawn("rate", "Win rate", "赢单率", PERCENT)
                .column("value", "Value won", "成交金额", MONEY);
        var closed = scope.closed(null);
        var months = new TreeMap<LocalDate, Map<String, Group>>();
        for (var group : scope.ask(
                copy(closed).by("closeDate", "month").by("status").count().measure("sum", "value")))
            if (!group.key(0).isEmpty())
                months.computeIfAbsent(LocalDate.parse(group.key(0)), k -> new HashMap<>())
                        .put(group.key(1), group);
        months.forEach((month, byStatus) -> {
            var won = byStatus.get("won");
            long wins = count(won);
            long losses = count(byStatus.get("lost"));
            table.row(
                    month(closed, "closeDate", month),
                    month,
                    wins,
                    losses,
                    ReportTable.percent(wins, wins + losses),
                    won == null ? null : won.number(VALUE));
        });
        var all = new HashMap<String, Group>();
        for (var group : scope.ask(
                copy(closed).by("status").count().measure("sum", "value").measure("avg", "cycleDays")))
            all.put(group.key(0), group);
        var won = all.get("won");
        long wins = count(won);
        long losses = count(all.get("lost"));
        return table.total("won", wins)
                .total("lost", losses)
                .total("rate", ReportTable.percent(wins, wins + losses))
                .total("value", won == null ? null : won.number(VALUE))
                .total("cycle", won == null ? null : rounded(won.number("avg(cycleDays)")));
    }

    private static long count(@Nullable Group group) {
        return group == null ? 0 : group.count("count");
    }

    private ReportTable lossReasons(ReportScope scope) {
        var table = new ReportTable("bar")
                .column("reason", "Reason", "原因", TEXT)
                .column("competitor", "Lost to", "输给", TEXT)
                .drawn("lost", "Lost", "输单数", COUNT)
                .column("value", "Value lost", "输单金额", MONEY);
        var lost = scope.closed("lost");
        for (var group : scope.ask(copy(lost)
                .by("reason")
                .by("competitor")
                .count()
                .measure("sum", "value")
                .most("count", MOST_ROWS))) {
            var competitor = group.key(1).isEmpty()
                    ? Question.condition("competitor", "isEmpty", null)
                    : Question.condition("competitor", "eq", group.key(1));
            var reason = group.key(0).isEmpty()
                    ? Question.condition("reason", "isEmpty", null)
                    : Question.condition("reason", "eq", group.key(0));
            table.row(
                    new Drill("opportunity", lost.filter(reason, competitor)),
                    label(Opportunity.REASON, group.key(0)),
                    group.name(1),
                    group.count("count"),
                    group.number(VALUE));
        }
        return table;
    }

    /** What a choice's code is called. */
    static @Nullable Object label(dev.rapport.metadata.Field<String> field, String code) {
        if (!(field.type() instanceof dev.rapport.metadata.TextTypes.Choices choices)) return code;
        return choices.choices().stream()
                .filter(choice -> choice.code().equals(code))
                .findFirst()
                .<Object>map(dev.rapport.metadata.Choice::labels)
                .orElse(code.isEmpty() ? null : code);
    }

    private ReportTable leaderboard(ReportScope scope) {
        return performance(scope, "owner", "Person", "人员");
    }

    private ReportTable managers(ReportScope scope) {
        return performance(scope, "owner.team.manager", "Manager", "主管");
    }

    /** What was won and lost by whoever {@code path} leads to. */
    private static ReportTable performance(ReportScope scope, String path, String en, String zh) {
        var table = new ReportTable("bar")
                .column("who", en, zh, TEXT)
                .drawn("value", "Value won", "成交金额", MONEY)
                .column("won", "Deals won", "赢单数", COUNT)
                .column("lost", "Deals lost", "输单数", COUNT)
                .column("rate", "Win rate", "赢单率", PERCENT)
                .column("average", "Average deal", "平均金额", MONEY);
        var won = scope.closed("won");
        var losses = new HashMap<String, Long>();
        for (var group : scope.ask(scope.closed("lost").by(path).count()))
            losses.put(group.key(0), group.count("count"));
        for (var group : scope.ask(copy(won)
                .by(path)
                .count()
                .measure("sum", "value")
                .measure("avg", "value")
                .most(VALUE, MOST_ROWS))) {
            long wins = group.count("count");
            long lost = losses.getOrDefault(group.key(0), 0L);
            table.row(
                    into(won, path, group.key(0)),
                    group.name(0),
                    group.number(VALUE),
                    wins,
                    lost,
                    ReportTable.percent(wins, wins + lost),
                    group.number("avg(value)"));
        }
        return withSums(scope, table, won);
    }

    private static ReportTable withSums(ReportScope scope, ReportTable table, Question won) {
        var all = scope.figure(copy(won).count().measure("sum", "value"));
        return table.total("won", all.count("count")).total("value", all.number(VALUE));
    }

    private ReportTable products(ReportScope scope) {
        return shares(scope, "product", "Product", "产品", "bar");
    }

    private ReportTable accounts(ReportScope scope) {
        return shares(scope, "account", "Account", "客户", "bar");
    }

    private static ReportTable shares(ReportScope scope, String path, String en, String zh, String chart) {
        var table = new ReportTable(chart)
                .column("what", en, zh, TEXT)
                .drawn("value", "Value won", "成交金额", MONEY)
                .column("won", "Deals won", "赢单数", COUNT)
                .column("share", "Share", "占比", PERCENT);
        var won = scope.closed("won");
        var all = scope.figure(copy(won).count().measure("sum", "value"));
        var whole = all.number(VALUE);
        for (var group :
                scope.ask(copy(won).by(path).count().measure("sum", "value").most(VALUE, MOST_ROWS)))
            table.row(
                    into(won, path, group.key(0)),
                    group.name(0),
                    group.number(VALUE),
                    group.count("count"),
                    share(group.number(VALUE), whole));
        return table.total("won", all.count("count")).total("value", whole);
    }

    private static @Nullable BigDecimal share(@Nullable BigDecimal part, @Nullable BigDecimal whole) {
        if (part == null || whole == null || whole.signum() == 0) return null;
        return part.multiply(BigDecimal.valueOf(100)).divide(whole, 2, RoundingMode.HALF_UP);
    }

    private ReportTable channels(ReportScope scope) {
        var table = new ReportTable("bar")
                .column("channel", "Channel", "渠道", TEXT)
                .column("partner", "Partner", "合作伙伴", TEXT)
                .drawn("value", "Value won", "成交金额", MONEY)
                .column("won", "Deals won", "赢单数", COUNT);
        var won = scope.closed("won");
        for (var group : scope.ask(copy(won)
                .by("channel")
                .by("partner")
                .count()
                .measure("sum", "value")
                .most(VALUE, MOST_ROWS))) {
            var channel = group.key(0).isEmpty()
                    ? Question.condition("channel", "isEmpty", null)
                    : Question.condition("channel", "eq", group.key(0));
            var partner = group.key(1).isEmpty()
                    ? Question.condition("partner", "isEmpty", null)
                    : Question.condition("partner", "eq", group.key(1));
            table.row(
                    new Drill("opportunity", won.filter(channel, partner)),
                    label(Opportunity.CHANNEL, group.key(0)),
                    group.name(1),
                    group.number(VALUE),
                    group.count("count"));
        }
        return withSums(scope, table, won);
    }

    private ReportTable newOrRepeat(ReportScope scope) {
        var table = new ReportTable("bar")
                .column("month", "Month", "月份", MONTH)
                .drawn("new", "New customers", "新客户", MONEY)
                .drawn("repeat", "Existing customers", "老客户", MONEY)
                .column("newDeals", "Deals, new", "新客户成交数", COUNT)
                .column("repeatDeals", "Deals, existing", "老客户成交数", COUNT);
        var won = scope.closed("won");
        var months = new TreeMap<LocalDate, BigDecimal[]>();
        for (var group :
                scope.ask(copy(won).by("closeDate", "month").by("type").count().measure("sum", "value"))) {
            if (group.key(0).isEmpty()) continue;
            var sums = months.computeIfAbsent(LocalDate.parse(group.key(0)), k ->
                    new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO});
            int at = group.key(1).equals("new") || group.key(1).isEmpty() ? 0 : 1;
            sums[at] = sums[at].add(Optional.ofNullable(group.number(VALUE)).orElse(BigDecimal.ZERO));
            sums[at + 2] = sums[at + 2].add(BigDecimal.valueOf(group.count("count")));
        }
        months.forEach((month, sums) -> table.row(
                month(won, "closeDate", month), month, sums[0], sums[1], sums[2].longValue(), sums[3].longValue()));
        return withSums(scope, table, won);
    }

    private ReportTable trend(ReportScope scope) {
        var table = new ReportTable("line")
                .column("month", "Month", "月份", MONTH)
                .drawn("value", "Value won", "成交金额", MONEY)
                .drawn("before", "A year before", "去年同期", MONEY)
                .column("growth", "Growth", "同比", PERCENT)
                .column("won", "Deals won", "赢单数", COUNT);
        var won = scope.closed("won");
        var now = byMonth(scope, copy(won));
        var earlier = scope.from() == null
                ? now
                : byMonth(
                        scope,
                        scope.during(
                                        scope.from().minusYears(1),
                                        scope.toOr(scope.today()).minusYears(1))
                                .closed("won"));
        now.forEach((month, group) -> {
            var before = earlier.get(month.minusYears(1));
            var value = group.number(VALUE);
            var old = before == null ? null : before.number(VALUE);
            table.row(month(won, "closeDate", month), month, value, old, growth(value, old), group.count("count"));
        });
        return withSums(scope, table, won);
    }

    static @Nullable BigDecimal growth(@Nullable BigDecimal now, @Nullable BigDecimal before) {
        if (now == null || before == null || before.signum() == 0) return null;
        return now.subtract(before).multiply(BigDecimal.valueOf(100)).divide(before, 1, RoundingMode.HALF_UP);
    }

    private static Map<LocalDate, Group> byMonth(ReportScope scope, Question question) {
        var months = new TreeMap<LocalDate, Group>();
        for (var group : scope.ask(question.by("closeDate", "month").count().measure("sum", "value")))
            if (!group.key(0).isEmpty()) months.put(LocalDate.parse(group.key(0)), group);
        return months;
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
        buckets.forEach((name, days) -> {
            var question = scope.open()
                    .where("stageSince", "gte", scope.today().minusDays(days[1] - 1L))
                    .where("stageSince", "lt", scope.today().minusDays(days[0] - 1L));
            var group = scope.figure(copy(question).count().measure("sum", "value"));
            table.row(new Drill("opportunity", question.filter()), name, group.count("count"), group.number(VALUE));
        });
        return table;
    }
}
