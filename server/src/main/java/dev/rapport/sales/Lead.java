package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;
import static dev.rapport.metadata.Trait.SENSITIVE;
import static dev.rapport.metadata.Trait.UNIQUE;

import dev.rapport.kernel.Address;
import dev.rapport.kernel.PersonName;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.Computation;
import dev.rapport.metadata.Computation.RollUp;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Summary;
import dev.rapport.metadata.SystemFields;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** Somebody who may become a customer, before it is known whether they will. */
@Component
public class Lead implements ObjectSource {
    public static final Field<PersonName> NAME =
            field("name", new CompoundTypes.FullName(), "Name", "姓名", SEARCHABLE, FILTERABLE);
    public static final Field<String> COMPANY =
            field("company", new TextTypes.Text(), "Company", "公司", SEARCHABLE, FILTERABLE);
    public static final Field<String> TITLE = field("title", new TextTypes.Text(), "Job title", "职务");
    public static final Field<String> EXTERNAL_ID =
            field("externalId", new TextTypes.Text(100), "External id", "外部编号", UNIQUE, SEARCHABLE);
    public static final Field<String> STATUS = field(
                    "status",
                    new TextTypes.Choices(
                            choice("new", "New", "新线索", "gray"),
                            choice("working", "Working", "跟进中", "sky"),
                            choice("nurturing", "Nurturing", "培育中", "violet"),
                            choice("qualified", "Qualified", "已确认", "amber"),
                            choice("converted", "Converted", "已转化", "green"),
                            choice("disqualified", "Disqualified", "无效", "red")),
                    "Status",
                    "状态",
                    REQUIRED,
                    FILTERABLE)
            .defaultingTo("new");
    public static final Field<String> REASON = field(
            "reason",
            new TextTypes.Choices(
                    choice("noBudget", "No budget", "无预算", "gray"),
                    choice("noNeed", "No need", "无需求", "gray"),
                    choice("unreachable", "Unreachable", "无法联系", "gray"),
                    choice("competitor", "Went to a competitor", "已选竞品", "gray"),
                    choice("wrongContact", "Wrong contact", "联系人有误", "gray"),
                    choice("duplicate", "Duplicate", "重复线索", "gray"),
                    choice("spam", "Spam", "垃圾信息", "gray")),
            "Reason",
            "无效原因");
    public static final Field<String> SOURCE = field("source", SalesChoices.source(), "Source", "来源", FILTERABLE);
    public static final Field<String> CHANNEL = field("channel", SalesChoices.channel(), "Channel", "渠道");
    public static final Field<RecordId> PARTNER = field("partner", new LinkTypes.Lookup("account"), "Partner", "合作伙伴");
    public static final Field<Long> SCORE =
            field("score", new NumberTypes.Whole(), "Score", "评分", READ_ONLY, NO_HISTORY, FILTERABLE);
    public static final Field<List<String>> SCORE_REASONS =
            field("scoreReasons", new TextTypes.Tags(), "Why this score", "评分依据", READ_ONLY, NO_HISTORY);
    public static final Field<String> EMAIL =
            field("email", new TextTypes.Email(), "Email", "邮箱", SEARCHABLE, FILTERABLE, SENSITIVE);
    public static final Field<String> PHONE =
            field("phone", new TextTypes.Phone(), "Phone", "电话", SEARCHABLE, FILTERABLE, SENSITIVE);
    public static final Field<String> WEBSITE = field("website", new TextTypes.Url(), "Website", "网站");
    public static final Field<Address> ADDRESS =
            field("address", new CompoundTypes.PostalAddress(), "Address", "地址", FILTERABLE);
    public static final Field<String> INDUSTRY = field("industry", new TextTypes.Text(100), "Industry", "行业");
    public static final Field<Long> EMPLOYEES = field("employees", new NumberTypes.Whole(), "Employees", "员工人数");
    public static final Field<String> INTEREST = field("interest", new TextTypes.LongText(), "Need", "需求描述");
    public static final Field<List<RecordId>> PRODUCTS =
            field("products", new LinkTypes.Lookups("product"), "Products of interest", "意向产品");
    public static final Field<Boolean> CONSENT =
            field("consent", new NumberTypes.Flag(), "Agreed to be contacted", "同意联系");
    /** The words that somebody agreed to, as they were then. */
    public static final Field<String> CONSENT_TEXT =
            field("consentText", new TextTypes.LongText(), "Agreed to", "同意内容", READ_ONLY);

    public static final Field<LocalDate> FIRST_CONTACT =
            field("firstContactOn", new TimeTypes.Day(), "First contact", "首次接触", FILTERABLE);
    public static final Field<Instant> LAST_TOUCH =
            field("lastTouchAt", new TimeTypes.Moment(), "Status changed", "状态更新时间", READ_ONLY, NO_HISTORY);
    public static final Field<RecordId> TERRITORY =
            field("territory", new LinkTypes.Lookup("territory"), "Territory", "销售区域", READ_ONLY, FILTERABLE);
    public static final Field<RecordId> ASSIGNED_BY =
            field("assignedBy", new LinkTypes.Lookup("assignmentRule"), "Assigned by rule", "分配规则", READ_ONLY);
    /** Asks the assignment rules to find an owner; never kept. */
    public static final Field<Boolean> ASSIGN =
            field("assign", new NumberTypes.Flag(), "Assign by the rules", "按规则分配", NO_HISTORY);

