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
import java.util.List;
import org.springframework.stereotype.Component;

/** People across teams and departments with whom records are shared together. */
@Component
public class UserGroupObject implements ObjectSource {
    public static final Field<String> NAME = field(
            "name",
            new TextTypes.Text(100),
            "Name",
            "名称",
            Trait.REQUIRED,
            Trait.UNIQUE,
            Trait.SEARCHABLE,
            Trait.FILTERABLE);
    public static final Field<List<RecordId>> MEMBERS = field("members", new LinkTypes.Lookups("user"), "People", "成员");
    public static final Field<List<RecordId>> TEAMS = field("teams", new LinkTypes.Lookups("team"), "Teams", "团队");
    public static final Field<List<RecordId>> DEPARTMENTS =
            field("departments", new LinkTypes.Lookups("department"), "Departments and those below", "部门及下级部门");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("userGroup", labels("Public group", "公共组"), labels("Public groups", "公共组"))
                .icon("users-round")
                .group(ObjectDef.Group.HIDDEN)
                .governedBy("users")
                .fields(NAME, MEMBERS, TEAMS, DEPARTMENTS)
                .listing("name", "members", "teams", "departments", "updatedAt")
                .sortedBy("name")
                .section("Public group", "公共组", NAME, MEMBERS, TEAMS, DEPARTMENTS)
                .build();
    }
}
