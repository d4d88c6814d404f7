package dev.rapport.mining.tree;

import dev.rapport.mining.Card;
import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explainable;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Regressor;
import dev.rapport.mining.frame.Frame;
import java.util.List;
import java.util.Locale;

/**
 * One tree that predicts a number. Made by {@link Cart#forNumbers}.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("age", 20, 25, 50, 55), Column.numeric("spend", 10, 12, 40, 44));
 * RegressionTree model = new Cart().leavesOf(2).forNumbers().fit(frame, Task.predict("spend").from("age"), Run.of(1));
 * check(model.predict(frame)[0] == 11 && model.predict(frame)[3] == 42);
 * }
 *
 * @param inputs the columns asked about
 * @param tree the questions; a node's value is its mean
 * @param card where the model comes from
 */
public record RegressionTree(TreeInputs inputs, BinaryTree tree, Card card) implements Regressor, Explainable {
    @Override
    public double[] predict(Frame data) {
        double[][] columns = inputs.values(data);
        double[] values = new double[data.rows()];
        for (int row = 0; row < values.length; row++) values[row] = tree.value()[tree.leaf(columns, row)][0];
        return values;
    }

    @Override
    public Explanation.RuleTable explanation() {
        return TreeRules.rules(inputs, tree, List.of());
    }

    /** How much each feature matters. */
    public Explanation.Importances importances() {
        return TreeRules.importances(inputs, List.of(tree), true);
    }

    /** The tree as a picture. */
    public TreeDrawing drawing(Locale locale) {
        return TreeRules.drawing(inputs, tree, List.of(), locale);
    }

    @Override
    public Contributions why(Frame data, int row) {
        return TreeRules.why("value", 0, inputs, List.of(tree), 0, 1, data, row);
    }
}
