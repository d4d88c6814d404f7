package dev.rapport.activity;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.SystemFields;
import dev.rapport.metadata.TextTypes;
import org.springframework.stereotype.Component;

/** Something written down about a customer. */
@Component
public class Note implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Title", "标题", SEARCHABLE);
    public static final Field<String> BODY =
            field("body", new TextTypes.LongText(), "Text", "内容", REQUIRED, SEARCHABLE);
    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", FILTERABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", FILTERABLE);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("note", labels("Note", "笔记"), labels("Notes", "笔记"))
                .icon("sticky-note")
                .group(ObjectDef.Group.ACTIVITIES)
                .fields(NAME, BODY, CONTACT, ACCOUNT, Pinning.PINNED)
                .sharing(Sharing.owned(CONTACT, ACCOUNT))
                .listing("name", "contact", "account", "createdBy", "createdAt")
                .section("Note", "笔记", BODY, NAME, CONTACT, ACCOUNT)
                .inTimeline(SystemFields.CREATED_AT, NAME, BODY)
                .build();
    }
}
