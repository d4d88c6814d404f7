package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;
import static dev.rapport.metadata.Trait.SEARCHABLE;
import static dev.rapport.metadata.Trait.SENSITIVE;
import static dev.rapport.metadata.Trait.UNIQUE;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Computation;
import dev.rapport.metadata.Computation.RollUp;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.SystemFields;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** An offer to a customer. Its totals are sums of its lines, kept by the engine; its status is changed by acts alone. */
@Component
public class Quote implements ObjectSource {
    public static final Field<String> NUMBER =
            field("number", new TextTypes.AutoNumber("Q-"), "Number", "报价单号", UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<Long> REVISION = field("revision", new NumberTypes.Whole(), "Revision", "版本", READ_ONLY)
            .defaultingTo("1");
    public static final Field<RecordId> REPLACES =
            field("replaces", new LinkTypes.Lookup("quote"), "Replaces", "替代报价", READ_ONLY, FILTERABLE);
    public static final Field<String> STATUS = field(
                    "status",
                    new TextTypes.Choices(
                            choice("draft", "Draft", "草稿", "gray"),
                            choice("inApproval", "In approval", "审批中", "amber"),
                            choice("approved", "Approved", "已批准", "sky"),
                            choice("sent", "Sent", "已发送", "indigo"),
                            choice("accepted", "Accepted", "已接受", "green"),
                            choice("rejected", "Rejected", "已拒绝", "red"),
                            choice("replaced", "Replaced", "已替代", "gray")),
                    "Status",
                    "状态",
                    READ_ONLY,
                    FILTERABLE)
            .defaultingTo("draft");
    public static final Field<RecordId> OPPORTUNITY =
            field("opportunity", new LinkTypes.Lookup("opportunity"), "Opportunity", "商机", FILTERABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", FILTERABLE);
    public static final Field<RecordId> CONTACT = field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人");
    public static final Field<RecordId> PRICE_BOOK =
            field("priceBook", new LinkTypes.Lookup("priceBook"), "Price book", "价格表");
    public static final Field<String> CHANNEL = field("channel", SalesChoices.channel(), "Channel", "渠道");
    public static final Field<LocalDate> VALID_UNTIL =
            field("validUntil", new TimeTypes.Day(), "Valid until", "有效期至", FILTERABLE);
    public static final Field<String> PAYMENT = field(
            "payment",
            new TextTypes.Choices(
                    choice("advance", "In advance", "预付全款", "green"),
                    choice("onDelivery", "On delivery", "货到付款", "sky"),
                    choice("net30", "Net 30 days", "30天账期", "amber"),
                    choice("net60", "Net 60 days", "60天账期", "amber"),
                    choice("instalments", "Instalments", "分期付款", "violet")),
            "Payment terms",
            "付款方式");
    public static final Field<Money> NET = sum("net", "Net", "不含税金额");
    public static final Field<Money> TAX = sum("tax", "Tax", "税额");
    public static final Field<Money> TOTAL = sum("total", "Total", "价税合计");
    public static final Field<Long> OVER_LIMIT = field(
                    "overLimit", new NumberTypes.Whole(), "Over the limit", "超折扣上限行数", READ_ONLY, NO_HISTORY)
            .computedBy(new RollUp(
                    Computation.Function.COUNT,
                    "quoteLine",
                    "quote",
                    null,
                    dev.rapport.http.Json.parse("{\"field\":\"overLimit\",\"op\":\"eq\",\"value\":true}")));
    public static final Field<RecordId> APPROVER =
            field("approver", new LinkTypes.Lookup("user"), "Approved by", "审批人", READ_ONLY);
    public static final Field<Instant> SENT_AT = field("sentAt", new TimeTypes.Moment(), "Sent", "发送时间", READ_ONLY);
    public static final Field<Instant> ANSWERED_AT =
            field("answeredAt", new TimeTypes.Moment(), "Answered", "答复时间", READ_ONLY);
    public static final Field<String> ANSWERED_BY =
            field("answeredBy", new TextTypes.Text(), "Answered by", "答复人", READ_ONLY);
    public static final Field<String> ANSWER_NOTE =
            field("answerNote", new TextTypes.LongText(), "Answer", "答复说明", READ_ONLY);
    /** Hash of the secret in the customer's link; whoever reads it cannot make a link of it. */
    public static final Field<String> LINK_HASH =
            field("linkHash", new TextTypes.Text(64), "Link", "链接", READ_ONLY, NO_HISTORY, SENSITIVE);

    public static final Field<String> TERMS = field("terms", new TextTypes.LongText(), "Terms", "条款");
    public static final Field<String> NOTE = field("note", new TextTypes.LongText(), "Note", "备注");

    private static Field<Money> sum(String name, String en, String zh) {
        var money = field(name, new NumberTypes.MoneyAmount(), en, zh, READ_ONLY, NO_HISTORY);
        return money.computedBy(new RollUp(Computation.Function.SUM, "quoteLine", "quote", name, null));
    }

    @Override
    public ObjectDef define() {
        return ObjectDef.object("quote", labels("Quote", "报价单"), labels("Quotes", "报价单"))
                .icon("file-text")
                .group(ObjectDef.Group.SALES)
                .fields(
                        NUMBER,
                        REVISION,
                        REPLACES,
                        STATUS,
                        OPPORTUNITY,
                        ACCOUNT,
                        CONTACT,
                        PRICE_BOOK,
                        CHANNEL,
                        VALID_UNTIL,
                        PAYMENT,
                        NET,
                        TAX,
                        TOTAL,
                        OVER_LIMIT,
                        APPROVER,
                        SENT_AT,
                        ANSWERED_AT,
                        ANSWERED_BY,
                        ANSWER_NOTE,
                        LINK_HASH,
                        TERMS,
                        NOTE)
                .namedBy(NUMBER)
                .sharing(Sharing.owned(OPPORTUNITY, ACCOUNT))
                .listing(
                        "number",
                        "account",
                        "opportunity",
                        "status",
                        "total",
                        "validUntil",
                        "revision",
                        "owner",
                        "updatedAt")
                .section("Quote", "报价", OPPORTUNITY, ACCOUNT, CONTACT, PRICE_BOOK, CHANNEL, VALID_UNTIL, PAYMENT)
                .section("Totals", "合计", NET, TAX, TOTAL, OVER_LIMIT)
                .section("Text", "文字", NOTE, TERMS)
                .section(
                        "Details",
                        "详细信息",
                        NUMBER,
                        REVISION,
                        REPLACES,
                        APPROVER,
                        SENT_AT,
                        ANSWERED_AT,
                        ANSWERED_BY,
                        ANSWER_NOTE,
                        SystemFields.OWNER)
                .related("quoteLine.quote", "order.quote", "contract.quote", "quote.replaces")
                .build();
    }
}
