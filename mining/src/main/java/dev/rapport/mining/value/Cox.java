package dev.rapport.mining.value;

import dev.rapport.mining.Card;
import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explainable;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Explanation.Coefficient;
import dev.rapport.mining.Finding;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.guard.Checks;
import dev.rapport.mining.math.Cholesky;
import dev.rapport.mining.math.Special;
import dev.rapport.mining.prepare.Encoder;
import dev.rapport.mining.prepare.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What makes customers leave sooner or later: proportional hazards (D. R. Cox 1972), ties after B. Efron (1977), by
 * Newton's method. The task's target is how long a customer was seen; {@code event} names the column that says whether she
 * left then (1 or 0).
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("months", 5, 8, 12, 20, 22, 30, 9, 14), Column.numeric("left", 1, 1, 1, 1, 0, 0, 1, 0),
 *     Column.numeric("tickets", 6, 5, 3, 2, 1, 0, 2, 4));
 * var model = new Cox("left").fit(frame, Task.predict("months").from("tickets"), Run.of(1));
 * check(model.weights()[0] > 0 && model.survival(frame, 0, 10) < model.survival(frame, 5, 10));
 * }
 *
 * @param event the column that says whether the end was seen
 */
public record Cox(String event) implements Trainer<Cox.Hazards> {

    @Override
    public Hazards fit(Frame data, Task task, Run run) {
        double[] times = data.numeric(task.requiredTarget()).values();
        double[] ended = data.numeric(event).values();
        long events = Arrays.stream(ended).filter(each -> each == 1).count();
        if (data.rows() < 2) throw Refusal.because("too-few-rows", data.rows(), 2);
        if (events == 0) throw Refusal.because("no-events", event);
        for (int i = 0; i < times.length; i++) {
            if (Double.isNaN(times[i]) || Double.isNaN(ended[i])) throw Refusal.because("missing-outcome", i + 1);
        }
        var encoder = Encoder.learn(data, task.features(), Encoding.STANDARD, run.threads());
        double[][] columns = encoder.encode(data, run.threads());
        var likelihood = new Likelihood(columns, times, ended);
        double[] beta = new double[columns.length];
        var step = likelihood.at(beta);
        Cholesky factor = Cholesky.of(step.information);
        for (int round = 0; round < 50; round++) {
            run.at(round / 50.0, "Newton step " + round);
            factor = Cholesky.of(step.information);
            double[] move = factor.solve(step.slope);
            double length = 1;
            Likelihood.Step next = step;
            double[] at = beta;
            for (; length > 1e-8; length /= 2) {
                at = beta.clone();
                for (int j = 0; j < at.length; j++) at[j] += length * move[j];
                next = likelihood.at(at);
                if (next.value >= step.value) break;
            }
            boolean still = next.value - step.value < 1e-12 * Math.abs(step.value);
            beta = at;
            step = next;
            if (still) break;
        }
        var findings = new ArrayList<>(Checks.columns(data, task.features()));
        if (events < 10L * columns.length) findings.add(Finding.warning("few-events", events, event, columns.length));
        var card = Card.of("Cox", Map.of("event", event), run, data.fingerprint(), data.rows(), task.features())
                .with("logLikelihood", step.value)
                .with("concordance", likelihood.concordance(beta))
                .with(findings);
        double[] means = Arrays.stream(columns)
                .mapToDouble(c -> Arrays.stream(c).average().orElse(0))
                .toArray();
        var base = likelihood.baseline(beta);
        return new Hazards(encoder, beta, means, coefficients(encoder, beta, factor), base.times, base.hazard, card);
    }

    private static List<Coefficient> coefficients(Encoder encoder, double[] beta, Cholesky factor) {
        double[][] covariance = factor.inverse();
        double[] scales = encoder.scales();
        var names = encoder.names();
        var list = new ArrayList<Coefficient>();
        for (int j = 0; j < beta.length; j++) {
            double weight = beta[j] / scales[j];
            double error = Math.sqrt(covariance[j][j]) / scales[j];
            double reach = 1.959963984540054 * error;
            list.add(new Coefficient(
                    names.get(j),
                    weight,
                    error,
                    weight - reach,
                    weight + reach,
                    2 * Special.normal(-Math.abs(weight / error))));
        }
        return list;
    }

    private static final class Likelihood {
        private record Step(double value, double[] slope, double[][] information) {}

        private record Base(double[] times, double[] hazard) {}

        private final double[][] columns;
        private final double[] times;
        private final double[] ended;
        private final Integer[] latestFirst;

        Likelihood(double[][] columns, double[] times, double[] ended) {
            this.columns = columns;
            this.times = times;
            this.ended = ended;
            this.latestFirst = new Integer[times.length];
            for (int i = 0; i < latestFirst.length; i++) latestFirst[i] = i;
            Arrays.sort(latestFirst, (a, b) -> Double.compare(times[b], times[a]));
        }

        private double margin(double[] beta, int row) {
            double sum = 0;
            for (int j = 0; j < beta.length; j++) sum += beta[j] * columns[j][row];
            return sum;
        }

