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

/** Steps of following up that come one after the other until something stops them. */
@Component
public class Sequence implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(), "Name", "名称", REQUIRED, UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用", FILTERABLE).defaultingTo("true");
    public static final Field<Boolean> STOP_AFTER_CONTACT = field(
                    "stopAfterContact", new NumberTypes.Flag(), "Stops when they were reached", "联系上后停止")
            .defaultingTo("true");
    public static final Field<Boolean> STOP_WHEN_DECIDED = field(
                    "stopWhenDecided", new NumberTypes.Flag(), "Stops when the lead or deal is decided", "线索或商机有结果后停止")
            .defaultingTo("true");
    public static final Field<String> DESCRIPTION = field("description", new TextTypes.LongText(), "Description", "说明");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("sequence", labels("Sequence", "跟进序列"), labels("Sequences", "跟进序列"))
                .icon("list-checks")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, ACTIVE, STOP_AFTER_CONTACT, STOP_WHEN_DECIDED, DESCRIPTION)
                .listing("name", "active", "stopAfterContact", "stopWhenDecided", "updatedAt")
                .section("Sequence", "跟进序列", NAME, ACTIVE, STOP_AFTER_CONTACT, STOP_WHEN_DECIDED, DESCRIPTION)
                .related("sequenceStep.sequence", "enrolment.sequence")
                .build();
    }
}
