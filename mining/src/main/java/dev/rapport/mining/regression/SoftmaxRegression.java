package dev.rapport.mining.regression;

import dev.rapport.mining.Card;
import dev.rapport.mining.Classifier;
import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explainable;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.evaluate.ClassReport;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.prepare.Encoder;
import dev.rapport.mining.prepare.Encoding;
import dev.rapport.mining.prepare.Training;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Logistic regression for any number of classes (multinomial, Böhning 1992).
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("size", 1, 2, 8, 9, 20, 21), Column.categorical("kind", "s", "s", "m", "m", "l", "l"));
 * var model = new SoftmaxRegression(10).fit(frame, Task.predict("kind").from("size"), Run.of(1));
 * check(model.classes().get(model.predict(frame)[0]).equals("s"));
 * }
 *
 * @param c how much the data count against the penalty, above 0
 */
public record SoftmaxRegression(double c) implements Trainer<SoftmaxRegression.Fitted> {

    /** @throws IllegalArgumentException if {@code c} is not above 0 and finite */
    public SoftmaxRegression {
        if (!(c > 0) || Double.isInfinite(c))
            throw new IllegalArgumentException("c must be above 0 and finite, not " + c);
    }

    /** With c = 1. */
    public SoftmaxRegression() {
        this(1);
    }

    @Override
    public Fitted fit(Frame data, Task task, Run run) {
        var training = Training.classes(data, task);
        var encoder = Encoder.learn(training.data(), task.features(), Encoding.STANDARD, run.threads());
        double[][] columns = encoder.encode(training.data(), run.threads());
        int count = training.classes().size();
        double[] weights = Softmax.weights(columns, training.codes(), count, c, 1e-4, run);
        double[] means = Arrays.stream(columns)
                .mapToDouble(column -> Arrays.stream(column).sum() / training.rows())
                .toArray();
        double[][] probabilities = Softmax.probabilities(columns, training.rows(), weights, count, run.threads());
        var model = new Fitted(
                encoder,
                weights,
                means,
                training.classes(),
                training.card("SoftmaxRegression", Map.of("c", String.valueOf(c)), run));
        var report = ClassReport.of(model.likeliest(probabilities), training.codes(), training.classes());
        return model.with(model.card.with("accuracy", report.accuracy()).with("baseline", report.baseline()));
    }

    /**
     * The weights of every class.
     *
     * @param weights per encoded column, then for the intercept: one per class
     * @param means mean of each encoded column in training
     */
    public record Fitted(Encoder encoder, double[] weights, double[] means, List<String> classes, Card card)
            implements Classifier, Explainable {
        @Override
        public double[][] probabilities(Frame data) {
            return Softmax.probabilities(encoder.encode(data, 1), data.rows(), weights, classes.size(), 1);
        }

        @Override
        public Explanation explanation() {
            int k = classes.size();
            int[] origins = encoder.origins();
            double[] size = new double[encoder.inputs().size()];
            for (int j = 0; j < origins.length; j++) {
                for (int c = 0; c < k; c++) size[origins[j]] += Math.abs(weights[j * k + c]);
            }
            double sum = Arrays.stream(size).sum();
            return new Explanation.Importances(IntStream.range(0, size.length)
                    .mapToObj(i ->
                            new Explanation.Importance(encoder.inputs().get(i).feature(), sum == 0 ? 0 : size[i] / sum))
                    .sorted(Comparator.comparingDouble(each -> -each.share()))
                    .toList());
        }

        @Override
        public Contributions why(Frame data, int row) {
            int best = classes.size() == 2 ? 1 : predict(data.rows(row))[0];
            double[] own = new double[means.length];
            for (int j = 0; j < own.length; j++) own[j] = apart(j, best);
            double intercept = apart(means.length, best);
            return LinearModel.why("log-odds", encoder, own, intercept, means, data, row);
        }

        // against the mean of the other classes: of two classes, the log-odds
        private double apart(int column, int best) {
            int k = classes.size();
            double others = 0;
            for (int c = 0; c < k; c++) if (c != best) others += weights[column * k + c] / (k - 1);
            return weights[column * k + best] - others;
        }

        private Fitted with(Card other) {
            return new Fitted(encoder, weights, means, classes, other);
        }

        private int[] likeliest(double[][] probabilities) {
            return Arrays.stream(probabilities)
                    .mapToInt(row -> IntStream.range(0, row.length)
                            .reduce((a, b) -> row[b] > row[a] ? b : a)
                            .orElse(0))
                    .toArray();
        }
    }
}
