package dev.rapport.mining.tree;

import dev.rapport.mining.Run;
import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.math.SortedOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Grows one exact tree. Per number, {@code order} holds every row's rank and number packed into a long, sorted, so that a
 * scan of a node reads memory in sequence; equal values share a rank and missing values have the last.
 */
final class CartGrower {
    // below this many rows, handing columns to another thread costs more than it saves
    private static final int PARALLEL = 3_000;
    private static final double LEAST_GAIN = 1e-12;

    private final double[][] columns;
    private final TreeInputs inputs;
    private final Cart.Outcome outcome;
    private final int depth;
    private final int leafRows;
    private final Run run;
    private final long[][] order;
    // buffers for partitioning, one per thread at work
    private final ConcurrentLinkedQueue<long[]> spares = new ConcurrentLinkedQueue<>();
    private final int[] rows;
    private final int[] spareRows;
    private final boolean[] goesLeft;
    private final char[] classOf;
    private final BinaryTree.Builder tree = new BinaryTree.Builder();
    private int done = 0;

    CartGrower(double[][] columns, TreeInputs inputs, Cart.Outcome outcome, int depth, int leafRows, Run run) {
        int n = outcome.targets().length;
        this.columns = columns;
        this.inputs = inputs;
        this.outcome = outcome;
        this.depth = depth;
        this.leafRows = leafRows;
        this.run = run;
        this.order = new long[columns.length][];
        this.rows = IntStream.range(0, n).toArray();
        this.spareRows = new int[n];
        this.goesLeft = new boolean[n];
        this.classOf = new char[n];
        for (int i = 0; i < n && !outcome.isNumber(); i++) classOf[i] = (char) outcome.targets()[i];
    }

    /** The best question found, and how much it would gain. */
    private record Split(double gain, int feature, double threshold, boolean missingLeft, int[] levels) {}

    BinaryTree grow() {
        Parallel.run(columns.length, run.threads(), f -> {
            if (!inputs.features().get(f).isCategory()) order[f] = ranked(columns[f]);
        });
        grow(0, rows.length, 0);
        return tree.tree();
    }

    private int grow(int from, int to, int level) {
        int node = tree.leaf(outcome.value(rows, from, to), to - from);
        if (level >= depth || to - from < 2 * leafRows || outcome.isPure(rows, from, to))
            return finished(node, to - from);
        int threads = to - from > PARALLEL ? run.threads() : 1;
        List<@Nullable Split> splits = Parallel.map(columns.length, threads, f -> best(f, from, to));
        Split best = null;
        for (Split split : splits) if (split != null && (best == null || split.gain > best.gain)) best = split;
        if (best == null) return finished(node, to - from);
        int middle = partition(best, from, to, threads, level + 1 < depth);
        Split chosen = best;
        int left = grow(from, middle, level + 1);
        int right = grow(middle, to, level + 1);
        tree.split(node, chosen.feature, chosen.threshold, chosen.missingLeft, chosen.levels, left, right);
        return node;
    }

    private int finished(int node, int count) {
        done += count;
        run.at(done / (double) rows.length, "leaf " + node);
        return node;
    }

    private static long[] ranked(double[] values) {
        int[] sorted = SortedOrder.of(values);
        long[] packed = new long[sorted.length];
        int rank = 0;
        for (int i = 0; i < sorted.length; i++) {
            double value = values[sorted[i]];
            if (i > 0 && value != values[sorted[i - 1]]) rank++;
            packed[i] = (long) (Double.isNaN(value) ? Integer.MAX_VALUE : rank) << 32 | sorted[i];
        }
        return packed;
    }

    private @Nullable Split best(int feature, int from, int to) {
        if (inputs.features().get(feature).isCategory()) return bestLevels(feature, from, to);
        long[] packed = order[feature];
        int known = missingFrom(packed, from, to);
        Split right = scan(feature, packed, from, known, to, false);
        if (known == to || known == from) return right;
        Split left = scan(feature, packed, from, known, to, true);
        return left != null && (right == null || left.gain > right.gain) ? left : right;
    }

    private @Nullable Split scan(int feature, long[] packed, int from, int known, int to, boolean missingLeft) {
        return outcome.isNumber()
                ? numberScan(feature, packed, from, known, to, missingLeft)
                : classScan(feature, packed, from, known, to, missingLeft);
    }