        Step at(double[] beta) {
            int d = beta.length;
            double value = 0;
            double[] slope = new double[d];
            double[][] information = new double[d][d];
            double s0 = 0;
            double[] s1 = new double[d];
            double[][] s2 = new double[d][d];
            for (int from = 0; from < latestFirst.length; ) {
                int to = from;
                double t0 = 0;
                double[] t1 = new double[d];
                double[][] t2 = new double[d][d];
                int events = 0;
                while (to < latestFirst.length && times[latestFirst[to]] == times[latestFirst[from]]) {
                    int row = latestFirst[to++];
                    double margin = margin(beta, row);
                    double risk = Math.exp(margin);
                    s0 += risk;
                    add(s1, s2, risk, row);
                    if (ended[row] != 1) continue;
                    events++;
                    t0 += risk;
                    add(t1, t2, risk, row);
                    value += margin;
                    for (int j = 0; j < d; j++) slope[j] += columns[j][row];
                }
                for (int e = 0; e < events; e++) {
                    double share = e / (double) events;
                    double z0 = s0 - share * t0;
                    value -= Math.log(z0);
                    for (int j = 0; j < d; j++) {
                        double mean = (s1[j] - share * t1[j]) / z0;
                        slope[j] -= mean;
                        for (int k = 0; k <= j; k++) {
                            double other = (s1[k] - share * t1[k]) / z0;
                            information[j][k] += (s2[j][k] - share * t2[j][k]) / z0 - mean * other;
                        }
                    }
                }
                from = to;
            }
            for (int j = 0; j < d; j++) for (int k = 0; k < j; k++) information[k][j] = information[j][k];
            return new Step(value, slope, information);
        }

        private void add(double[] first, double[][] second, double risk, int row) {
            for (int j = 0; j < first.length; j++) {
                double x = risk * columns[j][row];
                first[j] += x;
                for (int k = 0; k <= j; k++) second[j][k] += x * columns[k][row];
            }
        }

        // Breslow's cumulative hazard of a row of zeros
        Base baseline(double[] beta) {
            var moments = new ArrayList<Double>();
            var steps = new ArrayList<Double>();
            double s0 = 0;
            for (int from = 0; from < latestFirst.length; ) {
                int to = from;
                int events = 0;
                while (to < latestFirst.length && times[latestFirst[to]] == times[latestFirst[from]]) {
                    int row = latestFirst[to++];
                    s0 += Math.exp(margin(beta, row));
                    if (ended[row] == 1) events++;
                }
                if (events > 0) {
                    moments.add(times[latestFirst[from]]);
                    steps.add(events / s0);
                }
                from = to;
            }
            int n = moments.size();
            double[] at = new double[n];
            double[] hazard = new double[n];
            double sum = 0;
            for (int i = 0; i < n; i++) {
                at[i] = moments.get(n - 1 - i);
                sum += steps.get(n - 1 - i);
                hazard[i] = sum;
            }
            return new Base(at, hazard);
        }

        // share of pairs whose order the model tells (F. Harrell 1982); a sample of 2,000 rows stands for more
        double concordance(double[] beta) {
            int step = Math.max(1, times.length / 2000);
            double right = 0;
            double all = 0;
            for (int i = 0; i < times.length; i += step) {
                if (ended[i] != 1) continue;
                double own = margin(beta, i);
                for (int j = 0; j < times.length; j += step) {
                    if (times[j] <= times[i] && !(times[j] == times[i] && ended[j] == 0)) continue;
                    double other = margin(beta, j);
                    all++;
                    right += own > other ? 1 : own == other ? 0.5 : 0;
                }
            }
            return right / all;
        }
    }

    /**
     * Hazards in proportion.
     *
     * @param weights one per encoded column
     * @param means of the encoded columns
     * @param times at which customers left
     * @param hazard cumulative, of a row of zeros, at these times
     */
    public record Hazards(
            Encoder encoder,
            double[] weights,
            double[] means,
            List<Coefficient> coefficients,
            double[] times,
            double[] hazard,
            Card card)
            implements Explainable {

        /** The chance that a row's customer is still there after a time. */
        public double survival(Frame data, int row, double time) {
            double cumulative = 0;
            for (int i = 0; i < times.length && times[i] <= time; i++) cumulative = hazard[i];
            return Math.exp(-cumulative * Math.exp(margin(data, row)));
        }

        private double margin(Frame data, int row) {
            double[][] columns = encoder.encode(data.rows(row), 1);
            double margin = 0;
            for (int j = 0; j < weights.length; j++) margin += weights[j] * columns[j][0];
            return margin;
        }

        @Override
        public Explanation explanation() {
            return new Explanation.Coefficients(Explanation.Effect.MULTIPLIES_HAZARD, 0, coefficients);
        }

        @Override
        public Contributions why(Frame data, int row) {
            Frame one = data.rows(row);
            double[][] columns = encoder.encode(one, 1);
            int[] origins = encoder.origins();
            double[] amounts = new double[encoder.inputs().size()];
            double base = 0;
            for (int j = 0; j < weights.length; j++) {
                base += weights[j] * means[j];
                amounts[origins[j]] += weights[j] * (columns[j][0] - means[j]);
            }
            var parts = new ArrayList<Contributions.Part>();
            for (int i = 0; i < amounts.length; i++) {
                String feature = encoder.inputs().get(i).feature();
                parts.add(new Contributions.Part(feature, one.column(feature).written(0), amounts[i]));
            }
            return Contributions.of("log-hazard", base, parts);
        }
    }
}
