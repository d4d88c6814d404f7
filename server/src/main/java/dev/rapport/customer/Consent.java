package dev.rapport.customer;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;

import dev.rapport.kernel.RecordId;
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

/**
 * An entry of the consent ledger: that a person agreed to a use of their data over a channel, or took that back. Entries are
 * only added; the newest of a person, purpose and channel holds.
 */
@Component
public class Consent implements ObjectSource {
    public static final String GRANTED = "granted";
    public static final String WITHDRAWN = "withdrawn";
    public static final String MARKETING = "marketing";
    public static final String EMAIL = "email";
    /** Stands for every channel. */
    public static final String ANY = "any";
    /** The entry follows from a field of the person's record. */
    public static final String RECORD = "record";

    public static final Field<RecordId> CONTACT =
            field("contact", new LinkTypes.Lookup("contact"), "Contact", "联系人", FILTERABLE);
    /** Like the field of that name that sales adds to activities. */
    public static final Field<RecordId> LEAD = field("lead", new LinkTypes.Lookup("lead"), "Lead", "线索", FILTERABLE);

    public static final Field<String> PURPOSE = field(
            "purpose",
            new TextTypes.Choices(
                    choice(MARKETING, "Marketing", "营销推广", "violet"),
                    choice("service", "Service messages", "服务通知", "sky"),
                    choice("profiling", "Analysis of their behaviour", "个人画像与行为分析", "indigo"),
                    choice("thirdParty", "Passing on to others", "向第三方提供", "amber"),
                    choice("crossBorder", "Sending abroad", "个人信息出境", "red")),
            "Purpose",
            "用途",
            REQUIRED);
    public static final Field<String> CHANNEL = field(
            "channel",
            new TextTypes.Choices(
                    choice(ANY, "All channels", "全部渠道", "gray"),
                    choice(EMAIL, "E-mail", "邮件", "sky"),
                    choice("sms", "Text message", "短信", "violet"),
                    choice("phone", "Phone", "电话", "green"),
                    choice("wechat", "WeChat", "微信", "teal"),
                    choice("post", "Letter", "信函", "amber")),
            "Channel",
            "渠道",
            REQUIRED);
    public static final Field<String> STATE = field(
            "state",
            new TextTypes.Choices(
                    choice(GRANTED, "Agreed", "已同意", "green"), choice(WITHDRAWN, "Withdrawn", "已撤回", "red")),
            "Decision",
            "决定",
            REQUIRED);
    public static final Field<String> SOURCE = field(
                    "source",
                    new TextTypes.Choices(
                            choice("person", "Told to us", "本人告知", "sky"),
                            choice("form", "Web form", "网络表单", "violet"),
                            choice("paper", "On paper", "书面签署", "amber"),
                            choice("unsubscribe", "Unsubscribed", "退订", "red"),
                            choice("import", "Brought along", "导入", "gray"),
                            choice(RECORD, "Field of the record", "记录字段", "gray")),
                    "How",
                    "方式")
            .defaultingTo("person");
    public static final Field<Instant> GIVEN_AT = field("givenAt", new TimeTypes.Moment(), "Given at", "表示时间");
    public static final Field<String> WORDING = field("wording", new TextTypes.LongText(), "Agreed to", "同意的内容");
    public static final Field<RecordId> PROOF = field("proof", new LinkTypes.Attachment(), "Proof", "凭证");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("consent", labels("Consent", "授权记录"), labels("Consents", "授权记录"))
                .icon("shield-check")
                .group(ObjectDef.Group.HIDDEN)
                .fields(CONTACT, LEAD, PURPOSE, CHANNEL, STATE, SOURCE, GIVEN_AT, WORDING, PROOF)
                .namedBy(PURPOSE)
                .sharing(Sharing.owned(CONTACT, LEAD))
                .listing("purpose", "channel", "state", "source", "contact", "createdBy", "createdAt")
                .sortedBy("-createdAt")
                .section("Consent", "授权", CONTACT, LEAD, PURPOSE, CHANNEL, STATE, SOURCE, GIVEN_AT, WORDING, PROOF)
                .matching(MatchRules.NONE)
                .build();
    }
}
