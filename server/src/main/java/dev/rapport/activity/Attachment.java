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

/** A file kept with a customer or an order. */
@Component
public class Attachment implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Name", "名称", SEARCHABLE);
    public static final Field<RecordId> FILE =
            field("file", new LinkTypes.Attachment(), "File", "文件", REQUIRED, FILTERABLE);
    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", FILTERABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", FILTERABLE);
    public static final Field<RecordId> ORDER =
            field("order", new LinkTypes.Lookup("order"), "Order", "订单", FILTERABLE);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("attachment", labels("Attachment", "附件"), labels("Attachments", "附件"))
                .icon("paperclip")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, FILE, CONTACT, ACCOUNT, ORDER)
                .sharing(Sharing.owned(CONTACT, ACCOUNT, ORDER))
                .listing("name", "file", "contact", "account", "createdBy", "createdAt")
                .section("Attachment", "附件", FILE, NAME, CONTACT, ACCOUNT, ORDER)
                .inTimeline(SystemFields.CREATED_AT, NAME, null)
                .build();
    }
}
