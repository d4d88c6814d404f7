package dev.rapport.backup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * When backups are made by themselves, and which of them are kept: the newest of each of the last days, weeks and months
 * (grandfather, father, son).
 *
 * @param hour of the day from which one is made, 0 to 23
 * @param daily of so many days, 1 to 366
 * @param weekly of so many weeks (ISO 8601), 0 to 104
 * @param monthly of so many months, 0 to 120
 */
public record BackupPlan(boolean active, int hour, int daily, int weekly, int monthly) {

    /** Those of {@code moments} that are kept. The newest always is. */
    Set<Instant> kept(Collection<Instant> moments, ZoneId zone) {
        var newestFirst = moments.stream().sorted(Comparator.reverseOrder()).toList();
        var kept = new HashSet<Instant>();
        keep(newestFirst, kept, Math.max(1, daily), moment -> LocalDate.ofInstant(moment, zone));
        keep(newestFirst, kept, weekly, moment -> {
            var day = LocalDate.ofInstant(moment, zone);
            return day.get(IsoFields.WEEK_BASED_YEAR) * 100 + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        });
        keep(
                newestFirst,
                kept,
                monthly,
                moment ->
                        LocalDate.ofInstant(moment, zone).withDayOfMonth(1).until(LocalDate.EPOCH, ChronoUnit.MONTHS));
        return kept;
    }

    private static void keep(List<Instant> newestFirst, Set<Instant> kept, int most, Function<Instant, Object> period) {
        var periods = new HashSet<Object>();
        for (var moment : newestFirst) {
            if (periods.size() == most) return;
            if (periods.add(period.apply(moment))) kept.add(moment);
        }
    }
}
