package dev.rapport.mining.tree;

import dev.rapport.mining.Explanation.Comparison;
import dev.rapport.mining.Explanation.Condition;
import dev.rapport.mining.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A tree of yes-or-no questions in arrays, node 0 being the root. A row goes left when its number is at most the
 * threshold, or its level among the levels; a row without a value goes where the training rows without one went.
 *
 * {@snippet :
 * var tree = new BinaryTree(new int[] {0, -1, -1}, new double[] {5, 0, 0}, new boolean[3], new int[3][0],
 *     new int[] {1, -1, -1}, new int[] {2, -1, -1}, new double[][] {{0.5}, {0}, {1}}, new double[] {2, 1, 1});
 * check(tree.leaf(new double[][] {{7}}, 0) == 2);
 * }
 *
 * @param feature asked about, -1 for a leaf
 * @param threshold of a number
 * @param missingLeft whether rows without a value go left
 * @param levelsLeft codes of the levels that go left; empty for a number
 * @param left child
 * @param right child
 * @param value of each node: class shares, or one number
 * @param rows training rows (or their weight) in each node
 */
public record BinaryTree(
        int[] feature,
        double[] threshold,
        boolean[] missingLeft,
        int[][] levelsLeft,
        int[] left,
        int[] right,
        double[][] value,
        double[] rows) {

    /** @throws IllegalArgumentException if a child does not come after its parent: a way down would have no end */
    public BinaryTree {
        int n = feature.length;
        if (threshold.length != n
                || missingLeft.length != n
                || levelsLeft.length != n
                || left.length != n
                || right.length != n) {
            throw new IllegalArgumentException("a tree needs every part for each of its " + n + " nodes");
        }
        for (int node = 0; node < n; node++) {
            if (feature[node] < 0) continue;
            if (left[node] <= node || left[node] >= n || right[node] <= node || right[node] >= n) {
                throw new IllegalArgumentException("node " + node + " has a child that does not come after it");
            }
        }
    }

    /** How many leaves. */
    public int leaves() {
        return (feature.length + 1) / 2;
    }

    /** The longest way from the root, in questions. */
    public int depth() {
        return depth(0);
    }

    private int depth(int node) {
        return feature[node] < 0 ? 0 : 1 + Math.max(depth(left[node]), depth(right[node]));
    }

    /** The leaf that a row falls into. */
    public int leaf(double[][] columns, int row) {
        int node = 0;
        while (feature[node] >= 0) node = next(node, columns[feature[node]][row]);
        return node;
    }

    /** The child that a value goes to. */
    int next(int node, double value) {
        if (Double.isNaN(value)) return missingLeft[node] ? left[node] : right[node];
        if (levelsLeft[node].length == 0) return value <= threshold[node] ? left[node] : right[node];
        for (int level : levelsLeft[node]) if (level == (int) value) return left[node];
        return right[node];
    }

    /**
     * What each question on a row's way changed in one part of the value, by feature (Saabas 2014): the root's value plus
     * all parts is the leaf's value.
     */
    double[] contributions(double[][] columns, int row, int part, int features) {
        double[] amounts = new double[features];
        int node = 0;
        while (feature[node] >= 0) {
            int child = next(node, columns[feature[node]][row]);
            amounts[feature[node]] += value[child][part] - value[node][part];
            node = child;
        }
        return amounts;
    }

    /** The condition for going left, or right, at a node. */
    public Condition condition(int node, boolean goesLeft, TreeInputs inputs) {
        var asked = inputs.features().get(feature[node]);
        if (!asked.isCategory()) {
            return new Condition(
                    asked.name(), goesLeft ? Comparison.AT_MOST : Comparison.ABOVE, Words.number(threshold[node]));
        }
        boolean fewLeft = levelsLeft[node].length * 2 <= asked.levels().size();
        String names = IntStream.range(0, asked.levels().size())
                .filter(level -> fewLeft == isLeft(node, level))
                .mapToObj(asked.levels()::get)
                .collect(Collectors.joining(", "));
        return new Condition(asked.name(), goesLeft == fewLeft ? Comparison.IS : Comparison.IS_NOT, names);
    }

    private boolean isLeft(int node, int level) {
        return Arrays.stream(levelsLeft[node]).anyMatch(each -> each == level);
    }

    /** Builds a tree node by node. */
    static final class Builder {
        private final List<Integer> feature = new ArrayList<>();
        private final List<Double> threshold = new ArrayList<>();
        private final List<Boolean> missingLeft = new ArrayList<>();
        private final List<int[]> levelsLeft = new ArrayList<>();
        private final List<Integer> left = new ArrayList<>();
        private final List<Integer> right = new ArrayList<>();
        private final List<double[]> value = new ArrayList<>();
        private final List<Double> rows = new ArrayList<>();

        int leaf(double[] own, double weight) {
            feature.add(-1);
            threshold.add(0.0);
            missingLeft.add(false);
            levelsLeft.add(new int[0]);
            left.add(-1);
            right.add(-1);
            value.add(own);
            rows.add(weight);
            return feature.size() - 1;
        }

        void split(int node, int asked, double limit, boolean missing, int[] levels, int to, int other) {
            feature.set(node, asked);
            threshold.set(node, limit);
            missingLeft.set(node, missing);
            levelsLeft.set(node, levels);
            left.set(node, to);
            right.set(node, other);
        }

        BinaryTree tree() {
            boolean[] missing = new boolean[missingLeft.size()];
            for (int i = 0; i < missing.length; i++) missing[i] = missingLeft.get(i);
            return new BinaryTree(
                    ints(feature),
                    doubles(threshold),
                    missing,
                    levelsLeft.toArray(int[][]::new),
                    ints(left),
                    ints(right),
                    value.toArray(double[][]::new),
                    doubles(rows));
        }

        private static int[] ints(List<Integer> list) {
            return list.stream().mapToInt(Integer::intValue).toArray();
        }

        private static double[] doubles(List<Double> list) {
            return list.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }
}
