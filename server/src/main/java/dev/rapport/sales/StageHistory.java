package dev.rapport.sales;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Consequence;
import dev.rapport.record.spi.Lookups;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps as a fact that a deal has entered a stage. */
@Component
class StageHistory implements Consequence {
    private static final BigDecimal DAY = BigDecimal.valueOf(Duration.ofDays(1).toMillis());

    @Override
    public String object() {
        return "opportunity";
    }

    @Override
    public List<Draft> follow(List<? extends Change> changes, Lookups lookups) {
        var drafts = new ArrayList<Draft>();
        for (var change : changes) {
            boolean writes = change.kind() == Change.Kind.CREATE || change.kind() == Change.Kind.UPDATE;
            if (writes && change.touches(Opportunity.STAGE))
                drafts.add(new Draft("stageChange", fact(change, lookups)));
        }
        return drafts;
    }

    private static Map<Field<?>, @Nullable Object> fact(Change change, Lookups lookups) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        var at = Objects.requireNonNull(change.after(Opportunity.STAGE_SINCE));
        var before = change.before(Opportunity.STAGE_SINCE);
        values.put(StageChange.OPPORTUNITY, change.id());
        values.put(StageChange.PIPELINE, change.after(Opportunity.PIPELINE));
        values.put(StageChange.FROM, change.before(Opportunity.STAGE));
        values.put(StageChange.TO, change.after(Opportunity.STAGE));
        values.put(StageChange.KIND, kind(change, lookups));
        values.put(StageChange.AT, at);
        values.put(StageChange.VALUE, change.after(Opportunity.VALUE));
        values.put(StageChange.PERSON, change.after(SystemFields.OWNER));
        if (before != null)
            values.put(
                    StageChange.DAYS,
                    BigDecimal.valueOf(Duration.between(before, at).toMillis())
                            .divide(DAY, 6, RoundingMode.HALF_UP)
                            .stripTrailingZeros());
        return values;
    }

    private static String kind(Change change, Lookups lookups) {
        var now = String.valueOf(change.after(Opportunity.STATUS));
        var before = change.before(Opportunity.STATUS);
        if (!now.equals("open")) return now;
        if (before == null || change.touches(Opportunity.PIPELINE)) return "start";
        if (!before.equals("open")) return "reopened";
        return position(change.after(Opportunity.STAGE), lookups) < position(change.before(Opportunity.STAGE), lookups)
                ? "back"
                : "forward";
    }

    private static long position(@Nullable RecordId stage, Lookups lookups) {
        var position = stage == null ? null : lookups.value("stage", stage, Stage.POSITION);
        return position == null ? 0 : position;
    }
}
