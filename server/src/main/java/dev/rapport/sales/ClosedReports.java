package dev.rapport.sales;

import static dev.rapport.sales.ReportTable.Type.COUNT;
import static dev.rapport.sales.ReportTable.Type.MONEY;
import static dev.rapport.sales.ReportTable.Type.MONTH;
import static dev.rapport.sales.ReportTable.Type.PERCENT;
import static dev.rapport.sales.ReportTable.Type.TEXT;

import dev.rapport.record.Figures.Group;
import dev.rapport.sales.ReportTable.Drill;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Ready reports over deals that were won and lost: when, how often and why. */
@Component
@Order(2)
class ClosedReports implements ReportSource {
    private static final String VALUE = "sum(value)";
    private static final int MOST_ROWS = 200;

    @Override
    public List<ReadyReport> all() {
        return List.of(
                ReadyReport.of(
                        "winRate",
                        "Win rate",
                        "赢单率",
                        "Deals won and lost by month, and the share that was won.",
                        "按月统计赢单、输单及赢单率。",
                        this::winRate),
                ReadyReport.of(
                        "lossReasons",
                        "Why deals are lost",
                        "输单原因",
                        "The reasons written at lost deals, and to whom they went.",
                        "输单时填写的原因，以及输给了谁。",
                        this::lossReasons),
                ReadyReport.of(
                        "newOrRepeat",
                        "New against repeat",
                        "新老客户",
                        "Deals won from new and from existing customers, by month.",
                        "按月比较新客户与老客户的成交。",
                        this::newOrRepeat),
                ReadyReport.of(
                        "trend",
                        "Trend",
                        "成交趋势",
                        "Value won by month, beside the same month a year before.",
                        "按月成交金额及同比。",
                        this::trend));
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
        var groups = scope.ask(monthly(closed).by("status"));
        for (var group : groups)
            if (!group.key(0).isEmpty())
                months.computeIfAbsent(LocalDate.parse(group.key(0)), k -> new HashMap<>())
                        .put(group.key(1), group);
        months.forEach((month, byStatus) -> {
            var won = byStatus.get("won");
            long wins = count(won);
            long losses = count(byStatus.get("lost"));
            table.row(
                    Drill.month(closed, "closeDate", month),
                    month,
                    wins,
                    losses,
                    ReportTable.percent(wins, wins + losses),
                    won == null ? null : won.number(VALUE));
        });
        var won = WonSums.of(withStatus(groups, "won"));
        var lost = WonSums.of(withStatus(groups, "lost"));
        var cycle =
                scope.figure(scope.closed("won").measure("avg", "cycleDays")).number("avg(cycleDays)");
        return won.into(table)
                .total("lost", lost.deals())
                .total("rate", ReportTable.percent(won.deals(), won.deals() + lost.deals()))
                .total("cycle", ReportTable.rounded(cycle));
    }

    private static List<Group> withStatus(List<Group> groups, String status) {
        return groups.stream().filter(group -> group.key(1).equals(status)).toList();
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
        for (var group : scope.ask(lost.copy()
                .by("reason")
                .by("competitor")
                .count()
                .measure("sum", "value")
                .most("count", MOST_ROWS))) {
            table.row(
                    new Drill(
                            "opportunity",
                            lost.filter(Question.is("reason", group.key(0)), Question.is("competitor", group.key(1)))),
                    ReportTable.label(Opportunity.REASON, group.key(0)),
                    group.name(1),
                    group.count("count"),
                    group.number(VALUE));
        }
        return table;
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
        var groups = scope.ask(monthly(won).by("type"));
        for (var group : groups) {
            if (group.key(0).isEmpty()) continue;
            var sums = months.computeIfAbsent(LocalDate.parse(group.key(0)), k ->
                    new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO});
            int at = group.key(1).equals("new") || group.key(1).isEmpty() ? 0 : 1;
            sums[at] = sums[at].add(Optional.ofNullable(group.number(VALUE)).orElse(BigDecimal.ZERO));
            sums[at + 2] = sums[at + 2].add(BigDecimal.valueOf(group.count("count")));
        }
        months.forEach((month, sums) -> table.row(
                Drill.month(won, "closeDate", month),
                month,
                sums[0],
                sums[1],
                sums[2].longValue(),
                sums[3].longValue()));
        return WonSums.of(groups).into(table);
    }

    private ReportTable trend(ReportScope scope) {
        var table = new ReportTable("line")
                .column("month", "Month", "月份", MONTH)
                .drawn("value", "Value won", "成交金额", MONEY)
                .drawn("before", "A year before", "去年同期", MONEY)
                .column("growth", "Growth", "同比", PERCENT)
                .column("won", "Deals won", "赢单数", COUNT);
        var won = scope.closed("won");
        var groups = scope.ask(monthly(won));
        var now = byMonth(groups);
        var earlier = scope.from() == null
                ? now
                : byMonth(scope.ask(monthly(yearBefore(scope).closed("won"))));
        now.forEach((month, group) -> {
            var before = earlier.get(month.minusYears(1));
            var value = group.number(VALUE);
            var old = before == null ? null : before.number(VALUE);
            table.row(
                    Drill.month(won, "closeDate", month),
                    month,
                    value,
                    old,
                    ReportTable.growth(value, old),
                    group.count("count"));
        });
        return WonSums.of(groups).into(table);
    }

    private static ReportScope yearBefore(ReportScope scope) {
        var from = Objects.requireNonNull(scope.from()).minusYears(1);
        return scope.during(from, scope.toOr(scope.today()).minusYears(1));
    }

    private static Question monthly(Question deals) {
        return deals.copy().by("closeDate", "month").count().measure("sum", "value");
    }

    private static Map<LocalDate, Group> byMonth(List<Group> groups) {
        var months = new TreeMap<LocalDate, Group>();
        for (var group : groups) if (!group.key(0).isEmpty()) months.put(LocalDate.parse(group.key(0)), group);
        return months;
    }
}
