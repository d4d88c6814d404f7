package dev.rapport.mining.series;

import dev.rapport.mining.math.Special;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * What is expected, with where the values will lie in 80 and 95 of 100 cases.
 *
 * {@snippet :
 * var series = Series.monthly(LocalDate.of(2026, 1, 1), 10, 12, 11, 13, 12, 14);
 * Forecast next = new SeasonalNaive().fit(series.withSeason(1), Run.of(1)).forecast(2);
 * check(next.steps().get(0).mean() == 14 && next.steps().get(1).high95() > next.steps().get(0).high95());
 * }
 */
public record Forecast(List<At> steps) {
    private static final int PATHS = 2000;
    private static final double Z80 = Special.normalQuantile(0.9);
    private static final double Z95 = Special.normalQuantile(0.975);

    /** One step ahead or more. */
    public record At(LocalDate date, double mean, double low80, double high80, double low95, double high95) {}

    /** Normally distributed around the means. */
    public static Forecast normal(Series series, double[] means, double[] deviations) {
        var steps = new ArrayList<At>();
        for (int h = 0; h < means.length; h++) {
            double m = means[h];
            double s = deviations[h];
            steps.add(new At(series.date(series.size() + h), m, m - Z80 * s, m + Z80 * s, m - Z95 * s, m + Z95 * s));
        }
        return new Forecast(steps);
    }

    /**
     * From paths that normal errors lead along.
     *
     * @param path where the errors of each step lead; errors of 0 give the means
     */
    static Forecast simulated(Series series, int horizon, double deviation, long seed, UnaryOperator<double[]> path) {
        var random = new SplittableRandom(seed);
        double[][] paths = new double[PATHS][];
        for (int i = 0; i < PATHS; i++) {
            double[] errors = new double[horizon];
            for (int h = 0; h < horizon; h++) errors[h] = deviation * random.nextGaussian();
            paths[i] = path.apply(errors);
        }
        return simulated(series, path.apply(new double[horizon]), paths);
    }

    /** From simulated paths: means given, limits by quantiles. {@code paths[i][h]} is path i at step h. */
    public static Forecast simulated(Series series, double[] means, double[][] paths) {
        var steps = new ArrayList<At>();
        for (int h = 0; h < means.length; h++) {
            double[] at = new double[paths.length];
            for (int i = 0; i < paths.length; i++) at[i] = paths[i][h];
            java.util.Arrays.sort(at);
            steps.add(new At(
                    series.date(series.size() + h),
                    means[h],
                    quantile(at, 0.1),
                    quantile(at, 0.9),
                    quantile(at, 0.025),
                    quantile(at, 0.975)));
        }
        return new Forecast(steps);
    }

    private static double quantile(double[] sorted, double share) {
        return dev.rapport.mining.math.Statistics.sortedQuantile(sorted, share);
    }

    /** The means. */
    public double[] means() {
        return steps.stream().mapToDouble(At::mean).toArray();
    }

    /** The forecast of the values whose logarithms were forecast (medians, not means). */
    public Forecast exp() {
        return new Forecast(steps.stream()
                .map(at -> new At(
                        at.date,
                        Math.exp(at.mean),
                        Math.exp(at.low80),
                        Math.exp(at.high80),
                        Math.exp(at.low95),
                        Math.exp(at.high95)))
                .toList());
    }
}
