package dev.rapport.mining.regression;

import dev.rapport.mining.math.Gram;
import dev.rapport.mining.math.Parallel;

/**
 * What least squares needs to know of the data: means, and products about the means. Products are taken about the first
 * rows' means and corrected, so that large offsets (years, prices) lose no digits and the data are read once.
 */
record CentredSums(double[][] gram, double[] withTarget, double[] means, double targetMean, double targetSquares) {

    static CentredSums of(double[][] columns, double[] target, int threads) {
        int d = columns.length;
        int rows = target.length;
        // the target is one more column, and so is the constant, whose products are the sums
        double[] offsets = new double[d + 1];
        int first = Math.min(rows, 1000);
        for (int j = 0; j <= d; j++) {
            double[] column = j < d ? columns[j] : target;
            for (int i = 0; i < first; i++) offsets[j] += column[i] / first;
        }
        int width = d + 2;
        var parts = Parallel.map(Parallel.chunks(rows), threads, chunk -> {
            int from = chunk * Parallel.CHUNK;
            int count = Math.min(rows, from + Parallel.CHUNK) - from;
            double[][] shifted = new double[width][];
            for (int j = 0; j <= d; j++) shifted[j] = shifted(j < d ? columns[j] : target, from, count, offsets[j]);
            shifted[d + 1] = new double[count];
            java.util.Arrays.fill(shifted[d + 1], 1);
            return Gram.of(shifted, null, count, 1);
        });
        double[][] total = new double[width][width];
        for (double[][] part : parts) {
            for (int a = 0; a < width; a++) for (int b = 0; b < width; b++) total[a][b] += part[a][b];
        }
        double[] sums = total[d + 1];
        for (int a = 0; a <= d; a++) for (int b = 0; b <= d; b++) total[a][b] -= sums[a] * sums[b] / rows;
        double[][] gram = new double[d][];
        double[] withTarget = new double[d];
        double[] means = new double[d];
        for (int j = 0; j < d; j++) {
            gram[j] = java.util.Arrays.copyOf(total[j], d);
            withTarget[j] = total[j][d];
            means[j] = offsets[j] + sums[j] / rows;
        }
        return new CentredSums(gram, withTarget, means, offsets[d] + sums[d] / rows, total[d][d]);
    }

    private static double[] shifted(double[] column, int from, int count, double offset) {
        double[] result = new double[count];
        for (int i = 0; i < count; i++) result[i] = column[from + i] - offset;
        return result;
    }
}
