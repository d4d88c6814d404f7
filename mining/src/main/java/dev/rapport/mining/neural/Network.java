package dev.rapport.mining.neural;

import dev.rapport.mining.Run;
import dev.rapport.mining.math.Statistics;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The numbers of a perceptron while it learns. A batch is held unit by unit (all rows of a unit side by side), so that the
 * long loops run over rows and become vector code; the products of two layers that make the slopes are taken in tiles whose
 * sums stay in registers.
 */
final class Network {
    /** What is made small. */
    enum Loss {
        /** Cross entropy. */
        CLASSES,
        /** Half the squared error. */
        SQUARES
    }

    private static final int PATIENCE = 10;
    private static final double STILL = 1e-4;

    private final int[] sizes;
    private final Loss loss;
    private final double[][] weights;
    private final double[][] biases;
    private final double[][] slopes;
    private final double[][] biasSlopes;
    private final double[][][] moments;
    private final SplittableRandom random;
    private int steps = 0;

    Network(int[] sizes, Loss loss, SplittableRandom random) {
        this.sizes = sizes;
        this.loss = loss;
        this.random = random;
        int layers = sizes.length - 1;
        weights = new double[layers][];
        biases = new double[layers][];
        slopes = new double[layers][];
        biasSlopes = new double[layers][];
        moments = new double[layers][4][];
        for (int l = 0; l < layers; l++) {
            int in = sizes[l];
            int out = sizes[l + 1];
            weights[l] = new double[in * out];
            biases[l] = new double[out];
            slopes[l] = new double[in * out];
            biasSlopes[l] = new double[out];
            moments[l] = new double[][] {new double[in * out], new double[in * out], new double[out], new double[out]};
            double scale = Math.sqrt((l + 1 < layers ? 6.0 : 3.0) / in);
            for (int i = 0; i < weights[l].length; i++) weights[l][i] = scale * (2 * random.nextDouble() - 1);
        }
    }

    NetworkWeights weights() {
        return new NetworkWeights(sizes, weights, biases);
    }

    /** Scores to probabilities: one score is the log-odds of the second class. */
    static double[] shares(double[] scores) {
        if (scores.length == 1) {
            double p = 1 / (1 + Math.exp(-scores[0]));
            return new double[] {1 - p, p};
        }
        double most = Arrays.stream(scores).max().orElse(0);
        double[] shares =
                Arrays.stream(scores).map(score -> Math.exp(score - most)).toArray();
        double sum = Arrays.stream(shares).sum();
        for (int k = 0; k < shares.length; k++) shares[k] /= sum;
        return shares;
    }

    /** Learns; answers the mean loss of the last pass. */
    double train(double[][] rows, double[] targets, Perceptron parameters, Run run) {
        int batch = Math.min(parameters.batch(), rows.length);
        double[][][] units = new double[sizes.length][][];
        double[][][] errors = new double[sizes.length][][];
        for (int l = 0; l < sizes.length; l++) {
            units[l] = new double[sizes[l]][batch];
            errors[l] = new double[sizes[l]][batch];
        }
        double[] truth = new double[batch];
        double least = Double.POSITIVE_INFINITY;
        double last = Double.NaN;
        int waited = 0;
        for (int epoch = 0; epoch < parameters.epochs() && waited <= PATIENCE; epoch++) {
            run.at(epoch / (double) parameters.epochs(), "pass " + epoch);
            int[] order = Statistics.shuffled(rows.length, random);
            double sum = 0;
            for (int from = 0; from < rows.length; from += batch) {
                int count = Math.min(batch, rows.length - from);
                fill(rows, targets, order, from, count, units[0], truth);
                forward(units, count);
                sum += outputErrors(units[sizes.length - 1], errors[sizes.length - 1], truth, count);
                backward(units, errors, count);
                step(parameters, count);
            }
            last = sum / rows.length;
            if (last > least - STILL) waited++;
            else waited = 0;
            least = Math.min(least, last);
        }
        return last;
    }

    private static void fill(
            double[][] rows, double[] targets, int[] order, int from, int count, double[][] into, double[] truth) {
        for (int b = 0; b < count; b++) {
            double[] row = rows[order[from + b]];
            truth[b] = targets[order[from + b]];
            for (int j = 0; j < row.length; j++) into[j][b] = row[j];
        }
    }

    private void forward(double[][][] units, int count) {
        for (int l = 0; l < weights.length; l++) {
            int in = sizes[l];
            for (int o = 0; o < sizes[l + 1]; o++) {
                double[] to = units[l + 1][o];
                Arrays.fill(to, 0, count, biases[l][o]);
                gather(to, units[l], weights[l], o * in, 1, in, count);
                if (l + 1 < weights.length) rectify(to, count);
            }
        }
    }

    // to += Σ w·x over inputs, four inputs at a time
    private static void gather(double[] to, double[][] x, double[] w, int at, int stride, int in, int count) {
        int i = 0;
        for (; i + 3 < in; i += 4) {
            four(
                    to,
                    x[i],
                    x[i + 1],
                    x[i + 2],
                    x[i + 3],
                    w[at + i * stride],
                    w[at + (i + 1) * stride],
                    w[at + (i + 2) * stride],
                    w[at + (i + 3) * stride],
                    count);
        }
        for (; i < in; i++) one(to, x[i], w[at + i * stride], count);
    }

    private static void four(
            double[] to,
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double wa,
            double wb,
            double wc,
            double wd,
            int count) {
        for (int i = 0; i < count; i++) to[i] += a[i] * wa + b[i] * wb + (c[i] * wc + d[i] * wd);
    }