    private int missingFrom(long[] packed, int from, int to) {
        int end = to;
        while (end > from && packed[end - 1] >>> 32 == Integer.MAX_VALUE) end--;
        return end;
    }

    private @Nullable Split classScan(int feature, long[] packed, int from, int known, int to, boolean missingLeft) {
        double[] w = outcome.classWeights();
        double[] left = new double[w.length];
        double[] right = new double[w.length];
        for (int i = from; i < to; i++) {
            int c = classOf[(int) packed[i]];
            if (i >= known && missingLeft) left[c] += w[c];
            else right[c] += w[c];
        }
        double sumLeft = 0, sumRight = 0, squaresLeft = 0, squaresRight = 0;
        for (int c = 0; c < w.length; c++) {
            sumLeft += left[c];
            sumRight += right[c];
            squaresLeft += left[c] * left[c];
            squaresRight += right[c] * right[c];
        }
        double total = sumLeft + sumRight;
        double[] all = new double[w.length];
        double before = 0;
        for (int c = 0; c < w.length; c++) {
            all[c] = left[c] + right[c];
            before += all[c] * all[c] / total;
        }
        double best = before + LEAST_GAIN * total;
        double start = best;
        int at = -1;
        int extra = missingLeft ? to - known : 0;
        for (int i = from; i < known; i++) {
            long here = packed[i];
            int c = classOf[(int) here];
            double weight = w[c];
            squaresLeft += weight * (2 * left[c] + weight);
            squaresRight -= weight * (2 * right[c] - weight);
            left[c] += weight;
            right[c] -= weight;
            sumLeft += weight;
            sumRight -= weight;
            boolean end = i + 1 == known;
            if (end && (known == to || missingLeft)) break;
            if (!end && packed[i + 1] >>> 32 == here >>> 32) continue;
            int taken = i + 1 - from + extra;
            if (taken < leafRows || to - from - taken < leafRows) continue;
            double score = squaresLeft / sumLeft + squaresRight / sumRight;
            if (score > best) {
                best = score;
                at = i;
            }
        }
        return split(feature, packed, at, best - start, from, known, to, missingLeft);
    }

    private @Nullable Split numberScan(int feature, long[] packed, int from, int known, int to, boolean missingLeft) {
        double[] y = outcome.targets();
        // about the node's mean, or squares of large sums would drown the differences
        double mean = 0;
        for (int i = from; i < to; i++) mean += y[(int) packed[i]] / (to - from);
        double squares = 0;
        double sumLeft = 0;
        double sumRight = 0;
        for (int i = from; i < to; i++) {
            double apart = y[(int) packed[i]] - mean;
            squares += apart * apart;
            if (i >= known && missingLeft) sumLeft += apart;
            else sumRight += apart;
        }
        double start = LEAST_GAIN * squares;
        double best = start;
        int at = -1;
        int extra = missingLeft ? to - known : 0;
        for (int i = from; i < known; i++) {
            long here = packed[i];
            double apart = y[(int) here] - mean;
            sumLeft += apart;
            sumRight -= apart;
            boolean end = i + 1 == known;
            if (end && (known == to || missingLeft)) break;
            if (!end && packed[i + 1] >>> 32 == here >>> 32) continue;
            int taken = i + 1 - from + extra;
            int rest = to - from - taken;
            if (taken < leafRows || rest < leafRows) continue;
            double score = sumLeft * sumLeft / taken + sumRight * sumRight / rest;
            if (score > best) {
                best = score;
                at = i;
            }
        }
        return split(feature, packed, at, best - start, from, known, to, missingLeft);
    }

    private @Nullable Split split(
            int feature, long[] packed, int at, double gain, int from, int known, int to, boolean missingLeft) {
        if (at < 0) return null;
        boolean left = missingLeft || goesLarger(at, from, to, known);
        return new Split(gain, feature, threshold(feature, packed, at, known), left, new int[0]);
    }

    // where training knew no missing values, a row without one goes with the larger part
    private static boolean goesLarger(int at, int from, int to, int known) {
        return known == to && 2 * (at + 1 - from) >= to - from;
    }

    private double threshold(int feature, long[] packed, int at, int known) {
        double low = columns[feature][(int) packed[at]];
        if (at + 1 == known) return low;
        double high = columns[feature][(int) packed[at + 1]];
        double middle = low / 2 + high / 2;
        return middle >= high || middle < low ? low : middle;
    }

