package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import org.springframework.stereotype.Component;

/** One step of a sequence: what is to be done, so many days after the step before. */
@Component
public class SequenceStep implements ObjectSource {
    public static final Field<RecordId> SEQUENCE =
            field("sequence", new LinkTypes.Lookup("sequence"), "Sequence", "跟进序列", REQUIRED, FILTERABLE);
    public static final Field<Long> POSITION =
            field("position", new NumberTypes.Whole(), "Position", "顺序", REQUIRED, FILTERABLE);
    public static final Field<Long> WAIT_DAYS = field(
                    "waitDays", new NumberTypes.Whole(), "Days to wait before", "等待天数", REQUIRED)
            .defaultingTo("0");
    public static final Field<String> KIND = field(
                    "kind",
                    new TextTypes.Choices(
                            choice("call", "Call", "电话", "sky"),
                            choice("mail", "Mail", "发邮件", "indigo"),
                            choice("visit", "Visit", "拜访", "teal"),
                            choice("task", "Task", "任务", "amber")),
                    "What",
                    "动作",
                    REQUIRED)
            .defaultingTo("call");
    public static final Field<String> SUBJECT = field("subject", new TextTypes.Text(), "Subject", "主题", REQUIRED);
    public static final Field<String> TEXT = field("text", new TextTypes.LongText(), "Words to use", "话术")
            .explained(
                    "Mails are sent by themselves where a mail server is set up. {{contact.name}}, {{contact.title}}, {{lead.name}}, {{lead.company}}, {{opportunity.name}}, {{owner.name}} and {{company.name}} stand for what is known.",
                    "配置邮件服务器后，邮件会自动发送。可用占位符：{{contact.name}}、{{contact.title}}、{{lead.name}}、{{lead.company}}、{{opportunity.name}}、{{owner.name}}、{{company.name}}。");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("sequenceStep", labels("Step", "步骤"), labels("Steps", "步骤"))
                .icon("list")
                .group(ObjectDef.Group.HIDDEN)
                .fields(SEQUENCE, POSITION, WAIT_DAYS, KIND, SUBJECT, TEXT)
                .namedBy(SUBJECT)
                .listing("position", "kind", "subject", "waitDays", "sequence")
                .sortedBy("position")
                .section("Step", "步骤", SEQUENCE, POSITION, WAIT_DAYS, KIND, SUBJECT, TEXT)
                .build();
    }
}
