package dev.rapport.activity;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
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
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** A telephone call with a customer. */
@Component
public class Call implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Subject", "主题", REQUIRED, SEARCHABLE);
    public static final Field<String> DIRECTION = field(
                    "direction",
                    new TextTypes.Choices(
                            choice("outgoing", "Outgoing", "呼出", "sky"), choice("incoming", "Incoming", "呼入", "green")),
                    "Direction",
                    "方向")
            .defaultingTo("outgoing");
    public static final Field<Instant> STARTED_AT =
            field("startedAt", new TimeTypes.Moment(), "Started", "开始时间", REQUIRED, FILTERABLE);
    public static final Field<Duration> DURATION = field("duration", new TimeTypes.Span(), "Duration", "时长");
    public static final Field<String> OUTCOME = field(
            "outcome",
            new TextTypes.Choices(
                    choice("connected", "Connected", "已接通", "green"),
                    choice("noAnswer", "No answer", "未接听", "amber"),
                    choice("busy", "Busy", "占线", "gray"),
                    choice("voicemail", "Voicemail", "语音留言", "violet")),
            "Outcome",
            "结果",
            FILTERABLE);
    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", FILTERABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", FILTERABLE);
    public static final Field<String> NOTES = field("notes", new TextTypes.LongText(), "Notes", "记录");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("call", labels("Call", "电话"), labels("Calls", "电话"))
                .icon("phone-call")
                .group(ObjectDef.Group.ACTIVITIES)
                .fields(NAME, DIRECTION, STARTED_AT, DURATION, OUTCOME, CONTACT, ACCOUNT, NOTES, Pinning.PINNED)
                .sharing(Sharing.owned(CONTACT, ACCOUNT))
                .listing("name", "direction", "startedAt", "duration", "outcome", "contact", "account", "owner")
                .section("Call", "电话", NAME, DIRECTION, STARTED_AT, DURATION, OUTCOME, CONTACT, ACCOUNT, NOTES)
                .sortedBy("-startedAt")
                .inTimeline(STARTED_AT, NAME, NOTES)
                .build();
    }
}
