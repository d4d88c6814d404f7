package dev.rapport.mining.evaluate;

import dev.rapport.mining.evaluate.Ranking.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good the probabilities of a yes-or-no outcome are: ranking, calibration, and what a threshold would do.
 *
 * {@snippet :
 * var report = BinaryReport.of(new double[] {0.9, 0.2, 0.7, 0.4}, new double[] {1, 0, 1, 0}, 0.5);
 * check(report.auc() == 1 && report.accuracy() == 1 && report.baseline() == 0.5);
 * }
 *
 * @param rows rows judged
 * @param baseline accuracy of always naming the more frequent outcome
 * @param accuracy at the threshold
 * @param precision of those taken, the share that are positive; NaN when none is taken
 * @param recall of the positives, the share taken
 * @param f1 harmonic mean of both
 * @param auc area under the ROC curve
 * @param averagePrecision area under precision and recall
 * @param logLoss mean negative log-likelihood
 * @param brier mean squared error of the probability
 * @param liftTopTenth lift of the best-scored tenth
 * @param confusion rows by truth (0, 1) and decision (0, 1)
 * @param roc the ROC curve
 * @param calibration per tenth of rows in order of probability: mean probability against share of positives
 */
public record BinaryReport(
        int rows,
        double baseline,
        double accuracy,
        double precision,
        double recall,
        double f1,
        double auc,
        double averagePrecision,
        double logLoss,
        double brier,
        double liftTopTenth,
        int[][] confusion,
        List<Point> roc,
        List<Point> calibration) {

    /**
     * Judges probabilities.
     *
     * @param truth 1 for positives, 0 for negatives
     * @param threshold rows with at least this probability count as taken
     */
    public static BinaryReport of(double[] probabilities, double[] truth, double threshold) {
        int[][] confusion = new int[2][2];
        double loss = 0;
        double squares = 0;
        for (int i = 0; i < truth.length; i++) {
            confusion[(int) truth[i]][probabilities[i] >= threshold ? 1 : 0]++;
            double given = truth[i] > 0.5 ? probabilities[i] : 1 - probabilities[i];
            loss -= Math.log(Math.max(1e-15, given));
            squares += (probabilities[i] - truth[i]) * (probabilities[i] - truth[i]);
        }
        int n = truth.length;
        double positives = confusion[1][0] + confusion[1][1];
        double precision = confusion[1][1] / (double) (confusion[0][1] + confusion[1][1]);
        double recall = confusion[1][1] / positives;
        return new BinaryReport(
                n,
                Math.max(positives, n - positives) / n,
                (confusion[0][0] + confusion[1][1]) / (double) n,
                precision,
                recall,
                2.0 * confusion[1][1] / (2.0 * confusion[1][1] + confusion[0][1] + confusion[1][0]),
                Ranking.auc(probabilities, truth),
                Ranking.averagePrecision(probabilities, truth),
                loss / n,
                squares / n,
                Ranking.lift(probabilities, truth, 0.1),
                confusion,
                Ranking.roc(probabilities, truth),
                calibration(probabilities, truth));
    }

    /** The numbers by name, for a model's card. */
    public Map<String, Double> metrics() {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("baseline", baseline);
        metrics.put("accuracy", accuracy);
        metrics.put("precision", precision);
        metrics.put("recall", recall);
        metrics.put("f1", f1);
        metrics.put("auc", auc);
        metrics.put("averagePrecision", averagePrecision);
        metrics.put("logLoss", logLoss);
        metrics.put("brier", brier);
        metrics.put("liftTopTenth", liftTopTenth);
        return metrics;
    }

    private static List<Point> calibration(double[] probabilities, double[] truth) {
        Integer[] order = new Integer[truth.length];
        for (int i = 0; i < order.length; i++) order[i] = i;
        java.util.Arrays.sort(order, (a, b) -> Double.compare(probabilities[a], probabilities[b]));
        var points = new ArrayList<Point>();
        int bins = Math.min(10, truth.length);
        for (int bin = 0; bin < bins; bin++) {
            int from = (int) ((long) bin * truth.length / bins);
            int to = (int) ((long) (bin + 1) * truth.length / bins);
            double expected = 0;
            double seen = 0;
            for (int i = from; i < to; i++) {
                expected += probabilities[order[i]] / (to - from);
                seen += truth[order[i]] / (to - from);
            }
            points.add(new Point(expected, seen));
        }
        return points;
    }
}
