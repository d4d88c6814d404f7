package dev.rapport.sales;

import dev.rapport.kernel.Settings;
import dev.rapport.kernel.Violation;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** When a scheduled report is made next. */
@Component
class ReportScheduleRule implements RecordRule {
    private final Clock clock;
    private final ZoneId zone;

    ReportScheduleRule(Clock clock, Settings settings) {
        this.clock = clock;
        this.zone = ZoneId.of(settings.zone());
    }

    @Override
    public String object() {
        return "reportSchedule";
    }

    @Override
    public Verdict decide(Change change, Lookups lookups) {
        if (change.kind() == Change.Kind.DELETE) return Verdict.accept();
        var hour = change.after(ReportSchedule.HOUR);
        var every = change.after(ReportSchedule.EVERY);
        if (hour == null || every == null) return Verdict.accept();
        if (hour < 0 || hour > 23)
            return new Verdict.Reject(List.of(new Violation("hour", "range", Map.of("min", 0, "max", 23))));
        boolean anew = change.kind() != Change.Kind.UPDATE
                || change.touches(ReportSchedule.HOUR)
                || change.touches(ReportSchedule.EVERY)
                || change.touches(ReportSchedule.ACTIVE);
        return anew
                ? Verdict.amend(ReportSchedule.NEXT_AT, next(every, hour.intValue(), clock.instant(), zone))
                : Verdict.accept();
    }

    /** The first moment after {@code now} that {@code every} names: day, week or month. */
    static Instant next(String every, int hour, Instant now, ZoneId zone) {
        var today = now.atZone(zone).toLocalDate();
        var day = switch (every) {
            case "week" -> today.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
            case "month" -> today.getDayOfMonth() == 1 ? today : today.with(TemporalAdjusters.firstDayOfNextMonth());
            default -> today;
        };
        var at = day.atTime(hour, 0).atZone(zone).toInstant();
        if (at.isAfter(now)) return at;
        var later = switch (every) {
            case "week" -> day.plusWeeks(1);
            case "month" -> day.plusMonths(1);
            default -> day.plusDays(1);
        };
        return later.atTime(hour, 0).atZone(zone).toInstant();
    }
}
