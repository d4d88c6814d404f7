package dev.rapport.mining.bayes;

import dev.rapport.mining.Card;
import dev.rapport.mining.Classifier;
import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explainable;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.prepare.Training;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Naive Bayes: how likely each class is if features were independent within a class (Maron 1961; Hand, Yu 2001). Numbers
 * count as normally distributed in each class, levels by their smoothed shares. A missing value says nothing.
 *
 * {@snippet :
 * var frame = Frame.of(Column.categorical("outlook", "sunny", "rain", "sunny", "rain"),
 *     Column.categorical("play", "no", "yes", "no", "yes"));
 * var model = new NaiveBayes().fit(frame, Task.predict("play").from("outlook"), Run.of(1));
 * check(model.classes().get(model.predict(frame)[1]).equals("yes"));
 * }
 *
 * @param smoothing added to every count of a level, above 0 (Laplace's rule is 1)
 */
public record NaiveBayes(double smoothing) implements Trainer<NaiveBayes.Fitted> {
    // of the largest variance, added to every variance, so that a constant number does not decide alone
    private static final double LEAST_VARIANCE = 1e-9;

    /** @throws IllegalArgumentException if the smoothing is not above 0 */
    public NaiveBayes {
        if (!(smoothing > 0)) throw new IllegalArgumentException("smoothing must be above 0, not " + smoothing);
    }

    /** Laplace's rule. */
    public NaiveBayes() {
        this(1);
    }

    @Override
    public Fitted fit(Frame data, Task task, Run run) {
        var training = Training.classes(data, task);
        int k = training.classes().size();
        double[] priors = new double[k];
        for (double target : training.targets()) priors[(int) target] += 1.0 / training.rows();
        double widest = task.features().stream()
                .filter(feature -> isNumber(training.data().column(feature)))
                .mapToDouble(feature -> overall(training.data().numeric(feature).values()))
                .max()
                .orElse(0);
        run.at(0.1, "counting");
        List<Evidence> features = Parallel.<Evidence>map(task.features().size(), run.threads(), i -> {
            String feature = task.features().get(i);
            return isNumber(training.data().column(feature))
                    ? bell(training, feature, k, LEAST_VARIANCE * widest)
                    : shares(training, feature, k);
        });
        var card = training.card("NaiveBayes", Map.of("smoothing", String.valueOf(smoothing)), run);
        return new Fitted(training.classes(), priors, features, card);
    }

    /** What one feature says about the classes. */
    public sealed interface Evidence {
        /** The feature's name. */
        String feature();
    }

    /** Means and variances of a number, per class. */
    public record Bell(String feature, double[] means, double[] variances) implements Evidence {}

    /** Shares of the levels, per class; the last is for levels not seen. */
    public record Shares(String feature, List<String> levels, double[][] shares) implements Evidence {}

    private static boolean isNumber(Column column) {
        return column instanceof Column.Numeric || column instanceof Column.Time;
    }

    private static double overall(double[] values) {
        double[] known = dev.rapport.mining.math.Statistics.known(values);
        double mean = dev.rapport.mining.math.Statistics.mean(known);
        double sum = 0;
        for (double value : known) sum += (value - mean) * (value - mean) / known.length;
        return sum;
    }

    private static Bell bell(Training training, String feature, int k, double least) {
        double[] values = training.data().numeric(feature).values();
        double[] counts = new double[k];
        double[] means = new double[k];
        double[] variances = new double[k];
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) continue;
            if (Double.isInfinite(values[i])) throw Refusal.because("infinite-value", feature);
            int c = (int) training.targets()[i];
            counts[c]++;
            means[c] += values[i];
        }
        for (int c = 0; c < k; c++) means[c] = counts[c] == 0 ? 0 : means[c] / counts[c];
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) continue;
            int c = (int) training.targets()[i];
            variances[c] += (values[i] - means[c]) * (values[i] - means[c]);
        }
        for (int c = 0; c < k; c++)
            variances[c] = (counts[c] == 0 ? 0 : variances[c] / counts[c]) + Math.max(least, 1e-300);
        return new Bell(feature, means, variances);
    }

    private Shares shares(Training training, String feature, int k) {
        var column = training.data().categorical(feature);
        int levels = column.levels().size();
        double[][] shares = new double[k][levels + 1];
        for (int i = 0; i < column.size(); i++) {
            if (!column.isMissing(i)) shares[(int) training.targets()[i]][column.codes()[i]]++;
        }
        for (double[] share : shares) {
            double sum = smoothing * levels;
            for (double count : share) sum += count;
            for (int level = 0; level <= levels; level++) share[level] = (share[level] + smoothing) / sum;
        }
        return new Shares(feature, column.levels(), shares);
    }

    /**
     * What each feature says about the classes.
     *
     * @param priors share of each class
     */
    public record Fitted(List<String> classes, double[] priors, List<Evidence> features, Card card)
            implements Classifier, Explainable {
        @Override
        public double[][] probabilities(Frame data) {
            int k = priors.length;
            double[][] byClass = new double[k][data.rows()];
            Parallel.run(k, Runtime.getRuntime().availableProcessors(), c -> {
                java.util.Arrays.fill(byClass[c], Math.log(priors[c]));
                for (Evidence evidence : features) add(evidence, data, c, byClass[c]);
            });
            double[][] scores = new double[data.rows()][];
            Parallel.rows(scores.length, Runtime.getRuntime().availableProcessors(), (chunk, from, to) -> {
                for (int row = from; row < to; row++) {
                    double[] own = new double[k];
                    for (int c = 0; c < k; c++) own[c] = byClass[c][row];
                    normalise(own);
                    scores[row] = own;
                }
            });
            return scores;
        }

        private static void add(Evidence evidence, Frame data, int c, double[] to) {
            switch (evidence) {
                case Bell bell -> {
                    double[] values = data.numeric(bell.feature).values();
                    double base = -0.5 * Math.log(2 * Math.PI * bell.variances[c]);
                    double scale = -0.5 / bell.variances[c];
                    double mean = bell.means[c];
                    for (int row = 0; row < to.length; row++) {
                        double apart = values[row] - mean;
                        double says = base + scale * apart * apart;
                        // NaN alone is not equal to itself
                        if (says == says) to[row] += says;
                    }
                }
                case Shares shares -> {
                    var column = data.categorical(shares.feature);
                    double[] says = new double[column.levels().size() + 1];
                    for (int code = 0; code < column.levels().size(); code++) {
                        int known = shares.levels.indexOf(column.levels().get(code));
                        says[code + 1] = Math.log(shares.shares[c][known < 0 ? shares.levels.size() : known]);
                    }
                    for (int row = 0; row < to.length; row++) to[row] += says[column.codes()[row] + 1];
                }
            }
        }

        @Override
        public Explanation explanation() {
            double[] size = new double[features.size()];
            for (int i = 0; i < size.length; i++) size[i] = spread(features.get(i));
            double sum = java.util.Arrays.stream(size).sum();
            var shares = new ArrayList<Explanation.Importance>();
            for (int i = 0; i < size.length; i++) {
                shares.add(new Explanation.Importance(features.get(i).feature(), sum == 0 ? 0 : size[i] / sum));
            }
            shares.sort(Comparator.comparingDouble(each -> -each.share()));
            return new Explanation.Importances(shares);
        }

        @Override
        public Contributions why(Frame data, int row) {
            Frame one = data.rows(row);
            int best = classes.size() == 2 ? 1 : predict(one)[0];
            var parts = new ArrayList<Contributions.Part>();
            for (Evidence evidence : features) {
                double amount = apart(says(evidence, one), best);
                parts.add(new Contributions.Part(
                        evidence.feature(), one.column(evidence.feature()).written(0), amount));
            }
            double[] logs = java.util.Arrays.stream(priors).map(Math::log).toArray();
            return Contributions.of("log-odds", apart(logs, best), parts);
        }

        // of two classes the log-odds; of more, how far the class lies above the others' mean
        private static double apart(double[] says, int best) {
            double others = 0;
            for (int c = 0; c < says.length; c++) if (c != best) others += says[c] / (says.length - 1);
            return says[best] - others;
        }

        private static double spread(Evidence evidence) {
            return switch (evidence) {
                case Bell bell -> {
                    double low = java.util.Arrays.stream(bell.means).min().orElse(0);
                    double high = java.util.Arrays.stream(bell.means).max().orElse(0);
                    yield (high - low)
                            / Math.sqrt(java.util.Arrays.stream(bell.variances)
                                    .average()
                                    .orElse(1));
                }
                case Shares shares -> {
                    double sum = 0;
                    for (int level = 0; level < shares.levels.size(); level++) {
                        double low = 1;
                        double high = 0;
                        for (double[] own : shares.shares) {
                            low = Math.min(low, own[level]);
                            high = Math.max(high, own[level]);
                        }
                        sum += high - low;
                    }
                    yield sum;
                }
            };
        }

        private double[] says(Evidence evidence, Frame one) {
            double[] says = new double[priors.length];
            for (int c = 0; c < says.length; c++) {
                double[] own = new double[1];
                add(evidence, one, c, own);
                says[c] = own[0];
            }
            return says;
        }

        private static void normalise(double[] scores) {
            double most = java.util.Arrays.stream(scores).max().orElse(0);
            double sum = 0;
            for (int c = 0; c < scores.length; c++) sum += scores[c] = Math.exp(scores[c] - most);
            for (int c = 0; c < scores.length; c++) scores[c] /= sum;
        }
    }
}
