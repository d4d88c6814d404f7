package dev.rapport.mining.tree;

/** Minimal cost-complexity pruning (Breiman et al. 1984, chapter 3). */
final class Pruning {
    private Pruning() {}

    /** Cuts every branch whose leaves each lower the impurity by no more than the penalty. */
    static BinaryTree costComplexity(BinaryTree tree, double penalty, boolean isNumber) {
        boolean[] cut = new boolean[tree.feature().length];
        while (true) {
            int weakest = weakest(tree, cut, penalty, isNumber);
            if (weakest < 0) break;
            cut[weakest] = true;
        }
        var builder = new BinaryTree.Builder();
        copy(tree, 0, cut, builder);
        return builder.tree();
    }

    private record Branch(double leafCost, int leaves, double weakest, int node) {}

    private static int weakest(BinaryTree tree, boolean[] cut, double penalty, boolean isNumber) {
        Branch all = look(tree, 0, cut, isNumber);
        return all.weakest <= penalty ? all.node : -1;
    }

    private static Branch look(BinaryTree tree, int node, boolean[] cut, boolean isNumber) {
        double own = cost(tree, node, isNumber);
        if (tree.feature()[node] < 0 || cut[node]) return new Branch(own, 1, Double.POSITIVE_INFINITY, -1);
        Branch left = look(tree, tree.left()[node], cut, isNumber);
        Branch right = look(tree, tree.right()[node], cut, isNumber);
        double below = left.leafCost + right.leafCost;
        int leaves = left.leaves + right.leaves;
        double gain = (own - below) / (leaves - 1);
        Branch weaker = left.weakest <= right.weakest ? left : right;
        return gain <= weaker.weakest
                ? new Branch(below, leaves, gain, node)
                : new Branch(below, leaves, weaker.weakest, weaker.node);
    }

    private static double cost(BinaryTree tree, int node, boolean isNumber) {
        double share = tree.rows()[node] / tree.rows()[0];
        if (!isNumber) {
            double impurity = 1;
            for (double p : tree.value()[node]) impurity -= p * p;
            return share * impurity;
        }
        // a node's variance, up to the mean of squares that all prunings share
        return -share * tree.value()[node][0] * tree.value()[node][0];
    }

    private static int copy(BinaryTree tree, int node, boolean[] cut, BinaryTree.Builder builder) {
        int made = builder.leaf(tree.value()[node], tree.rows()[node]);
        if (tree.feature()[node] < 0 || cut[node]) return made;
        int left = copy(tree, tree.left()[node], cut, builder);
        int right = copy(tree, tree.right()[node], cut, builder);
        builder.split(
                made,
                tree.feature()[node],
                tree.threshold()[node],
                tree.missingLeft()[node],
                tree.levelsLeft()[node],
                left,
                right);
        return made;
    }
}
