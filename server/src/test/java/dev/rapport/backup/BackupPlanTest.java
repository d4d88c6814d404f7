package dev.rapport.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which backups are kept. */
class BackupPlanTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static Instant on(String day, int hour) {
        return LocalDate.parse(day).atTime(hour, 0).atZone(ZONE).toInstant();
    }

    /** One a day for a year, and what is left when it was thinned out each day. */
    private static List<Instant> left(BackupPlan plan) {
        var there = new ArrayList<Instant>();
        for (var day = LocalDate.parse("2026-01-01"); day.getYear() == 2026; day = day.plusDays(1)) {
            there.add(day.atTime(1, 0).atZone(ZONE).toInstant());
            there.retainAll(plan.kept(there, ZONE));
        }
        return there;
    }

    @Test
    void theNewestOfDaysWeeksAndMonthsStay() {
        assertThat(left(new BackupPlan(true, 1, 3, 2, 2)))
                .containsExactly(
                        on("2026-11-30", 1),
                        on("2026-12-27", 1), // the Sunday
                        on("2026-12-29", 1),
                        on("2026-12-30", 1),
                        on("2026-12-31", 1));
        assertThat(left(new BackupPlan(true, 1, 1, 0, 12))).hasSize(12);
        assertThat(left(new BackupPlan(true, 1, 30, 0, 0))).hasSize(30);
    }

    @Test
    void ofOneDayTheNewestStays() {
        var moments = List.of(on("2026-03-01", 1), on("2026-03-01", 5), on("2026-03-01", 23));
        assertThat(new BackupPlan(true, 1, 7, 4, 6).kept(moments, ZONE)).containsExactly(on("2026-03-01", 23));
    }

    @Test
    void theNewestIsNeverDeleted() {
        var old = on("2020-01-01", 1);
        assertThat(new BackupPlan(true, 1, 1, 0, 0).kept(List.of(old), ZONE)).containsExactly(old);
    }
}
