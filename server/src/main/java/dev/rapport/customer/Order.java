package dev.rapport.customer;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;
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
import java.time.Instant;
import org.springframework.stereotype.Component;

/** What a customer ordered. Its total is the sum of its lines, kept by the engine. */
@Component
public class Order implements ObjectSource {
    public static final Field<String> NUMBER =
            field("number", new TextTypes.AutoNumber("ORD-"), "Number", "订单编号", UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<String> EXTERNAL_ID =
            field("externalId", new TextTypes.Text(100), "External id", "外部编号", UNIQUE, SEARCHABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", FILTERABLE);
    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", FILTERABLE);
    public static final Field<String> STATUS = field(
                    "status",
                    new TextTypes.Choices(
                            choice("created", "Created", "已创建", "gray"),
                            choice("approved", "Approved", "已审核", "sky"),
                            choice("invoiced", "Invoiced", "已开票", "indigo"),
                            choice("processing", "Processing", "处理中", "amber"),
                            choice("shipped", "Shipped", "已发货", "violet"),
                            choice("delivered", "Delivered", "已送达", "green"),
                            choice("canceled", "Cancelled", "已取消", "red"),
                            choice("unavailable", "Unavailable", "缺货", "pink")),
                    "Status",
                    "状态",
                    FILTERABLE)
            .defaultingTo("created");
    public static final Field<Instant> ORDERED_AT =
            field("orderedAt", new TimeTypes.Moment(), "Ordered", "下单时间", FILTERABLE);
    public static final Field<Instant> DELIVERED_AT = field("deliveredAt", new TimeTypes.Moment(), "Delivered", "送达时间");
    public static final Field<String> CHANNEL = field(
            "channel",
            new TextTypes.Choices(
                    choice("direct", "Direct", "直销", "indigo"),
                    choice("agent", "Agent", "代理", "violet"),
                    choice("ecommerce", "E-commerce", "电商", "teal")),
            "Channel",
            "渠道",
            FILTERABLE);
    public static final Field<Money> TOTAL = field(
                    "total", new NumberTypes.MoneyAmount(), "Total", "订单金额", READ_ONLY, NO_HISTORY, FILTERABLE)
            .computedBy(new RollUp(Computation.Function.SUM, "orderLine", "order", "total", null));
    public static final Field<String> DESCRIPTION = field("description", new TextTypes.LongText(), "Description", "备注");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("order", labels("Order", "订单"), labels("Orders", "订单"))
                .icon("shopping-cart")
                .fields(
                        NUMBER,
                        EXTERNAL_ID,
                        ACCOUNT,
                        CONTACT,
                        STATUS,
                        ORDERED_AT,
                        DELIVERED_AT,
                        CHANNEL,
                        TOTAL,
                        DESCRIPTION)
                .namedBy(NUMBER)
                .sharing(Sharing.owned(ACCOUNT, CONTACT))
                .listing("number", "contact", "account", "status", "total", "orderedAt", "channel", "owner")
                .section("Order", "订单", CONTACT, ACCOUNT, STATUS, ORDERED_AT, DELIVERED_AT, CHANNEL)
                .section("Details", "详细信息", NUMBER, EXTERNAL_ID, SystemFields.OWNER, DESCRIPTION)
                .related("orderLine.order", "attachment.order")
                .inTimeline(ORDERED_AT, NUMBER, STATUS)
                .summarized(Summary.by(STATUS).of(TOTAL))
                .build();
    }
}