    public static final Field<Instant> CONVERTED_AT =
            field("convertedAt", new TimeTypes.Moment(), "Converted", "转化时间", READ_ONLY);
    public static final Field<RecordId> CONVERTED_ACCOUNT =
            field("convertedAccount", new LinkTypes.Lookup("account"), "Account made of it", "转化为客户", READ_ONLY);
    public static final Field<RecordId> CONVERTED_CONTACT =
            field("convertedContact", new LinkTypes.Lookup("contact"), "Contact made of it", "转化为联系人", READ_ONLY);
    public static final Field<RecordId> CONVERTED_OPPORTUNITY = field(
            "convertedOpportunity", new LinkTypes.Lookup("opportunity"), "Opportunity made of it", "转化为商机", READ_ONLY);
    public static final Field<Long> WON_DEALS = field(
                    "wonDeals", new NumberTypes.Whole(), "Deals won", "成交商机数", READ_ONLY, NO_HISTORY)
            .computedBy(new RollUp(
                    Computation.Function.COUNT,
                    "opportunity",
                    "lead",
                    null,
                    dev.rapport.http.Json.parse("{\"field\":\"status\",\"op\":\"eq\",\"value\":\"won\"}")));
    public static final Field<Long> DAYS_TO_CLOSE = field(
                    "daysToClose",
                    new NumberTypes.Whole(),
                    "Days to the first deal won",
                    "首次成交天数",
                    READ_ONLY,
                    NO_HISTORY)
            .computedBy(new RollUp(
                    Computation.Function.MIN,
                    "opportunity",
                    "lead",
                    "leadDays",
                    dev.rapport.http.Json.parse("{\"field\":\"status\",\"op\":\"eq\",\"value\":\"won\"}")));
    public static final Field<List<String>> TAGS = field("tags", new TextTypes.Tags(), "Tags", "标签", FILTERABLE);
    public static final Field<String> DESCRIPTION = field("description", new TextTypes.LongText(), "Description", "备注");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("lead", labels("Lead", "线索"), labels("Leads", "线索"))
                .icon("target")
                .group(ObjectDef.Group.SALES)
                .fields(
                        NAME,
                        COMPANY,
                        TITLE,
                        EXTERNAL_ID,
                        STATUS,
                        REASON,
                        SOURCE,
                        CHANNEL,
                        PARTNER,
                        SCORE,
                        SCORE_REASONS,
                        EMAIL,
                        PHONE,
                        WEBSITE,
                        ADDRESS,
                        INDUSTRY,
                        EMPLOYEES,
                        INTEREST,
                        PRODUCTS,
                        CONSENT,
                        CONSENT_TEXT,
                        FIRST_CONTACT,
                        LAST_TOUCH,
                        TERRITORY,
                        ASSIGNED_BY,
                        ASSIGN,
                        CONVERTED_AT,
                        CONVERTED_ACCOUNT,
                        CONVERTED_CONTACT,
                        CONVERTED_OPPORTUNITY,
                        WON_DEALS,
                        DAYS_TO_CLOSE,
                        TAGS,
                        DESCRIPTION)
                .listing(
                        "name",
                        "company",
                        "status",
                        "score",
                        "source",
                        "email",
                        "phone",
                        "address.city",
                        "owner",
                        "createdAt")
                .section("Lead", "线索", NAME, COMPANY, TITLE, STATUS, REASON, EMAIL, PHONE, WEBSITE)
                .section("Interest", "意向", SOURCE, CHANNEL, PARTNER, INTEREST, PRODUCTS, FIRST_CONTACT, CONSENT)
                .section("Address", "地址", ADDRESS)
                .section(
                        "Details",
                        "详细信息",
                        INDUSTRY,
                        EMPLOYEES,
                        SCORE,
                        SCORE_REASONS,
                        LAST_TOUCH,
                        TERRITORY,
                        ASSIGNED_BY,
                        TAGS,
                        EXTERNAL_ID,
                        SystemFields.OWNER,
                        ASSIGN,
                        DESCRIPTION)
                .section(
                        "Conversion",
                        "转化",
                        CONVERTED_AT,
                        CONVERTED_ACCOUNT,
                        CONVERTED_CONTACT,
                        CONVERTED_OPPORTUNITY,
                        WON_DEALS,
                        DAYS_TO_CLOSE)
                .related("opportunity.lead", "enrolment.lead", "task.lead", "need.lead")
                .summarized(Summary.by(SOURCE, WON_DEALS, DAYS_TO_CLOSE).byMonth(FIRST_CONTACT))
                .build();
    }
}
