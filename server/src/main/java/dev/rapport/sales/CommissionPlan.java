package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
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
import java.util.List;
import org.springframework.stereotype.Component;

/** What people get for what they sell: a share that grows with the amount. */
@Component
public class CommissionPlan implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(), "Name", "名称", REQUIRED, UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用", FILTERABLE).defaultingTo("true");
    public static final Field<String> BASIS = field(
                    "basis",
                    new TextTypes.Choices(
                            choice("won", "Value won", "成交金额", "green"),
                            choice("margin", "Margin", "毛利", "teal"),
                            choice("receipts", "Receipts", "回款", "sky")),
                    "Of what",
                    "计提依据",
                    REQUIRED)
            .defaultingTo("won");
    public static final Field<List<RecordId>> PEOPLE = field("people", new LinkTypes.Lookups("user"), "For", "适用人员");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("commissionPlan", labels("Commission plan", "提成方案"), labels("Commission plans", "提成方案"))
                .icon("coins")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, ACTIVE, BASIS, PEOPLE)
                .listing("name", "active", "basis", "people", "updatedAt")
                .section("Plan", "方案", NAME, ACTIVE, BASIS, PEOPLE)
                .related("commissionTier.plan")
                .build();
    }
}
