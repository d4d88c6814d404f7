package dev.rapport.activity;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;

import dev.rapport.kernel.Address;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.MatchRules;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** A visit to a customer, planned and carried out. */
@Component
public class Visit implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Subject", "主题", REQUIRED, SEARCHABLE);
    public static final Field<Instant> PLANNED_AT =
            field("plannedAt", new TimeTypes.Moment(), "Planned", "计划时间", REQUIRED, FILTERABLE);
    public static final Field<Instant> CHECKED_IN_AT =
            field("checkedInAt", new TimeTypes.Moment(), "Checked in", "签到时间");
    public static final Field<Address> PLACE = field("place", new CompoundTypes.PostalAddress(), "Place", "地点");
    public static final Field<String> STATUS = field(
                    "status",
                    new TextTypes.Choices(
                            choice("planned", "Planned", "已计划", "sky"),
                            choice("done", "Done", "已完成", "green"),
                            choice("cancelled", "Cancelled", "已取消", "gray")),
                    "Status",
                    "状态",
                    FILTERABLE)
            .defaultingTo("planned");
    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", FILTERABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", FILTERABLE);
    public static final Field<String> RESULT = field("result", new TextTypes.LongText(), "Result", "拜访结果");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("visit", labels("Visit", "拜访"), labels("Visits", "拜访"))
                .icon("map-pin")
                .group(ObjectDef.Group.ACTIVITIES)
                .fields(NAME, PLANNED_AT, CHECKED_IN_AT, PLACE, STATUS, CONTACT, ACCOUNT, RESULT, Pinning.PINNED)
                .sharing(Sharing.owned(CONTACT, ACCOUNT))
                .listing("name", "status", "plannedAt", "checkedInAt", "contact", "account", "owner")
                .section("Visit", "拜访", NAME, PLANNED_AT, STATUS, CONTACT, ACCOUNT, PLACE, CHECKED_IN_AT, RESULT)
                .sortedBy("-plannedAt")
                .inTimeline(PLANNED_AT, NAME, RESULT)
                .matching(MatchRules.NONE)
                .build();
    }
}
