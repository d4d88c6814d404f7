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
import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.prepare.Training;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many trees, each grown on rows drawn with replacement and asking at every node about a few columns drawn at random; they
 * vote (L. Breiman: Random Forests, 2001). Columns are binned to at most 255 quantiles first.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("price", 10, 12, 15, 90, 95, 99),
 *     Column.categorical("bought", "yes", "yes", "yes", "no", "no", "no"));
 * var model = new RandomForest(25).fit(frame, Task.predict("bought").from("price"), Run.of(1));
 * check(model.probability(frame, "yes")[0] > 0.5);
 * }
 *
 * @param trees how many, at least 1
 * @param columns columns tried at a node; 0 for the square root of their number, or a third of it for numbers
 * @param depth most questions in a row, at least 1
 * @param leafRows least rows in a leaf, at least 1
 */
public record RandomForest(int trees, int columns, int depth, int leafRows) implements Trainer<RandomForest.Classes> {

    /** @throws IllegalArgumentException if a parameter is out of range */
    public RandomForest {
        if (trees < 1) throw new IllegalArgumentException("trees must be at least 1, not " + trees);
        if (columns < 0) throw new IllegalArgumentException("columns must be at least 0, not " + columns);
        if (depth < 1) throw new IllegalArgumentException("depth must be at least 1, not " + depth);
        if (leafRows < 1) throw new IllegalArgumentException("leafRows must be at least 1, not " + leafRows);
    }

    /** That many trees, grown until their leaves are pure or 64 questions deep. */
    public RandomForest(int trees) {
        this(trees, 0, 64, 1);
    }

    /** The same for a target of numbers. */
    public ForNumbers forNumbers() {
        return new ForNumbers(this);
    }

    @Override
    public Classes fit(Frame data, Task task, Run run) {
        var training = Training.classes(data, task);
        int k = training.classes().size();
        var grown = grow(training, k, run);
        int right = 0;
        int judged = 0;
        for (int row = 0; row < training.rows(); row++) {
            if (Arrays.stream(grown.votes[row]).sum() == 0) continue;
            judged++;
            if (Cart.largest(grown.votes[row]) == (int) training.targets()[row]) right++;
        }
        var card = card(training, run).with("outOfBagAccuracy", right / (double) judged);
        return new Classes(grown.inputs, grown.trees, training.classes(), card);
    }

    /** Forests for a target of numbers. */
    public record ForNumbers(RandomForest forest) implements Trainer<Numbers> {
        @Override
        public Numbers fit(Frame data, Task task, Run run) {
            var training = Training.numbers(data, task);
            var grown = forest.grow(training, 0, run);
            double squares = 0;
            int judged = 0;
            for (int row = 0; row < training.rows(); row++) {
                double[] vote = grown.votes[row];
                if (vote[1] == 0) continue;
                judged++;
                squares += Math.pow(vote[0] / vote[1] - training.targets()[row], 2);
            }
            var card = forest.card(training, run).with("outOfBagRmse", Math.sqrt(squares / judged));
            return new Numbers(grown.inputs, grown.trees, card);
        }
    }

    private record Grown(TreeInputs inputs, List<BinaryTree> trees, double[][] votes) {}

    private Card card(Training training, Run run) {
        var parameters = new java.util.LinkedHashMap<String, String>();
        parameters.put("trees", String.valueOf(trees));
        parameters.put("columns", String.valueOf(columns));
        parameters.put("depth", String.valueOf(depth));
        parameters.put("leafRows", String.valueOf(leafRows));
        return training.card("RandomForest", parameters, run);
    }

    private Grown grow(Training training, int parts, Run run) {
        var inputs = TreeInputs.of(training.data(), training.task().features());
        double[][] values = inputs.values(training.data());
        var bins = Bins.of(values, inputs, training.targets(), run.threads());
        int all = values.length;
        int tries = columns > 0
                ? Math.min(columns, all)
                : Math.max(1, parts > 0 ? (int) Math.sqrt(all) : Math.max(1, all / 3));
        var done = new AtomicInteger();
        double[][] votes = new double[training.rows()][parts > 0 ? parts : 2];
        var caller = Thread.currentThread();
        List<BinaryTree> grown = Parallel.map(trees, run.threads(), number -> {
            int finished = done.getAndIncrement();
            if (Thread.currentThread() == caller) run.at(finished / (double) trees, "tree " + finished);
            var random = run.random(number);
            int[] drawn = drawn(training.rows(), random);
            var tree = new ForestGrower(bins, training.targets(), parts, tries, depth, leafRows, drawn.clone(), random)
                    .grow();
            vote(tree, values, drawn, votes, parts);
            return tree;
        });
        return new Grown(inputs, grown, votes);
    }

    private static int[] drawn(int rows, SplittableRandom random) {
        int[] drawn = new int[rows];
        for (int i = 0; i < rows; i++) drawn[i] = random.nextInt(rows);
        Arrays.sort(drawn);
        return drawn;
    }

    // whole votes for classes, so that their sum does not depend on the order in which threads finish
    private static void vote(BinaryTree tree, double[][] values, int[] drawn, double[][] votes, int parts) {
        int next = 0;
        for (int row = 0; row < votes.length; row++) {
            if (next < drawn.length && drawn[next] == row) {
                while (next < drawn.length && drawn[next] == row) next++;
                continue;
            }
            double[] value = tree.value()[tree.leaf(values, row)];
            double[] vote = votes[row];
            synchronized (vote) {
                if (parts > 0) vote[Cart.largest(value)]++;
                else {
                    vote[0] += Math.rint(value[0] * 0x1p20) / 0x1p20;
                    vote[1]++;
                }
            }
        }
    }

    /** A forest of classes. */
    public record Classes(TreeInputs inputs, List<BinaryTree> trees, List<String> classes, Card card)
            implements Classifier, Explainable {
        @Override
        public double[][] probabilities(Frame data) {
            double[][] sums = TreeRules.sums(inputs, trees, classes.size(), data);
            for (double[] row : sums) for (int k = 0; k < row.length; k++) row[k] /= trees.size();
            return sums;
        }

        @Override
        public Explanation explanation() {
            return TreeRules.importances(inputs, trees, false);
        }

        @Override
        public Contributions why(Frame data, int row) {
            int part = classes.size() == 2 ? 1 : predict(data.rows(row))[0];
            return TreeRules.why("probability", 0, inputs, trees, part, 1.0 / trees.size(), data, row);
        }
    }

    /** A forest of numbers. */
    public record Numbers(TreeInputs inputs, List<BinaryTree> trees, Card card) implements Regressor, Explainable {
        @Override
        public double[] predict(Frame data) {
            double[][] sums = TreeRules.sums(inputs, trees, 1, data);
            return Arrays.stream(sums).mapToDouble(row -> row[0] / trees.size()).toArray();
        }

        @Override
        public Explanation explanation() {
            return TreeRules.importances(inputs, trees, true);
        }

        @Override
        public Contributions why(Frame data, int row) {
            return TreeRules.why("value", 0, inputs, trees, 0, 1.0 / trees.size(), data, row);
        }
    }
}
