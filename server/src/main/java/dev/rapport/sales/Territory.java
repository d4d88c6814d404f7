package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
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

/** A part of the market and who looks after it. */
@Component
public class Territory implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(), "Name", "名称", REQUIRED, UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<Long> POSITION = field(
                    "position", new NumberTypes.Whole(), "Asked in order of", "匹配顺序", FILTERABLE)
            .defaultingTo("100");
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用", FILTERABLE).defaultingTo("true");
    public static final Field<List<String>> PLACES =
            field("places", new TextTypes.Tags(), "Countries, provinces, cities", "国家、省份、城市");
    public static final Field<List<String>> INDUSTRIES = field("industries", new TextTypes.Tags(), "Industries", "行业");
    public static final Field<Long> MIN_EMPLOYEES =
            field("minEmployees", new NumberTypes.Whole(), "From employees", "员工人数下限");
    public static final Field<Long> MAX_EMPLOYEES =
            field("maxEmployees", new NumberTypes.Whole(), "Up to employees", "员工人数上限");
    public static final Field<RecordId> MANAGER =
            field("manager", new LinkTypes.Lookup("user"), "Looked after by", "负责人员");

    /** They see what belongs to the territory where their roles say so, as the manager does. */
    public static final Field<List<RecordId>> MEMBERS =
            field("members", new LinkTypes.Lookups("user"), "Members", "成员");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("territory", labels("Territory", "销售区域"), labels("Territories", "销售区域"))
                .icon("map")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, POSITION, ACTIVE, PLACES, INDUSTRIES, MIN_EMPLOYEES, MAX_EMPLOYEES, MANAGER, MEMBERS)
                .listing("name", "position", "active", "places", "industries", "manager")
                .sortedBy("position")
                .section("Territory", "销售区域", NAME, MANAGER, MEMBERS, POSITION, ACTIVE)
                .section("Who belongs to it", "范围", PLACES, INDUSTRIES, MIN_EMPLOYEES, MAX_EMPLOYEES)
                .related("lead.territory", "opportunity.territory")
                .build();
    }
}
