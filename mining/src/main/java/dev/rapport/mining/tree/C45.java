package dev.rapport.mining.tree;

import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Special;
import dev.rapport.mining.prepare.Training;
import java.util.List;
import java.util.Map;

/**
 * A tree with a branch per level and thresholds for numbers, chosen by gain ratio, that follows missing values in
 * fractions and prunes what does not pay (J. R. Quinlan: C4.5, 1993; thresholds are charged as in release 8, 1996).
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("humidity", 65, 70, 75, 85, 90, 95),
 *     Column.categorical("play", "yes", "yes", "yes", "no", "no", "no"));
 * var model = new C45(2, 0.25, 10).fit(frame, Task.predict("play").from("humidity"), Run.of(1));
 * check(model.root().threshold() == 75);
 * }
 *
 * @param leafRows least rows in at least two branches, at least 1
 * @param confidence of the pessimistic error estimate, in (0, 0.5]; smaller prunes more; 1 prunes nothing
 * @param depth most questions in a row, at least 1
 */
public record C45(int leafRows, double confidence, int depth) implements Trainer<MultiwayTree> {

    /** @throws IllegalArgumentException if a parameter is out of range */
    public C45 {
        if (leafRows < 1) throw new IllegalArgumentException("leafRows must be at least 1, not " + leafRows);
        if (depth < 1) throw new IllegalArgumentException("depth must be at least 1, not " + depth);
        if (!(confidence > 0 && (confidence <= 0.5 || confidence == 1))) {
            throw new IllegalArgumentException("confidence must be in (0, 0.5] or 1, not " + confidence);
        }
    }

    /** Quinlan's defaults. */
    public C45() {
        this(2, 0.25, 50);
    }

    @Override
    public MultiwayTree fit(Frame data, Task task, Run run) {
        var training = Training.classes(data, task);
        var inputs = TreeInputs.of(training.data(), task.features());
        var grower = new MultiwayGrower(inputs, training, MultiwayGrower.Criterion.GAIN_RATIO, depth, leafRows, run);
        var grown = grower.grow();
        var root = confidence == 1 ? grown : pruned(grown);
        var parameters = Map.of("leafRows", String.valueOf(leafRows), "confidence", String.valueOf(confidence));
        var card = training.card("C45", parameters, run)
                .with("leaves", root.leaves())
                .with("leavesBeforePruning", grown.leaves());
        return new MultiwayTree(inputs, root, training.classes(), card);
    }

    private MultiwayTree.Node pruned(MultiwayTree.Node node) {
        if (node.branches().isEmpty()) return node;
        var branches = node.branches().stream().map(this::pruned).toList();
        double below = branches.stream().mapToDouble(this::errors).sum();
        var leaf = new MultiwayTree.Node(node.shares(), node.rows(), -1, 0, List.of());
        if (errors(leaf) <= below + 0.1) return leaf;
        return new MultiwayTree.Node(node.shares(), node.rows(), node.feature(), node.threshold(), branches);
    }

    // the upper end of the error rate's interval, times the rows
    private double errors(MultiwayTree.Node node) {
        if (!node.branches().isEmpty())
            return node.branches().stream().mapToDouble(this::errors).sum();
        double n = node.rows();
        if (n == 0) return 0;
        double wrong = n * (1 - node.shares()[Cart.largest(node.shares())]);
        return wrong + extra(n, wrong);
    }

    private double extra(double n, double wrong) {
        if (wrong < 1) {
            double none = n * (1 - Math.pow(confidence, 1 / n));
            return wrong <= 0 ? none : none + wrong * (extra(n, 1) - none);
        }
        if (wrong + 0.5 >= n) return Math.max(0, n - wrong);
        double z = Special.normalQuantile(1 - confidence);
        double f = (wrong + 0.5) / n;
        double rate = (f + z * z / (2 * n) + z * Math.sqrt(f / n - f * f / n + z * z / (4 * n * n))) / (1 + z * z / n);
        return rate * n - wrong;
    }
}
