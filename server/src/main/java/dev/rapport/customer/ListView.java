package dev.rapport.customer;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.TextTypes;
import org.springframework.stereotype.Component;

/** A saved way to look at the records of one object: its columns, filter and sort, as a tab above the list. */
@Component
public class ListView implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(100), "Name", "视图名称", REQUIRED);
    public static final Field<String> OBJECT =
            field("object", new TextTypes.Text(60), "Object", "对象", REQUIRED, FILTERABLE);
    public static final Field<String> DEFINITION =
            field("definition", new TextTypes.LongText(), "Definition", "定义", REQUIRED);
    public static final Field<String> AUDIENCE = field(
                    "audience",
                    new TextTypes.Choices(
                            choice("private", "Only me", "仅自己", "gray"),
                            choice("team", "My team", "我的团队", "violet"),
                            choice("all", "Everybody", "所有人", "sky")),
                    "Visible to",
                    "可见范围")
            .defaultingTo("private");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("listView", labels("List view", "视图"), labels("List views", "视图"))
                .icon("bookmark")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, OBJECT, DEFINITION, AUDIENCE)
                .sharing(Sharing.PERSONAL)
                .listing("name", "object", "audience", "owner")
                .sortedBy("createdAt")
                .section("View", "视图", NAME, OBJECT, AUDIENCE, DEFINITION)
                .build();
    }
}
