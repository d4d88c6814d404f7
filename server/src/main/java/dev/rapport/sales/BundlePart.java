package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import java.math.BigDecimal;
import org.springframework.stereotype.Component;

/** One of the products that a bundle is made of. A bundle's parts come into a quote with it and cost nothing more. */
@Component
public class BundlePart implements ObjectSource {
    public static final Field<RecordId> BUNDLE =
            field("bundle", new LinkTypes.Lookup("product"), "Bundle", "组合产品", REQUIRED, FILTERABLE);
    public static final Field<RecordId> PART =
            field("part", new LinkTypes.Lookup("product"), "Part", "组成产品", REQUIRED, FILTERABLE);
    public static final Field<BigDecimal> QUANTITY = field(
                    "quantity", new NumberTypes.Decimal(), "Quantity", "数量", REQUIRED)
            .defaultingTo("1");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("bundlePart", labels("Bundle part", "组合明细"), labels("Bundle parts", "组合明细"))
                .icon("package")
                .group(ObjectDef.Group.HIDDEN)
                .fields(BUNDLE, PART, QUANTITY)
                .namedBy(QUANTITY)
                .listing("part", "quantity", "bundle")
                .sortedBy("createdAt")
                .section("Part", "明细", BUNDLE, PART, QUANTITY)
                .build();
    }
}
