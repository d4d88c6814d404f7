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

/** A part of the company in its tree: roles may let people see the records of their department, and of those below it. */
@Component
public class DepartmentObject implements ObjectSource {
    public static final Field<String> NAME = field(
            "name",
            new TextTypes.Text(100),
            "Name",
            "部门名称",
            Trait.REQUIRED,
            Trait.UNIQUE,
            Trait.SEARCHABLE,
            Trait.FILTERABLE);
    public static final Field<RecordId> PARENT =
            field("parent", new LinkTypes.Lookup("department"), "Part of", "上级部门", Trait.FILTERABLE);
    public static final Field<RecordId> MANAGER =
            field("manager", new LinkTypes.Lookup("user"), "Manager", "部门负责人", Trait.FILTERABLE);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("department", labels("Department", "部门"), labels("Departments", "部门"))
                .icon("building-2")
                .group(ObjectDef.Group.HIDDEN)
                .governedBy("users")
                .fields(NAME, PARENT, MANAGER)
                .listing("name", "parent", "manager", "updatedAt")
                .sortedBy("name")
                .section("Department", "部门", NAME, PARENT, MANAGER)
                .related("user.department", "department.parent")
                .build();
    }
}
