package dev.rapport.customer;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.TextTypes;
import org.springframework.stereotype.Component;

/** What a person is to an account other than, or beside, the one they work at. */
@Component
public class ContactRole implements ObjectSource {
    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", REQUIRED, FILTERABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", REQUIRED, FILTERABLE);
    public static final Field<String> ROLE = field(
            "role",
            new TextTypes.Choices(
                    choice("decisionMaker", "Decision maker", "决策者", "indigo"),
                    choice("influencer", "Influencer", "影响者", "violet"),
                    choice("user", "User", "使用者", "sky"),
                    choice("purchaser", "Purchaser", "采购", "amber"),
                    choice("finance", "Finance", "财务", "green"),
                    choice("other", "Other", "其他", "gray")),
            "Role",
            "角色",
            REQUIRED);
    public static final Field<String> NOTE = field("note", new TextTypes.Text(), "Note", "说明");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("contactRole", labels("Role", "客户角色"), labels("Roles", "客户角色"))
                .icon("id-card")
                .group(ObjectDef.Group.HIDDEN)
                .fields(CONTACT, ACCOUNT, ROLE, NOTE)
                .namedBy(ROLE)
                .sharing(Sharing.controlledBy(CONTACT, ACCOUNT))
                .listing("contact", "account", "role", "note")
                .section("Role", "角色", CONTACT, ACCOUNT, ROLE, NOTE)
                .build();
    }
}
