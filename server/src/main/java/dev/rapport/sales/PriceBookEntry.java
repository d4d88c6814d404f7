package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import java.math.BigDecimal;
import org.springframework.stereotype.Component;

/** What a product costs in a price book from a quantity on. */
@Component
public class PriceBookEntry implements ObjectSource {
    public static final Field<RecordId> PRICE_BOOK =
            field("priceBook", new LinkTypes.Lookup("priceBook"), "Price book", "价格表", REQUIRED, FILTERABLE);
    public static final Field<RecordId> PRODUCT =
            field("product", new LinkTypes.Lookup("product"), "Product", "产品", REQUIRED, FILTERABLE);
    public static final Field<BigDecimal> FROM_QUANTITY = field(
                    "fromQuantity", new NumberTypes.Decimal(), "From quantity", "起订数量", REQUIRED)
            .defaultingTo("1");
    public static final Field<Money> PRICE =
            field("price", new NumberTypes.MoneyAmount(), "Unit price", "单价", REQUIRED);
    public static final Field<BigDecimal> MAX_DISCOUNT =
            field("maxDiscount", new NumberTypes.Percent(), "Discount that needs no approval, %", "免审批折扣上限 %");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("priceBookEntry", labels("Price", "价格"), labels("Prices", "价格"))
                .icon("tag")
                .group(ObjectDef.Group.HIDDEN)
                .fields(PRICE_BOOK, PRODUCT, FROM_QUANTITY, PRICE, MAX_DISCOUNT)
                .namedBy(FROM_QUANTITY)
                .listing("product", "fromQuantity", "price", "maxDiscount", "priceBook")
                .sortedBy("createdAt")
                .section("Price", "价格", PRICE_BOOK, PRODUCT, FROM_QUANTITY, PRICE, MAX_DISCOUNT)
                .build();
    }
}
