package dev.rapport.privacy;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;
import static dev.rapport.metadata.Trait.UNIQUE;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import org.springframework.stereotype.Component;

/** How long records are kept: what becomes of those whose moment lies further back. */
@Component
public class RetentionRule implements ObjectSource {
    static final String DELETE = "delete";
    static final String ERASE = "erase";

    public static final Field<String> NAME =
            field("name", new TextTypes.Text(100), "Name", "名称", REQUIRED, UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用", FILTERABLE).defaultingTo("false");
    public static final Field<String> OBJECT =
            field("object", new TextTypes.Text(60), "Object", "对象", REQUIRED, FILTERABLE);
    public static final Field<Long> DAYS = field("days", new NumberTypes.Whole(), "Kept for days", "保留天数", REQUIRED);
    public static final Field<String> SINCE = field(
                    "since", new TextTypes.Text(60), "Counted from (field)", "起算字段", REQUIRED)
            .defaultingTo("updatedAt");
    public static final Field<String> FILTER =
            field("filter", new TextTypes.LongText(), "Only those (filter of the API)", "适用条件（API 筛选格式）");
    public static final Field<String> ACTION = field(
                    "action",
                    new TextTypes.Choices(
                            choice(DELETE, "Move to the recycle bin", "移入回收站", "amber"),
                            choice(ERASE, "Erase for good", "永久删除", "red")),
                    "Then",
                    "到期处理",
                    REQUIRED)
            .defaultingTo(DELETE);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("retentionRule", labels("Retention rule", "保留规则"), labels("Retention rules", "保留规则"))
                .icon("hourglass")
                .group(ObjectDef.Group.HIDDEN)
                .governedBy("privacy")
                .fields(NAME, ACTIVE, OBJECT, DAYS, SINCE, FILTER, ACTION)
                .listing("name", "active", "object", "days", "since", "action")
                .sortedBy("name")
                .section("Retention rule", "保留规则", NAME, OBJECT, DAYS, SINCE, FILTER, ACTION, ACTIVE)
                .build();
    }
}
