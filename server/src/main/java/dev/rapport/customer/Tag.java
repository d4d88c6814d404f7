package dev.rapport.customer;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;
import static dev.rapport.metadata.Trait.UNIQUE;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import org.springframework.stereotype.Component;

/** A word that the company has agreed upon for tagging records, offered where tags are typed. */
@Component
public class Tag implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(50), "Name", "标签", REQUIRED, UNIQUE, SEARCHABLE);
    public static final Field<String> DESCRIPTION = field("description", new TextTypes.Text(), "Description", "说明");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("tag", labels("Tag", "标签"), labels("Tags", "标签"))
                .icon("tag")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, DESCRIPTION)
                .listing("name", "description", "updatedAt")
                .section("Tag", "标签", NAME, DESCRIPTION)
                .build();
    }
}
