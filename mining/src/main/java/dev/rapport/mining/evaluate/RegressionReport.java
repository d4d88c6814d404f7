package dev.rapport.mining.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good predicted numbers are.
 *
 * {@snippet :
 * var report = RegressionReport.of(new double[] {1, 2, 4}, new double[] {1, 2, 3});
 * check(Math.abs(report.mae() - 1 / 3.0) < 1e-12 && report.r2() == 0.5);
 * }
 *
 * @param rmse root of the mean squared error, in the target's unit
 * @param mae mean absolute error, in the target's unit
 * @param r2 share of the variance explained; negative when worse than the mean
 */
public record RegressionReport(int rows, double rmse, double mae, double r2) {
    /** Judges predictions. */
    public static RegressionReport of(double[] predicted, double[] truth) {
        double mean = 0;
        for (double value : truth) mean += value / truth.length;
        double squares = 0;
        double absolute = 0;
        double total = 0;
        for (int i = 0; i < truth.length; i++) {
            double error = predicted[i] - truth[i];
            squares += error * error;
            absolute += Math.abs(error);
            total += (truth[i] - mean) * (truth[i] - mean);
        }
        int n = truth.length;
        return new RegressionReport(n, Math.sqrt(squares / n), absolute / n, 1 - squares / total);
    }

    /** The numbers by name, for a model's card. */
    public Map<String, Double> metrics() {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("rmse", rmse);
        metrics.put("mae", mae);
        metrics.put("r2", r2);
        return metrics;
    }
}
