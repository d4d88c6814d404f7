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
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Ready reports over leads, activities, orders and payments. */
@Component
@Order(4)
class OtherReports implements ReportSource {
    private static final int MOST_ROWS = 200;

    private static final Map<String, String> ACTIVITIES = activities();

    private static Map<String, String> activities() {
        var moments = new LinkedHashMap<String, String>();
        moments.put("call", "startedAt");
        moments.put("meeting", "startsAt");
        moments.put("visit", "plannedAt");
        moments.put("task", "completedAt");
        moments.put("note", "createdAt");
        return moments;
    }

    @Override
    public List<ReadyReport> all() {
        return List.of(
                new ReadyReport(
                        "sources",
                        new Labels("Conversion by source", "线索来源转化"),
                        new Labels(
                                "How many leads each source brought, and how many of them were won.",
                                "各来源带来的线索数，以及其中成交的数量。"),
                        Set.of("period", "people"),
                        this::sources),
                new ReadyReport(
                        "activity",
                        new Labels("Activity", "销售活动"),
                        new Labels(
                                "What each person did: calls, meetings, visits, tasks, notes.", "每位销售的电话、会议、拜访、任务和记录。"),
                        Set.of("period", "people"),
                        this::activity),
                new ReadyReport(
                        "receivables",
                        new Labels("Receipts due", "应收回款"),
                        new Labels("What customers still owe, by the month in which it is due.", "按到期月份统计客户未付的款项。"),
                        Set.of("period", "people"),
                        this::receivables),
                new ReadyReport(
                        "sales",
                        new Labels("Orders", "订单趋势"),
                        new Labels("Orders by month, beside the same month a year before.", "按月订单金额、数量、客户数及同比。"),
                        Set.of("period", "people"),
                        this::sales));
    }

