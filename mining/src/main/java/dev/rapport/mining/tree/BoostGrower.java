package dev.rapport.mining.tree;

import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.math.Statistics;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Grows one tree of a boosted ensemble over bins, always splitting the leaf that gains most. A child's histogram is its
 * parent's less its sibling's, so only the smaller child is counted. A bin holds two longs: slopes in fixed point above the
 * number of rows, and curvatures in fixed point, so that counting a row takes two additions and no rounding.
 */
final class BoostGrower {
    private static final int PARALLEL = 4_096;
    private static final double LEAST_CURVATURE = 1e-3;

    private final Bins bins;
    private final GradientBoosting parameters;
    private final int threads;
    private final int[] rows;
    private final int[] spare;
    private final long[] packed;
    private final long[] curves;
    private final long[] gathered;
    private final long[] gatheredCurves;
    // low bits of a packed long that hold the number of rows
    private final int countBits;
    private final long countMask;
    private double slopeUnit = 1;
    private double curveUnit = 1;
    private BinaryTree.Builder tree = new BinaryTree.Builder();

    BoostGrower(Bins bins, int count, GradientBoosting parameters, int threads) {
        this.bins = bins;
        this.parameters = parameters;
        this.threads = threads;
        this.rows = new int[count];
        this.spare = new int[count];
        this.packed = new long[count];
        this.curves = new long[count];
        this.gathered = new long[count];
        this.gatheredCurves = new long[count];
        this.countBits = 64 - Long.numberOfLeadingZeros(count);
        this.countMask = (1L << countBits) - 1;
    }

    private record Split(double gain, int feature, int bin, boolean missingLeft, double sum, double curve) {}

    private static final class Leaf {
        private final int node;
        private final int from;
        private final int to;
        private final double sum;
        private final double curve;
        private long[][] histogram = new long[0][];
        private @Nullable Split split;

        Leaf(int node, int from, int to, double sum, double curve) {
            this.node = node;
            this.from = from;
            this.to = to;
            this.sum = sum;
            this.curve = curve;
        }

        double gain() {
            return split == null ? 0 : split.gain;
        }
    }

    /** A tree for these slopes and curvatures of the loss; adds its values to the scores. */
    BinaryTree grow(double[] slopes, double[] curvatures, double[] scores, int stride, int offset) {
        pack(slopes, curvatures);
        tree = new BinaryTree.Builder();
        for (int i = 0; i < rows.length; i++) rows[i] = i;
        Leaf root = leaf(0, rows.length, Statistics.sum(slopes), Statistics.sum(curvatures));
        var open = new PriorityQueue<Leaf>(
                Comparator.comparingDouble((Leaf leaf) -> -leaf.gain()).thenComparingInt(leaf -> leaf.node));
        var closed = new java.util.ArrayList<Leaf>();
        root.histogram = count(root);
        root.split = best(root);
        open.add(root);
        int leaves = 1;
        while (!open.isEmpty() && leaves < parameters.leaves()) {
            Leaf leaf = open.remove();
            Split split = leaf.split;
            if (split == null) {
                closed.add(leaf);
                continue;
            }
            int middle = partition(leaf, split);
            Leaf left = leaf(leaf.from, middle, split.sum, split.curve);
            Leaf right = leaf(middle, leaf.to, leaf.sum - split.sum, leaf.curve - split.curve);
            tree.split(
                    leaf.node,
                    split.feature,
                    bins.limit(split.feature, split.bin),
                    split.missingLeft,
                    bins.levelsUpTo(split.feature, split.bin),
                    left.node,
                    right.node);
            leaves++;
            if (leaves < parameters.leaves()) {
                share(leaf, left, right);
                left.split = best(left);
                right.split = best(right);
            }
            open.add(left);
            open.add(right);
        }
        closed.addAll(open);
        var grown = tree.tree();
        for (Leaf leaf : closed) {
            double value = grown.value()[leaf.node][0];
            for (int i = leaf.from; i < leaf.to; i++) scores[rows[i] * stride + offset] += value;
        }
        return grown;
    }

    // sums over all rows must fit above the count, and into a long
    private void pack(double[] slopes, double[] curvatures) {
        double steepest = Double.MIN_NORMAL;
        double most = Double.MIN_NORMAL;
        for (int i = 0; i < slopes.length; i++) {
            steepest = Math.max(steepest, Math.abs(slopes[i]));
            most = Math.max(most, curvatures[i]);
        }
        slopeUnit = steepest / (1L << Math.max(1, Math.min(40, 62 - 2 * countBits)));
        curveUnit = most / (1L << Math.min(40, 62 - countBits));
        double perSlope = 1 / slopeUnit;
        double perCurve = 1 / curveUnit;
        Parallel.rows(slopes.length, threads, (chunk, from, to) -> {
            for (int i = from; i < to; i++) {
                packed[i] = ((long) Math.rint(slopes[i] * perSlope) << countBits) + 1;
                curves[i] = (long) Math.rint(curvatures[i] * perCurve);
            }
        });
    }

    private Leaf leaf(int from, int to, double sum, double curve) {
        double value = -parameters.rate() * sum / (curve + parameters.l2());
        return new Leaf(tree.leaf(new double[] {value}, to - from), from, to, sum, curve);
    }

