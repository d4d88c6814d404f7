package dev.rapport.mining.svm;

import dev.rapport.mining.math.NelderMead;

/** Distances to log-odds: a logistic curve with targets drawn towards the middle, so that few rows promise nothing sure. */
final class Platt {
    private Platt() {}

    /** Slope and shift. */
    static double[] fit(double[] decisions, double[] truth) {
        double positives = 0;
        for (double each : truth) positives += each;
        double high = (positives + 1) / (positives + 2);
        double low = 1 / (truth.length - positives + 2);
        double start = Math.log((positives + 1) / (truth.length - positives + 1));
        double spread = 0;
        for (double decision : decisions) spread += Math.abs(decision) / decisions.length;
        double unit = spread > 0 ? spread : 1;
        double[] best = NelderMead.minimum(
                at -> {
                    double loss = 0;
                    for (int i = 0; i < truth.length; i++) {
                        double m = at[0] * decisions[i] / unit + at[1];
                        double target = truth[i] > 0.5 ? high : low;
                        loss += Math.max(0, m) - target * m + Math.log1p(Math.exp(-Math.abs(m)));
                    }
                    return loss;
                },
                new double[] {1, start},
                0.5);
        return new double[] {best[0] / unit, best[1]};
    }
}
