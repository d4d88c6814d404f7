package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** What one unit of a currency is worth in the company's own, from a day on. */
@Component
public class ExchangeRate implements ObjectSource {
    public static final Field<String> CURRENCY =
            field("currency", new TextTypes.Text(3), "Currency", "币种", REQUIRED, FILTERABLE);
    public static final Field<BigDecimal> RATE =
            field("rate", new NumberTypes.Decimal(), "One unit in company currency", "折合本位币", REQUIRED);
    public static final Field<LocalDate> VALID_FROM =
            field("validFrom", new TimeTypes.Day(), "Valid from", "生效日期", REQUIRED, FILTERABLE);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("exchangeRate", labels("Exchange rate", "汇率"), labels("Exchange rates", "汇率"))
                .icon("coins")
                .group(ObjectDef.Group.HIDDEN)
                .fields(CURRENCY, RATE, VALID_FROM)
                .namedBy(CURRENCY)
                .listing("currency", "rate", "validFrom", "owner")
                .sortedBy("-validFrom")
                .section("Rate", "汇率", CURRENCY, RATE, VALID_FROM)
                .build();
    }
}
