package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;
import static dev.rapport.metadata.Trait.UNIQUE;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Computation;
import dev.rapport.metadata.Computation.RollUp;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.Summary;
import dev.rapport.metadata.SystemFields;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A deal on its way to being won or lost. */
@Component
public class Opportunity implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(), "Name", "商机名称", REQUIRED, SEARCHABLE, FILTERABLE);
    public static final Field<String> EXTERNAL_ID =
            field("externalId", new TextTypes.Text(100), "External id", "外部编号", UNIQUE, SEARCHABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", FILTERABLE);
    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", FILTERABLE);
    public static final Field<RecordId> PIPELINE =
            field("pipeline", new LinkTypes.Lookup("pipeline"), "Pipeline", "销售管道", REQUIRED, FILTERABLE);
    public static final Field<RecordId> STAGE =
            field("stage", new LinkTypes.Lookup("stage", "pipeline"), "Stage", "阶段", REQUIRED, FILTERABLE);
    public static final Field<String> STATUS =
            field("status", SalesChoices.outcome(), "Status", "状态", READ_ONLY, FILTERABLE);
    public static final Field<Money> AMOUNT = field("amount", new NumberTypes.MoneyAmount(), "Amount", "金额");
    public static final Field<Money> VALUE =
            field("value", new NumberTypes.MoneyAmount(), "Value", "本位币金额", READ_ONLY, NO_HISTORY, FILTERABLE);
    public static final Field<BigDecimal> PROBABILITY =
            field("probability", new NumberTypes.Percent(), "Probability %", "赢率 %");
    public static final Field<Money> WEIGHTED =
            field("weighted", new NumberTypes.MoneyAmount(), "Weighted value", "加权金额", READ_ONLY, NO_HISTORY);
    public static final Field<String> FORECAST = field("forecast", SalesChoices.forecast(), "Forecast", "预测类别");
    public static final Field<LocalDate> STARTED_ON = field("startedOn", new TimeTypes.Day(), "Started", "开始日期");
    public static final Field<LocalDate> CLOSE_DATE =
            field("closeDate", new TimeTypes.Day(), "Close date", "成交日期", FILTERABLE);
    public static final Field<Instant> STAGE_SINCE =
            field("stageSince", new TimeTypes.Moment(), "In stage since", "进入阶段时间", READ_ONLY, NO_HISTORY);
    public static final Field<Long> FURTHEST =
            field("furthest", new NumberTypes.Whole(), "Furthest stage", "最远阶段", READ_ONLY, NO_HISTORY);
    public static final Field<Long> CYCLE_DAYS =
            field("cycleDays", new NumberTypes.Whole(), "Sales cycle, days", "销售周期（天）", READ_ONLY, NO_HISTORY);
    public static final Field<RecordId> LEAD = field("lead", new LinkTypes.Lookup("lead"), "Lead", "来源线索", FILTERABLE);
    public static final Field<Long> LEAD_DAYS =
            field("leadDays", new NumberTypes.Whole(), "Days from first contact", "自首次接触天数", READ_ONLY, NO_HISTORY);
    public static final Field<String> KIND = field(
                    "type",
                    new TextTypes.Choices(
                            choice("new", "New customer", "新客户", "green"),
                            choice("existing", "Existing customer", "老客户", "sky"),
                            choice("renewal", "Renewal", "续约", "violet")),
                    "Type",
                    "类型")
            .defaultingTo("new");
    public static final Field<String> SOURCE = field("source", SalesChoices.source(), "Source", "来源");
    public static final Field<String> CHANNEL = field("channel", SalesChoices.channel(), "Channel", "渠道");
    public static final Field<RecordId> PARTNER = field("partner", new LinkTypes.Lookup("account"), "Partner", "合作伙伴");
    public static final Field<RecordId> PRODUCT =
            field("product", new LinkTypes.Lookup("product"), "Main product", "主要产品", FILTERABLE);
    public static final Field<Money> LINES_TOTAL = field(
                    "linesTotal", new NumberTypes.MoneyAmount(), "Total of products", "产品合计", READ_ONLY, NO_HISTORY)
            .computedBy(new RollUp(Computation.Function.SUM, "opportunityLine", "opportunity", "total", null));
    public static final Field<Money> LINES_COST = field(
                    "linesCost", new NumberTypes.MoneyAmount(), "Cost of products", "产品成本", READ_ONLY, NO_HISTORY)
            .computedBy(new RollUp(Computation.Function.SUM, "opportunityLine", "opportunity", "cost", null));
    public static final Field<Money> MARGIN = field(
                    "margin", new NumberTypes.MoneyAmount(), "Margin", "毛利", READ_ONLY, NO_HISTORY)
            .computedBy(new Computation.Formula("linesTotal - linesCost", Set.of("linesTotal", "linesCost")));
    public static final Field<String> NEXT_STEP = field("nextStep", new TextTypes.Text(), "Next step", "下一步");
    public static final Field<LocalDate> NEXT_STEP_ON =
            field("nextStepOn", new TimeTypes.Day(), "Next step due", "下一步日期", FILTERABLE);
    public static final Field<String> REASON = field(
            "reason",
            new TextTypes.Choices(
                    choice("price", "Price", "价格", "amber"),
                    choice("product", "Product fit", "产品匹配", "sky"),
                    choice("service", "Service", "服务", "teal"),
                    choice("relationship", "Relationship", "客户关系", "pink"),
                    choice("timing", "Timing", "时机", "violet"),
                    choice("budget", "Budget", "预算", "gray"),
                    choice("competitor", "Competitor", "竞争对手", "red"),
                    choice("noDecision", "No decision", "未作决定", "gray"),
                    choice("other", "Other", "其他", "gray")),
            "Why won or lost",
            "输赢原因");
    public static final Field<String> REASON_NOTE =
            field("reasonNote", new TextTypes.LongText(), "What happened", "输赢说明");
    public static final Field<RecordId> COMPETITOR =
            field("competitor", new LinkTypes.Lookup("account"), "Lost to", "输给");
    public static final Field<List<RecordId>> NEEDS = field("needs", new LinkTypes.Lookups("need"), "Needs", "客户需求");
    public static final Field<RecordId> TERRITORY =
            field("territory", new LinkTypes.Lookup("territory"), "Territory", "销售区域", READ_ONLY, FILTERABLE);
    public static final Field<List<String>> TAGS = field("tags", new TextTypes.Tags(), "Tags", "标签");
    public static final Field<String> DESCRIPTION = field("description", new TextTypes.LongText(), "Description", "备注");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("opportunity", labels("Opportunity", "商机"), labels("Opportunities", "商机"))
                .icon("circle-dollar-sign")
                .group(ObjectDef.Group.SALES)
                .fields(
                        NAME,
                        EXTERNAL_ID,
                        ACCOUNT,
                        CONTACT,
                        PIPELINE,
                        STAGE,
                        STATUS,
                        AMOUNT,
                        VALUE,
                        PROBABILITY,
                        WEIGHTED,
                        FORECAST,
                        STARTED_ON,
                        CLOSE_DATE,
                        STAGE_SINCE,
                        FURTHEST,
                        CYCLE_DAYS,
                        LEAD,
                        LEAD_DAYS,
                        KIND,
                        SOURCE,
                        CHANNEL,
                        PARTNER,
                        PRODUCT,
                        LINES_TOTAL,
                        LINES_COST,
                        MARGIN,
                        NEXT_STEP,
                        NEXT_STEP_ON,
                        REASON,
                        REASON_NOTE,
                        COMPETITOR,
                        NEEDS,
                        TERRITORY,
                        TAGS,
                        DESCRIPTION)
                .sharing(Sharing.owned(ACCOUNT))
                .listing(
                        "name",
                        "account",
                        "stage",
                        "amount",
                        "closeDate",
                        "probability",
                        "weighted",
                        "status",
                        "owner",
                        "nextStep")
                .section("Opportunity", "商机", NAME, ACCOUNT, CONTACT, PIPELINE, STAGE, AMOUNT, CLOSE_DATE, PRODUCT)
                .section("Next step", "下一步", NEXT_STEP, NEXT_STEP_ON)
                .section("Forecast", "预测", PROBABILITY, FORECAST, VALUE, WEIGHTED, LINES_TOTAL, MARGIN)
                .section("Where it comes from", "来源", SOURCE, LEAD, CHANNEL, PARTNER, KIND, STARTED_ON)
                .section("Outcome", "结果", REASON, REASON_NOTE, COMPETITOR, CYCLE_DAYS)
                .section("Details", "详细信息", NEEDS, TERRITORY, TAGS, EXTERNAL_ID, SystemFields.OWNER, DESCRIPTION)
                .related(
                        "opportunityLine.opportunity",
                        "quote.opportunity",
                        "opportunityRole.opportunity",
                        "opportunityCompetitor.opportunity",
                        "order.opportunity",
                        "enrolment.opportunity",
                        "task.opportunity",
                        "visit.opportunity",
                        "stageChange.opportunity")
                .covered(ObjectDef.Covering.by(STATUS, CLOSE_DATE, ACCOUNT, VALUE))
                .summarized(
                        Summary.by(STATUS, PIPELINE, STAGE).of(VALUE, WEIGHTED),
                        Summary.by(STATUS, PIPELINE, STAGE, SystemFields.OWNER, FORECAST, KIND)
                                .byMonth(CLOSE_DATE)
                                .of(VALUE, WEIGHTED, CYCLE_DAYS),
                        Summary.by(STATUS, PIPELINE, CYCLE_DAYS)
                                .byMonth(CLOSE_DATE)
                                .of(VALUE, CYCLE_DAYS),
                        Summary.by(STATUS, REASON, COMPETITOR)
                                .byMonth(CLOSE_DATE)
                                .of(VALUE),
                        Summary.by(STATUS, CHANNEL, PARTNER).byMonth(CLOSE_DATE).of(VALUE),
                        Summary.by(STATUS, PRODUCT).byMonth(CLOSE_DATE).of(VALUE),
                        Summary.by(PIPELINE, STATUS, STAGE, FURTHEST)
                                .byMonth(SystemFields.CREATED_AT)
                                .of(VALUE))
                .build();
    }
}
