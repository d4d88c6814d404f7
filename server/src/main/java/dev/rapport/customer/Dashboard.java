package dev.rapport.customer;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.REQUIRED;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.TextTypes;
import org.springframework.stereotype.Component;

/** Charts and figures laid out on one page; whoever looks sees them over the records that they may see themselves. */
@Component
public class Dashboard implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(100), "Name", "仪表盘名称", REQUIRED);
    public static final Field<String> DEFINITION =
            field("definition", new TextTypes.LongText(), "Definition", "定义", REQUIRED);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("dashboard", labels("Dashboard", "仪表盘"), labels("Dashboards", "仪表盘"))
                .icon("layout-dashboard")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, DEFINITION, ListView.AUDIENCE)
                .sharing(Sharing.PERSONAL)
                .listing("name", "audience", "owner")
                .sortedBy("createdAt")
                .section("Dashboard", "仪表盘", NAME, ListView.AUDIENCE, DEFINITION)
                .build();
    }
}
