package dev.rapport.sales;

import static dev.rapport.sales.ReportTable.Type.COUNT;
import static dev.rapport.sales.ReportTable.Type.MONEY;
import static dev.rapport.sales.ReportTable.Type.PERCENT;
import static dev.rapport.sales.ReportTable.Type.TEXT;

import dev.rapport.sales.ReportTable.Drill;
import java.util.HashMap;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Ready reports over what was won: by whom, with what, through whom and from whom. */
@Component
@Order(3)
class ShareReports implements ReportSource {
    private static final String VALUE = "sum(value)";
    private static final int MOST_ROWS = 200;

    @Override
    public List<ReadyReport> all() {
        return List.of(
                ReadyReport.of(
                        "leaderboard",
                        "Leaderboard",
                        "销售排行榜",
                        "What each person won, and how many of their deals.",
                        "每位销售的成交金额、数量和赢单率。",
                        this::leaderboard),
                ReadyReport.of(
                        "managers",
                        "Teams",
                        "团队业绩",
                        "What the people of each manager won.",
                        "按主管统计成交情况。",
                        this::managers),
                ReadyReport.of(
                        "products",
                        "Product mix",
                        "产品构成",
                        "What was won with each product.",
                        "按产品统计成交金额。",
                        this::products),
                ReadyReport.of(
                        "channels",
                        "Channel mix",
                        "渠道构成",
                        "What was won through each channel and partner.",
                        "按渠道和合作伙伴统计成交金额。",
                        this::channels),
                ReadyReport.of(
                        "accounts",
                        "Customers",
                        "客户贡献",
                        "What was won from each account.",
                        "按客户统计成交金额。",
                        this::accounts));
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
        var groups = WonSums.greatest(scope, won.copy().by(path).measure("avg", "value"));
        for (var group : groups.subList(0, Math.min(MOST_ROWS, groups.size()))) {
            long wins = group.count("count");
            long lost = losses.getOrDefault(group.key(0), 0L);
            table.row(
                    Drill.into(won, path, group.key(0)),
                    group.name(0),
                    group.number(VALUE),
                    wins,
                    lost,
                    ReportTable.percent(wins, wins + lost),
                    group.number("avg(value)"));
        }
        return WonSums.of(scope, won, groups).into(table);
    }

    private ReportTable products(ReportScope scope) {
        return shares(scope, "product", "Product", "产品");
    }

    private ReportTable accounts(ReportScope scope) {
        return shares(scope, "account", "Account", "客户");
    }

    private static ReportTable shares(ReportScope scope, String path, String en, String zh) {
        var table = new ReportTable("bar")
                .column("what", en, zh, TEXT)
                .drawn("value", "Value won", "成交金额", MONEY)
                .column("won", "Deals won", "赢单数", COUNT)
                .column("share", "Share", "占比", PERCENT);
        var won = scope.closed("won");
        var groups = WonSums.greatest(scope, won.copy().by(path));
        var all = WonSums.of(scope, won, groups);
        for (var group : groups.subList(0, Math.min(MOST_ROWS, groups.size())))
            table.row(
                    Drill.into(won, path, group.key(0)),
                    group.name(0),
                    group.number(VALUE),
                    group.count("count"),
                    ReportTable.share(group.number(VALUE), all.value()));
        return all.into(table);
    }

    private ReportTable channels(ReportScope scope) {
        var table = new ReportTable("bar")
                .column("channel", "Channel", "渠道", TEXT)
                .column("partner", "Partner", "合作伙伴", TEXT)
                .drawn("value", "Value won", "成交金额", MONEY)
                .column("won", "Deals won", "赢单数", COUNT);
        var won = scope.closed("won");
        var groups = WonSums.greatest(scope, won.copy().by("channel").by("partner"));
        for (var group : groups.subList(0, Math.min(MOST_ROWS, groups.size())))
            table.row(
                    new Drill(
                            "opportunity",
                            won.filter(Question.is("channel", group.key(0)), Question.is("partner", group.key(1)))),
                    ReportTable.label(Opportunity.CHANNEL, group.key(0)),
                    group.name(1),
                    group.number(VALUE),
                    group.count("count"));
        return WonSums.of(scope, won, groups).into(table);
    }
}
