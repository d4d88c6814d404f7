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
import org.springframework.stereotype.Component;

/** An invoice or a credit note, as a record; the paper itself comes from the tax system. */
@Component
public class Invoice implements ObjectSource {
    public static final Field<String> NUMBER =
            field("number", new TextTypes.AutoNumber("INV-"), "Number", "编号", UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<String> KIND = field(
                    "kind",
                    new TextTypes.Choices(
                            choice("invoice", "Invoice", "发票", "sky"),
                            choice("creditNote", "Credit note", "红字发票", "red")),
                    "Kind",
                    "类型",
                    REQUIRED)
            .defaultingTo("invoice");
    public static final Field<String> FORM = field(
            "form",
            new TextTypes.Choices(
                    choice("vatSpecial", "Special VAT invoice", "增值税专用发票", "indigo"),
                    choice("vatOrdinary", "Ordinary VAT invoice", "增值税普通发票", "teal"),
                    choice("other", "Other", "其他", "gray")),
            "Form",
            "票种");
    public static final Field<String> STATUS = field(
                    "status",
                    new TextTypes.Choices(
                            choice("draft", "Draft", "草稿", "gray"),
                            choice("issued", "Issued", "已开具", "green"),
                            choice("void", "Void", "已作废", "red")),
                    "Status",
                    "状态",
                    FILTERABLE)
            .defaultingTo("draft");
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", REQUIRED, FILTERABLE);
    public static final Field<RecordId> ORDER =
            field("order", new LinkTypes.Lookup("order"), "Order", "订单", FILTERABLE);
    public static final Field<RecordId> CONTRACT =
            field("contract", new LinkTypes.Lookup("contract"), "Contract", "合同", FILTERABLE);
    public static final Field<RecordId> CORRECTS =
            field("corrects", new LinkTypes.Lookup("invoice"), "Corrects invoice", "对应蓝字发票", FILTERABLE);
    public static final Field<LocalDate> ISSUED_ON =
            field("issuedOn", new TimeTypes.Day(), "Issued on", "开票日期", FILTERABLE);
    public static final Field<Money> NET = field("net", new NumberTypes.MoneyAmount(), "Net", "不含税金额", REQUIRED);
    public static final Field<Money> TAX = field("tax", new NumberTypes.MoneyAmount(), "Tax", "税额");
    public static final Field<Money> TOTAL =
            field("total", new NumberTypes.MoneyAmount(), "Total", "价税合计", READ_ONLY, NO_HISTORY);
    public static final Field<Money> CREDITED = field(
                    "credited", new NumberTypes.MoneyAmount(), "Credited", "已红冲", READ_ONLY, NO_HISTORY)
            .computedBy(new RollUp(Computation.Function.SUM, "invoice", "corrects", "total", null));
    public static final Field<String> PAPER_NUMBER =
            field("paperNumber", new TextTypes.Text(60), "Number on the paper", "发票号码", SEARCHABLE);
    public static final Field<RecordId> FILE = field("file", new LinkTypes.Attachment(), "File", "发票文件");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("invoice", labels("Invoice", "发票"), labels("Invoices", "发票"))
                .icon("receipt-text")
                .group(ObjectDef.Group.SALES)
                .fields(
                        NUMBER,
                        KIND,
                        FORM,
                        STATUS,
                        ACCOUNT,
                        ORDER,
                        CONTRACT,
                        CORRECTS,
                        ISSUED_ON,
                        NET,
                        TAX,
                        TOTAL,
                        CREDITED,
                        PAPER_NUMBER,
                        FILE)
                .namedBy(NUMBER)
                .sharing(Sharing.owned(CONTRACT, ACCOUNT))
                .listing("number", "kind", "form", "status", "account", "total", "issuedOn", "paperNumber", "owner")
                .section("Invoice", "发票", KIND, FORM, STATUS, ACCOUNT, ORDER, CONTRACT, CORRECTS, ISSUED_ON)
                .section("Amounts", "金额", NET, TAX, TOTAL, CREDITED)
                .section("Paper", "票据", PAPER_NUMBER, FILE, SystemFields.OWNER)
                .related("invoice.corrects")
                .build();
    }
}
