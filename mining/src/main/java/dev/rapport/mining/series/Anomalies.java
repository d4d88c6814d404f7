package dev.rapport.mining.series;

import dev.rapport.mining.math.Statistics;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Values that do not fit trend and season: those whose remainder lies far outside the others', by the median and the median
 * absolute deviation (B. Iglewicz, D. Hoaglin 1993).
 *
 * {@snippet :
 * double[] values = new double[48];
 * for (int i = 0; i < 48; i++) values[i] = 100 + i + 5 * Math.sin(i * Math.PI / 6) + Math.sin(i * 7.7) * 0.5;
 * values[30] += 40;
 * var marks = Anomalies.of(Series.monthly(LocalDate.of(2022, 1, 1), values), 3.5);
 * check(marks.size() == 1 && marks.get(0).at() == 30);
 * }
 */
public final class Anomalies {
    private Anomalies() {}

    /**
     * One value that stands out.
     *
     * @param expected trend and season
     * @param score how far out, in robust standard deviations; negative when too low
     */
    public record Mark(int at, LocalDate date, double value, double expected, double score) {}

    /** @param limit from which score on a value is marked; 3.5 is usual */
    public static List<Mark> of(Series series, double limit) {
        double[] expected = expected(series);
        double[] rest = new double[series.size()];
        for (int i = 0; i < rest.length; i++) rest[i] = series.values()[i] - expected[i];
        double median = Statistics.median(rest);
        double spread = 1.4826
                * Statistics.median(
                        Arrays.stream(rest).map(each -> Math.abs(each - median)).toArray());
        // a series that is otherwise exactly regular has no spread at all
        double least =
                1e-9 * Arrays.stream(series.values()).map(Math::abs).max().orElse(1);
        var marks = new ArrayList<Mark>();
        for (int i = 0; i < rest.length; i++) {
            double score = (rest[i] - median) / Math.max(spread, least);
            if (Math.abs(score) > limit) {
                marks.add(new Mark(i, series.date(i), series.values()[i], expected[i], score));
            }
        }
        return marks;
    }

    private static double[] expected(Series series) {
        int m = series.season();
        if (m > 1 && series.size() >= 2 * m) {
            var parts = Decomposition.stl(series, true);
            double[] expected = new double[series.size()];
            for (int i = 0; i < expected.length; i++) expected[i] = parts.trend()[i] + parts.season()[i];
            return expected;
        }
        series.require(5);
        // a running median follows the level and ignores single outliers
        double[] expected = new double[series.size()];
        for (int i = 0; i < expected.length; i++) {
            int from = Math.max(0, Math.min(series.size() - 7, i - 3));
            expected[i] =
                    Statistics.median(Arrays.copyOfRange(series.values(), from, Math.min(series.size(), from + 7)));
        }
        return expected;
    }
}
