package dev.rapport.mining.tree;

import dev.rapport.mining.Card;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.prepare.ClassWeights;
import dev.rapport.mining.prepare.Training;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * A tree of yes-or-no questions for a class or a number (L. Breiman, J. Friedman, R. Olshen, C. Stone: Classification and
 * Regression Trees, 1984), by Gini impurity or variance, with cost-complexity pruning. Columns are sorted once and
 * partitioned stably from node to node: O(rows · columns · depth). Levels are put in order of their outcome in the node,
 * which finds the best grouping for two classes and for numbers. Rows without a value go to the side where they do best.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("price", 10, 12, 15, 90, 95, 99),
 *     Column.categorical("bought", "yes", "yes", "yes", "no", "no", "no"));
 * ClassificationTree model = new Cart().leavesOf(1).fit(frame, Task.predict("bought").from("price"), Run.of(1));
 * check(model.tree().threshold()[0] == 52.5);
 * }
 *
 * @param depth most questions in a row, at least 1
 * @param leafRows least rows in a leaf, at least 1
 * @param pruning cost-complexity penalty per leaf, in impurity over all rows (scikit-learn's {@code ccp_alpha}); 0 for none
 * @param weights how much each class counts
 */
public record Cart(int depth, int leafRows, double pruning, ClassWeights weights)
        implements Trainer<ClassificationTree> {

    /** @throws IllegalArgumentException if a parameter is out of range */
    public Cart {
        if (depth < 1) throw new IllegalArgumentException("depth must be at least 1, not " + depth);
        if (leafRows < 1) throw new IllegalArgumentException("leafRows must be at least 1, not " + leafRows);
        if (!(pruning >= 0)) throw new IllegalArgumentException("pruning must be at least 0, not " + pruning);
    }

    /** Up to six questions, at least 20 rows in a leaf: trees that people can read. */
    public Cart() {
        this(6, 20, 0, ClassWeights.EQUAL);
    }

    /** The same with other smallest leaves. */
    public Cart leavesOf(int rows) {
        return new Cart(depth, rows, pruning, weights);
    }

    /** The same with another depth. */
    public Cart deep(int questions) {
        return new Cart(questions, leafRows, pruning, weights);
    }

    /** The same with pruning. */
    public Cart pruned(double penalty) {
        return new Cart(depth, leafRows, penalty, weights);
    }

    /** The same for a target of numbers: splits by variance. */
    public ForNumbers forNumbers() {
        return new ForNumbers(this);
    }

    /** A tree of classes. */
    @Override
    public ClassificationTree fit(Frame data, Task task, Run run) {
        var training = Training.classes(data, task);
        var outcome = Outcome.classes(
                training.targets(),
                weights.of(training.targets(), training.classes().size()));
        var grown = grow(training, outcome, run);
        double right = 0;
        for (int row = 0; row < training.rows(); row++) {
            if (largest(grown.value(row)) == (int) training.targets()[row]) right++;
        }
        var card = card(training, grown.tree, run).with("accuracy", right / training.rows());
        return new ClassificationTree(grown.inputs, grown.tree, training.classes(), card);
    }

    /**
     * Trees for a target of numbers.
     *
     * @param cart depth, leaves and pruning
     */
    public record ForNumbers(Cart cart) implements Trainer<RegressionTree> {
        @Override
        public RegressionTree fit(Frame data, Task task, Run run) {
            var training = Training.numbers(data, task);
            var grown = cart.grow(training, Outcome.numbers(training.targets()), run);
            double squares = 0;
            for (int row = 0; row < training.rows(); row++) {
                double error = grown.value(row)[0] - training.targets()[row];
                squares += error * error;
            }
            var card = cart.card(training, grown.tree, run).with("rmse", Math.sqrt(squares / training.rows()));
            return new RegressionTree(grown.inputs, grown.tree, card);
        }
    }

    private record Grown(TreeInputs inputs, double[][] columns, BinaryTree tree) {
        double[] value(int row) {
            return tree.value()[tree.leaf(columns, row)];
        }
    }

    private Grown grow(Training training, Outcome outcome, Run run) {
        if (training.rows() < 2 * leafRows) throw Refusal.because("too-few-rows", training.rows(), 2 * leafRows);
        var inputs = TreeInputs.of(training.data(), training.task().features());
        double[][] columns = inputs.values(training.data());
        run.at(0, "sorting");
        var tree = new CartGrower(columns, inputs, outcome, depth, leafRows, run).grow();
        return new Grown(
                inputs, columns, pruning > 0 ? Pruning.costComplexity(tree, pruning, outcome.isNumber()) : tree);
    }

    private Card card(Training training, BinaryTree tree, Run run) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("depth", String.valueOf(depth));
        parameters.put("leafRows", String.valueOf(leafRows));
        parameters.put("pruning", String.valueOf(pruning));
        parameters.put("weights", weights.name());
        return training.card("Cart", parameters, run)
                .with("leaves", tree.leaves())
                .with("depth", tree.depth());
    }

    static int largest(double[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
        return best;
    }

    /** What the tree is to tell apart, in the form the grower counts. */
    record Outcome(double[] targets, double[] classWeights) {
        static Outcome numbers(double[] targets) {
            return new Outcome(targets, new double[0]);
        }

        static Outcome classes(double[] targets, double[] weights) {
            return new Outcome(targets, weights);
        }

        boolean isNumber() {
            return classWeights.length == 0;
        }

        double[] value(int[] rows, int from, int to) {
            if (isNumber()) {
                double sum = 0;
                for (int i = from; i < to; i++) sum += targets[rows[i]];
                return new double[] {sum / (to - from)};
            }
            double[] shares = new double[classWeights.length];
            double total = 0;
            for (int i = from; i < to; i++) {
                int c = (int) targets[rows[i]];
                shares[c] += classWeights[c];
                total += classWeights[c];
            }
            for (int c = 0; c < shares.length; c++) shares[c] /= total;
            return shares;
        }

        boolean isPure(int[] rows, int from, int to) {
            double first = targets[rows[from]];
            return Arrays.stream(rows, from, to).allMatch(row -> targets[row] == first);
        }
    }
}
