package dev.rapport.identity;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.MatchRules;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.Trait;
import org.springframework.stereotype.Component;

/** People who work with the product. Secrets are not fields: passwords and tokens live in tables of their own. */
@Component
public class UserObject implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(), "Name", "姓名", Trait.READ_ONLY, Trait.SEARCHABLE, Trait.FILTERABLE);
    public static final Field<String> USERNAME = field(
            "username", new TextTypes.Text(100), "Username", "用户名", Trait.READ_ONLY, Trait.UNIQUE, Trait.SEARCHABLE);
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用", Trait.READ_ONLY);
    public static final Field<String> LANGUAGE =
            field("language", new TextTypes.Text(10), "Language", "语言", Trait.READ_ONLY);
    public static final Field<String> ZONE = field("zone", new TextTypes.Text(60), "Time zone", "时区", Trait.READ_ONLY);

    /** Where reports go, and answers to the person's mails. */
    public static final Field<String> EMAIL = field("email", new TextTypes.Email(), "Email", "邮箱", Trait.READ_ONLY);

    public static final Field<RecordId> TEAM =
            field("team", new LinkTypes.Lookup("team"), "Team", "团队", Trait.READ_ONLY, Trait.FILTERABLE);

    public static final Field<RecordId> DEPARTMENT = field(
            "department", new LinkTypes.Lookup("department"), "Department", "部门", Trait.READ_ONLY, Trait.FILTERABLE);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("user", labels("User", "用户"), labels("Users", "用户"))
                .icon("user-cog")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, USERNAME, EMAIL, ACTIVE, LANGUAGE, ZONE, TEAM, DEPARTMENT)
                .listing("name", "username", "department", "team", "active", "createdAt")
                .sortedBy("name")
                .matching(MatchRules.NONE)
                .section("User", "用户", NAME, USERNAME, EMAIL, DEPARTMENT, TEAM, ACTIVE)
                .build();
    }
}
