package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;
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
import java.time.LocalDate;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Money that came in, or went back. */
@Component
public class Receipt implements ObjectSource {
    public static final Field<String> NUMBER =
            field("number", new TextTypes.AutoNumber("R-"), "Number", "回款编号", UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", REQUIRED, FILTERABLE);
    public static final Field<RecordId> CONTRACT =
            field("contract", new LinkTypes.Lookup("contract"), "Contract", "合同", FILTERABLE);
    public static final Field<Money> AMOUNT = field("amount", new NumberTypes.MoneyAmount(), "Amount", "金额", REQUIRED);
    public static final Field<LocalDate> RECEIVED_ON =
            field("receivedOn", new TimeTypes.Day(), "Received on", "回款日期", REQUIRED, FILTERABLE);
    public static final Field<String> METHOD = field(
            "method",
            new TextTypes.Choices(
                    choice("bank", "Bank transfer", "银行转账", "sky"),
                    choice("alipay", "Alipay", "支付宝", "indigo"),
                    choice("wechat", "WeChat Pay", "微信支付", "green"),
                    choice("card", "Card", "银行卡", "violet"),
                    choice("cheque", "Cheque", "支票", "gray"),
                    choice("cash", "Cash", "现金", "amber"),
                    choice("acceptance", "Acceptance bill", "承兑汇票", "teal")),
            "Method",
            "回款方式");
    public static final Field<String> REFERENCE =
            field("reference", new TextTypes.Text(100), "Reference", "流水号", SEARCHABLE);
    public static final Field<Money> MATCHED = field(
                    "matched", new NumberTypes.MoneyAmount(), "Matched", "已核销", READ_ONLY, NO_HISTORY)
            .computedBy(new RollUp(Computation.Function.SUM, "receiptMatch", "receipt", "amount", null));
    public static final Field<Money> UNMATCHED = field(
                    "unmatched", new NumberTypes.MoneyAmount(), "Not matched", "未核销", READ_ONLY, NO_HISTORY, FILTERABLE)
            .computedBy(new Computation.Formula(
                    "if(isblank(matched), amount, amount - matched)", Set.of("amount", "matched")));
    public static final Field<String> NOTE = field("note", new TextTypes.LongText(), "Note", "备注");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("receipt", labels("Receipt", "回款"), labels("Receipts", "回款"))
                .icon("hand-coins")
                .group(ObjectDef.Group.SALES)
                .fields(NUMBER, ACCOUNT, CONTRACT, AMOUNT, RECEIVED_ON, METHOD, REFERENCE, MATCHED, UNMATCHED, NOTE)
                .namedBy(NUMBER)
                .sharing(Sharing.owned(CONTRACT, ACCOUNT))
                .listing(
                        "number",
                        "account",
                        "amount",
                        "receivedOn",
                        "method",
                        "matched",
                        "unmatched",
                        "contract",
                        "owner")
                .sortedBy("-receivedOn")
                .section(
                        "Receipt",
                        "回款",
                        ACCOUNT,
                        CONTRACT,
                        AMOUNT,
                        RECEIVED_ON,
                        METHOD,
                        REFERENCE,
                        SystemFields.OWNER,
                        NOTE)
                .related("receiptMatch.receipt")
                .build();
    }
}
