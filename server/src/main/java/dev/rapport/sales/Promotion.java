package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** A reason to pay less for a while: a share off, an amount off, or goods for nothing. */
@Component
public class Promotion implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(), "Name", "名称", REQUIRED, SEARCHABLE, FILTERABLE);
    public static final Field<String> KIND = field(
            "kind",
            new TextTypes.Choices(
                    choice("percent", "Percent off", "折扣", "sky"),
                    choice("threshold", "Amount off above a threshold", "满减", "amber"),
                    choice("buyXGetY", "Buy X, get Y free", "买赠", "green")),
            "Kind",
            "类型",
            REQUIRED);
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用", FILTERABLE).defaultingTo("true");
    public static final Field<RecordId> PRODUCT =
            field("product", new LinkTypes.Lookup("product"), "For product", "适用产品");
    public static final Field<String> CHANNEL = field("channel", SalesChoices.channel(), "For channel", "适用渠道");
    public static final Field<LocalDate> VALID_FROM = field("validFrom", new TimeTypes.Day(), "Valid from", "开始日期");
    public static final Field<LocalDate> VALID_TO = field("validTo", new TimeTypes.Day(), "Valid to", "结束日期");
    public static final Field<BigDecimal> PERCENT = field("percent", new NumberTypes.Percent(), "Percent off", "折扣 %");
    public static final Field<Money> THRESHOLD =
            field("threshold", new NumberTypes.MoneyAmount(), "From an amount of", "满额");
    public static final Field<Money> AMOUNT_OFF = field("amountOff", new NumberTypes.MoneyAmount(), "Amount off", "减额");
    public static final Field<BigDecimal> BUY = field("buy", new NumberTypes.Decimal(), "Buy", "购买数量");
    public static final Field<BigDecimal> GET = field("get", new NumberTypes.Decimal(), "Get free", "赠送数量");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("promotion", labels("Promotion", "促销"), labels("Promotions", "促销"))
                .icon("gift")
                .group(ObjectDef.Group.HIDDEN)
                .fields(
                        NAME,
                        KIND,
                        ACTIVE,
                        PRODUCT,
                        CHANNEL,
                        VALID_FROM,
                        VALID_TO,
                        PERCENT,
                        THRESHOLD,
                        AMOUNT_OFF,
                        BUY,
                        GET)
                .listing(
                        "name",
                        "kind",
                        "active",
                        "product",
                        "channel",
                        "validFrom",
                        "validTo",
                        "percent",
                        "threshold",
                        "amountOff")
                .section("Promotion", "促销", NAME, KIND, ACTIVE, PRODUCT, CHANNEL, VALID_FROM, VALID_TO)
                .section("Advantage", "优惠", PERCENT, THRESHOLD, AMOUNT_OFF, BUY, GET)
                .build();
    }
}
