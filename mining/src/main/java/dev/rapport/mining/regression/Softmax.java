package dev.rapport.mining.regression;

import dev.rapport.mining.Run;
import dev.rapport.mining.math.Cholesky;
import dev.rapport.mining.math.Gram;
import dev.rapport.mining.math.LimitedMemoryBfgs;
import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.prepare.Sampling;
import java.util.Arrays;
import java.util.stream.IntStream;

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
    private static final int BLOCK = 1024;
    private static final int LARGE = 20_000;
    private static final int SAMPLED = 10;
    private static final int WIDEST = 400;
    private static final double ROUGH = 1e-3;

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

    /** The same of dense columns, which long loops over rows suit better. */
    public static double[] weights(double[][] columns, int[] classes, int count, double c, double tolerance, Run run) {
        double[] start = new double[(columns.length + 1) * count];
        Cholesky curvature = null;
        if (classes.length >= LARGE && start.length <= WIDEST) {
            // the weights and the curvature of every tenth row are so near that a few passes over all rows are left
            double[][] fewer = Sampling.thinned(columns, SAMPLED, run.threads());
            int[] theirs = IntStream.iterate(0, i -> i < classes.length, i -> i + SAMPLED)
                    .map(i -> classes[i])
                    .toArray();
            start = weights(fewer, theirs, count, c * SAMPLED, Math.max(tolerance, ROUGH), run);
            curvature = curvature(fewer, theirs.length, count, c * SAMPLED, start, run.threads());
        }
        return LimitedMemoryBfgs.minimum(
                (at, slope) -> {
                    int penalised = columns.length * count;
                    double value = c * denseLoss(columns, classes, count, at, slope, run.threads());
                    for (int j = 0; j < slope.length; j++) {
                        slope[j] = c * slope[j] + (j < penalised ? at[j] : 0);
                        if (j < penalised) value += at[j] * at[j] / 2;
                    }
                    return value;
                },
                start,
                tolerance,
                1000,
                () -> run.at(0.5, "L-BFGS step"),
                curvature);
    }

    // the second derivatives: of classes k and l, the products of columns weighted by p_k (1 - p_k), or by -p_k p_l
    private static Cholesky curvature(
            double[][] columns, int rows, int count, double c, double[] weights, int threads) {
        double[][] p = probabilities(columns, rows, weights, count, threads);
        double[][] all = Arrays.copyOf(columns, columns.length + 1);
        all[columns.length] = new double[rows];
        Arrays.fill(all[columns.length], 1);
        double[][] second = new double[weights.length][weights.length];
        double[] factors = new double[rows];
        for (int k = 0; k < count; k++) {
            for (int l = 0; l <= k; l++) {
                for (int i = 0; i < rows; i++) factors[i] = c * p[i][k] * ((k == l ? 1 : 0) - p[i][l]);
                double[][] products = Gram.of(all, factors, rows, threads);
                for (int a = 0; a < all.length; a++) {
                    for (int b = 0; b < all.length; b++) {
                        second[a * count + k][b * count + l] = products[a][b];
                        second[b * count + l][a * count + k] = products[a][b];
                    }
                }
            }
        }
        // only differences of intercepts matter: without a weight of their own they leave the matrix singular
        for (int j = 0; j < weights.length; j++) second[j][j] += 1;
        return Cholesky.of(second);
    }

    /** Probabilities per row and class, of dense columns. */
    public static double[][] probabilities(double[][] columns, int rows, double[] weights, int count, int threads) {
        double[][] all = new double[rows][count];
        Parallel.run((rows + BLOCK - 1) / BLOCK, threads, block -> {
            int from = block * BLOCK;
            int here = Math.min(rows, from + BLOCK) - from;
            double[][] scores = scores(columns, weights, count, from, here);
            for (int i = 0; i < here; i++) {
                double[] row = all[from + i];
                for (int k = 0; k < count; k++) row[k] = scores[k][i];
                normalise(row);
            }
        });
        return all;
    }

    // per class and row of a block
    private static double[][] scores(double[][] columns, double[] weights, int count, int from, int rows) {
        double[][] scores = new double[count][rows];
        for (int k = 0; k < count; k++) {
            Arrays.fill(scores[k], weights[columns.length * count + k]);
            for (int j = 0; j < columns.length; j++) addColumn(scores[k], columns[j], from, weights[j * count + k]);
        }
        return scores;
    }

    private static double denseLoss(
            double[][] columns, int[] classes, int count, double[] at, double[] slope, int threads) {
        int n = classes.length;
        record Part(double loss, double[] slope) {}
        var parts = Parallel.map((n + BLOCK - 1) / BLOCK, threads, block -> {
            int from = block * BLOCK;
            int rows = Math.min(n, from + BLOCK) - from;
            double[][] p = scores(columns, at, count, from, rows);
            double[] own = new double[at.length];
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                double most = p[0][i];
                for (int k = 1; k < count; k++) most = Math.max(most, p[k][i]);
                double wanted = p[classes[from + i]][i];
                double total = 0;
                // the largest needs no exponential
                for (int k = 0; k < count; k++) total += p[k][i] = p[k][i] == most ? 1 : Math.exp(p[k][i] - most);
                for (int k = 0; k < count; k++) p[k][i] /= total;
                p[classes[from + i]][i] -= 1;
                sum += most + Math.log(total) - wanted;
            }
            for (int k = 0; k < count; k++) {
                for (int j = 0; j < columns.length; j++) own[j * count + k] = product(p[k], columns[j], from);
                own[columns.length * count + k] = sum(p[k]);
            }
            return new Part(sum, own);
        });
        Arrays.fill(slope, 0);
        double loss = 0;
        for (Part part : parts) {
            loss += part.loss;
            add(slope, 0, part.slope, 1);
        }
        return loss;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) sum += value;
        return sum;
    }

    private static void addColumn(double[] to, double[] column, int from, double weight) {
        for (int i = 0; i < to.length; i++) to[i] += column[from + i] * weight;
    }

    private static double product(double[] p, double[] column, int from) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < p.length; i += 4) {
            s0 = Math.fma(p[i], column[from + i], s0);
            s1 = Math.fma(p[i + 1], column[from + i + 1], s1);
            s2 = Math.fma(p[i + 2], column[from + i + 2], s2);
            s3 = Math.fma(p[i + 3], column[from + i + 3], s3);
        }
        for (; i < p.length; i++) s0 = Math.fma(p[i], column[from + i], s0);
        return s0 + s1 + (s2 + s3);
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
