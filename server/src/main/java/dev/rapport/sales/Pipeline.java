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

/** A way that deals go, in stages. */
@Component
public class Pipeline implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(100), "Name", "名称", REQUIRED, UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<String> NAME_ZH = field("nameZh", new TextTypes.Text(100), "Name in Chinese", "中文名称");
    public static final Field<Long> POSITION = field("position", new NumberTypes.Whole(), "Position", "排序", FILTERABLE)
            .defaultingTo("100");
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用").defaultingTo("true");
    public static final Field<String> DESCRIPTION = field("description", new TextTypes.LongText(), "Description", "说明");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("pipeline", labels("Pipeline", "销售管道"), labels("Pipelines", "销售管道"))
                .icon("filter")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, NAME_ZH, POSITION, ACTIVE, DESCRIPTION)
                .namedInChineseBy(NAME_ZH)
                .listing("name", "nameZh", "position", "active", "description")
                .sortedBy("position")
                .section("Pipeline", "销售管道", NAME, NAME_ZH, POSITION, ACTIVE, DESCRIPTION)
                .related("stage.pipeline")
                .build();
    }
}
