package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;
import static dev.rapport.metadata.Trait.REQUIRED;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** Goods of an order line that went out, or came back. */
@Component
public class Delivery implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Note", "说明");
    public static final Field<RecordId> ORDER =
            field("order", new LinkTypes.Lookup("order"), "Order", "订单", READ_ONLY, FILTERABLE);
    public static final Field<RecordId> LINE =
            field("line", new LinkTypes.Lookup("orderLine"), "Order line", "订单明细", REQUIRED, FILTERABLE);
    public static final Field<String> KIND = field(
                    "kind",
                    new TextTypes.Choices(
                            choice("delivery", "Delivery", "发货", "green"), choice("return", "Return", "退货", "red")),
                    "Kind",
                    "类型",
                    REQUIRED)
            .defaultingTo("delivery");
    public static final Field<BigDecimal> QUANTITY =
            field("quantity", new NumberTypes.Decimal(), "Quantity", "数量", REQUIRED);
    public static final Field<BigDecimal> SIGNED =
            field("signed", new NumberTypes.Decimal(), "Quantity with sign", "带符号数量", READ_ONLY, NO_HISTORY);
    public static final Field<LocalDate> DELIVERED_ON =
            field("deliveredOn", new TimeTypes.Day(), "Day", "日期", REQUIRED, FILTERABLE);
    public static final Field<String> TRACKING = field("tracking", new TextTypes.Text(100), "Tracking number", "物流单号");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("delivery", labels("Delivery", "发货"), labels("Deliveries", "发货"))
                .icon("truck")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, ORDER, LINE, KIND, QUANTITY, SIGNED, DELIVERED_ON, TRACKING)
                .sharing(Sharing.controlledBy(ORDER))
                .listing("line", "kind", "quantity", "deliveredOn", "tracking", "name", "order")
                .sortedBy("-deliveredOn")
                .section("Delivery", "发货", LINE, KIND, QUANTITY, DELIVERED_ON, TRACKING, NAME)
                .build();
    }
}
