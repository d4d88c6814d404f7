package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;
import static dev.rapport.metadata.Trait.REQUIRED;

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

/** A part of what a customer owes, due on a day. */
@Component
public class Instalment implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Name", "名称", REQUIRED);
    public static final Field<RecordId> CONTRACT =
            field("contract", new LinkTypes.Lookup("contract"), "Contract", "合同", FILTERABLE);
    public static final Field<RecordId> ORDER =
            field("order", new LinkTypes.Lookup("order"), "Order", "订单", FILTERABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", FILTERABLE);
    public static final Field<LocalDate> DUE_ON =
            field("dueOn", new TimeTypes.Day(), "Due", "到期日", REQUIRED, FILTERABLE);
    public static final Field<Money> AMOUNT = field("amount", new NumberTypes.MoneyAmount(), "Amount", "金额", REQUIRED);
    public static final Field<Money> RECEIVED = field(
                    "received", new NumberTypes.MoneyAmount(), "Received", "已回款", READ_ONLY, NO_HISTORY)
            .computedBy(new RollUp(Computation.Function.SUM, "receiptMatch", "instalment", "amount", null));
    public static final Field<Money> OUTSTANDING = field(
                    "outstanding",
                    new NumberTypes.MoneyAmount(),
                    "Outstanding",
                    "未回款",
                    READ_ONLY,
                    NO_HISTORY,
                    FILTERABLE)
            .computedBy(new Computation.Formula(
                    "if(isblank(received), amount, amount - received)", Set.of("amount", "received")));

    @Override
    public ObjectDef define() {
        return ObjectDef.object("instalment", labels("Instalment", "回款计划"), labels("Payment plan", "回款计划"))
                .icon("calendar")
                .group(ObjectDef.Group.SALES)
                .fields(NAME, CONTRACT, ORDER, ACCOUNT, DUE_ON, AMOUNT, RECEIVED, OUTSTANDING)
                .sharing(Sharing.owned(CONTRACT, ACCOUNT))
                .listing("name", "dueOn", "amount", "received", "outstanding", "account", "contract", "owner")
                .sortedBy("dueOn")
                .section("Instalment", "回款计划", NAME, CONTRACT, ORDER, ACCOUNT, DUE_ON, AMOUNT, SystemFields.OWNER)
                .related("receiptMatch.instalment")
                .build();
    }
}
