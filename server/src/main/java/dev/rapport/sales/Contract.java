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

/** What was agreed with a customer, for how long, and how much of it is paid. */
@Component
public class Contract implements ObjectSource {
    public static final Field<String> NUMBER =
            field("number", new TextTypes.AutoNumber("C-"), "Number", "合同编号", UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(), "Name", "合同名称", REQUIRED, SEARCHABLE, FILTERABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", REQUIRED, FILTERABLE);
    public static final Field<RecordId> OPPORTUNITY =
            field("opportunity", new LinkTypes.Lookup("opportunity"), "Opportunity", "商机", FILTERABLE);
    public static final Field<RecordId> QUOTE =
            field("quote", new LinkTypes.Lookup("quote"), "Quote", "报价单", FILTERABLE);
    public static final Field<RecordId> ORDER =
            field("order", new LinkTypes.Lookup("order"), "Order", "订单", FILTERABLE);
    public static final Field<String> STATUS = field(
                    "status",
                    new TextTypes.Choices(
                            choice("draft", "Draft", "草稿", "gray"),
                            choice("active", "Active", "履行中", "green"),
                            choice("completed", "Completed", "已完成", "sky"),
                            choice("terminated", "Terminated", "已终止", "red"),
                            choice("renewed", "Renewed", "已续签", "violet")),
                    "Status",
                    "状态",
                    REQUIRED,
                    FILTERABLE)
            .defaultingTo("draft");
    public static final Field<LocalDate> SIGNED_ON = field("signedOn", new TimeTypes.Day(), "Signed", "签订日期");
    public static final Field<LocalDate> STARTS_ON =
            field("startsOn", new TimeTypes.Day(), "Begins", "开始日期", FILTERABLE);
    public static final Field<LocalDate> ENDS_ON = field("endsOn", new TimeTypes.Day(), "Ends", "结束日期", FILTERABLE);
    public static final Field<Money> AMOUNT =
            field("amount", new NumberTypes.MoneyAmount(), "Amount", "合同金额", REQUIRED);
    public static final Field<String> RENEWAL = field(
                    "renewal",
                    new TextTypes.Choices(
                            choice("none", "Ends", "到期终止", "gray"),
                            choice("ask", "To be agreed", "协商续签", "amber"),
                            choice("automatic", "Automatic", "自动续签", "green")),
                    "Renewal",
                    "续签方式")
            .defaultingTo("ask");
    public static final Field<Long> NOTICE_DAYS = field("noticeDays", new NumberTypes.Whole(), "Notice, days", "提前通知天数")
            .defaultingTo("30");
    public static final Field<RecordId> RENEWS =
            field("renews", new LinkTypes.Lookup("contract"), "Renews", "续签自", READ_ONLY, FILTERABLE);
    public static final Field<Money> PLANNED = field(
                    "planned", new NumberTypes.MoneyAmount(), "In the payment plan", "回款计划合计", READ_ONLY, NO_HISTORY)
            .computedBy(new RollUp(Computation.Function.SUM, "instalment", "contract", "amount", null));
    public static final Field<Money> RECEIVED = field(
                    "received", new NumberTypes.MoneyAmount(), "Received", "已回款", READ_ONLY, NO_HISTORY)
            .computedBy(new RollUp(Computation.Function.SUM, "instalment", "contract", "received", null));
    public static final Field<Money> OUTSTANDING = field(
                    "outstanding", new NumberTypes.MoneyAmount(), "Outstanding", "未回款", READ_ONLY, NO_HISTORY)
            .computedBy(new Computation.Formula(
                    "if(isblank(received), amount, amount - received)", Set.of("amount", "received")));
    public static final Field<RecordId> FILE = field("file", new LinkTypes.Attachment(), "Signed copy", "合同扫描件");
    public static final Field<String> DESCRIPTION = field("description", new TextTypes.LongText(), "Description", "备注");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("contract", labels("Contract", "合同"), labels("Contracts", "合同"))
                .icon("file-check")
                .group(ObjectDef.Group.SALES)
                .fields(
                        NUMBER,
                        NAME,
                        ACCOUNT,
                        OPPORTUNITY,
                        QUOTE,
                        ORDER,
                        STATUS,
                        SIGNED_ON,
                        STARTS_ON,
                        ENDS_ON,
                        AMOUNT,
                        RENEWAL,
                        NOTICE_DAYS,
                        RENEWS,
                        PLANNED,
                        RECEIVED,
                        OUTSTANDING,
                        FILE,
                        DESCRIPTION)
                .sharing(Sharing.owned(ACCOUNT))
                .listing("name", "number", "account", "status", "amount", "received", "outstanding", "endsOn", "owner")
                .section("Contract", "合同", NAME, ACCOUNT, STATUS, AMOUNT, SIGNED_ON, STARTS_ON, ENDS_ON)
                .section("Renewal", "续签", RENEWAL, NOTICE_DAYS, RENEWS)
                .section("Payment", "回款", PLANNED, RECEIVED, OUTSTANDING)
                .section("Details", "详细信息", NUMBER, OPPORTUNITY, QUOTE, ORDER, FILE, SystemFields.OWNER, DESCRIPTION)
                .related("instalment.contract", "receipt.contract", "invoice.contract", "contract.renews")
                .build();
    }
}
