package dev.rapport.mining.regression;

import dev.rapport.mining.Run;
import dev.rapport.mining.math.LimitedMemoryBfgs;
import dev.rapport.mining.math.Parallel;
import java.util.Arrays;

/**
 * The weights of a multinomial logistic model over sparse rows (Böhning 1992), by L-BFGS. Minimises {@code ‖W‖² / 2 + c ·
 * loss}; intercepts are not penalised. Weights are laid out by column and then class, so that one value of a row meets the
 * weights of all classes side by side.
 *
 * {@snippet :
 * var rows = SparseRows.ofColumns(new double[][] {{1, 2, 8, 9, 20, 21}}, 6);
 * double[] weights = Softmax.weights(rows, new int[] {0, 0, 1, 1, 2, 2}, 3, 1, 1e-6, Run.of(1));
 * check(Softmax.probabilities(rows, weights, 3, 1)[5][2] > 0.5);
 * }
 */
public final class Softmax {
    private static final int PIECES = 8;

    private Softmax() {}

    /** The weights: for each column and then for the intercept, one per class. */
    public static double[] weights(SparseRows rows, int[] classes, int count, double c, double tolerance, Run run) {
        int size = (rows.width() + 1) * count;
        return LimitedMemoryBfgs.minimum(
                (at, slope) -> loss(rows, classes, count, c, at, slope, run.threads()),
                new double[size],
                tolerance,
                1000,
                () -> run.at(0.5, "L-BFGS step"));
    }

    /** Probabilities per row and class. */
    public static double[][] probabilities(SparseRows rows, double[] weights, int count, int threads) {
        double[][] all = new double[rows.rows()][count];
        Parallel.rows(rows.rows(), threads, (chunk, from, to) -> {
            for (int i = from; i < to; i++) {
                score(rows, weights, i, all[i]);
                normalise(all[i]);
            }
        });
        return all;
    }

    private static double loss(
            SparseRows rows, int[] classes, int count, double c, double[] at, double[] slope, int threads) {
        int n = rows.rows();
        record Part(double loss, double[] slope) {}
        var parts = Parallel.map(Math.min(PIECES, n), threads, piece -> {
            double[] own = new double[at.length];
            double[] p = new double[count];
            double sum = 0;
            int to = (int) ((long) (piece + 1) * n / Math.min(PIECES, n));
            for (int i = (int) ((long) piece * n / Math.min(PIECES, n)); i < to; i++) {
                score(rows, at, i, p);
                double wanted = p[classes[i]];
                sum += normalise(p) - wanted;
                p[classes[i]] -= 1;
                for (int v = rows.starts()[i]; v < rows.starts()[i + 1]; v++) {
                    add(own, rows.columns()[v] * count, p, rows.values()[v]);
                }
                add(own, rows.width() * count, p, 1);
            }
            return new Part(sum, own);
        });
        int penalised = rows.width() * count;
        double value = 0;
        for (int j = 0; j < penalised; j++) {
            value += at[j] * at[j] / 2;
            slope[j] = at[j];
        }
        Arrays.fill(slope, penalised, slope.length, 0);
        for (Part part : parts) {
            value += c * part.loss;
            add(slope, 0, part.slope, c);
        }
        return value;
    }

    private static void score(SparseRows rows, double[] weights, int row, double[] scores) {
        System.arraycopy(weights, rows.width() * scores.length, scores, 0, scores.length);
        for (int v = rows.starts()[row]; v < rows.starts()[row + 1]; v++) {
            gather(scores, weights, rows.columns()[v] * scores.length, rows.values()[v]);
        }
    }

    // scores become probabilities; answers the logarithm of their sum
    private static double normalise(double[] scores) {
        double most = Double.NEGATIVE_INFINITY;
        for (double score : scores) most = Math.max(most, score);
        double sum = 0;
        for (int k = 0; k < scores.length; k++) sum += scores[k] = Math.exp(scores[k] - most);
        for (int k = 0; k < scores.length; k++) scores[k] /= sum;
        return most + Math.log(sum);
    }

    private static void gather(double[] to, double[] from, int at, double factor) {
        for (int k = 0; k < to.length; k++) to[k] += from[at + k] * factor;
    }

    private static void add(double[] to, int at, double[] values, double factor) {
        for (int k = 0; k < values.length; k++) to[at + k] += values[k] * factor;
    }
}
