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

/** A product in a quote, or what a promotion takes off. Everything but product, quantity, price and discount is computed. */
@Component
public class QuoteLine implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Name", "名称");
    public static final Field<RecordId> QUOTE =
            field("quote", new LinkTypes.Lookup("quote"), "Quote", "报价单", REQUIRED, FILTERABLE);
    public static final Field<Long> POSITION = field("position", new NumberTypes.Whole(), "Position", "行号");
    public static final Field<RecordId> PRODUCT =
            field("product", new LinkTypes.Lookup("product"), "Product", "产品", FILTERABLE);
    public static final Field<RecordId> PART_OF =
            field("partOf", new LinkTypes.Lookup("product"), "Part of the bundle", "所属组合", READ_ONLY);
    public static final Field<BigDecimal> QUANTITY = field(
                    "quantity", new NumberTypes.Decimal(), "Quantity", "数量", REQUIRED)
            .defaultingTo("1");
    public static final Field<Money> LIST_PRICE =
            field("listPrice", new NumberTypes.MoneyAmount(), "List price", "标准价", READ_ONLY, NO_HISTORY);
    public static final Field<Money> UNIT_PRICE = field("unitPrice", new NumberTypes.MoneyAmount(), "Unit price", "单价");
    public static final Field<BigDecimal> DISCOUNT = field("discount", new NumberTypes.Percent(), "Discount %", "折扣 %");
    public static final Field<BigDecimal> TAX_RATE = field("taxRate", new NumberTypes.Percent(), "Tax %", "税率 %");
    public static final Field<Money> NET =
            field("net", new NumberTypes.MoneyAmount(), "Net", "不含税金额", READ_ONLY, NO_HISTORY);
    public static final Field<Money> TAX =
            field("tax", new NumberTypes.MoneyAmount(), "Tax", "税额", READ_ONLY, NO_HISTORY);
    public static final Field<Money> TOTAL =
            field("total", new NumberTypes.MoneyAmount(), "Total", "价税合计", READ_ONLY, NO_HISTORY);
    public static final Field<Boolean> OVER_LIMIT =
            field("overLimit", new NumberTypes.Flag(), "Over the discount limit", "超折扣上限", READ_ONLY, NO_HISTORY);
    public static final Field<RecordId> PROMOTION =
            field("promotion", new LinkTypes.Lookup("promotion"), "Promotion", "促销", READ_ONLY);
    public static final Field<String> EXPLANATION =
            field("explanation", new TextTypes.Text(), "Why", "优惠说明", READ_ONLY);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("quoteLine", labels("Quote line", "报价明细"), labels("Quote lines", "报价明细"))
                .icon("list")
                .group(ObjectDef.Group.HIDDEN)
                .fields(
                        NAME,
                        QUOTE,
                        POSITION,
                        PRODUCT,
                        PART_OF,
                        QUANTITY,
                        LIST_PRICE,
                        UNIT_PRICE,
                        DISCOUNT,
                        TAX_RATE,
                        NET,
                        TAX,
                        TOTAL,
                        OVER_LIMIT,
                        PROMOTION,
                        EXPLANATION)
                .sharing(Sharing.controlledBy(QUOTE))
                .listing("name", "quantity", "unitPrice", "discount", "taxRate", "total", "explanation", "quote")
                .sortedBy("createdAt")
                .section("Line", "明细", QUOTE, PRODUCT, NAME, QUANTITY, UNIT_PRICE, DISCOUNT, TAX_RATE, POSITION)
                .build();
    }
}
