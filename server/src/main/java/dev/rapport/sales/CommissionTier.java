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

/** The share of a plan for the part of the amount that lies above {@code from}, up to where the next tier begins. */
@Component
public class CommissionTier implements ObjectSource {
    public static final Field<RecordId> PLAN =
            field("plan", new LinkTypes.Lookup("commissionPlan"), "Plan", "提成方案", REQUIRED, FILTERABLE);
    public static final Field<BigDecimal> FROM = field(
                    "from", new NumberTypes.Decimal(), "From an amount of", "起始金额", REQUIRED)
            .defaultingTo("0");
    public static final Field<BigDecimal> RATE =
            field("rate", new NumberTypes.Percent(), "Share %", "提成比例 %", REQUIRED);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("commissionTier", labels("Tier", "提成档位"), labels("Tiers", "提成档位"))
                .icon("list")
                .group(ObjectDef.Group.HIDDEN)
                .fields(PLAN, FROM, RATE)
                .namedBy(RATE)
                .listing("from", "rate", "plan")
                .sortedBy("createdAt")
                .section("Tier", "档位", PLAN, FROM, RATE)
                .build();
    }
}
