package dev.rapport.mining.series;

import dev.rapport.mining.Refusal;
import java.util.Arrays;

/**
 * A series taken apart into trend, season and the rest.
 *
 * {@snippet :
 * double[] values = new double[48];
 * for (int i = 0; i < 48; i++) values[i] = i + (i % 12 == 11 ? 20 : 0);
 * var parts = Decomposition.stl(Series.monthly(LocalDate.of(2022, 1, 1), values), true);
 * check(parts.seasonalStrength() > 0.9 && parts.season()[11] > 10);
 * }
 *
 * @param trend the slow movement; NaN at the ends of a classical decomposition
 * @param season what repeats
 * @param rest what is left
 * @param multiplies whether the parts multiply to the series instead of adding
 */
public record Decomposition(double[] trend, double[] season, double[] rest, boolean multiplies) {

    /** By moving averages, added (W. Persons 1919; as R's {@code decompose}). */
    public static Decomposition classical(Series series) {
        return classical(series, false);
    }

    /** By moving averages, multiplied. @throws Refusal if a value is not above 0 */
    public static Decomposition classicalProduct(Series series) {
        series.log();
        return classical(series, true);
    }

    private static Decomposition classical(Series series, boolean multiplies) {
        int m = series.season();
        series.require(2 * m);
        if (m < 2) throw Refusal.because("no-season");
        double[] x = series.values();
        double[] trend = movingAverage(x, m);
        double[] sums = new double[m];
        int[] counts = new int[m];
        for (int i = 0; i < x.length; i++) {
            if (Double.isNaN(trend[i])) continue;
            sums[i % m] += multiplies ? x[i] / trend[i] : x[i] - trend[i];
            counts[i % m]++;
        }
        double[] figure = new double[m];
        double mean = 0;
        for (int s = 0; s < m; s++) {
            figure[s] = sums[s] / counts[s];
            mean += figure[s] / m;
        }
        double[] season = new double[x.length];
        double[] rest = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            season[i] = multiplies ? figure[i % m] / mean : figure[i % m] - mean;
            rest[i] = multiplies ? x[i] / trend[i] / season[i] : x[i] - trend[i] - season[i];
        }
        return new Decomposition(trend, season, rest, multiplies);
    }

    // centred; of an even season the two ends count half
    static double[] movingAverage(double[] x, int m) {
        double[] trend = new double[x.length];
        Arrays.fill(trend, Double.NaN);
        int half = m / 2;
        for (int i = half; i + half < x.length; i++) {
            double sum = 0;
            for (int k = -half; k <= half; k++) sum += x[i + k] * (m % 2 == 0 && Math.abs(k) == half ? 0.5 : 1);
            trend[i] = sum / m;
        }
        return trend;
    }

    /**
     * By local regression, with a season that may change slowly (R. Cleveland et al.: STL, 1990). Periodic season, trend
     * span of one and a half seasons.
     *
     * @param robust whether outliers count less, by bisquare weights over fifteen rounds
     */
    public static Decomposition stl(Series series, boolean robust) {
        int m = series.season();
        series.require(2 * m);
        if (m < 2) throw Refusal.because("no-season");
        double[] x = series.values();
        int n = x.length;
        int trendSpan = odd((int) Math.ceil(1.5 * m / (1 - 1.5 / (10.0 * n + 1))));
        int lowSpan = odd(m);
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        double[] trend = new double[n];
        double[] season = new double[n];
        double[] rest = new double[n];
        for (int round = 0; round < (robust ? 16 : 1); round++) {
            for (int inner = 0; inner < 2; inner++) {
                double[] cycle = cycle(x, trend, weights, m);
                double[] low = Loess.smooth(average(average(average(cycle, m), m), 3), lowSpan, null);
                double[] detrended = new double[n];
                for (int i = 0; i < n; i++) {
                    season[i] = cycle[i + m] - low[i];
                    detrended[i] = x[i] - season[i];
                }
                trend = Loess.smooth(detrended, trendSpan, weights);
            }
            periodic(season, m);
            for (int i = 0; i < n; i++) rest[i] = x[i] - trend[i] - season[i];
            if (robust) weights = bisquare(rest);
        }
        return new Decomposition(trend, season, rest, false);
    }

    // the mean of each place in the season, one season longer at both ends
    private static double[] cycle(double[] x, double[] trend, double[] weights, int m) {
        int n = x.length;
        double[] cycle = new double[n + 2 * m];
        for (int s = 0; s < m; s++) {
            double sum = 0;
            double weight = 0;
            for (int i = s; i < n; i += m) {
                sum += weights[i] * (x[i] - trend[i]);
                weight += weights[i];
            }
            double mean = weight > 0 ? sum / weight : 0;
            for (int i = s; i < cycle.length; i += m) cycle[i] = mean;
        }
        return cycle;
    }

    private static void periodic(double[] season, int m) {
        for (int s = 0; s < m; s++) {
            double sum = 0;
            int count = 0;
            for (int i = s; i < season.length; i += m) {
                sum += season[i];
                count++;
            }
            for (int i = s; i < season.length; i += m) season[i] = sum / count;
        }
    }

    private static double[] average(double[] x, int span) {
        double[] result = new double[x.length - span + 1];
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i];
            if (i >= span) sum -= x[i - span];
            if (i >= span - 1) result[i - span + 1] = sum / span;
        }
        return result;
    }

    private static double[] bisquare(double[] rest) {
        double limit = 6
                * dev.rapport.mining.math.Statistics.median(
                        Arrays.stream(rest).map(Math::abs).toArray());
        return Arrays.stream(rest)
                .map(value -> {
                    double size = Math.abs(value);
                    if (size <= 0.001 * limit) return 1;
                    if (size > 0.999 * limit) return 0;
                    double share = size / limit;
                    return Math.pow(1 - share * share, 2);
                })
                .toArray();
    }

    private static int odd(int span) {
        return span % 2 == 0 ? span + 1 : span;
    }

    /** How much of what is not trend is season: 0 for none, 1 for all (X. Wang, K. Smith, R. Hyndman 2006). */
    public double seasonalStrength() {
        return strength(season);
    }

    /** How much of what is not season is trend: 0 for none, 1 for all. */
    public double trendStrength() {
        return strength(trend);
    }

    private double strength(double[] part) {
        int[] known = java.util.stream.IntStream.range(0, rest.length)
                .filter(i -> !Double.isNaN(rest[i]))
                .toArray();
        double[] left = Arrays.stream(known).mapToDouble(i -> rest[i]).toArray();
        double[] both = Arrays.stream(known)
                .mapToDouble(i -> multiplies ? rest[i] * part[i] : rest[i] + part[i])
                .toArray();
        double variance = dev.rapport.mining.math.Statistics.variance(both);
        return variance == 0 ? 0 : Math.max(0, 1 - dev.rapport.mining.math.Statistics.variance(left) / variance);
    }
}
