package dev.rapport.mining.regression;

import dev.rapport.mining.math.Gram;

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
        double[][] all = java.util.Arrays.copyOf(columns, d + 2);
        all[d] = target;
        all[d + 1] = new double[rows];
        java.util.Arrays.fill(all[d + 1], 1);
        double[][] total = Gram.about(all, java.util.Arrays.copyOf(offsets, d + 2), null, rows, threads);
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

    /** The squared errors of least squares weights. */
    double residual(double[] weights) {
        double explained = 0;
        for (int j = 0; j < weights.length; j++) explained += weights[j] * withTarget[j];
        return targetSquares - explained;
    }
}
