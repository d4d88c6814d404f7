package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
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
import dev.rapport.metadata.TextTypes;
import org.springframework.stereotype.Component;

/** Somebody else who wants the same deal. */
@Component
public class OpportunityCompetitor implements ObjectSource {
    public static final Field<RecordId> OPPORTUNITY =
            field("opportunity", new LinkTypes.Lookup("opportunity"), "Opportunity", "商机", REQUIRED, FILTERABLE);
    public static final Field<RecordId> COMPETITOR =
            field("competitor", new LinkTypes.Lookup("account"), "Competitor", "竞争对手", REQUIRED, FILTERABLE);
    public static final Field<String> THREAT = field(
            "threat",
            new TextTypes.Choices(
                    choice("low", "Low", "低", "gray"),
                    choice("medium", "Medium", "中", "amber"),
                    choice("high", "High", "高", "red")),
            "Threat",
            "威胁程度");
    public static final Field<Money> PRICE = field("price", new NumberTypes.MoneyAmount(), "Their price", "对手报价");
    public static final Field<String> STRENGTHS = field("strengths", new TextTypes.LongText(), "Strengths", "优势");
    public static final Field<String> WEAKNESSES = field("weaknesses", new TextTypes.LongText(), "Weaknesses", "劣势");

    @Override
    public ObjectDef define() {
        return ObjectDef.object(
                        "opportunityCompetitor",
                        labels("Competitor in the deal", "竞争情况"),
                        labels("Competitors in the deal", "竞争情况"))
                .icon("flag")
                .group(ObjectDef.Group.HIDDEN)
                .fields(OPPORTUNITY, COMPETITOR, THREAT, PRICE, STRENGTHS, WEAKNESSES)
                .namedBy(THREAT)
                .listing("competitor", "threat", "price", "strengths", "opportunity")
                .section("Competitor", "竞争对手", OPPORTUNITY, COMPETITOR, THREAT, PRICE, STRENGTHS, WEAKNESSES)
                .build();
    }
}
