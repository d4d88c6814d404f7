package dev.rapport.mining.tree;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Grows one tree of a forest over bins: random columns at every node, classes counted or numbers summed. */
final class ForestGrower {
    // below this many rows, sorting their bins is cheaper than clearing a histogram
    private static final int SMALL = 96;

    private final Bins bins;
    private final double[] targets;
    private final int parts;
    private final int tries;
    private final int depth;
    private final int leafRows;
    private final SplittableRandom random;
    private final int[] rows;
    private final int[] spare;
    private final int[] features;
    private final double[] histogram;
    private final int[] keys;
    private final BinaryTree.Builder tree = new BinaryTree.Builder();

    private double bestScore;
    private int bestFeature;
    private int bestBin;
    private boolean bestMissingLeft;

    /** @param parts classes, or 0 for numbers */
    ForestGrower(
            Bins bins,
            double[] targets,
            int parts,
            int tries,
            int depth,
            int leafRows,
            int[] rows,
            SplittableRandom random) {
        this.bins = bins;
        this.targets = targets;
        this.parts = parts;
        this.tries = tries;
        this.depth = depth;
        this.leafRows = leafRows;
        this.random = random;
        this.rows = rows;
        this.spare = new int[rows.length];
        this.features = new int[bins.codes().length];
        for (int f = 0; f < features.length; f++) features[f] = f;
        // per bin: the parts (or the sum), then the count
        this.histogram = new double[(Bins.MOST + 1) * (Math.max(1, parts) + 1)];
        this.keys = new int[SMALL];
    }

    BinaryTree grow() {
        grow(0, rows.length, 0);
        return tree.tree();
    }

    private int grow(int from, int to, int level) {
        double[] total = totals(from, to);
        int node = tree.leaf(value(total, to - from), to - from);
        if (level >= depth || to - from < 2 * leafRows || isPure(from, to)) return node;
        bestScore = score(total, 0, to - from) * (1 + 1e-12) + 1e-12;
        bestFeature = -1;
        int tried = 0;
        for (int i = 0; i < features.length && (tried < tries || bestFeature < 0); i++) {
            int j = i + random.nextInt(features.length - i);
            int feature = features[j];
            features[j] = features[i];
            features[i] = feature;
            if (look(feature, from, to, total)) tried++;
        }
        if (bestFeature < 0) return node;
        int feature = bestFeature;
        int bin = bestBin;
        boolean missingLeft = bestMissingLeft;
        int middle = partition(feature, bin, missingLeft, from, to);
        int left = grow(from, middle, level + 1);
        int right = grow(middle, to, level + 1);
        tree.split(node, feature, bins.limit(feature, bin), missingLeft, bins.levelsUpTo(feature, bin), left, right);
        return node;
    }

    private int width() {
        return Math.max(1, parts);
    }

    private double[] totals(int from, int to) {
        double[] total = new double[width()];
        for (int i = from; i < to; i++) {
            if (parts == 0) total[0] += targets[rows[i]];
            else total[(int) targets[rows[i]]]++;
        }
        return total;
    }

    private static double[] value(double[] total, int count) {
        double[] value = new double[total.length];
        for (int p = 0; p < value.length; p++) value[p] = total[p] / count;
        return value;
    }

    private boolean isPure(int from, int to) {
        double first = targets[rows[from]];
        for (int i = from + 1; i < to; i++) if (targets[rows[i]] != first) return false;
        return true;
    }

    // Σ part² / count: what both Gini and variance leave to be maximised
    private static double score(double[] sums, int at, double count) {
        double squares = 0;
        for (int p = 0; p < sums.length; p++) squares += sums[at + p] * sums[at + p];
        return squares / count;
    }

    // answers whether the column varies in the node at all
    private boolean look(int feature, int from, int to, double[] total) {
        byte[] codes = bins.codes()[feature];
        int w = width() + 1;
        int top = bins.counts()[feature];
        if (to - from <= SMALL) return lookSmall(codes, feature, from, to, total, top);
        Arrays.fill(histogram, 0, (top + 1) * w, 0);
        for (int i = from; i < to; i++) {
            int row = rows[i];
            int at = (codes[row] & 255) * w;
            if (parts == 0) histogram[at] += targets[row];
            else histogram[at + (int) targets[row]]++;
            histogram[at + w - 1]++;
        }
        double missing = histogram[top * w + w - 1];
        boolean varies = scan(feature, top, w, total, to - from, false);
        if (missing > 0 && missing < to - from) scan(feature, top, w, total, to - from, true);
        return varies;
    }

    private boolean scan(int feature, int top, int w, double[] total, int count, boolean missingLeft) {
        double[] left = new double[w - 1];
        double[] right = total.clone();
        double taken = 0;
        if (missingLeft) taken = move(top * w, left, right, w);
        boolean varies = false;
        double missing = histogram[top * w + w - 1];
        // with the missing on the right, the last bin's split asks whether there is a value at all
        int end = missing > 0 && !missingLeft ? top : top - 1;
        for (int bin = 0; bin < end; bin++) {
            if (histogram[bin * w + w - 1] == 0) continue;
            taken += move(bin * w, left, right, w);
            if (taken == count) break;
            varies = true;
            if (taken < leafRows || count - taken < leafRows) continue;
            double score = score(left, 0, taken) + score(right, 0, count - taken);
            if (score > bestScore) take(score, feature, bin, missingLeft || missing == 0 && 2 * taken >= count);
        }
        return varies;
    }

    private double move(int at, double[] left, double[] right, int w) {
        for (int p = 0; p < w - 1; p++) {
            left[p] += histogram[at + p];
            right[p] -= histogram[at + p];
        }
        return histogram[at + w - 1];
    }

    private void take(double score, int feature, int bin, boolean missingLeft) {
        bestScore = score;
        bestFeature = feature;
        bestBin = bin;
        bestMissingLeft = missingLeft;
    }

    private boolean lookSmall(byte[] codes, int feature, int from, int to, double[] total, int top) {
        int count = to - from;
        for (int i = 0; i < count; i++) keys[i] = (codes[rows[from + i]] & 255) << 16 | i;
        Arrays.sort(keys, 0, count);
        int first = keys[0] >>> 16;
        if (first == keys[count - 1] >>> 16) return false;
        boolean hasMissing = keys[count - 1] >>> 16 == top;
        double[] left = new double[width()];
        double[] right = total.clone();
        for (int i = 0; i + 1 < count; i++) {
            double target = targets[rows[from + (keys[i] & 0xFFFF)]];
            int p = parts == 0 ? 0 : (int) target;
            double amount = parts == 0 ? target : 1;
            left[p] += amount;
            right[p] -= amount;
            int bin = keys[i] >>> 16;
            if (bin == keys[i + 1] >>> 16) continue;
            int taken = i + 1;
            if (taken < leafRows || count - taken < leafRows) continue;
            double score = score(left, 0, taken) + score(right, 0, count - taken);
            if (score > bestScore) take(score, feature, bin, !hasMissing && 2 * taken >= count);
        }
        return true;
    }

    private int partition(int feature, int bin, boolean missingLeft, int from, int to) {
        byte[] codes = bins.codes()[feature];
        int top = bins.counts()[feature];
        int left = from;
        int right = 0;
        for (int i = from; i < to; i++) {
            int row = rows[i];
            int code = codes[row] & 255;
            if (code == top ? missingLeft : code <= bin) rows[left++] = row;
            else spare[right++] = row;
        }
        System.arraycopy(spare, 0, rows, left, right);
        return left;
    }
}
