package dev.rapport.customer;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.UNIQUE;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.TextTypes;
import java.math.BigDecimal;
import org.springframework.stereotype.Component;

/** One product in an order. Its total is quantity × unit price less the discount, plus tax and freight. */
@Component
public class OrderLine implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Name", "名称");
    public static final Field<String> EXTERNAL_ID =
            field("externalId", new TextTypes.Text(100), "External id", "外部编号", UNIQUE);
    public static final Field<RecordId> ORDER =
            field("order", new LinkTypes.Lookup("order"), "Order", "订单", REQUIRED, FILTERABLE);
    public static final Field<Long> POSITION = field("position", new NumberTypes.Whole(), "Position", "行号");
    public static final Field<RecordId> PRODUCT =
            field("product", new LinkTypes.Lookup("product"), "Product", "产品", FILTERABLE);
    public static final Field<BigDecimal> QUANTITY = field(
                    "quantity", new NumberTypes.Decimal(), "Quantity", "数量", REQUIRED)
            .defaultingTo("1");
    public static final Field<Money> UNIT_PRICE = field("unitPrice", new NumberTypes.MoneyAmount(), "Unit price", "单价");
    public static final Field<BigDecimal> DISCOUNT = field("discount", new NumberTypes.Percent(), "Discount %", "折扣 %");
    public static final Field<Money> FREIGHT = field("freight", new NumberTypes.MoneyAmount(), "Freight", "运费");
    public static final Field<BigDecimal> TAX_RATE = field("taxRate", new NumberTypes.Percent(), "Tax %", "税率 %");
    public static final Field<Boolean> TAX_INCLUDED =
            field("taxIncluded", new NumberTypes.Flag(), "Price includes tax", "单价含税");
    public static final Field<Money> TAX =
            field("tax", new NumberTypes.MoneyAmount(), "Tax", "税额", READ_ONLY, NO_HISTORY);
    public static final Field<Money> TOTAL =
            field("total", new NumberTypes.MoneyAmount(), "Total", "金额", READ_ONLY, NO_HISTORY);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("orderLine", labels("Order line", "订单明细"), labels("Order lines", "订单明细"))
                .icon("list")
                .group(ObjectDef.Group.HIDDEN)
                .fields(
                        NAME,
                        EXTERNAL_ID,
                        ORDER,
                        POSITION,
                        PRODUCT,
                        QUANTITY,
                        UNIT_PRICE,
                        DISCOUNT,
                        TAX_RATE,
                        TAX_INCLUDED,
                        TAX,
                        FREIGHT,
                        TOTAL)
                .sharing(Sharing.controlledBy(ORDER))
                .listing("name", "order", "product", "quantity", "unitPrice", "discount", "total")
                .section(
                        "Line",
                        "明细",
                        ORDER,
                        PRODUCT,
                        NAME,
                        QUANTITY,
                        UNIT_PRICE,
                        DISCOUNT,
                        TAX_RATE,
                        TAX_INCLUDED,
                        FREIGHT,
                        POSITION,
                        EXTERNAL_ID)
                .build();
    }
}
