package dev.rapport.activity;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.READ_ONLY;
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
import dev.rapport.metadata.TimeTypes;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** Something to be done by somebody until some day. */
@Component
public class Task implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Subject", "主题", REQUIRED, SEARCHABLE);
    public static final Field<String> STATUS = field(
                    "status",
                    new TextTypes.Choices(
                            choice("open", "Open", "待办", "sky"),
                            choice("inProgress", "In progress", "进行中", "amber"),
                            choice("done", "Done", "已完成", "green")),
                    "Status",
                    "状态",
                    FILTERABLE)
            .defaultingTo("open");
    public static final Field<String> PRIORITY = field(
                    "priority",
                    new TextTypes.Choices(
                            choice("low", "Low", "低", "gray"),
                            choice("normal", "Normal", "普通", "sky"),
                            choice("high", "High", "高", "red")),
                    "Priority",
                    "优先级")
            .defaultingTo("normal");
    public static final Field<LocalDate> DUE_ON = field("dueOn", new TimeTypes.Day(), "Due", "截止日期", FILTERABLE);
    public static final Field<Instant> COMPLETED_AT =
            field("completedAt", new TimeTypes.Moment(), "Completed", "完成时间", READ_ONLY);
    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", FILTERABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", FILTERABLE);
    public static final Field<String> DESCRIPTION = field("description", new TextTypes.LongText(), "Description", "说明");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("task", labels("Task", "任务"), labels("Tasks", "任务"))
                .icon("circle-check")
                .group(ObjectDef.Group.ACTIVITIES)
                .fields(NAME, STATUS, PRIORITY, DUE_ON, COMPLETED_AT, CONTACT, ACCOUNT, DESCRIPTION, Pinning.PINNED)
                .sharing(Sharing.owned(CONTACT, ACCOUNT))
                .listing("name", "status", "priority", "dueOn", "contact", "account", "owner")
                .section(
                        "Task", "任务", NAME, DUE_ON, STATUS, PRIORITY, CONTACT, ACCOUNT, SystemFields.OWNER, DESCRIPTION)
                .inTimeline(SystemFields.CREATED_AT, NAME, DESCRIPTION)
                .build();
    }
}
