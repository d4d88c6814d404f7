package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.SystemFields;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a customer needs: heard at some touch point, followed up, met or lost. */
@Component
public class Need implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(), "Need", "需求", REQUIRED, SEARCHABLE, FILTERABLE);
    public static final Field<String> STATUS = field(
                    "status",
                    new TextTypes.Choices(
                            choice("new", "New", "新需求", "gray"),
                            choice("exploring", "Being explored", "了解中", "sky"),
                            choice("proposed", "Solution proposed", "已提方案", "violet"),
                            choice("met", "Met", "已满足", "green"),
                            choice("lost", "Lost", "已流失", "red")),
                    "Status",
                    "状态",
                    REQUIRED,
                    FILTERABLE)
            .defaultingTo("new");
    public static final Field<String> TOUCH_POINT = field(
            "touchPoint",
            new TextTypes.Choices(
                    choice("visit", "Visit", "拜访", "teal"),
                    choice("call", "Call", "电话", "sky"),
                    choice("meeting", "Meeting", "会议", "violet"),
                    choice("email", "Email", "邮件", "indigo"),
                    choice("webForm", "Web form", "网站表单", "amber"),
                    choice("survey", "Survey", "问卷", "pink"),
                    choice("ticket", "Service ticket", "服务工单", "red"),
                    choice("event", "Event", "活动", "green"),
                    choice("other", "Other", "其他", "gray")),
            "Heard through",
            "收集渠道",
            FILTERABLE);
    public static final Field<String> CATEGORY =
            field("category", new TextTypes.Text(100), "Category", "需求类别", FILTERABLE);
    public static final Field<String> PRIORITY = field(
                    "priority",
                    new TextTypes.Choices(
                            choice("low", "Low", "低", "gray"),
                            choice("normal", "Normal", "普通", "sky"),
                            choice("high", "High", "高", "red")),
                    "Priority",
                    "优先级")
            .defaultingTo("normal");
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", FILTERABLE);
    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", FILTERABLE);
    public static final Field<RecordId> LEAD = field("lead", new LinkTypes.Lookup("lead"), "Lead", "线索", FILTERABLE);
    public static final Field<List<RecordId>> PRODUCTS =
            field("products", new LinkTypes.Lookups("product"), "Products", "相关产品");
    public static final Field<BigDecimal> QUANTITY = field("quantity", new NumberTypes.Decimal(), "Quantity", "数量");
    public static final Field<Money> BUDGET = field("budget", new NumberTypes.MoneyAmount(), "Budget", "预算");
    public static final Field<LocalDate> NEEDED_BY =
            field("neededBy", new TimeTypes.Day(), "Needed by", "期望日期", FILTERABLE);
    public static final Field<LocalDate> FOLLOW_UP_ON =
            field("followUpOn", new TimeTypes.Day(), "Follow up on", "跟进日期", FILTERABLE);
    public static final Field<String> LOST_REASON = field("lostReason", new TextTypes.Text(), "Why lost", "流失原因");
    public static final Field<String> DESCRIPTION = field("description", new TextTypes.LongText(), "Description", "描述");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("need", labels("Need", "客户需求"), labels("Needs", "客户需求"))
                .icon("lightbulb")
                .group(ObjectDef.Group.SALES)
                .fields(
                        NAME,
                        STATUS,
                        TOUCH_POINT,
                        CATEGORY,
                        PRIORITY,
                        ACCOUNT,
                        CONTACT,
                        LEAD,
                        PRODUCTS,
                        QUANTITY,
                        BUDGET,
                        NEEDED_BY,
                        FOLLOW_UP_ON,
                        LOST_REASON,
                        DESCRIPTION)
                .sharing(Sharing.owned(ACCOUNT, CONTACT, LEAD))
                .listing(
                        "name",
                        "status",
                        "priority",
                        "account",
                        "products",
                        "budget",
                        "neededBy",
                        "followUpOn",
                        "owner")
                .section("Need", "需求", NAME, STATUS, PRIORITY, CATEGORY, TOUCH_POINT, ACCOUNT, CONTACT, LEAD)
                .section("What is wanted", "需求内容", PRODUCTS, QUANTITY, BUDGET, NEEDED_BY, FOLLOW_UP_ON)
                .section("Details", "详细信息", LOST_REASON, SystemFields.OWNER, DESCRIPTION)
                .inTimeline(SystemFields.CREATED_AT, NAME, DESCRIPTION)
                .build();
    }
}