    private ReportTable sources(ReportScope scope) {
        var table = new ReportTable("bar")
                .column("source", "Source", "来源", TEXT)
                .column("leads", "Leads", "线索数", COUNT)
                .column("won", "Won", "成交数", COUNT)
                .drawn("rate", "Conversion", "转化率", PERCENT)
                .column("days", "Days to close, median", "成交天数（中位数）", DAYS);
        var leads =
                Question.about("lead").where(scope.people("owner")).during("firstContactOn", scope.from(), scope.to());
        var all = counts(scope, leads, false);
        var won = counts(scope, leads, true);
        var days = new HashMap<String, Group>();
        for (var group : scope.ask(leads.copy().by("source").measure("median", "daysToClose")))
            days.put(group.key(0), group);
        all.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> {
                    var code = entry.getKey();
                    long wins = won.getOrDefault(code, 0L);
                    var median = days.get(code);
                    table.row(
                            Drill.into(leads, "source", code),
                            ReportTable.label(Lead.SOURCE, code),
                            entry.getValue(),
                            wins,
                            ReportTable.percent(wins, entry.getValue()),
                            median == null ? null : ReportTable.rounded(median.number("median(daysToClose)")));
                });
        long leadCount = all.values().stream().mapToLong(Long::longValue).sum();
        long wonCount = won.values().stream().mapToLong(Long::longValue).sum();
        var overall = scope.figure(leads.copy().measure("median", "daysToClose"));
        return table.total("leads", leadCount)
                .total("won", wonCount)
                .total("rate", ReportTable.percent(wonCount, leadCount))
                .total("days", ReportTable.rounded(overall.number("median(daysToClose)")));
    }

    private static Map<String, Long> counts(ReportScope scope, Question leads, boolean won) {
        var question = leads.copy();
        if (won) question.where("wonDeals", "gt", 0);
        var counts = new HashMap<String, Long>();
        for (var group : scope.ask(question.by("source").count())) counts.put(group.key(0), group.count("count"));
        return counts;
    }

    private ReportTable activity(ReportScope scope) {
        var table = new ReportTable("bar").column("who", "Person", "人员", TEXT);
        table.drawn("call", "Calls", "电话", COUNT)
                .drawn("meeting", "Meetings", "会议", COUNT)
                .drawn("visit", "Visits", "拜访", COUNT)
                .drawn("task", "Tasks done", "完成任务", COUNT)
                .drawn("note", "Notes", "记录", COUNT);
        var names = new LinkedHashMap<String, String>();
        var counts = new HashMap<String, Map<String, Long>>();
        ACTIVITIES.forEach((object, at) -> {
            var question = scope.records(object, at);
            if (object.equals("task")) question.where("status", "eq", "done");
            if (object.equals("visit")) question.where("status", "eq", "done");
            for (var group : scope.ask(question.by("owner").count().most("count", MOST_ROWS))) {
                names.put(group.key(0), group.name(0) == null ? "—" : String.valueOf(group.name(0)));
                counts.computeIfAbsent(group.key(0), k -> new HashMap<>()).put(object, group.count("count"));
            }
        });
        names.entrySet().stream()
                .sorted((one, other) -> Long.compare(sum(counts, other.getKey()), sum(counts, one.getKey())))
                .forEach(entry -> {
                    var own = counts.getOrDefault(entry.getKey(), Map.of());
                    var calls = scope.records("call", "startedAt");
                    table.row(
                            new Drill("call", calls.filter(Question.condition("owner", "eq", entry.getKey()))),
                            entry.getValue(),
                            own.getOrDefault("call", 0L),
                            own.getOrDefault("meeting", 0L),
                            own.getOrDefault("visit", 0L),
                            own.getOrDefault("task", 0L),
                            own.getOrDefault("note", 0L));
                });
        return table;
    }

    private static long sum(Map<String, Map<String, Long>> counts, String person) {
        return counts.getOrDefault(person, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private ReportTable receivables(ReportScope scope) {
        var table = new ReportTable("bar")
                .column("month", "Due in", "到期月份", MONTH)
                .column("currency", "Currency", "币种", TEXT)
                .drawn("outstanding", "Outstanding", "未回款", MONEY)
                .column("received", "Received", "已回款", MONEY)
                .column("count", "Instalments", "期数", COUNT)
                .column("overdue", "Overdue", "已逾期", COUNT);
        var owed = Question.about("instalment")
                .where("outstanding.amount", "gt", "0")
                .where(scope.people("owner"))
                .during("dueOn", scope.from(), scope.to());
        var late = new HashMap<String, Long>();
        for (var group : scope.ask(Question.about("instalment")
                .where(List.of(owed.filter(Question.condition("dueOn", "lt", scope.today()))))
                .by("dueOn", "month")
                .by("amount.currency")
                .count())) late.put(group.key(0) + group.key(1), group.count("count"));
        long overdue = 0;
        for (var group : scope.ask(Question.about("instalment")
                .where(List.of(owed.filter()))
                .by("dueOn", "month")
                .by("amount.currency")
                .count()
                .measure("sum", "outstanding")
                .measure("sum", "received"))) {
            var month = LocalDate.parse(group.key(0));
            long lateHere = late.getOrDefault(group.key(0) + group.key(1), 0L);
            overdue += lateHere;
            table.row(
                    Drill.month(owed, "dueOn", month),
                    month,
                    group.key(1),
                    group.number("sum(outstanding)"),
                    group.number("sum(received)"),
                    group.count("count"),
                    lateHere);
        }
        return table.total("overdue", overdue);
    }

    private ReportTable sales(ReportScope scope) {
        var table = new ReportTable("line")
                .column("month", "Month", "月份", MONTH)
                .drawn("total", "Ordered", "订单金额", MONEY)
                .drawn("before", "A year before", "去年同期", MONEY)
                .column("growth", "Growth", "同比", PERCENT)
                .column("orders", "Orders", "订单数", COUNT)
                .column("customers", "Accounts", "客户数", COUNT);
        var orders = orders(scope);
        var now = byMonth(scope, orders(scope));
        var earlier = scope.from() == null
                ? now
                : byMonth(
                        scope,
                        orders(scope.during(
                                scope.from().minusYears(1),
                                scope.toOr(scope.today()).minusYears(1))));
        now.forEach((month, group) -> {
            var before = earlier.get(month.minusYears(1));
            var total = group.number("sum(total)");
            var old = before == null ? null : before.number("sum(total)");
            table.row(
                    Drill.month(orders, "orderedAt", month),
                    month,
                    total,
                    old,
                    ReportTable.growth(total, old),
                    group.count("count"),
                    group.count("countDistinct(account)"));
        });
        var all = scope.figure(orders(scope)
                .count()
                .measure("countDistinct", "account")
                .measure("countDistinct", "contact")
                .measure("sum", "total"));
        return table.total("orders", all.count("count"))
                .total("customers", all.count("countDistinct(account)"))
                .total("contacts", all.count("countDistinct(contact)"))
                .total("total", all.number("sum(total)"));
    }

    private static Question orders(ReportScope scope) {
        return scope.records("order", "orderedAt").where("status", "notIn", List.of("canceled", "unavailable"));
    }

    private static Map<LocalDate, Group> byMonth(ReportScope scope, Question question) {
        var months = new TreeMap<LocalDate, Group>();
        for (var group : scope.ask(question.by("orderedAt", "month")
                .count()
                .measure("countDistinct", "account")
                .measure("sum", "total")))
            if (!group.key(0).isEmpty()) months.put(LocalDate.parse(group.key(0)), group);
        return months;
    }
}
