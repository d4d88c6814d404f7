package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.SystemFields;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** A ready report that is made again and again for its owner, with the owner's rights. */
@Component
public class ReportSchedule implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Name", "名称", REQUIRED, SEARCHABLE);
    public static final Field<String> REPORT = field(
            "report",
            new TextTypes.Choices(
                    choice("funnel", "Funnel", "销售漏斗", "gray"),
                    choice("velocity", "Velocity", "销售速度", "gray"),
                    choice("ageing", "Ageing", "商机停滞", "gray"),
                    choice("winRate", "Win rate", "赢单率", "gray"),
                    choice("lossReasons", "Why deals are lost", "输单原因", "gray"),
                    choice("newOrRepeat", "New against repeat", "新老客户", "gray"),
                    choice("trend", "Trend", "成交趋势", "gray"),
                    choice("leaderboard", "Leaderboard", "销售排行榜", "gray"),
                    choice("managers", "Teams", "团队业绩", "gray"),
                    choice("products", "Product mix", "产品构成", "gray"),
                    choice("channels", "Channel mix", "渠道构成", "gray"),
                    choice("accounts", "Customers", "客户贡献", "gray"),
                    choice("sources", "Conversion by source", "线索来源转化", "gray"),
                    choice("activity", "Activity", "销售活动", "gray"),
                    choice("receivables", "Receipts due", "应收回款", "gray"),
                    choice("sales", "Orders", "订单趋势", "gray")),
            "Report",
            "报表",
            REQUIRED);
    public static final Field<String> PERIOD = field(
                    "period",
                    new TextTypes.Choices(
                            choice("lastWeek", "Last week", "上周", "gray"),
                            choice("lastMonth", "Last month", "上月", "gray"),
                            choice("lastQuarter", "Last quarter", "上季度", "gray"),
                            choice("thisMonth", "This month", "本月", "gray"),
                            choice("thisQuarter", "This quarter", "本季度", "gray"),
                            choice("thisYear", "This year", "今年", "gray")),
                    "Period",
                    "统计期间",
                    REQUIRED)
            .defaultingTo("lastMonth");
    public static final Field<String> EVERY = field(
                    "every",
                    new TextTypes.Choices(
                            choice("day", "Every day", "每天", "sky"),
                            choice("week", "Every Monday", "每周一", "teal"),
                            choice("month", "On the first of the month", "每月1日", "violet")),
                    "How often",
                    "频率",
                    REQUIRED)
            .defaultingTo("week");
    public static final Field<Long> HOUR = field("hour", new NumberTypes.Whole(), "Hour of the day", "几点（时）", REQUIRED)
            .defaultingTo("8");
    public static final Field<String> FORMAT = field(
                    "format",
                    new TextTypes.Choices(
                            choice("xlsx", "Excel", "Excel", "green"), choice("csv", "CSV", "CSV", "gray")),
                    "File",
                    "文件格式",
                    REQUIRED)
            .defaultingTo("xlsx");
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用", FILTERABLE).defaultingTo("true");
    public static final Field<Instant> NEXT_AT =
            field("nextAt", new TimeTypes.Moment(), "Next time", "下次时间", READ_ONLY, NO_HISTORY, FILTERABLE);
    public static final Field<Instant> LAST_AT =
            field("lastAt", new TimeTypes.Moment(), "Last made", "上次生成", READ_ONLY, NO_HISTORY);
    public static final Field<String> FAILURE =
            field("failure", new TextTypes.Text(), "Why not", "失败原因", READ_ONLY, NO_HISTORY);

    @Override
    public ObjectDef define() {
        return ObjectDef.object(
                        "reportSchedule", labels("Scheduled report", "定期报表"), labels("Scheduled reports", "定期报表"))
                .icon("calendar-clock")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, REPORT, PERIOD, EVERY, HOUR, FORMAT, ACTIVE, NEXT_AT, LAST_AT, FAILURE)
                .sharing(Sharing.PERSONAL)
                .listing("name", "report", "period", "every", "nextAt", "lastAt", "failure", "active", "owner")
                .section(
                        "Scheduled report",
                        "定期报表",
                        NAME,
                        REPORT,
                        PERIOD,
                        EVERY,
                        HOUR,
                        FORMAT,
                        ACTIVE,
                        SystemFields.OWNER)
                .section("So far", "执行情况", NEXT_AT, LAST_AT, FAILURE)
                .build();
    }
}
