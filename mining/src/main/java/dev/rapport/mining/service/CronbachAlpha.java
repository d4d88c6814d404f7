package dev.rapport.mining.service;

import dev.rapport.mining.math.Statistics;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether questions measure one thing (L. Cronbach 1951): 1 when all answers move together; from 0.7 on they may be added.
 *
 * {@snippet :
 * double alpha = CronbachAlpha.of(List.of(new double[] {1, 2, 3, 4}, new double[] {1, 2, 3, 4}));
 * check(Math.abs(alpha - 1) < 1e-12);
 * }
 */
public final class CronbachAlpha {
    private CronbachAlpha() {}

    /** Alpha over the people who answered all items; NaN for fewer than two items or people. */
    public static double of(List<double[]> items) {
        int k = items.size();
        if (k < 2) return Double.NaN;
        int[] complete = IntStream.range(0, items.get(0).length)
                .filter(row -> items.stream().noneMatch(item -> Double.isNaN(item[row])))
                .toArray();
        if (complete.length < 2) return Double.NaN;
        double[] totals = new double[complete.length];
        double variances = 0;
        for (double[] item : items) {
            double[] own = Arrays.stream(complete).mapToDouble(row -> item[row]).toArray();
            variances += Statistics.variance(own);
            for (int i = 0; i < own.length; i++) totals[i] += own[i];
        }
        double total = Statistics.variance(totals);
        return total == 0 ? Double.NaN : k / (k - 1.0) * (1 - variances / total);
    }
}
