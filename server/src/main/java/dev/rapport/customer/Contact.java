package dev.rapport.customer;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;
import static dev.rapport.metadata.Trait.SENSITIVE;
import static dev.rapport.metadata.Trait.UNIQUE;

import dev.rapport.kernel.Address;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.PersonName;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.SystemFields;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** A person, at an account or on their own. */
@Component
public class Contact implements ObjectSource {
    public static final Field<PersonName> NAME =
            field("name", new CompoundTypes.FullName(), "Name", "姓名", REQUIRED, SEARCHABLE, FILTERABLE);
    public static final Field<String> EXTERNAL_ID =
            field("externalId", new TextTypes.Text(100), "External id", "外部编号", UNIQUE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "所属客户", FILTERABLE);
    public static final Field<String> TITLE = field("title", new TextTypes.Text(), "Job title", "职务");
    public static final Field<String> LIFECYCLE = field(
            "lifecycle",
            new TextTypes.Choices(
                    choice("subscriber", "Subscriber", "订阅者", "gray"),
                    choice("lead", "Lead", "线索", "sky"),
                    choice("marketingQualified", "Marketing qualified", "市场合格", "violet"),
                    choice("salesQualified", "Sales qualified", "销售合格", "indigo"),
                    choice("opportunity", "Opportunity", "商机", "amber"),
                    choice("customer", "Customer", "客户", "green"),
                    choice("advocate", "Advocate", "推荐者", "pink")),
            "Lifecycle",
            "生命周期",
            FILTERABLE);
    public static final Field<String> EMAIL =
            field("email", new TextTypes.Email(), "Email", "邮箱", SEARCHABLE, FILTERABLE, SENSITIVE);
    public static final Field<String> PHONE =
            field("phone", new TextTypes.Phone(), "Phone", "电话", SEARCHABLE, FILTERABLE, SENSITIVE);
    public static final Field<String> MOBILE =
            field("mobile", new TextTypes.Phone(), "Mobile", "手机", SEARCHABLE, FILTERABLE, SENSITIVE);
    public static final Field<Address> ADDRESS =
            field("address", new CompoundTypes.PostalAddress(), "Address", "地址", FILTERABLE);
    public static final Field<LocalDate> BIRTHDAY = field("birthday", new TimeTypes.Day(), "Birthday", "生日", SENSITIVE);
    public static final Field<String> SOURCE = field("source", new TextTypes.Text(100), "Source", "来源");
    public static final Field<Boolean> DO_NOT_CONTACT =
            field("doNotContact", new NumberTypes.Flag(), "Do not contact", "请勿联系");
    public static final Field<List<String>> TAGS = field("tags", new TextTypes.Tags(), "Tags", "标签", FILTERABLE);
    public static final Field<String> DESCRIPTION = field("description", new TextTypes.LongText(), "Description", "备注");

    public static final Field<Long> ORDER_COUNT = PurchaseHistory.orderCount("contact");
    public static final Field<Money> ORDERS_TOTAL = PurchaseHistory.ordersTotal("contact");
    public static final Field<Money> AVERAGE_ORDER = PurchaseHistory.averageOrder();
    public static final Field<Instant> FIRST_ORDER = PurchaseHistory.firstOrder("contact");
    public static final Field<Instant> LAST_ORDER = PurchaseHistory.lastOrder("contact");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("contact", labels("Contact", "联系人"), labels("Contacts", "联系人"))
                .icon("users")
                .fields(
                        NAME,
                        EXTERNAL_ID,
                        ACCOUNT,
                        TITLE,
                        LIFECYCLE,
                        EMAIL,
                        PHONE,
                        MOBILE,
                        ADDRESS,
                        BIRTHDAY,
                        SOURCE,
                        DO_NOT_CONTACT,
                        TAGS,
                        DESCRIPTION,
                        ORDER_COUNT,
                        ORDERS_TOTAL,
                        AVERAGE_ORDER,
                        FIRST_ORDER,
                        LAST_ORDER)
                .sharing(Sharing.owned(ACCOUNT))
                .listing(
                        "name",
                        "account",
                        "title",
                        "lifecycle",
                        "email",
                        "mobile",
                        "address.city",
                        "owner",
                        "updatedAt")
                .section("Essentials", "基本信息", NAME, ACCOUNT, TITLE, LIFECYCLE, EMAIL, MOBILE, PHONE)
                .section("Address", "地址", ADDRESS)
                .section(
                        "Details",
                        "详细信息",
                        BIRTHDAY,
                        SOURCE,
                        TAGS,
                        DO_NOT_CONTACT,
                        EXTERNAL_ID,
                        SystemFields.OWNER,
                        DESCRIPTION)
                .section("Purchases", "购买情况", ORDER_COUNT, ORDERS_TOTAL, AVERAGE_ORDER, FIRST_ORDER, LAST_ORDER)
                .related("order.contact", "contactRole.contact", "attachment.contact")
                .build();
    }
}
