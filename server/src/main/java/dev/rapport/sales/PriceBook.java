package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;
import static dev.rapport.metadata.Trait.UNIQUE;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** A list of prices in one currency, for a channel or a partner, in a period. */
@Component
public class PriceBook implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(), "Name", "名称", REQUIRED, UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<String> CURRENCY = field("currency", new TextTypes.Text(3), "Currency", "币种", REQUIRED);
    public static final Field<Boolean> STANDARD = field(
                    "standard", new NumberTypes.Flag(), "Standard", "标准价格表", FILTERABLE)
            .defaultingTo("false");
    public static final Field<Boolean> TAX_INCLUDED = field(
                    "taxIncluded", new NumberTypes.Flag(), "Prices include tax", "价格含税")
            .defaultingTo("false");
    public static final Field<String> CHANNEL = field("channel", SalesChoices.channel(), "Channel", "渠道", FILTERABLE);
    public static final Field<RecordId> PARTNER =
            field("partner", new LinkTypes.Lookup("account"), "Partner", "合作伙伴", FILTERABLE);
    public static final Field<LocalDate> VALID_FROM = field("validFrom", new TimeTypes.Day(), "Valid from", "生效日期");
    public static final Field<LocalDate> VALID_TO = field("validTo", new TimeTypes.Day(), "Valid to", "失效日期");
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用").defaultingTo("true");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("priceBook", labels("Price book", "价格表"), labels("Price books", "价格表"))
                .icon("book-open")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, CURRENCY, STANDARD, TAX_INCLUDED, CHANNEL, PARTNER, VALID_FROM, VALID_TO, ACTIVE)
                .listing(
                        "name",
                        "currency",
                        "standard",
                        "taxIncluded",
                        "channel",
                        "partner",
                        "validFrom",
                        "validTo",
                        "active")
                .section("Price book", "价格表", NAME, CURRENCY, STANDARD, TAX_INCLUDED, CHANNEL, PARTNER)
                .section("Validity", "有效期", VALID_FROM, VALID_TO, ACTIVE)
                .related("priceBookEntry.priceBook")
                .build();
    }
}
