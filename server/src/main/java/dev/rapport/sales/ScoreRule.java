package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;
import static dev.rapport.metadata.Trait.UNIQUE;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import org.springframework.stereotype.Component;

/** Points that a lead has for something that is true of it. */
@Component
public class ScoreRule implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(60), "Name", "名称", REQUIRED, UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<String> CONDITION = field("condition", new TextTypes.LongText(), "If", "条件", REQUIRED);
    public static final Field<Long> POINTS =
            field("points", new NumberTypes.Whole(), "Points", "分值", REQUIRED, FILTERABLE);
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用", FILTERABLE).defaultingTo("true");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("scoreRule", labels("Score rule", "评分规则"), labels("Score rules", "评分规则"))
                .icon("gauge")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, CONDITION, POINTS, ACTIVE)
                .listing("name", "condition", "points", "active")
                .sortedBy("-points")
                .section("Rule", "规则", NAME, CONDITION, POINTS, ACTIVE)
                .build();
    }
}
