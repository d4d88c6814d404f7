package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.READ_ONLY;
import static dev.rapport.metadata.Trait.REQUIRED;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.SystemFields;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** Somebody who is followed up by a sequence, and how far it has got with them. */
@Component
public class Enrolment implements ObjectSource {
    public static final Field<RecordId> SEQUENCE =
            field("sequence", new LinkTypes.Lookup("sequence"), "Sequence", "跟进序列", REQUIRED, FILTERABLE);
    public static final Field<RecordId> LEAD = field("lead", new LinkTypes.Lookup("lead"), "Lead", "线索", FILTERABLE);
    public static final Field<RecordId> OPPORTUNITY =
            field("opportunity", new LinkTypes.Lookup("opportunity"), "Opportunity", "商机", FILTERABLE);
    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", FILTERABLE);
    public static final Field<String> STATUS = field(
                    "status",
                    new TextTypes.Choices(
                            choice("active", "Active", "进行中", "sky"),
                            choice("finished", "Finished", "已完成", "green"),
                            choice("stopped", "Stopped", "已停止", "gray")),
                    "Status",
                    "状态",
                    REQUIRED,
                    FILTERABLE)
            .defaultingTo("active");
    public static final Field<String> REASON = field(
            "reason",
            new TextTypes.Choices(
                    choice("contacted", "Contact was made", "已取得联系", "green"),
                    choice("decided", "Decided", "已有结果", "green"),
                    choice("inactive", "The sequence was switched off", "跟进计划已停用", "gray"),
                    choice("sequence", "The sequence was deleted", "跟进计划已删除", "gray"),
                    choice("enroller", "Whoever started it may not sign in any more", "发起人的账号已停用", "amber"),
                    choice("refused", "Whoever started it may not do this", "发起人无权执行此步骤", "amber"),
                    choice("failed", "A step failed", "步骤执行失败", "red")),
            "Why stopped",
            "停止原因",
            READ_ONLY);
    public static final Field<Long> DONE = field("done", new NumberTypes.Whole(), "Steps done", "已执行步骤", READ_ONLY);
    public static final Field<LocalDate> NEXT_ON =
            field("nextOn", new TimeTypes.Day(), "Next step on", "下一步日期", FILTERABLE);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("enrolment", labels("Follow-up", "跟进"), labels("Follow-ups", "跟进"))
                .icon("repeat")
                .group(ObjectDef.Group.HIDDEN)
                .fields(SEQUENCE, LEAD, OPPORTUNITY, CONTACT, STATUS, REASON, DONE, NEXT_ON)
                .namedBy(STATUS)
                .sharing(Sharing.controlledBy(LEAD, OPPORTUNITY, CONTACT))
                .listing("sequence", "status", "done", "nextOn", "lead", "opportunity", "contact", "owner")
                .section("Follow-up", "跟进", SEQUENCE, LEAD, OPPORTUNITY, CONTACT, STATUS, NEXT_ON, SystemFields.OWNER)
                .build();
    }
}
