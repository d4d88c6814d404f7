package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Computation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.Summary;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A fact: a deal entered a stage. Conversion, velocity, time in stage and leak are computed from these. */
@Component
public class StageChange implements ObjectSource {
    public static final Field<RecordId> OPPORTUNITY = field(
            "opportunity", new LinkTypes.Lookup("opportunity"), "Opportunity", "商机", READ_ONLY, NO_HISTORY, FILTERABLE);
    public static final Field<RecordId> PIPELINE =
            field("pipeline", new LinkTypes.Lookup("pipeline"), "Pipeline", "销售管道", READ_ONLY, NO_HISTORY, FILTERABLE);
    public static final Field<RecordId> FROM =
            field("fromStage", new LinkTypes.Lookup("stage"), "From stage", "原阶段", READ_ONLY, NO_HISTORY);
    public static final Field<RecordId> TO =
            field("toStage", new LinkTypes.Lookup("stage"), "To stage", "新阶段", READ_ONLY, NO_HISTORY);
    public static final Field<String> KIND = field(
            "kind",
            new TextTypes.Choices(
                    choice("start", "Start", "进入", "gray"),
                    choice("forward", "Forward", "推进", "sky"),
                    choice("back", "Back", "退回", "amber"),
                    choice("won", "Won", "赢单", "green"),
                    choice("lost", "Lost", "输单", "red"),
                    choice("reopened", "Reopened", "重新打开", "violet")),
            "Kind",
            "类型",
            READ_ONLY,
            NO_HISTORY,
            FILTERABLE);
    public static final Field<Instant> AT =
            field("at", new TimeTypes.Moment(), "When", "时间", READ_ONLY, NO_HISTORY, FILTERABLE);
    public static final Field<BigDecimal> DAYS =
            field("days", new NumberTypes.Decimal(), "Days in the stage before", "原阶段停留天数", READ_ONLY, NO_HISTORY);
    public static final Field<BigDecimal> WHOLE_DAYS = field(
                    "wholeDays",
                    new NumberTypes.Decimal(),
                    "Whole days in the stage before",
                    "原阶段停留整天数",
                    READ_ONLY,
                    NO_HISTORY)
            .computedBy(new Computation.Formula("round(days)", Set.of("days")));
    public static final Field<Money> VALUE =
            field("value", new NumberTypes.MoneyAmount(), "Value then", "当时金额", READ_ONLY, NO_HISTORY);
    public static final Field<RecordId> PERSON =
            field("person", new LinkTypes.Lookup("user"), "Owner then", "当时负责人", READ_ONLY, NO_HISTORY);

    @Override
    public ObjectDef define() {
        return ObjectDef.object("stageChange", labels("Stage change", "阶段变更"), labels("Stage changes", "阶段变更"))
                .icon("history")
                .group(ObjectDef.Group.HIDDEN)
                .fields(OPPORTUNITY, PIPELINE, FROM, TO, KIND, AT, DAYS, WHOLE_DAYS, VALUE, PERSON)
                .namedBy(KIND)
                .sharing(Sharing.controlledBy(OPPORTUNITY))
                .listing("kind", "at", "fromStage", "toStage", "days", "value", "person", "opportunity")
                .sortedBy("-at")
                .summarized(
                        Summary.by(KIND, PIPELINE, FROM, WHOLE_DAYS).byMonth(AT).of(VALUE, DAYS))
                .build();
    }
}
