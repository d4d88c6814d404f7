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
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** A meeting, in a room or online. */
@Component
public class Meeting implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Subject", "主题", REQUIRED, SEARCHABLE);
    public static final Field<Instant> STARTS_AT =
            field("startsAt", new TimeTypes.Moment(), "Starts", "开始时间", REQUIRED, FILTERABLE);
    public static final Field<Instant> ENDS_AT = field("endsAt", new TimeTypes.Moment(), "Ends", "结束时间");
    public static final Field<String> LOCATION = field("location", new TextTypes.Text(), "Location", "地点");
    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", FILTERABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", FILTERABLE);
    public static final Field<List<RecordId>> ATTENDEES =
            field("attendees", new LinkTypes.Lookups("contact"), "Attendees", "参会人");
    public static final Field<String> NOTES = field("notes", new TextTypes.LongText(), "Notes", "记录");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("meeting", labels("Meeting", "会议"), labels("Meetings", "会议"))
                .icon("video")
                .group(ObjectDef.Group.ACTIVITIES)
                .fields(NAME, STARTS_AT, ENDS_AT, LOCATION, CONTACT, ACCOUNT, ATTENDEES, NOTES, Pinning.PINNED)
                .sharing(Sharing.owned(CONTACT, ACCOUNT))
                .listing("name", "startsAt", "endsAt", "location", "contact", "account", "owner")
                .section("Meeting", "会议", NAME, STARTS_AT, ENDS_AT, LOCATION, CONTACT, ACCOUNT, ATTENDEES, NOTES)
                .sortedBy("-startsAt")
                .inTimeline(STARTS_AT, NAME, NOTES)
                .build();
    }
}
