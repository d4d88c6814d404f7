package dev.rapport.mining.tree;

import dev.rapport.mining.Card;
import dev.rapport.mining.Classifier;
import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explainable;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.frame.Frame;
import java.util.List;
import java.util.Locale;

/**
 * One tree that decides between classes: rules in words, importances, a drawing. Made by {@link Cart}.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("price", 10, 12, 15, 90, 95, 99),
 *     Column.categorical("bought", "yes", "yes", "yes", "no", "no", "no"));
 * ClassificationTree model = new Cart().leavesOf(1).fit(frame, Task.predict("bought").from("price"), Run.of(1));
 * check(model.explanation().text(Locale.ENGLISH).contains("price"));
 * check(model.drawing(Locale.ENGLISH).svg().startsWith("<svg"));
 * }
 *
 * @param inputs the columns asked about
 * @param tree the questions; a node's value is the share of each class
 * @param classes sorted
 * @param card where the model comes from
 */
public record ClassificationTree(TreeInputs inputs, BinaryTree tree, List<String> classes, Card card)
        implements Classifier, Explainable {

    @Override
    public double[][] probabilities(Frame data) {
        double[][] columns = inputs.values(data);
        double[][] all = new double[data.rows()][];
        for (int row = 0; row < all.length; row++) all[row] = tree.value()[tree.leaf(columns, row)].clone();
        return all;
    }

    @Override
    public Explanation.RuleTable explanation() {
        return TreeRules.rules(inputs, tree, classes);
    }

    /** How much each feature matters. */
    public Explanation.Importances importances() {
        return TreeRules.importances(inputs, List.of(tree), false);
    }

    /** The tree as a picture. */
    public TreeDrawing drawing(Locale locale) {
        return TreeRules.drawing(inputs, tree, classes, locale);
    }

    @Override
    public Contributions why(Frame data, int row) {
        int part = classes.size() == 2 ? 1 : predict(data.rows(row))[0];
        return TreeRules.why("probability", 0, inputs, List.of(tree), part, 1, data, row);
    }
}