    private static void one(double[] to, double[] x, double w, int count) {
        for (int i = 0; i < count; i++) to[i] += x[i] * w;
    }

    private static void rectify(double[] values, int count) {
        for (int i = 0; i < count; i++) values[i] = Math.max(0, values[i]);
    }

    private double outputErrors(double[][] scores, double[][] errors, double[] truth, int count) {
        double sum = 0;
        if (loss == Loss.SQUARES) {
            for (int b = 0; b < count; b++) {
                errors[0][b] = scores[0][b] - truth[b];
                sum += errors[0][b] * errors[0][b] / 2;
            }
            return sum;
        }
        if (scores.length == 1) {
            for (int b = 0; b < count; b++) {
                double m = scores[0][b];
                double e = Math.exp(-Math.abs(m));
                errors[0][b] = (m >= 0 ? 1 / (1 + e) : e / (1 + e)) - truth[b];
                sum += Math.max(0, m) - truth[b] * m + Math.log1p(e);
            }
            return sum;
        }
        double[] own = new double[scores.length];
        for (int b = 0; b < count; b++) {
            for (int k = 0; k < own.length; k++) own[k] = scores[k][b];
            double[] shares = shares(own);
            for (int k = 0; k < own.length; k++) errors[k][b] = shares[k] - (k == (int) truth[b] ? 1 : 0);
            sum -= Math.log(Math.max(1e-300, shares[(int) truth[b]]));
        }
        return sum;
    }

    private void backward(double[][][] units, double[][][] errors, int count) {
        for (int l = weights.length - 1; l >= 0; l--) {
            int in = sizes[l];
            int out = sizes[l + 1];
            products(errors[l + 1], units[l], slopes[l], out, in, count);
            for (int o = 0; o < out; o++) biasSlopes[l][o] = sum(errors[l + 1][o], count);
            if (l == 0) continue;
            for (int i = 0; i < in; i++) {
                double[] to = errors[l][i];
                Arrays.fill(to, 0, count, 0);
                gather(to, errors[l + 1], weights[l], i, in, out, count);
                mask(to, units[l][i], count);
            }
        }
    }

    private static void mask(double[] errors, double[] units, int count) {
        for (int b = 0; b < count; b++) errors[b] = units[b] > 0 ? errors[b] : 0;
    }

    private static double sum(double[] values, int count) {
        double s0 = 0;
        double s1 = 0;
        int b = 0;
        for (; b + 1 < count; b += 2) {
            s0 += values[b];
            s1 += values[b + 1];
        }
        return b < count ? s0 + s1 + values[b] : s0 + s1;
    }

    private static void products(double[][] errors, double[][] units, double[] into, int out, int in, int count) {
        int o = 0;
        for (; o + 1 < out; o += 2) {
            int i = 0;
            for (; i + 3 < in; i += 4)
                tile(errors[o], errors[o + 1], units, i, into, o * in + i, (o + 1) * in + i, count);
            for (; i < in; i++) {
                into[o * in + i] = dot(errors[o], units[i], count);
                into[(o + 1) * in + i] = dot(errors[o + 1], units[i], count);
            }
        }
        for (; o < out; o++) for (int i = 0; i < in; i++) into[o * in + i] = dot(errors[o], units[i], count);
    }

    private static double dot(double[] a, double[] b, int count) {
        return dev.rapport.mining.math.Gram.dot(a, b, 0, count);
    }

    private static void tile(
            double[] e, double[] f, double[][] units, int i, double[] into, int at, int next, int count) {
        double[] a = units[i];
        double[] b = units[i + 1];
        double[] c = units[i + 2];
        double[] d = units[i + 3];
        double ea = 0, eb = 0, ec = 0, ed = 0, fa = 0, fb = 0, fc = 0, fd = 0;
        for (int r = 0; r < count; r++) {
            double x = e[r];
            double y = f[r];
            ea = Math.fma(x, a[r], ea);
            eb = Math.fma(x, b[r], eb);
            ec = Math.fma(x, c[r], ec);
            ed = Math.fma(x, d[r], ed);
            fa = Math.fma(y, a[r], fa);
            fb = Math.fma(y, b[r], fb);
            fc = Math.fma(y, c[r], fc);
            fd = Math.fma(y, d[r], fd);
        }
        into[at] = ea;
        into[at + 1] = eb;
        into[at + 2] = ec;
        into[at + 3] = ed;
        into[next] = fa;
        into[next + 1] = fb;
        into[next + 2] = fc;
        into[next + 3] = fd;
    }

    private void step(Perceptron parameters, int count) {
        steps++;
        double rate = parameters.rate() * Math.sqrt(1 - Math.pow(0.999, steps)) / (1 - Math.pow(0.9, steps));
        for (int l = 0; l < weights.length; l++) {
            double decay = parameters.penalty();
            for (int i = 0; i < slopes[l].length; i++) slopes[l][i] = (slopes[l][i] + decay * weights[l][i]) / count;
            for (int o = 0; o < biasSlopes[l].length; o++) biasSlopes[l][o] /= count;
            adam(weights[l], slopes[l], moments[l][0], moments[l][1], rate);
            adam(biases[l], biasSlopes[l], moments[l][2], moments[l][3], rate);
        }
    }

    private static void adam(double[] values, double[] slopes, double[] first, double[] second, double rate) {
        for (int i = 0; i < values.length; i++) {
            first[i] = 0.9 * first[i] + 0.1 * slopes[i];
            second[i] = 0.999 * second[i] + 0.001 * slopes[i] * slopes[i];
            values[i] -= rate * first[i] / (Math.sqrt(second[i]) + 1e-8);
        }
    }
}
