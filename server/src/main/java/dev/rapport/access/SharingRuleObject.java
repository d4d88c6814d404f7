package dev.rapport.access;

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

/** Shares all records of an object that meet a condition, those to come among them, with people, teams, departments or groups. */
@Component
public class SharingRuleObject implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(100), "Name", "名称", REQUIRED, UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用", FILTERABLE).defaultingTo("true");
    public static final Field<String> OBJECT =
            field("object", new TextTypes.Text(60), "Object", "对象", REQUIRED, FILTERABLE);
    public static final Field<String> FILTER =
            field("filter", new TextTypes.LongText(), "Condition (filter of the API)", "条件（API 筛选格式）", REQUIRED);
    public static final Field<String> LEVEL = field(
                    "level",
                    new TextTypes.Choices(
                            choice("read", "May read", "可查看", "sky"), choice("write", "May change", "可编辑", "amber")),
                    "Those may",
                    "权限")
            .defaultingTo("read");
    public static final Field<List<RecordId>> PEOPLE =
            field("people", new LinkTypes.Lookups("user"), "With people", "共享给人员");
    public static final Field<List<RecordId>> TEAMS =
            field("teams", new LinkTypes.Lookups("team"), "With teams", "共享给团队");
    public static final Field<List<RecordId>> DEPARTMENTS =
            field("departments", new LinkTypes.Lookups("department"), "With departments and those below", "共享给部门及下级部门");
    public static final Field<List<RecordId>> GROUPS =
            field("groups", new LinkTypes.Lookups("userGroup"), "With public groups", "共享给公共组");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("sharingRule", labels("Sharing rule", "共享规则"), labels("Sharing rules", "共享规则"))
                .icon("share-2")
                .group(ObjectDef.Group.HIDDEN)
                .governedBy("users")
                .fields(NAME, ACTIVE, OBJECT, FILTER, LEVEL, PEOPLE, TEAMS, DEPARTMENTS, GROUPS)
                .listing("name", "active", "object", "level", "people", "teams", "departments", "groups")
                .sortedBy("name")
                .section("Sharing rule", "共享规则", NAME, ACTIVE, OBJECT, FILTER, LEVEL)
                .section("Shared with", "共享对象", PEOPLE, TEAMS, DEPARTMENTS, GROUPS)
                .build();
    }
}
