package dev.rapport.mining.tree;

import dev.rapport.mining.Card;
import dev.rapport.mining.Classifier;
import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explainable;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Regressor;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.prepare.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Trees that each mend what the ones before got wrong (J. Friedman: Greedy function approximation, 2001), grown leaf by
 * leaf over histograms of at most 255 bins (Ke et al.: LightGBM, 2017). Logistic loss for classes, squares for numbers.
 *
 * {@snippet :
 * double[] x = new double[100];
 * String[] y = new String[100];
 * for (int i = 0; i < 100; i++) { x[i] = i; y[i] = i % 50 < 25 ? "a" : "b"; }
 * var frame = Frame.of(Column.numeric("x", x), Column.categorical("y", y));
 * var model = new GradientBoosting().fit(frame, Task.predict("y").from("x"), Run.of(1));
 * check(model.probability(frame, "a")[10] > 0.9 && model.probability(frame, "b")[30] > 0.9);
 * }
 *
 * @param rounds how many trees (per class, of more than two), at least 1
 * @param rate share of each tree that is added, in (0, 1]
 * @param leaves most leaves of a tree, at least 2
 * @param leafRows least rows in a leaf, at least 1
 * @param l2 penalty on the leaves' values, at least 0
 */
public record GradientBoosting(int rounds, double rate, int leaves, int leafRows, double l2)
        implements Trainer<GradientBoosting.Classes> {

    /** @throws IllegalArgumentException if a parameter is out of range */
    public GradientBoosting {
        if (rounds < 1) throw new IllegalArgumentException("rounds must be at least 1, not " + rounds);
        if (!(rate > 0 && rate <= 1)) throw new IllegalArgumentException("rate must be in (0, 1], not " + rate);
        if (leaves < 2) throw new IllegalArgumentException("leaves must be at least 2, not " + leaves);
        if (leafRows < 1) throw new IllegalArgumentException("leafRows must be at least 1, not " + leafRows);
        if (!(l2 >= 0)) throw new IllegalArgumentException("l2 must be at least 0, not " + l2);
    }

    /** A hundred trees of up to 31 leaves, a tenth of each. */
    public GradientBoosting() {
        this(100, 0.1, 31, 20, 0);
    }

    /** The same for a target of numbers. */
    public ForNumbers forNumbers() {
        return new ForNumbers(this);
    }

    @Override
    public Classes fit(Frame data, Task task, Run run) {
        var training = Training.classes(data, task);
        var inputs = TreeInputs.of(training.data(), task.features());
        var bins = Bins.of(inputs.values(training.data()), inputs, training.targets(), run.threads());
        int k = training.classes().size();
        int parts = k == 2 ? 1 : k;
        double[] base = base(training.codes(), k);
        double[] scores = new double[training.rows() * parts];
        for (int i = 0; i < scores.length; i++) scores[i] = base[i % parts];
        double[] slopes = new double[training.rows()];
        double[] curvatures = new double[training.rows()];
        double[] before = new double[scores.length];
        var grower = new BoostGrower(bins, training.rows(), this, run.threads());
        var trees = new ArrayList<BinaryTree>();
        int[] codes = training.codes();
        for (int round = 0; round < rounds; round++) {
            run.at(round / (double) rounds, "tree " + round);
            System.arraycopy(scores, 0, before, 0, scores.length);
            for (int part = 0; part < parts; part++) {
                slopes(before, codes, parts, part, slopes, curvatures, run.threads());
                trees.add(grower.grow(slopes, curvatures, scores, parts, part));
            }
        }
        double loss = 0;
        for (int i = 0; i < codes.length; i++)
            loss -= Math.log(Math.max(1e-300, probabilities(scores, i, parts)[codes[i]]));
        var card = card(training, run).with("logLoss", loss / codes.length);
        return new Classes(inputs, trees, base, training.classes(), card);
    }

    /** Boosting for a target of numbers. */
    public record ForNumbers(GradientBoosting boosting) implements Trainer<Numbers> {
        @Override
        public Numbers fit(Frame data, Task task, Run run) {
            var training = Training.numbers(data, task);
            var inputs = TreeInputs.of(training.data(), task.features());
            var bins = Bins.of(inputs.values(training.data()), inputs, training.targets(), run.threads());
            double base = Arrays.stream(training.targets()).average().orElse(0);
            double[] scores = new double[training.rows()];
            Arrays.fill(scores, base);
            double[] slopes = new double[training.rows()];
            double[] curvatures = new double[training.rows()];
            Arrays.fill(curvatures, 1);
            var grower = new BoostGrower(bins, training.rows(), boosting, run.threads());
            var trees = new ArrayList<BinaryTree>();
            for (int round = 0; round < boosting.rounds; round++) {
                run.at(round / (double) boosting.rounds, "tree " + round);
                for (int i = 0; i < slopes.length; i++) slopes[i] = scores[i] - training.targets()[i];
                trees.add(grower.grow(slopes, curvatures, scores, 1, 0));
            }
            double squares = 0;
            for (int i = 0; i < scores.length; i++) squares += Math.pow(scores[i] - training.targets()[i], 2);
            var card = boosting.card(training, run).with("rmse", Math.sqrt(squares / scores.length));
            return new Numbers(inputs, trees, base, card);
        }
    }

    private Card card(Training training, Run run) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("rounds", String.valueOf(rounds));
        parameters.put("rate", String.valueOf(rate));
        parameters.put("leaves", String.valueOf(leaves));
        parameters.put("leafRows", String.valueOf(leafRows));
        parameters.put("l2", String.valueOf(l2));
        return training.card("GradientBoosting", parameters, run);
    }

    private static double[] base(int[] codes, int k) {
        double[] shares = new double[k];
        for (int code : codes) shares[code] += 1.0 / codes.length;
        if (k == 2) return new double[] {Math.log(shares[1] / shares[0])};
        return Arrays.stream(shares).map(Math::log).toArray();
    }

    private static void slopes(
            double[] scores, int[] codes, int parts, int part, double[] slopes, double[] curvatures, int threads) {
        dev.rapport.mining.math.Parallel.rows(codes.length, threads, (chunk, from, to) -> {
            for (int i = from; i < to; i++) {
                double p;
                double truth;
                if (parts == 1) {
                    p = 1 / (1 + Math.exp(-scores[i]));
                    truth = codes[i];
                } else {
                    p = probabilities(scores, i, parts)[part];
                    truth = codes[i] == part ? 1 : 0;
                }
                slopes[i] = p - truth;
                curvatures[i] = Math.max(1e-16, p * (1 - p));
            }
        });
    }

    private static double[] probabilities(double[] scores, int row, int parts) {
        if (parts == 1) {
            double p = 1 / (1 + Math.exp(-scores[row]));
            return new double[] {1 - p, p};
        }
        double[] all = Arrays.copyOfRange(scores, row * parts, (row + 1) * parts);
        double most = Arrays.stream(all).max().orElse(0);
        double sum = 0;
        for (int k = 0; k < parts; k++) sum += all[k] = Math.exp(all[k] - most);
        for (int k = 0; k < parts; k++) all[k] /= sum;
        return all;
    }

    /**
     * A boosted ensemble of classes.
     *
     * @param trees of two classes one per round, of more one per round and class in turn
     * @param base score of each part before the first tree
     */
    public record Classes(TreeInputs inputs, List<BinaryTree> trees, double[] base, List<String> classes, Card card)
            implements Classifier, Explainable {
        @Override
        public double[][] probabilities(Frame data) {
            int parts = base.length;
            double[] scores = new double[data.rows() * parts];
            for (int i = 0; i < scores.length; i++) scores[i] = base[i % parts];
            for (int part = 0; part < parts; part++) {
                double[][] sums = TreeRules.sums(inputs, treesOf(part), 1, data);
                for (int row = 0; row < sums.length; row++) scores[row * parts + part] += sums[row][0];
            }
            double[][] all = new double[data.rows()][];
            for (int row = 0; row < all.length; row++) all[row] = GradientBoosting.probabilities(scores, row, parts);
            return all;
        }

        private List<BinaryTree> treesOf(int part) {
            var own = new ArrayList<BinaryTree>();
            for (int i = part; i < trees.size(); i += base.length) own.add(trees.get(i));
            return own;
        }

        @Override
        public Explanation explanation() {
            return TreeRules.importances(inputs, trees, true);
        }

        @Override
        public Contributions why(Frame data, int row) {
            int part = classes.size() == 2 ? 0 : predict(data.rows(row))[0];
            return TreeRules.why("log-odds", base[part], inputs, treesOf(part), 0, 1, data, row);
        }
    }

    /** A boosted ensemble of numbers. */
    public record Numbers(TreeInputs inputs, List<BinaryTree> trees, double base, Card card)
            implements Regressor, Explainable {
        @Override
        public double[] predict(Frame data) {
            double[][] sums = TreeRules.sums(inputs, trees, 1, data);
            return Arrays.stream(sums).mapToDouble(row -> base + row[0]).toArray();
        }

        @Override
        public Explanation explanation() {
            return TreeRules.importances(inputs, trees, true);
        }

        @Override
        public Contributions why(Frame data, int row) {
            return TreeRules.why("value", base, inputs, trees, 0, 1, data, row);
        }
    }
}
