package dev.rapport.sales;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Quarters, and how much of a period is over. */
final class Periods {
    private Periods() {}

    static LocalDate quarterStart(LocalDate day) {
        return LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
    }

    static LocalDate quarterEnd(LocalDate day) {
        return quarterStart(day).plusMonths(3).minusDays(1);
    }

    /** The share of the scope's period that is over by its today, in percent from 0 to 100. */
    static BigDecimal pace(ReportScope scope) {
        var from = scope.fromOr(scope.today());
        var to = scope.toOr(scope.today());
        long whole = ChronoUnit.DAYS.between(from, to) + 1;
        long gone = Math.clamp(ChronoUnit.DAYS.between(from, scope.today()) + 1, 0, whole);
        return BigDecimal.valueOf(gone * 100).divide(BigDecimal.valueOf(Math.max(1, whole)), 1, RoundingMode.HALF_UP);
    }
}
