package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import org.springframework.stereotype.Component;

/** What a person has to say in a deal. */
@Component
public class OpportunityRole implements ObjectSource {
    public static final Field<RecordId> OPPORTUNITY =
            field("opportunity", new LinkTypes.Lookup("opportunity"), "Opportunity", "商机", REQUIRED, FILTERABLE);
    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", REQUIRED, FILTERABLE);
    public static final Field<String> ROLE = field(
            "role",
            new TextTypes.Choices(
                    choice("decisionMaker", "Decision maker", "决策人", "red"),
                    choice("economicBuyer", "Economic buyer", "预算审批人", "green"),
                    choice("technicalBuyer", "Technical evaluator", "技术评估人", "sky"),
                    choice("champion", "Champion", "内部支持者", "pink"),
                    choice("user", "User", "使用者", "gray"),
                    choice("blocker", "Blocker", "反对者", "amber")),
            "Role",
            "角色",
            REQUIRED);
    public static final Field<String> STANCE = field(
            "stance",
            new TextTypes.Choices(
                    choice("for", "For us", "支持", "green"),
                    choice("neutral", "Neutral", "中立", "gray"),
                    choice("against", "Against us", "反对", "red")),
            "Stance",
            "态度");
    public static final Field<String> NOTE = field("note", new TextTypes.Text(), "Note", "说明");

    @Override
    public ObjectDef define() {
        return ObjectDef.object(
                        "opportunityRole", labels("Person in the deal", "商机角色"), labels("People in the deal", "商机角色"))
                .icon("users")
                .group(ObjectDef.Group.HIDDEN)
                .fields(OPPORTUNITY, CONTACT, ROLE, STANCE, NOTE)
                .namedBy(ROLE)
                .listing("contact", "role", "stance", "note", "opportunity")
                .section("Role", "角色", OPPORTUNITY, CONTACT, ROLE, STANCE, NOTE)
                .build();
    }
}
