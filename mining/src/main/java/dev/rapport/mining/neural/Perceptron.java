package dev.rapport.mining.neural;

import dev.rapport.mining.Card;
import dev.rapport.mining.Classifier;
import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explainable;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Finding;
import dev.rapport.mining.Regressor;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.prepare.Encoder;
import dev.rapport.mining.prepare.Encoding;
import dev.rapport.mining.prepare.Sampling;
import dev.rapport.mining.prepare.Training;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A multilayer perceptron: layers of rectified sums, learned by backpropagation (D. Rumelhart, G. Hinton, R. Williams 1986)
 * with Adam (D. Kingma, J. Ba 2015) from He's starting weights (2015). Stops when the loss no longer falls.
 *
 * {@snippet :
 * double[] x = new double[200]; String[] y = new String[200];
 * for (int i = 0; i < 200; i++) { x[i] = i / 10.0; y[i] = i < 100 ? "low" : "high"; }
 * var frame = Frame.of(Column.numeric("x", x), Column.categorical("y", y));
 * var model = new Perceptron(8).fit(frame, Task.predict("y").from("x"), Run.of(1));
 * check(model.classes().get(model.predict(frame)[5]).equals("low"));
 * }
 *
 * @param hidden sizes of the hidden layers, each at least 1
 * @param rate learning rate, above 0
 * @param penalty on squared weights, at least 0
 * @param batch rows per step, at least 1
 * @param epochs most passes over the data, at least 1
 */
public record Perceptron(List<Integer> hidden, double rate, double penalty, int batch, int epochs)
        implements Trainer<Perceptron.Classes> {
    private static final int PLENTY = 5000;

    /** @throws IllegalArgumentException if a parameter is out of range */
    public Perceptron {
        hidden = List.copyOf(hidden);
        if (hidden.stream().anyMatch(size -> size < 1))
            throw new IllegalArgumentException("layers need at least 1 unit");
        if (!(rate > 0)) throw new IllegalArgumentException("rate must be above 0, not " + rate);
        if (!(penalty >= 0)) throw new IllegalArgumentException("penalty must be at least 0, not " + penalty);
        if (batch < 1) throw new IllegalArgumentException("batch must be at least 1, not " + batch);
        if (epochs < 1) throw new IllegalArgumentException("epochs must be at least 1, not " + epochs);
    }

    /** Layers of these sizes, otherwise as usual. */
    public Perceptron(Integer... sizes) {
        this(List.of(sizes), 0.001, 1e-4, 200, 200);
    }

    /** The same with another limit of passes. */
    public Perceptron forEpochs(int most) {
        return new Perceptron(hidden, rate, penalty, batch, most);
    }

    /** The same for a target of numbers. */
    public ForNumbers forNumbers() {
        return new ForNumbers(this);
    }

    @Override
    public Classes fit(Frame data, Task task, Run run) {
        var training = Training.classes(data, task);
        var encoder = Encoder.learn(training.data(), task.features(), Encoding.STANDARD, run.threads());
        double[][] rows = rows(encoder.encode(training.data(), run.threads()), training.rows());
        int k = training.classes().size();
        var network = new Network(sizes(rows[0].length, k == 2 ? 1 : k), Network.Loss.CLASSES, run.random(0));
        double loss = network.train(rows, training.targets(), this, run);
        var card = card(training, run).with("loss", loss);
        if (training.rows() < PLENTY)
            card = card.with(List.of(Finding.note("small-for-network", training.rows(), PLENTY)));
        double[][] background = Sampling.spread(rows, Sampling.BACKGROUND);
        return new Classes(encoder, network.weights(), background, training.classes(), run.seed(), card);
    }

    /** Networks for a target of numbers. */
    public record ForNumbers(Perceptron perceptron) implements Trainer<Numbers> {
        @Override
        public Numbers fit(Frame data, Task task, Run run) {
            var training = Training.numbers(data, task);
            var encoder = Encoder.learn(training.data(), task.features(), Encoding.STANDARD, run.threads());
            double[][] rows = rows(encoder.encode(training.data(), run.threads()), training.rows());
            double mean = Arrays.stream(training.targets()).average().orElse(0);
            double deviation = Math.sqrt(Arrays.stream(training.targets())
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElse(1));
            double scale = deviation > 0 ? deviation : 1;
            double[] scaled = Arrays.stream(training.targets())
                    .map(value -> (value - mean) / scale)
                    .toArray();
            var network = new Network(perceptron.sizes(rows[0].length, 1), Network.Loss.SQUARES, run.random(0));
            double loss = network.train(rows, scaled, perceptron, run);
            var card = perceptron.card(training, run).with("loss", loss);
            double[][] background = Sampling.spread(rows, Sampling.BACKGROUND);
            return new Numbers(encoder, network.weights(), mean, scale, background, run.seed(), card);
        }
    }

    private int[] sizes(int in, int out) {
        int[] sizes = new int[hidden.size() + 2];
        sizes[0] = in;
        for (int i = 0; i < hidden.size(); i++) sizes[i + 1] = hidden.get(i);
        sizes[sizes.length - 1] = out;
        return sizes;
    }

    private Card card(Training training, Run run) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("hidden", hidden.toString());
        parameters.put("rate", String.valueOf(rate));
        parameters.put("penalty", String.valueOf(penalty));
        parameters.put("batch", String.valueOf(batch));
        parameters.put("epochs", String.valueOf(epochs));
        return training.card("Perceptron", parameters, run);
    }

    private static double[][] rows(double[][] columns, int count) {
        double[][] rows = new double[count][columns.length];
        for (int j = 0; j < columns.length; j++) for (int i = 0; i < count; i++) rows[i][j] = columns[j][i];
        return rows;
    }

    /** A network that decides between classes. */
    public record Classes(
            Encoder encoder, NetworkWeights weights, double[][] background, List<String> classes, long seed, Card card)
            implements Classifier, Explainable {
        @Override
        public double[][] probabilities(Frame data) {
            double[][] rows = rows(encoder.encode(data, 1), data.rows());
            double[][] all = new double[rows.length][];
            dev.rapport.mining.math.Parallel.rows(
                    rows.length, Runtime.getRuntime().availableProcessors(), (chunk, from, to) -> {
                        for (int i = from; i < to; i++) all[i] = Network.shares(weights.scores(rows[i]));
                    });
            return all;
        }

        @Override
        public Explanation explanation() {
            return Sampling.importances(encoder, background, row -> weights.scores(row)[0], seed);
        }

        @Override
        public Contributions why(Frame data, int row) {
            int part = classes.size() == 2 ? 0 : predict(data.rows(row))[0];
            return Sampling.shapley(
                    "log-odds", encoder, background, point -> weights.scores(point)[part], data, row, seed);
        }
    }

    /** A network that predicts a number. */
    public record Numbers(
            Encoder encoder,
            NetworkWeights weights,
            double mean,
            double scale,
            double[][] background,
            long seed,
            Card card)
            implements Regressor, Explainable {
        @Override
        public double[] predict(Frame data) {
            double[][] rows = rows(encoder.encode(data, 1), data.rows());
            return Arrays.stream(rows).mapToDouble(this::one).toArray();
        }

        private double one(double[] row) {
            return mean + scale * weights.scores(row)[0];
        }

        @Override
        public Explanation explanation() {
            return Sampling.importances(encoder, background, this::one, seed);
        }

        @Override
        public Contributions why(Frame data, int row) {
            return Sampling.shapley("value", encoder, background, this::one, data, row, seed);
        }
    }
}
