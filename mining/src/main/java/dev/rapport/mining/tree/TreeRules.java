package dev.rapport.mining.tree;

import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Explanation.Condition;
import dev.rapport.mining.Explanation.Rule;
import dev.rapport.mining.Words;
import dev.rapport.mining.frame.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What trees of yes-or-no questions say: rules, importances, drawings, contributions. */
final class TreeRules {
    private TreeRules() {}

    /** One rule per leaf, the most rows first. Classes empty means a number. */
    static Explanation.RuleTable rules(TreeInputs inputs, BinaryTree tree, List<String> classes) {
        var rules = new ArrayList<Rule>();
        collect(inputs, tree, classes, 0, List.of(), rules);
        rules.sort(Comparator.comparingDouble((Rule rule) -> -rule.rows()));
        return new Explanation.RuleTable(rules);
    }

    private static void collect(
            TreeInputs inputs, BinaryTree tree, List<String> classes, int node, List<Condition> so, List<Rule> rules) {
        if (tree.feature()[node] < 0) {
            double[] value = tree.value()[node];
            int best = Cart.largest(value);
            rules.add(
                    classes.isEmpty()
                            ? new Rule(so, Words.number(value[0]), Double.NaN, tree.rows()[node])
                            : new Rule(so, classes.get(best), value[best], tree.rows()[node]));
            return;
        }
        collect(inputs, tree, classes, tree.left()[node], and(so, tree.condition(node, true, inputs)), rules);
        collect(inputs, tree, classes, tree.right()[node], and(so, tree.condition(node, false, inputs)), rules);
    }

    // a second limit on the same number replaces the first, so that no rule says "above 3 and above 5"
    private static List<Condition> and(List<Condition> so, Condition next) {
        var all = new ArrayList<Condition>();
        for (Condition each : so) {
            boolean replaced = each.feature().equals(next.feature())
                    && each.comparison() == next.comparison()
                    && (next.comparison() == Explanation.Comparison.AT_MOST
                            || next.comparison() == Explanation.Comparison.ABOVE);
            if (!replaced) all.add(each);
        }
        all.add(next);
        return List.copyOf(all);
    }

    /** How much each feature lowers the impurity, summed over trees, as shares (Breiman et al. 1984). */
    static Explanation.Importances importances(TreeInputs inputs, List<BinaryTree> trees, boolean isNumber) {
        double[] gains = new double[inputs.features().size()];
        for (BinaryTree tree : trees) {
            for (int node = 0; node < tree.feature().length; node++) {
                if (tree.feature()[node] < 0) continue;
                double gain = purity(tree, tree.left()[node], isNumber)
                        + purity(tree, tree.right()[node], isNumber)
                        - purity(tree, node, isNumber);
                gains[tree.feature()[node]] += gain / tree.rows()[0];
            }
        }
        double sum = Arrays.stream(gains).sum();
        return new Explanation.Importances(IntStream.range(0, gains.length)
                .mapToObj(i -> new Explanation.Importance(
                        inputs.features().get(i).name(), sum <= 0 ? 0 : Math.max(0, gains[i] / sum)))
                .sorted(Comparator.comparingDouble(each -> -each.share()))
                .toList());
    }

    private static double purity(BinaryTree tree, int node, boolean isNumber) {
        double squares = 0;
        for (double part : tree.value()[node]) squares += part * part;
        return tree.rows()[node] * (isNumber ? tree.value()[node][0] * tree.value()[node][0] : squares);
    }

    /** What each feature added on the way of one row, over the sum of trees times a factor. */
    static Contributions why(
            String scale,
            double base,
            TreeInputs inputs,
            List<BinaryTree> trees,
            int part,
            double factor,
            Frame data,
            int row) {
        Frame one = data.rows(row);
        double[][] columns = inputs.values(one);
        double[] amounts = new double[columns.length];
        double start = base;
        for (BinaryTree tree : trees) {
            start += factor * tree.value()[0][part];
            double[] own = tree.contributions(columns, 0, part, columns.length);
            for (int i = 0; i < own.length; i++) amounts[i] += factor * own[i];
        }
        var parts = new ArrayList<Contributions.Part>();
        for (int i = 0; i < amounts.length; i++) {
            String name = inputs.features().get(i).name();
            parts.add(new Contributions.Part(name, one.column(name).written(0), amounts[i]));
        }
        return Contributions.of(scale, start, parts);
    }

    /** The tree as a picture. */
    static TreeDrawing drawing(TreeInputs inputs, BinaryTree tree, List<String> classes, Locale locale) {
        return TreeDrawing.of(drawn(inputs, tree, classes, 0, "", locale));
    }

    private static TreeDrawing.Node drawn(
            TreeInputs inputs, BinaryTree tree, List<String> classes, int node, String edge, Locale locale) {
        double[] value = tree.value()[node];
        int best = Cart.largest(value);
        String outcome = classes.isEmpty()
                ? Words.number(value[0])
                : classes.get(best) + " " + Words.number(Math.round(1000 * value[best]) / 10.0) + " %";
        String rows = Words.text(locale, "drawing.rows", tree.rows()[node]);
        if (tree.feature()[node] < 0) return new TreeDrawing.Node(edge, List.of(outcome, rows), value, List.of());
        var children = IntStream.of(0, 1)
                .mapToObj(side -> drawn(
                        inputs,
                        tree,
                        classes,
                        side == 0 ? tree.left()[node] : tree.right()[node],
                        Words.text(locale, side == 0 ? "drawing.yes" : "drawing.no"),
                        locale))
                .toList();
        String question = tree.condition(node, true, inputs).signs();
        return new TreeDrawing.Node(edge, List.of(question, outcome, rows), value, children);
    }

    /** The sum of several trees' leaf values per row. */
    static double[][] sums(TreeInputs inputs, List<BinaryTree> trees, int parts, Frame data) {
        double[][] columns = inputs.values(data);
        double[][] sums = new double[data.rows()][parts];
        dev.rapport.mining.math.Parallel.rows(
                data.rows(), Runtime.getRuntime().availableProcessors(), (chunk, from, to) -> {
                    for (BinaryTree tree : trees) {
                        for (int row = from; row < to; row++) {
                            double[] value = tree.value()[tree.leaf(columns, row)];
                            for (int p = 0; p < parts; p++) sums[row][p] += value[p];
                        }
                    }
                });
        return sums;
    }
}