    private @Nullable Split bestLevels(int feature, int from, int to) {
        int levels = inputs.features().get(feature).levels().size();
        int k = Math.max(1, outcome.classWeights().length);
        // the last level stands for missing values and may go either way
        double[][] sums = new double[levels + 1][k];
        double[] counts = new double[levels + 1];
        for (int i = from; i < to; i++) {
            double value = columns[feature][rows[i]];
            int level = Double.isNaN(value) ? levels : (int) value;
            counts[level]++;
            if (outcome.isNumber()) sums[level][0] += outcome.targets()[rows[i]];
            else {
                int c = classOf[rows[i]];
                sums[level][c] += outcome.classWeights()[c];
            }
        }
        double[] total = new double[k];
        for (double[] sum : sums) for (int c = 0; c < k; c++) total[c] += sum[c];
        int lead = Cart.largest(total);
        int[] present = IntStream.rangeClosed(0, levels)
                .filter(level -> counts[level] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(
                                (Integer level) -> sums[level][lead] / weight(sums[level], counts[level]))
                        .thenComparing(level -> level))
                .mapToInt(Integer::intValue)
                .toArray();
        double before = score(total, to - from);
        double best = before + LEAST_GAIN * Math.abs(before);
        double start = best;
        int at = -1;
        double[] left = new double[k];
        double[] right = total.clone();
        double taken = 0;
        for (int i = 0; i + 1 < present.length; i++) {
            for (int c = 0; c < k; c++) {
                left[c] += sums[present[i]][c];
                right[c] -= sums[present[i]][c];
            }
            taken += counts[present[i]];
            if (taken < leafRows || to - from - taken < leafRows) continue;
            double score = score(left, taken) + score(right, to - from - taken);
            if (score > best) {
                best = score;
                at = i;
            }
        }
        if (at < 0) return null;
        int[] chosen = Arrays.stream(present, 0, at + 1)
                .filter(level -> level < levels)
                .sorted()
                .toArray();
        boolean missingLeft = counts[levels] > 0
                ? Arrays.stream(present, 0, at + 1).anyMatch(level -> level == levels)
                : Arrays.stream(present, 0, at + 1)
                                        .mapToDouble(level -> counts[level])
                                        .sum()
                                * 2
                        >= to - from;
        // a question about missing values alone has no levels to name; ask for all the others instead
        if (chosen.length == 0) return null;
        return new Split(best - start, feature, 0, missingLeft, chosen);
    }

    private double weight(double[] sums, double count) {
        return outcome.isNumber() ? count : Arrays.stream(sums).sum();
    }

    private double score(double[] sums, double count) {
        if (outcome.isNumber()) return sums[0] * sums[0] / count;
        double squares = 0;
        double weight = 0;
        for (double sum : sums) {
            squares += sum * sum;
            weight += sum;
        }
        return weight == 0 ? 0 : squares / weight;
    }

    private int partition(Split split, int from, int to, int threads, boolean keepsOrder) {
        var question = new BinaryTree(
                new int[] {split.feature, -1, -1},
                new double[] {split.threshold, 0, 0},
                new boolean[] {split.missingLeft, false, false},
                new int[][] {split.levels, {}, {}},
                new int[] {1, -1, -1},
                new int[] {2, -1, -1},
                new double[0][],
                new double[0]);
        int count = 0;
        int other = 0;
        for (int i = from; i < to; i++) {
            int row = rows[i];
            boolean left = question.next(0, columns[split.feature][row]) == 1;
            goesLeft[row] = left;
            if (left) rows[from + count++] = row;
            else spareRows[other++] = row;
        }
        System.arraycopy(spareRows, 0, rows, from + count, other);
        if (keepsOrder) {
            Parallel.run(columns.length, threads, f -> {
                if (order[f] != null) stable(order[f], from, to);
            });
        }
        return from + count;
    }

    private void stable(long[] packed, int from, int to) {
        long[] kept = spares.poll();
        long[] rest = kept == null ? new long[rows.length] : kept;
        int left = from;
        int right = 0;
        for (int i = from; i < to; i++) {
            long here = packed[i];
            // both are written and one is kept: no branch to mispredict
            packed[left] = here;
            rest[right] = here;
            boolean goes = goesLeft[(int) here];
            left += goes ? 1 : 0;
            right += goes ? 0 : 1;
        }
        System.arraycopy(rest, 0, packed, left, right);
        spares.add(rest);
    }
}
