package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Computation;
import dev.rapport.metadata.Computation.RollUp;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** What is to be reached in a period, by whom. Targets may be split from the top down. */
@Component
public class Target implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(), "Name", "名称", REQUIRED, SEARCHABLE, FILTERABLE);
    public static final Field<String> MEASURE = field(
                    "measure",
                    new TextTypes.Choices(
                            choice("revenue", "Revenue won", "成交金额", "green"),
                            choice("margin", "Margin", "毛利", "teal"),
                            choice("receipts", "Receipts", "回款", "sky"),
                            choice("customers", "New customers", "新增客户数", "violet"),
                            choice("deals", "Deals won", "成交商机数", "indigo"),
                            choice("share", "Market share, %", "市场份额 %", "amber")),
                    "Measure",
                    "指标",
                    REQUIRED,
                    FILTERABLE)
            .defaultingTo("revenue");
    public static final Field<LocalDate> STARTS_ON =
            field("startsOn", new TimeTypes.Day(), "From", "开始日期", REQUIRED, FILTERABLE);
    public static final Field<LocalDate> ENDS_ON =
            field("endsOn", new TimeTypes.Day(), "Until", "结束日期", REQUIRED, FILTERABLE);
    public static final Field<RecordId> PERSON =
            field("person", new LinkTypes.Lookup("user"), "Person", "人员", FILTERABLE);
    public static final Field<RecordId> TEAM = field("team", new LinkTypes.Lookup("team"), "Team", "团队", FILTERABLE);
    public static final Field<String> REGION = field("region", new TextTypes.Text(100), "Region", "区域");
    public static final Field<RecordId> PRODUCT = field("product", new LinkTypes.Lookup("product"), "Product", "产品");
    public static final Field<Money> AMOUNT = field("amount", new NumberTypes.MoneyAmount(), "Amount to reach", "目标金额");
    public static final Field<BigDecimal> NUMBER =
            field("number", new NumberTypes.Decimal(), "Number to reach", "目标数量");
    public static final Field<Money> MARKET =
            field("market", new NumberTypes.MoneyAmount(), "Size of the market", "市场规模");
    public static final Field<RecordId> PARENT =
            field("parent", new LinkTypes.Lookup("target"), "Part of", "上级目标", FILTERABLE);
    public static final Field<Money> SPLIT = field(
                    "split", new NumberTypes.MoneyAmount(), "Split to", "已分解金额", READ_ONLY, NO_HISTORY)
            .computedBy(new RollUp(Computation.Function.SUM, "target", "parent", "amount", null));
    public static final Field<BigDecimal> SPLIT_NUMBER = field(
                    "splitNumber", new NumberTypes.Decimal(), "Split to, number", "已分解数量", READ_ONLY, NO_HISTORY)
            .computedBy(new RollUp(Computation.Function.SUM, "target", "parent", "number", null));

    @Override
    public ObjectDef define() {
        return ObjectDef.object("target", labels("Target", "销售目标"), labels("Targets", "销售目标"))
                .icon("goal")
                .group(ObjectDef.Group.HIDDEN)
                .fields(
                        NAME,
                        MEASURE,
                        STARTS_ON,
                        ENDS_ON,
                        PERSON,
                        TEAM,
                        REGION,
                        PRODUCT,
                        AMOUNT,
                        NUMBER,
                        MARKET,
                        PARENT,
                        SPLIT,
                        SPLIT_NUMBER)
                .listing(
                        "name",
                        "measure",
                        "startsOn",
                        "endsOn",
                        "person",
                        "team",
                        "amount",
                        "number",
                        "split",
                        "parent")
                .sortedBy("-startsOn")
                .section("Target", "目标", NAME, MEASURE, STARTS_ON, ENDS_ON, AMOUNT, NUMBER)
                .section("For", "范围", PERSON, TEAM, REGION, PRODUCT, PARENT, MARKET)
                .related("target.parent")
                .build();
    }
}
