package dev.rapport.mining.series;

import org.jspecify.annotations.Nullable;

/** Local linear regression with tricube weights over the nearest points of an equally spaced series (W. Cleveland 1979). */
final class Loess {
    private Loess() {}

    static double[] smooth(double[] y, int span, double @Nullable [] weights) {
        int n = y.length;
        double[] smooth = new double[n];
        int size = Math.min(span, n);
        for (int i = 0; i < n; i++) {
            int from = Math.max(0, Math.min(n - size, i - size / 2));
            double reach = Math.max(i - from, from + size - 1 - i);
            if (span > n) reach += (span - n) / 2.0;
            smooth[i] = at(y, i, from, from + size, reach, weights);
        }
        return smooth;
    }

    private static double at(double[] y, int i, int from, int to, double reach, double @Nullable [] weights) {
        double sum = 0;
        double sumX = 0;
        double sumXx = 0;
        double sumY = 0;
        double sumXy = 0;
        for (int j = from; j < to; j++) {
            double share = Math.abs(j - i) / reach;
            if (share > 0.999) continue;
            double cube = 1 - share * share * share;
            double w = (share < 0.001 ? 1 : cube * cube * cube) * (weights == null ? 1 : weights[j]);
            double x = j - i;
            sum += w;
            sumX += w * x;
            sumXx += w * x * x;
            sumY += w * y[j];
            sumXy += w * x * y[j];
        }
        if (sum <= 0) return y[i];
        double spread = sumXx - sumX * sumX / sum;
        if (spread <= 1e-12 * reach * reach * sum) return sumY / sum;
        double slope = (sumXy - sumX * sumY / sum) / spread;
        return sumY / sum - slope * sumX / sum;
    }
}
