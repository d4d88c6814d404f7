package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;
import static dev.rapport.metadata.Trait.REQUIRED;

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

/** A product in a deal. */
@Component
public class OpportunityLine implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Name", "名称");
    public static final Field<RecordId> OPPORTUNITY =
            field("opportunity", new LinkTypes.Lookup("opportunity"), "Opportunity", "商机", REQUIRED, FILTERABLE);
    public static final Field<RecordId> PRODUCT =
            field("product", new LinkTypes.Lookup("product"), "Product", "产品", REQUIRED, FILTERABLE);
    public static final Field<BigDecimal> QUANTITY = field(
                    "quantity", new NumberTypes.Decimal(), "Quantity", "数量", REQUIRED)
            .defaultingTo("1");
    public static final Field<Money> UNIT_PRICE = field("unitPrice", new NumberTypes.MoneyAmount(), "Unit price", "单价");
    public static final Field<BigDecimal> DISCOUNT = field("discount", new NumberTypes.Percent(), "Discount %", "折扣 %");
    public static final Field<Money> COST =
            field("cost", new NumberTypes.MoneyAmount(), "Cost", "成本", READ_ONLY, NO_HISTORY);
    public static final Field<Money> TOTAL =
            field("total", new NumberTypes.MoneyAmount(), "Total", "金额", READ_ONLY, NO_HISTORY);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("opportunityLine", labels("Product line", "产品明细"), labels("Product lines", "产品明细"))
                .icon("list")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, OPPORTUNITY, PRODUCT, QUANTITY, UNIT_PRICE, DISCOUNT, COST, TOTAL)
                .sharing(Sharing.controlledBy(OPPORTUNITY))
                .listing("product", "quantity", "unitPrice", "discount", "total", "opportunity")
                .sortedBy("createdAt")
                .section("Line", "明细", OPPORTUNITY, PRODUCT, QUANTITY, UNIT_PRICE, DISCOUNT)
                .build();
    }
}
