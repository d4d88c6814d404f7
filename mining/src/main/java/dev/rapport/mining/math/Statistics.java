package dev.rapport.mining.math;

import java.util.Arrays;

/**
 * Plain statistics of arrays.
 *
 * {@snippet :
 * double[] values = {1, 2, 3, 4};
 * check(Statistics.mean(values) == 2.5 && Statistics.quantile(values, 0.5) == 2.5);
 * }
 */
public final class Statistics {
    private Statistics() {}

    /** The mean; NaN of nothing. */
    public static double mean(double... values) {
        return sum(values) / values.length;
    }

    /** The sum, in four running sums. */
    public static double sum(double[] values) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < values.length; i += 4) {
            s0 += values[i];
            s1 += values[i + 1];
            s2 += values[i + 2];
            s3 += values[i + 3];
        }
        for (; i < values.length; i++) s0 += values[i];
        return s0 + s1 + (s2 + s3);
    }

    /** The sample variance (n − 1). */
    public static double variance(double... values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) sum += (value - mean) * (value - mean);
        return sum / (values.length - 1);
    }

    /** The sample standard deviation (n − 1). */
    public static double deviation(double... values) {
        return Math.sqrt(variance(values));
    }

    /** The quantile by linear interpolation (type 7 of Hyndman and Fan 1996). */
    public static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sortedQuantile(sorted, share);
    }

    /** The quantile of values in ascending order. */
    public static double sortedQuantile(double[] sorted, double share) {
        if (sorted.length == 0) return Double.NaN;
        double at = share * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** The median. */
    public static double median(double... values) {
        return quantile(values, 0.5);
    }

    /** Pearson's correlation; NaN when one side is constant. */
    public static double correlation(double[] a, double[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    /** Ranks from 1, equal values sharing their mean rank. */
    public static double[] ranks(double[] values) {
        Integer[] order = new Integer[values.length];
        for (int i = 0; i < order.length; i++) order[i] = i;
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to + 1 < order.length && values[order[to + 1]] == values[order[from]]) to++;
            for (int i = from; i <= to; i++) ranks[order[i]] = (from + to) / 2.0 + 1;
            from = to + 1;
        }
        return ranks;
    }

    /** The values that are not NaN. */
    public static double[] known(double[] values) {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    }

    /** A shuffled order of the numbers from 0 (Fisher–Yates). */
    public static int[] shuffled(int count, java.util.SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }
}
