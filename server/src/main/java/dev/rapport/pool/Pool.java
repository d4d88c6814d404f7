package dev.rapport.pool;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;
import static dev.rapport.metadata.Trait.UNIQUE;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import java.util.List;
import org.springframework.stereotype.Component;

/** A public pool (公海): who may claim from it, how many, and when a record that nobody looks after returns to it. */
@Component
public class Pool implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(100), "Name", "名称", REQUIRED, UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用", FILTERABLE).defaultingTo("true");
    public static final Field<String> OBJECT = field(
            "object",
            new TextTypes.Choices(choice("account", "Accounts", "客户", "sky"), choice("lead", "Leads", "线索", "violet")),
            "Holds",
            "存放对象",
            REQUIRED,
            FILTERABLE);
    public static final Field<List<RecordId>> MEMBERS =
            field("members", new LinkTypes.Lookups("user"), "People who may claim", "可领取人员");
    public static final Field<List<RecordId>> TEAMS =
            field("teams", new LinkTypes.Lookups("team"), "Teams that may claim", "可领取团队");
    public static final Field<List<RecordId>> DEPARTMENTS = field(
            "departments",
            new LinkTypes.Lookups("department"),
            "Departments (and those below) that may claim",
            "可领取部门（含下级）");
    public static final Field<List<RecordId>> MANAGERS =
            field("managers", new LinkTypes.Lookups("user"), "Managers, who assign", "公海管理员");

    /** How many records of the object one person may own at once; claims beyond it are refused. */
    public static final Field<Long> CAPACITY =
            field("capacity", new NumberTypes.Whole(), "Most records per person", "每人保有上限");

    public static final Field<Long> CLAIMS_PER_DAY =
            field("claimsPerDay", new NumberTypes.Whole(), "Claims per person and day", "每人每日领取上限");
    public static final Field<Long> COOL_OFF_DAYS = field(
            "coolOffDays", new NumberTypes.Whole(), "Days before the previous owner may claim again", "原负责人重新领取冷却天数");
    public static final Field<Long> NO_FOLLOW_UP_DAYS =
            field("noFollowUpDays", new NumberTypes.Whole(), "Returns after days without follow-up", "多少天未跟进自动回收");
    public static final Field<Long> NO_DEAL_DAYS =
            field("noDealDays", new NumberTypes.Whole(), "Returns after days without a deal won", "多少天未成交自动回收");
    public static final Field<Long> CONTRACT_END_DAYS = field(
            "contractEndDays",
            new NumberTypes.Whole(),
            "Returns so many days after the last contract's end",
            "合同到期后多少天自动回收");
    public static final Field<Boolean> MASKED = field(
                    "masked", new NumberTypes.Flag(), "Hide contact data until claimed", "领取前隐藏联系方式")
            .defaultingTo("true");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("pool", labels("Public pool", "公海"), labels("Public pools", "公海"))
                .icon("waves")
                .group(ObjectDef.Group.HIDDEN)
                .governedBy("users")
                .fields(
                        NAME,
                        ACTIVE,
                        OBJECT,
                        MEMBERS,
                        TEAMS,
                        DEPARTMENTS,
                        MANAGERS,
                        CAPACITY,
                        CLAIMS_PER_DAY,
                        COOL_OFF_DAYS,
                        NO_FOLLOW_UP_DAYS,
                        NO_DEAL_DAYS,
                        CONTRACT_END_DAYS,
                        MASKED)
                .listing("name", "object", "active", "members", "teams", "departments", "managers")
                .sortedBy("name")
                .section("Public pool", "公海", NAME, OBJECT, ACTIVE, MASKED)
                .section("Who", "人员", MEMBERS, TEAMS, DEPARTMENTS, MANAGERS)
                .section("Claiming", "领取规则", CAPACITY, CLAIMS_PER_DAY, COOL_OFF_DAYS)
                .section("Returning by itself", "自动回收规则", NO_FOLLOW_UP_DAYS, NO_DEAL_DAYS, CONTRACT_END_DAYS)
                .related("account.pool", "lead.pool")
                .build();
    }
}
