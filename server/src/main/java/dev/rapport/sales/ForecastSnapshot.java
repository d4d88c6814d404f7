package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.READ_ONLY;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TimeTypes;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** What the forecast for a period said on a day, so that it can be told later how right it was. */
@Component
public class ForecastSnapshot implements ObjectSource {
    public static final Field<LocalDate> TAKEN_ON =
            field("takenOn", new TimeTypes.Day(), "Taken on", "快照日期", READ_ONLY, FILTERABLE);
    public static final Field<LocalDate> STARTS_ON =
            field("startsOn", new TimeTypes.Day(), "Period from", "期间开始", READ_ONLY, FILTERABLE);
    public static final Field<LocalDate> ENDS_ON =
            field("endsOn", new TimeTypes.Day(), "Period until", "期间结束", READ_ONLY);
    public static final Field<RecordId> PERSON =
            field("person", new LinkTypes.Lookup("user"), "Person", "人员", READ_ONLY, FILTERABLE);
    public static final Field<Money> CLOSED = money("closed", "Closed", "已成交");
    public static final Field<Money> COMMITTED = money("committed", "Committed", "承诺");
    public static final Field<Money> BEST_CASE = money("bestCase", "Best case", "乐观");
    public static final Field<Money> IN_PIPELINE = money("inPipeline", "Pipeline", "进行中");
    public static final Field<Money> WEIGHTED = money("weighted", "Weighted", "加权");
    public static final Field<Money> BY_HISTORY = money("byHistory", "By own history", "按历史赢率");

    private static Field<Money> money(String name, String en, String zh) {
        return field(name, new NumberTypes.MoneyAmount(), en, zh, READ_ONLY);
    }

    @Override
    public ObjectDef define() {
        return ObjectDef.object(
                        "forecastSnapshot", labels("Forecast snapshot", "预测快照"), labels("Forecast snapshots", "预测快照"))
                .icon("camera")
                .group(ObjectDef.Group.HIDDEN)
                .fields(
                        TAKEN_ON,
                        STARTS_ON,
                        ENDS_ON,
                        PERSON,
                        CLOSED,
                        COMMITTED,
                        BEST_CASE,
                        IN_PIPELINE,
                        WEIGHTED,
                        BY_HISTORY)
                .namedBy(TAKEN_ON)
                .listing(
                        "takenOn",
                        "startsOn",
                        "endsOn",
                        "person",
                        "closed",
                        "committed",
                        "bestCase",
                        "inPipeline",
                        "weighted",
                        "byHistory")
                .sortedBy("-takenOn")
                .build();
    }
}