    private void share(Leaf parent, Leaf left, Leaf right) {
        Leaf smaller = left.to - left.from <= right.to - right.from ? left : right;
        Leaf larger = smaller == left ? right : left;
        smaller.histogram = count(smaller);
        for (int f = 0; f < parent.histogram.length; f++) {
            subtract(parent.histogram[f], smaller.histogram[f]);
        }
        larger.histogram = parent.histogram;
    }

    private static void subtract(long[] from, long[] what) {
        for (int i = 0; i < from.length; i++) from[i] -= what[i];
    }

    private long[][] count(Leaf leaf) {
        for (int i = leaf.from; i < leaf.to; i++) {
            gathered[i] = packed[rows[i]];
            gatheredCurves[i] = curves[rows[i]];
        }
        int d = bins.codes().length;
        long[][] histogram = new long[d][];
        // two columns at a time share the loads of row, slope and curvature
        Parallel.run((d + 1) / 2, leaf.to - leaf.from > PARALLEL ? threads : 1, pair -> {
            int f = 2 * pair;
            histogram[f] = new long[(bins.counts()[f] + 1) * 2];
            if (f + 1 == d) {
                count(bins.codes()[f], leaf.from, leaf.to, histogram[f]);
                return;
            }
            histogram[f + 1] = new long[(bins.counts()[f + 1] + 1) * 2];
            count(bins.codes()[f], bins.codes()[f + 1], leaf.from, leaf.to, histogram[f], histogram[f + 1]);
        });
        return histogram;
    }

    private void count(byte[] first, byte[] second, int from, int to, long[] a, long[] b) {
        int[] which = rows;
        long[] slopes = gathered;
        long[] bends = gatheredCurves;
        for (int i = from; i < to; i++) {
            int row = which[i];
            long slope = slopes[i];
            long bend = bends[i];
            int x = (first[row] & 255) * 2;
            int y = (second[row] & 255) * 2;
            a[x] += slope;
            a[x + 1] += bend;
            b[y] += slope;
            b[y + 1] += bend;
        }
    }

    private void count(byte[] codes, int from, int to, long[] into) {
        for (int i = from; i < to; i++) {
            int at = (codes[rows[i]] & 255) * 2;
            into[at] += gathered[i];
            into[at + 1] += gatheredCurves[i];
        }
    }

    private @Nullable Split best(Leaf leaf) {
        int count = leaf.to - leaf.from;
        if (count < 2 * parameters.leafRows()) return null;
        Split best = null;
        for (int f = 0; f < leaf.histogram.length; f++) {
            Split right = scan(leaf, f, count, false);
            if (right != null && (best == null || right.gain > best.gain)) best = right;
            long missing = leaf.histogram[f][leaf.histogram[f].length - 2] & countMask;
            if (missing == 0) continue;
            Split left = scan(leaf, f, count, true);
            if (left != null && (best == null || left.gain > best.gain)) best = left;
        }
        return best;
    }

    private @Nullable Split scan(Leaf leaf, int feature, int count, boolean missingLeft) {
        long[] h = leaf.histogram[feature];
        int top = bins.counts()[feature];
        long missing = h[top * 2] & countMask;
        long slopes = missingLeft ? h[top * 2] : 0;
        long bends = missingLeft ? h[top * 2 + 1] : 0;
        double before = leaf.sum * leaf.sum / (leaf.curve + parameters.l2());
        double most = before + 1e-9 * Math.abs(before) + 1e-12;
        int at = -1;
        boolean larger = false;
        double bestSum = 0;
        double bestCurve = 0;
        int end = missing > 0 && !missingLeft ? top : top - 1;
        for (int bin = 0; bin < end; bin++) {
            slopes += h[bin * 2];
            bends += h[bin * 2 + 1];
            long taken = slopes & countMask;
            double curve = bends * curveUnit;
            if (taken < parameters.leafRows() || curve < LEAST_CURVATURE) continue;
            double rest = leaf.curve - curve;
            if (count - taken < parameters.leafRows() || rest < LEAST_CURVATURE) break;
            double sum = (slopes >> countBits) * slopeUnit;
            double other = leaf.sum - sum;
            double score = sum * sum / (curve + parameters.l2()) + other * other / (rest + parameters.l2());
            if (score > most) {
                most = score;
                at = bin;
                bestSum = sum;
                bestCurve = curve;
                larger = 2 * taken >= count;
            }
        }
        return at < 0
                ? null
                : new Split(most - before, feature, at, missingLeft || missing == 0 && larger, bestSum, bestCurve);
    }

    private int partition(Leaf leaf, Split split) {
        byte[] codes = bins.codes()[split.feature];
        int top = bins.counts()[split.feature];
        int left = leaf.from;
        int right = 0;
        for (int i = leaf.from; i < leaf.to; i++) {
            int row = rows[i];
            int code = codes[row] & 255;
            boolean goes = code == top ? split.missingLeft : code <= split.bin;
            rows[left] = row;
            spare[right] = row;
            left += goes ? 1 : 0;
            right += goes ? 0 : 1;
        }
        System.arraycopy(spare, 0, rows, left, right);
        return left;
    }
}
