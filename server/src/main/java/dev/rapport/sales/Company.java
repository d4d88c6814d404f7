package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.READ_ONLY;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.UNIQUE;

import dev.rapport.kernel.Address;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import java.math.BigDecimal;
import org.springframework.stereotype.Component;

/** The company that works with this product: what stands on its papers, in which currency it counts, when its year begins. */
@Component
public class Company implements ObjectSource {
    /** The one record is the one with this key. */
    public static final String ONLY = "company";

    public static final Field<String> KEY = field("key", new TextTypes.Text(20), "Key", "标识", UNIQUE, READ_ONLY);
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Name", "公司名称", REQUIRED);
    public static final Field<String> CURRENCY =
            field("currency", new TextTypes.Text(3), "Company currency", "本位币", REQUIRED);
    public static final Field<Long> FISCAL_START = field(
                    "fiscalStart", new NumberTypes.Whole(), "Fiscal year begins in month", "财年起始月份", REQUIRED)
            .defaultingTo("1");
    public static final Field<Address> ADDRESS = field("address", new CompoundTypes.PostalAddress(), "Address", "地址");
    public static final Field<String> PHONE = field("phone", new TextTypes.Phone(), "Phone", "电话");
    public static final Field<String> EMAIL = field("email", new TextTypes.Email(), "Email", "邮箱");
    public static final Field<String> WEBSITE = field("website", new TextTypes.Url(), "Website", "网站");
    public static final Field<String> TAX_NUMBER = field("taxNumber", new TextTypes.Text(60), "Tax number", "纳税人识别号");
    public static final Field<String> BANK = field("bank", new TextTypes.LongText(), "Bank details", "开户行及账号");
    public static final Field<RecordId> LOGO = field("logo", new LinkTypes.Attachment(), "Logo", "公司标志");
    public static final Field<BigDecimal> DISCOUNT_LIMIT = field(
                    "discountLimit", new NumberTypes.Percent(), "Discount that needs no approval, %", "免审批折扣上限 %")
            .defaultingTo("15");
    public static final Field<Long> QUOTE_DAYS = field(
                    "quoteDays", new NumberTypes.Whole(), "Quotes are valid for days", "报价有效天数")
            .defaultingTo("30");
    public static final Field<String> TERMS = field("terms", new TextTypes.LongText(), "Terms on quotes", "报价条款");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("company", labels("Company", "公司"), labels("Company", "公司"))
                .icon("landmark")
                .group(ObjectDef.Group.HIDDEN)
                .fields(
                        KEY,
                        NAME,
                        CURRENCY,
                        FISCAL_START,
                        ADDRESS,
                        PHONE,
                        EMAIL,
                        WEBSITE,
                        TAX_NUMBER,
                        BANK,
                        LOGO,
                        DISCOUNT_LIMIT,
                        QUOTE_DAYS,
                        TERMS)
                .listing("name", "currency", "fiscalStart", "phone", "email")
                .section("Letterhead", "抬头信息", NAME, ADDRESS, PHONE, EMAIL, WEBSITE, TAX_NUMBER, BANK, LOGO)
                .section("Rules", "规则", CURRENCY, FISCAL_START, DISCOUNT_LIMIT, QUOTE_DAYS, TERMS)
                .build();
    }
}
