package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.TextTypes;
import org.springframework.stereotype.Component;

/** Which part of a receipt pays which instalment. */
@Component
public class ReceiptMatch implements ObjectSource {
    public static final Field<RecordId> RECEIPT =
            field("receipt", new LinkTypes.Lookup("receipt"), "Receipt", "回款", REQUIRED, FILTERABLE);
    public static final Field<RecordId> INSTALMENT =
            field("instalment", new LinkTypes.Lookup("instalment"), "Instalment", "回款计划", REQUIRED, FILTERABLE);
    public static final Field<Money> AMOUNT = field("amount", new NumberTypes.MoneyAmount(), "Amount", "金额", REQUIRED);
    public static final Field<String> NOTE = field("note", new TextTypes.Text(), "Note", "说明");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("receiptMatch", labels("Match", "核销"), labels("Matches", "核销"))
                .icon("link")
                .group(ObjectDef.Group.HIDDEN)
                .fields(RECEIPT, INSTALMENT, AMOUNT, NOTE)
                .namedBy(NOTE)
                .sharing(Sharing.controlledBy(RECEIPT))
                .listing("instalment", "receipt", "amount", "note", "createdAt")
                .sortedBy("createdAt")
                .section("Match", "核销", RECEIPT, INSTALMENT, AMOUNT, NOTE)
                .build();
    }
}
