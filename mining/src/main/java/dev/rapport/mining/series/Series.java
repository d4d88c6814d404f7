package dev.rapport.mining.series;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.frame.Frame;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;

/**
 * Values at equal steps of time. NaN is missing.
 *
 * {@snippet :
 * var sales = Series.monthly(LocalDate.of(2026, 1, 1), 10, 12, 15);
 * check(sales.date(2).equals(LocalDate.of(2026, 3, 1)) && sales.season() == 12);
 * }
 *
 * @param start the first value's date
 * @param step from one value to the next
 * @param season steps in a season, 1 for none
 * @param values in order of time
 */
public record Series(LocalDate start, Step step, int season, double[] values) {

    /** From one value to the next. */
    public enum Step {
        /** A day; the season is a week. */
        DAY(ChronoUnit.DAYS, 7),
        /** A week from Monday; the season is a year. */
        WEEK(ChronoUnit.WEEKS, 52),
        /** A month; the season is a year. */
        MONTH(ChronoUnit.MONTHS, 12),
        /** A quarter; the season is a year. */
        QUARTER(ChronoUnit.MONTHS, 4),
        /** A year. */
        YEAR(ChronoUnit.YEARS, 1);

        private final ChronoUnit unit;
        private final int season;

        Step(ChronoUnit unit, int season) {
            this.unit = unit;
            this.season = season;
        }

        LocalDate after(LocalDate from, long steps) {
            return from.plus(this == QUARTER ? 3 * steps : steps, unit);
        }

        LocalDate beginning(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(java.time.DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
                case QUARTER -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
                case YEAR -> day.withDayOfYear(1);
            };
        }

        int between(LocalDate from, LocalDate to) {
            long units = unit.between(from, to);
            return (int) (this == QUARTER ? units / 3 : units);
        }
    }

    /** @throws IllegalArgumentException if the season is below 1 */
    public Series {
        if (season < 1) throw new IllegalArgumentException("season must be at least 1, not " + season);
    }

    /** Monthly values with a season of a year. */
    public static Series monthly(LocalDate start, double... values) {
        return new Series(start, Step.MONTH, Step.MONTH.season, values);
    }

    /**
     * Sums of events per step, with zeros where nothing happened. The last step is left out when {@code until} does not
     * reach its end, because half a month looks like a slump.
     *
     * @param amount the column summed
     * @param until the first day of which nothing is known yet
     */
    public static Series ofEvents(Frame events, String time, String amount, Step step, LocalDate until) {
        var moments = events.time(time);
        double[] amounts = events.numeric(amount).values();
        LocalDate first = LocalDate.MAX;
        for (int row = 0; row < moments.size(); row++) {
            if (!moments.isMissing(row) && day(moments.values()[row]).isBefore(first))
                first = day(moments.values()[row]);
        }
        if (first.equals(LocalDate.MAX)) throw Refusal.because("empty-column", time);
        LocalDate start = step.beginning(first);
        int count = step.between(start, step.beginning(until));
        if (count < 1) throw Refusal.because("too-few-rows", count, 1);
        double[] values = new double[count];
        for (int row = 0; row < moments.size(); row++) {
            if (moments.isMissing(row) || Double.isNaN(amounts[row])) continue;
            int at = step.between(start, step.beginning(day(moments.values()[row])));
            if (at < count) values[at] += amounts[row];
        }
        return new Series(start, step, step.season, values);
    }

    private static LocalDate day(long moment) {
        return Instant.ofEpochMilli(moment).atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** How many values. */
    public int size() {
        return values.length;
    }

    /** The date of a value; may lie after the last. */
    public LocalDate date(int at) {
        return step.after(start, at);
    }

    /** The first values. */
    public Series head(int count) {
        return new Series(start, step, season, Arrays.copyOf(values, count));
    }

    /** The values from one on. */
    public Series tail(int from) {
        return new Series(date(from), step, season, Arrays.copyOfRange(values, from, values.length));
    }

    /** The same times with other values. */
    public Series with(double[] others) {
        return new Series(start, step, season, others);
    }

    /** The same with another season. */
    public Series withSeason(int steps) {
        return new Series(start, step, steps, values);
    }

    /** The natural logarithms. @throws Refusal if a value is not above 0 */
    public Series log() {
        if (Arrays.stream(values).anyMatch(value -> value <= 0)) throw Refusal.because("not-positive");
        return with(Arrays.stream(values).map(Math::log).toArray());
    }

    /** @throws Refusal if there are fewer values than needed, or one is missing or infinite */
    void require(int least) {
        if (values.length < least) throw Refusal.because("short-series", values.length, least);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) throw Refusal.because("missing-value", date(i));
        }
    }

    String fingerprint() {
        return Frame.of(new dev.rapport.mining.frame.Column.Numeric(start + "/" + step + "/" + season, values))
                .fingerprint();
    }
}
