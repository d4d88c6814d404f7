package dev.rapport.mining.tree;

import dev.rapport.mining.math.Parallel;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Every column as bytes: numbers by up to 255 quantile bins, levels in the order of their mean outcome; the last bin is
 * for missing values. What ensembles count over instead of the values (Chen, Guestrin 2016; Ke et al. 2017).
 *
 * @param codes bin of each row, column by column
 * @param counts bins of each column without the one for missing values
 * @param limits upper limit of each bin of a number but the last
 * @param levels of a category: the level's code in each bin
 */
record Bins(byte[][] codes, int[] counts, double[][] limits, int[][] levels) {
    static final int MOST = 255;
    private static final int SAMPLE = 50_000;

    static Bins of(double[][] columns, TreeInputs inputs, double[] outcome, int threads) {
        int d = columns.length;
        byte[][] codes = new byte[d][];
        int[] counts = new int[d];
        double[][] limits = new double[d][];
        int[][] levels = new int[d][];
        Parallel.run(d, threads, f -> {
            if (inputs.features().get(f).isCategory()) {
                levels[f] =
                        ordered(columns[f], inputs.features().get(f).levels().size(), outcome);
                limits[f] = new double[0];
                counts[f] = levels[f].length;
                codes[f] = levelCodes(columns[f], levels[f]);
            } else {
                limits[f] = limits(columns[f]);
                levels[f] = new int[0];
                counts[f] = limits[f].length + 1;
                codes[f] = codes(columns[f], limits[f]);
            }
        });
        return new Bins(codes, counts, limits, levels);
    }

    private static double[] limits(double[] values) {
        int step = Math.max(1, values.length / SAMPLE);
        if (values.length == 0) return new double[0];
        double[] sample = IntStream.range(0, values.length / step)
                .mapToDouble(i -> values[i * step])
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double[] different = new double[MOST + 1];
        int count = 0;
        for (int i = 0; i < sample.length && count <= MOST; i++) {
            if (i == 0 || sample[i] != sample[i - 1]) different[count++] = sample[i];
        }
        if (count <= MOST) {
            return IntStream.range(0, Math.max(0, count - 1))
                    .mapToDouble(i -> different[i] / 2 + different[i + 1] / 2)
                    .toArray();
        }
        return IntStream.range(1, MOST)
                .mapToDouble(i -> sample[(int) ((long) i * sample.length / MOST)])
                .distinct()
                .toArray();
    }

    private static byte[] codes(double[] values, double[] limits) {
        byte[] codes = new byte[values.length];
        for (int row = 0; row < codes.length; row++) {
            double value = values[row];
            if (Double.isNaN(value)) {
                codes[row] = (byte) (limits.length + 1);
                continue;
            }
            int low = 0;
            int high = limits.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (value <= limits[middle]) high = middle;
                else low = middle + 1;
            }
            codes[row] = (byte) low;
        }
        return codes;
    }

    private static int[] ordered(double[] values, int levels, double[] outcome) {
        double[] sums = new double[levels];
        double[] counts = new double[levels];
        double overall = Arrays.stream(outcome).average().orElse(0);
        for (int row = 0; row < values.length; row++) {
            if (Double.isNaN(values[row])) continue;
            sums[(int) values[row]] += outcome[row];
            counts[(int) values[row]]++;
        }
        return IntStream.range(0, levels)
                .boxed()
                .sorted(java.util.Comparator.comparingDouble(
                                (Integer level) -> (sums[level] + 10 * overall) / (counts[level] + 10))
                        .thenComparing(level -> level))
                .limit(MOST)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static byte[] levelCodes(double[] values, int[] order) {
        int[] place = new int[Arrays.stream(order).max().orElse(0) + 1];
        Arrays.fill(place, order.length);
        for (int bin = 0; bin < order.length; bin++) place[order[bin]] = bin;
        byte[] codes = new byte[values.length];
        for (int row = 0; row < codes.length; row++) {
            boolean unknown = Double.isNaN(values[row]) || values[row] >= place.length;
            codes[row] = (byte) (unknown ? order.length : place[(int) values[row]]);
        }
        return codes;
    }

    boolean isCategory(int feature) {
        return levels[feature].length > 0;
    }

    /** The levels in the bins up to one, in ascending order. */
    int[] levelsUpTo(int feature, int bin) {
        return isCategory(feature)
                ? Arrays.stream(levels[feature], 0, bin + 1).sorted().toArray()
                : new int[0];
    }

    double limit(int feature, int bin) {
        return isCategory(feature) ? 0 : bin < limits[feature].length ? limits[feature][bin] : Double.MAX_VALUE;
    }
}
