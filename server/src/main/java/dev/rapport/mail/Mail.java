package dev.rapport.mail;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;

import dev.rapport.customer.Consent;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.MatchRules;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.SystemFields;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** A mail that somebody wrote, or a sequence in their name. Creating it sends it; deleting it before it has gone keeps it back. */
@Component
public class Mail implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Subject", "主题", REQUIRED, SEARCHABLE);
    public static final Field<String> TO = field("to", new TextTypes.Email(), "To", "收件人", SEARCHABLE);
    public static final Field<String> BODY = field("body", new TextTypes.LongText(), "Text", "正文", REQUIRED);
    public static final Field<RecordId> FILE = field("file", new LinkTypes.Attachment(), "Attached", "附件");
    /** Advertising goes to nobody who took their consent back. */
    public static final Field<String> PURPOSE = field(
                    "purpose",
                    new TextTypes.Choices(
                            choice("business", "Business", "业务往来", "gray"),
                            choice(Consent.MARKETING, "Marketing", "营销推广", "violet")),
                    "Purpose",
                    "用途")
            .defaultingTo("business");

    public static final Field<String> STATUS = field(
            "status",
            new TextTypes.Choices(
                    choice("queued", "Will be sent", "待发送", "sky"),
                    choice("sending", "Being sent", "发送中", "amber"),
                    choice("sent", "Sent", "已发送", "green"),
                    choice("failed", "Not sent", "发送失败", "red")),
            "Status",
            "状态",
            READ_ONLY,
            FILTERABLE);
    public static final Field<Instant> NEXT_AT =
            field("nextAt", new TimeTypes.Moment(), "Sent from", "计划发送时间", READ_ONLY, NO_HISTORY, FILTERABLE);
    public static final Field<Instant> SENT_AT =
            field("sentAt", new TimeTypes.Moment(), "Sent", "发送时间", READ_ONLY, NO_HISTORY);
    public static final Field<Long> ATTEMPTS =
            field("attempts", new NumberTypes.Whole(), "Attempts", "尝试次数", READ_ONLY, NO_HISTORY);
    public static final Field<String> FAILURE =
            field("failure", new TextTypes.Text(), "Why not", "失败原因", READ_ONLY, NO_HISTORY);
    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", FILTERABLE);
    public static final Field<RecordId> ACCOUNT =
            field("account", new LinkTypes.Lookup("account"), "Account", "客户", FILTERABLE);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("mail", labels("Mail", "邮件"), labels("Mails", "邮件"))
                .icon("mail")
                .group(ObjectDef.Group.ACTIVITIES)
                .fields(NAME, TO, BODY, FILE, PURPOSE, STATUS, NEXT_AT, SENT_AT, ATTEMPTS, FAILURE, CONTACT, ACCOUNT)
                .sharing(Sharing.owned(CONTACT, ACCOUNT))
                .listing("name", "to", "status", "sentAt", "contact", "account", "owner")
                .section("Mail", "邮件", CONTACT, TO, NAME, BODY, FILE, PURPOSE, ACCOUNT, SystemFields.OWNER)
                .section("Delivery", "发送情况", STATUS, SENT_AT, FAILURE, ATTEMPTS)
                .inTimeline(SystemFields.CREATED_AT, NAME, BODY)
                .matching(MatchRules.NONE)
                .build();
    }
}
