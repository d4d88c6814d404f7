package dev.rapport.mining.regression;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation.Coefficient;
import dev.rapport.mining.Finding;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Cholesky;
import dev.rapport.mining.math.Gram;
import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.math.Special;
import dev.rapport.mining.math.Statistics;
import dev.rapport.mining.prepare.ClassWeights;
import dev.rapport.mining.prepare.Encoder;
import dev.rapport.mining.prepare.Encoding;
import dev.rapport.mining.prepare.Sampling;
import dev.rapport.mining.prepare.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The probability of a yes-or-no outcome as a weighted sum of features on the log-odds scale (D. R. Cox 1958), by
 * Newton's method with step halving, which for this concave likelihood always arrives. Minimises {@code ‖w‖² / 2 + c ·
 * loss}; the intercept is not penalised.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("daysSinceOrder", 5, 9, 20, 31, 45, 60, 80, 90),
 *     Column.categorical("churned", "no", "no", "no", "yes", "no", "yes", "yes", "yes"));
 * LogisticModel model = new LogisticRegression().fit(frame, Task.predict("churned").from("daysSinceOrder"), Run.of(1));
 * check(model.probability(frame, "yes")[7] > model.probability(frame, "yes")[0]);
 * check(model.explanation().text(Locale.ENGLISH).contains("odds"));
 * }
 *
 * @param c how much the data count against the penalty, above 0; infinite for no penalty
 * @param scaling whether numbers are standardised first, so that their units do not matter to the penalty
 * @param weights how much each class counts
 */
