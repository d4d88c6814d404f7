package dev.rapport.mining.tree;

import dev.rapport.mining.Card;
import dev.rapport.mining.Classifier;
import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explainable;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Explanation.Comparison;
import dev.rapport.mining.Explanation.Condition;
import dev.rapport.mining.Explanation.Rule;
import dev.rapport.mining.Words;
import dev.rapport.mining.frame.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A tree with a branch per level, or two for a number. A row without a value follows all branches in proportion to the
 * training rows (Quinlan 1993). Made by {@link Id3} and {@link C45}.
 *
 * {@snippet :
 * var frame = Frame.of(Column.categorical("outlook", "sunny", "rain", "overcast", "rain"),
 *     Column.categorical("play", "no", "yes", "yes", "yes"));
 * MultiwayTree model = new Id3().fit(frame, Task.predict("play").from("outlook"), Run.of(1));
 * check(model.explanation().text(Locale.ENGLISH).contains("outlook"));
 * }
 *
 * @param inputs the columns asked about
 * @param root the first question
 * @param classes sorted
 * @param card where the model comes from
 */
public record MultiwayTree(TreeInputs inputs, Node root, List<String> classes, Card card)
        implements Classifier, Explainable {

    /**
     * A question, or a decision when it has no branches.
     *
     * @param shares of the classes in it
     * @param rows training rows, or their weight
     * @param feature asked about, -1 for a decision
     * @param threshold of a number: at most goes to the first branch
     * @param branches one per level in its order, or two
     */
    public record Node(double[] shares, double rows, int feature, double threshold, List<Node> branches) {
        /** How many decisions are below. */
        public int leaves() {
            return branches.isEmpty()
                    ? 1
                    : branches.stream().mapToInt(Node::leaves).sum();
        }
    }

    @Override
    public double[][] probabilities(Frame data) {
        double[][] columns = inputs.values(data);
        double[][] all = new double[data.rows()][classes.size()];
        for (int row = 0; row < all.length; row++) follow(root, columns, row, 1, all[row]);
        return all;
    }

    private void follow(Node node, double[][] columns, int row, double weight, double[] into) {
        Node next = node.feature < 0 ? null : branch(node, columns[node.feature][row]);
        if (next != null) {
            follow(next, columns, row, weight, into);
            return;
        }
        if (node.feature < 0 || node.rows == 0) {
            for (int k = 0; k < into.length; k++) into[k] += weight * node.shares[k];
            return;
        }
        double known = node.branches.stream().mapToDouble(Node::rows).sum();
        for (Node branch : node.branches) {
            if (branch.rows > 0) follow(branch, columns, row, weight * branch.rows / known, into);
        }
    }

    private @org.jspecify.annotations.Nullable Node branch(Node node, double value) {
        if (Double.isNaN(value)) return null;
        if (inputs.features().get(node.feature).isCategory()) return node.branches.get((int) value);
        return node.branches.get(value <= node.threshold ? 0 : 1);
    }

    @Override
    public Explanation.RuleTable explanation() {
        var rules = new ArrayList<Rule>();
        collect(root, List.of(), rules);
        rules.sort(Comparator.comparingDouble((Rule rule) -> -rule.rows()));
        return new Explanation.RuleTable(rules);
    }

    private void collect(Node node, List<Condition> so, List<Rule> rules) {
        if (node.feature < 0) {
            int best = Cart.largest(node.shares);
            if (node.rows > 0) rules.add(new Rule(so, classes.get(best), node.shares[best], node.rows));
            return;
        }
        for (int i = 0; i < node.branches.size(); i++) {
            var all = new ArrayList<>(so);
            all.add(condition(node, i));
            collect(node.branches.get(i), List.copyOf(all), rules);
        }
    }

    private Condition condition(Node node, int branch) {
        var asked = inputs.features().get(node.feature);
        if (asked.isCategory())
            return new Condition(asked.name(), Comparison.IS, asked.levels().get(branch));
        return new Condition(
                asked.name(), branch == 0 ? Comparison.AT_MOST : Comparison.ABOVE, Words.number(node.threshold));
    }

    /** The tree as a picture. */
    public TreeDrawing drawing(Locale locale) {
        return TreeDrawing.of(drawn(root, "", locale));
    }

    private TreeDrawing.Node drawn(Node node, String edge, Locale locale) {
        int best = Cart.largest(node.shares);
        String outcome = classes.get(best) + " " + Words.number(Math.round(1000 * node.shares[best]) / 10.0) + " %";
        String rows = Words.text(locale, "drawing.rows", node.rows);
        if (node.feature < 0) return new TreeDrawing.Node(edge, List.of(outcome, rows), node.shares, List.of());
        var children = new ArrayList<TreeDrawing.Node>();
        for (int i = 0; i < node.branches.size(); i++) {
            if (node.branches.get(i).rows > 0) {
                children.add(drawn(node.branches.get(i), condition(node, i).signs(), locale));
            }
        }
        String asked = inputs.features().get(node.feature).name() + "?";
        return new TreeDrawing.Node(edge, List.of(asked, outcome, rows), node.shares, children);
    }

    /** Every question's change of the probability, added to the feature asked about. */
    @Override
    public Contributions why(Frame data, int row) {
        Frame one = data.rows(row);
        int part = classes.size() == 2 ? 1 : predict(one)[0];
        double[][] columns = inputs.values(one);
        double[] amounts = new double[columns.length];
        Node node = root;
        while (node.feature >= 0) {
            Node next = branch(node, columns[node.feature][0]);
            if (next == null) {
                double[] end = new double[classes.size()];
                follow(node, columns, 0, 1, end);
                amounts[node.feature] += end[part] - node.shares[part];
                break;
            }
            amounts[node.feature] += next.shares[part] - node.shares[part];
            node = next;
        }
        var parts = new ArrayList<Contributions.Part>();
        for (int i = 0; i < amounts.length; i++) {
            String name = inputs.features().get(i).name();
            parts.add(new Contributions.Part(name, one.column(name).written(0), amounts[i]));
        }
        return Contributions.of("probability", root.shares[part], parts);
    }
}
