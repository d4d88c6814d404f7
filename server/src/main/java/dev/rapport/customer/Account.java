package dev.rapport.customer;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;
import static dev.rapport.metadata.Trait.UNIQUE;

import dev.rapport.kernel.Address;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.SystemFields;
import dev.rapport.metadata.TextTypes;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** A company or other organisation we do business with. */
@Component
public class Account implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(), "Name", "客户名称", REQUIRED, SEARCHABLE, FILTERABLE);
    public static final Field<String> EXTERNAL_ID =
            field("externalId", new TextTypes.Text(100), "External id", "外部编号", UNIQUE);
    public static final Field<String> KIND = field(
            "type",
            new TextTypes.Choices(
                    choice("prospect", "Prospect", "潜在客户", "sky"),
                    choice("customer", "Customer", "成交客户", "green"),
                    choice("partner", "Partner", "合作伙伴", "violet"),
                    choice("competitor", "Competitor", "竞争对手", "red"),
                    choice("other", "Other", "其他", "gray")),
            "Type",
            "客户类型",
            FILTERABLE);
    public static final Field<String> INDUSTRY =
            field("industry", new TextTypes.Text(100), "Industry", "行业", FILTERABLE);
    public static final Field<String> PHONE =
            field("phone", new TextTypes.Phone(), "Phone", "电话", SEARCHABLE, FILTERABLE);
    public static final Field<String> EMAIL =
            field("email", new TextTypes.Email(), "Email", "邮箱", SEARCHABLE, FILTERABLE);
    public static final Field<String> WEBSITE = field("website", new TextTypes.Url(), "Website", "网站");
    public static final Field<Address> ADDRESS =
            field("address", new CompoundTypes.PostalAddress(), "Address", "地址", FILTERABLE);
    public static final Field<Long> EMPLOYEES = field("employees", new NumberTypes.Whole(), "Employees", "员工人数");
    public static final Field<Money> REVENUE =
            field("annualRevenue", new NumberTypes.MoneyAmount(), "Annual revenue", "年营业额");
    public static final Field<Long> FOUNDED = field("foundedYear", new NumberTypes.Whole(), "Founded", "成立年份");
    public static final Field<RecordId> PARENT =
            field("parent", new LinkTypes.Lookup("account"), "Parent account", "上级客户", FILTERABLE);
    public static final Field<List<String>> TAGS = field("tags", new TextTypes.Tags(), "Tags", "标签", FILTERABLE);
    public static final Field<String> DESCRIPTION = field("description", new TextTypes.LongText(), "Description", "备注");

    public static final Field<Long> ORDER_COUNT = PurchaseHistory.orderCount("account");
    public static final Field<Money> ORDERS_TOTAL = PurchaseHistory.ordersTotal("account");
    public static final Field<Money> AVERAGE_ORDER = PurchaseHistory.averageOrder();
    public static final Field<Instant> FIRST_ORDER = PurchaseHistory.firstOrder("account");
    public static final Field<Instant> LAST_ORDER = PurchaseHistory.lastOrder("account");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("account", labels("Account", "客户"), labels("Accounts", "客户"))
                .icon("building-2")
                .fields(
                        NAME,
                        EXTERNAL_ID,
                        KIND,
                        INDUSTRY,
                        PHONE,
                        EMAIL,
                        WEBSITE,
                        ADDRESS,
                        EMPLOYEES,
                        REVENUE,
                        FOUNDED,
                        PARENT,
                        TAGS,
                        DESCRIPTION,
                        ORDER_COUNT,
                        ORDERS_TOTAL,
                        AVERAGE_ORDER,
                        FIRST_ORDER,
                        LAST_ORDER)
                .listing("name", "type", "industry", "address.city", "phone", "website", "owner", "updatedAt")
                .section("Essentials", "基本信息", NAME, KIND, INDUSTRY, PHONE, EMAIL, WEBSITE)
                .section("Address", "地址", ADDRESS)
                .section(
                        "Details",
                        "详细信息",
                        EMPLOYEES,
                        REVENUE,
                        FOUNDED,
                        PARENT,
                        TAGS,
                        EXTERNAL_ID,
                        SystemFields.OWNER,
                        DESCRIPTION)
                .section("Purchases", "购买情况", ORDER_COUNT, ORDERS_TOTAL, AVERAGE_ORDER, FIRST_ORDER, LAST_ORDER)
                .related(
                        "contact.account",
                        "order.account",
                        "contactRole.account",
                        "account.parent",
                        "attachment.account")
                .build();
    }
}