public record LogisticRegression(double c, Encoding.Scaling scaling, ClassWeights weights)
        implements Trainer<LogisticModel> {
    private static final int STEPS = 100;
    private static final int LARGE = 20_000;
    private static final int SAMPLED = 10;
    // a step brings less than this share of the one before, or the curvature is looked at anew
    private static final double WORTHWHILE = 0.02;
    private static final double NEAR = 1e-12;
    private static final int BLOCK = 1024;

    /** @throws IllegalArgumentException if {@code c} is not above 0 */
    public LogisticRegression {
        if (!(c > 0)) throw new IllegalArgumentException("c must be above 0, not " + c);
    }

    /** Standardised, c = 1, every row counts once. */
    public LogisticRegression() {
        this(1, Encoding.Scaling.STANDARD, ClassWeights.EQUAL);
    }

    @Override
    public LogisticModel fit(Frame data, Task task, Run run) {
        var training = Training.classes(data, task);
        if (training.classes().size() != 2) {
            throw Refusal.because(
                    "two-classes-needed",
                    task.requiredTarget(),
                    training.classes().size());
        }
        var encoding = new Encoding(scaling, Encoding.Reference.FIRST_LEVEL);
        var encoder = Encoder.learn(training.data(), task.features(), encoding, run.threads());
        double[][] columns = encoder.encode(training.data(), run.threads());
        double[] classWeights = weights.of(training.targets(), 2);
        var fit = fitted(columns, training.targets(), classWeights, run);

        double[] slopes = Arrays.copyOf(fit.beta, columns.length);
        double[] means = new double[columns.length];
        Parallel.run(means.length, run.threads(), j -> means[j] = Statistics.mean(columns[j]));
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("c", String.valueOf(c));
        parameters.put("scaling", scaling.name());
        parameters.put("weights", weights.name());
        var card = training.card("LogisticRegression", parameters, run).with(fit.findings());
        card = fit.measured(card);
        return new LogisticModel(
                encoder,
                slopes,
                fit.beta[columns.length],
                means,
                coefficients(encoder, slopes, fit.curvature()),
                training.classes(),
                card);
    }

    private Newton fitted(double[][] columns, double[] truth, double[] classWeights, Run run) {
        var fit = new Newton(columns, truth, classWeights, run);
        if (truth.length >= LARGE) {
            var sample = sampled(columns, truth, classWeights, run);
            if (sample.arrived) fit.startFrom(sample);
        }
        fit.climb();
        return fit;
    }

    // the weights and the curvature of every tenth row are so near that a few passes over all rows are left
    private Newton sampled(double[][] columns, double[] truth, double[] classWeights, Run run) {
        double[][] some = Sampling.thinned(columns, SAMPLED, run.threads());
        double[] targets = Sampling.thinned(truth, SAMPLED);
        return new LogisticRegression(c * SAMPLED, scaling, weights).fitted(some, targets, classWeights, run);
    }

    private static List<Coefficient> coefficients(Encoder encoder, double[] slopes, Cholesky factor) {
        var names = encoder.names();
        double[] scales = encoder.scales();
        double[][] covariance = factor.inverse();
        var list = new ArrayList<Coefficient>();
        for (int j = 0; j < slopes.length; j++) {
            double weight = slopes[j] / scales[j];
            double error = Math.sqrt(covariance[j][j]) / scales[j];
            double p = 2 * Special.normal(-Math.abs(weight / error));
            double reach = 1.959963984540054 * error;
            list.add(new Coefficient(names.get(j), weight, error, weight - reach, weight + reach, p));
        }
        return list;
    }

    private final class Newton {
        private final double[][] columns;
        private final double[] truth;
        private final double[] classWeights;
        private final Run run;
        private final int d;
        private final double[] gradient;
        private final double[] margin;
        private final double[] slope;
        private final double[] curvature;
        private double[] beta;
        private @Nullable Cholesky factor;
        private boolean arrived = false;
        private double loss = 0;

        Newton(double[][] features, double[] truth, double[] classWeights, Run run) {
            this.d = features.length;
            this.columns = Arrays.copyOf(features, d + 1);
            double[] ones = new double[truth.length];
            Arrays.fill(ones, 1);
            this.columns[d] = ones;
            this.truth = truth;
            this.classWeights = classWeights;
            this.run = run;
            this.beta = new double[d + 1];
            this.gradient = new double[d + 1];
            this.margin = new double[truth.length];
            this.slope = new double[truth.length];
            this.curvature = new double[truth.length];
        }

        // Newton's steps; the curvature is looked at anew when the last one no longer brings much, and near the end
        void climb() {
            double value = look(beta);
            double lastGain = Double.POSITIVE_INFINITY;
            for (int step = 0; step < STEPS; step++) {
                run.at(step / (double) STEPS, "Newton step " + step);
                double gain = factor == null ? Double.POSITIVE_INFINITY : gain(factor.solve(gradient), gradient);
                boolean near = gain < NEAR * (1 + Math.abs(value));
                if (factor == null || near || gain > WORTHWHILE * lastGain) factor = curved();
                double[] move = curvature().solve(gradient);
                if (near) {
                    arrived = true;
                    finish(move, value);
                    return;
                }
                gain = gain(move, gradient);
                double next = halved(move, value, gain);
                if (!(next < value)) {
                    arrived = true;
                    factor = curved();
                    return;
                }
                value = next;
                lastGain = gain;
            }
        }

        // so near the end a whole step is right to the last digits, where the loss no longer tells better from worse
        private void finish(double[] move, double value) {
            double[] from = beta;
            double[] at = moved(from, move, 1);
            if (look(at) <= value + NEAR * (1 + Math.abs(value))) beta = at;
            else look(from);
            // standard errors of few rows are worth another look
            if (truth.length < LARGE) factor = curved();
        }

        private static double[] moved(double[] from, double[] move, double length) {
            double[] at = new double[from.length];
            for (int j = 0; j < at.length; j++) at[j] = from[j] - length * move[j];
            return at;
        }

        private Cholesky curved() {
            double[][] hessian = Gram.of(columns, curvature, truth.length, run.threads());
            for (int j = 0; j < d; j++) hessian[j][j] += 1 / c;
            return Cholesky.of(hessian);
        }

        void startFrom(Newton sample) {
            beta = sample.beta.clone();
            factor = sample.curvature().times(SAMPLED);
        }

        Cholesky curvature() {
            return Objects.requireNonNull(factor);
        }

        private static double gain(double[] move, double[] gradient) {
            double gain = 0;
            for (int j = 0; j < move.length; j++) gain += move[j] * gradient[j];
            return gain;
        }

        private double halved(double[] move, double value, double gain) {
            double[] from = beta;
            for (double length = 1; length > 1e-10; length /= 2) {
                double[] at = moved(from, move, length);
                double next = look(at);
                if (next <= value - 1e-4 * length * gain || next < value && length < 1e-3) {
                    beta = at;
                    return next;
                }
            }
            look(from);
            return value;
        }

        // the penalised loss at these weights; leaves its gradient, and slope and curvature of every row behind
        private double look(double[] at) {
            record Part(double loss, double[] gradient) {}
            var parts = Parallel.map(Parallel.chunks(truth.length), run.threads(), chunk -> {
                double[] own = new double[d + 1];
                double lost = 0;
                int end = Math.min(truth.length, (chunk + 1) * Parallel.CHUNK);
                // blocks of rows that stay in the cache between the sums over columns and back
                for (int from = chunk * Parallel.CHUNK; from < end; from += BLOCK) {
                    int to = Math.min(end, from + BLOCK);
                    Arrays.fill(margin, from, to, at[d]);
                    for (int j = 0; j < d; j++) add(margin, columns[j], from, to, at[j]);
                    lost += loss(from, to);
                    for (int j = 0; j <= d; j++) own[j] += Gram.dot(columns[j], slope, from, to);
                }
                return new Part(lost, own);
            });
            double value = 0;
            Arrays.fill(gradient, 0);
            for (Part part : parts) {
                value += part.loss;
                for (int j = 0; j <= d; j++) gradient[j] += part.gradient[j];
            }
            loss = value;
            for (int j = 0; j < d; j++) {
                gradient[j] += at[j] / c;
                value += at[j] * at[j] / (2 * c);
            }
            return value;
        }

        private double loss(int from, int to) {
            double lost = 0;
            for (int i = from; i < to; i++) {
                double weight = classWeights[truth[i] > 0.5 ? 1 : 0];
                double m = margin[i];
                double e = Math.exp(-Math.abs(m));
                double p = m >= 0 ? 1 / (1 + e) : e / (1 + e);
                lost += weight * (Math.log(1 + e) + (truth[i] > 0.5 ? Math.max(0, -m) : Math.max(0, m)));
                slope[i] = weight * (p - truth[i]);
                curvature[i] = weight * p * (1 - p);
            }
            return lost;
        }

        Card measured(Card card) {
            double right = 0;
            double squares = 0;
            double positives = 0;
            for (int i = 0; i < truth.length; i++) {
                positives += truth[i];
                if (margin[i] >= 0 == truth[i] > 0.5) right++;
                double off = slope[i] / classWeights[truth[i] > 0.5 ? 1 : 0];
                squares += off * off;
            }
            double n = truth.length;
            return card.with("accuracy", right / n)
                    .with("baseline", Math.max(positives, n - positives) / n)
                    .with("logLoss", loss / n)
                    .with("brier", squares / n);
        }

        List<Finding> findings() {
            var findings = new ArrayList<Finding>();
            boolean separated = Arrays.stream(curvature).max().orElse(1) < 1e-6;
            if (separated || !arrived) findings.add(Finding.warning("separation"));
            if (curvature().deficient() >= 0 && !separated)
                findings.add(Finding.warning("collinear", curvature().deficient() + 1));
            return findings;
        }

        private static void add(double[] to, double[] column, int from, int end, double weight) {
            for (int i = from; i < end; i++) to[i] += column[i] * weight;
        }
    }
}
