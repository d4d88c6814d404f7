package dev.rapport.identity;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.Trait;
import org.springframework.stereotype.Component;

/** People who work together under one manager. */
@Component
public class TeamObject implements ObjectSource {
    public static final Field<String> NAME = field(
            "name",
            new TextTypes.Text(100),
            "Name",
            "团队名称",
            Trait.REQUIRED,
            Trait.UNIQUE,
            Trait.SEARCHABLE,
            Trait.FILTERABLE);
    public static final Field<RecordId> MANAGER =
            field("manager", new LinkTypes.Lookup("user"), "Manager", "主管", Trait.FILTERABLE);
    public static final Field<String> REGION =
            field("region", new TextTypes.Text(100), "Region", "区域", Trait.FILTERABLE);
    public static final Field<RecordId> PARENT =
            field("parent", new LinkTypes.Lookup("team"), "Part of", "上级团队", Trait.FILTERABLE);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("team", labels("Team", "团队"), labels("Teams", "团队"))
                .icon("users")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, MANAGER, REGION, PARENT)
                .governedBy("users")
                .listing("name", "manager", "region", "parent", "updatedAt")
                .sortedBy("name")
                .section("Team", "团队", NAME, MANAGER, REGION, PARENT)
                .related("user.team", "team.parent")
                .build();
    }
}
