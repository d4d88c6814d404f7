package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who gets a new lead that nobody owns yet. The first rule that fits decides. */
@Component
public class AssignmentRule implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(), "Name", "名称", REQUIRED, SEARCHABLE, FILTERABLE);
    public static final Field<Long> POSITION = field(
                    "position", new NumberTypes.Whole(), "Asked in order of", "匹配顺序", REQUIRED, FILTERABLE)
            .defaultingTo("100");
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用", FILTERABLE).defaultingTo("true");
    public static final Field<String> CONDITION = field("condition", new TextTypes.LongText(), "Only if", "适用条件");
    public static final Field<RecordId> TERRITORY =
            field("territory", new LinkTypes.Lookup("territory"), "Only in territory", "适用区域");
    public static final Field<String> METHOD = field(
                    "method",
                    new TextTypes.Choices(
                            choice("roundRobin", "In turn", "轮流分配", "sky"),
                            choice("leastLoaded", "Whoever has fewest open", "按负荷分配", "violet"),
                            choice("manager", "Whoever looks after the territory", "区域负责人", "teal")),
                    "How",
                    "分配方式",
                    REQUIRED)
            .defaultingTo("roundRobin");
    public static final Field<List<RecordId>> MEMBERS = field("members", new LinkTypes.Lookups("user"), "Among", "分配给");
    public static final Field<Long> CAPACITY =
            field("capacity", new NumberTypes.Whole(), "Most open leads of one person", "每人未结线索上限");
    public static final Field<Boolean> WORKING_HOURS =
            field("workingHours", new NumberTypes.Flag(), "Only in working hours", "仅工作时间");
    public static final Field<String> HOURS =
            field("hours", new TextTypes.Text(20), "Working hours", "工作时间").defaultingTo("09:00-18:00");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("assignmentRule", labels("Assignment rule", "分配规则"), labels("Assignment rules", "分配规则"))
                .icon("shuffle")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, POSITION, ACTIVE, CONDITION, TERRITORY, METHOD, MEMBERS, CAPACITY, WORKING_HOURS, HOURS)
                .listing("name", "position", "active", "method", "members", "capacity", "territory", "condition")
                .sortedBy("position")
                .section("Rule", "规则", NAME, POSITION, ACTIVE, CONDITION, TERRITORY)
                .section("Who gets it", "分配", METHOD, MEMBERS, CAPACITY, WORKING_HOURS, HOURS)
                .build();
    }
}
