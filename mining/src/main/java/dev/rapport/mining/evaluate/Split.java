package dev.rapport.mining.evaluate;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows to learn from and rows to judge by.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("x", 1, 2, 3, 4, 5, 6, 7, 8), Column.categorical("c", "a", "b", "a", "b", "a", "b", "a", "b"));
 * Split split = Split.holdOut(frame, "c", 0.25, Run.of(1));
 * check(split.training().length == 6 && split.judging().length == 2);
 * }
 */
public record Split(int[] training, int[] judging) {

    /** Keeps back a share of the rows, drawn at random, of every class alike. */
    public static Split holdOut(Frame data, String target, double share, Run run) {
        if (!(share > 0 && share < 1)) throw new IllegalArgumentException("share must be in (0, 1), not " + share);
        int[] group = groups(data.column(target));
        var judging = new ArrayList<Integer>();
        var training = new ArrayList<Integer>();
        int groups = IntStream.of(group).max().orElse(0) + 1;
        double[] owed = new double[groups];
        for (int row : Statistics.shuffled(data.rows(), run.random(0x5EED))) {
            owed[group[row]] += share;
            boolean back = owed[group[row]] >= 1 - 1e-9;
            if (back) owed[group[row]] -= 1;
            (back ? judging : training).add(row);
        }
        return new Split(sorted(training), sorted(judging));
    }

    /** Keeps back the latest share of the rows by a time column: what a forecast will meet. */
    public static Split byTime(Frame data, String time, double share) {
        if (!(share > 0 && share < 1)) throw new IllegalArgumentException("share must be in (0, 1), not " + share);
        var column = data.time(time);
        int[] order = IntStream.range(0, data.rows())
                .filter(row -> !column.isMissing(row))
                .boxed()
                .sorted(java.util.Comparator.comparingLong(row -> column.values()[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        int border = (int) Math.round(order.length * (1 - share));
        // rows of the same moment stay together, or the future would leak into training
        while (border > 0
                && border < order.length
                && column.values()[order[border]] == column.values()[order[border - 1]]) border--;
        return new Split(
                IntStream.of(order).limit(border).toArray(),
                IntStream.of(order).skip(border).toArray());
    }

    /** Splits into {@code k} parts of equal size and equal mix of classes, each judged once. */
    public static List<Split> folds(Frame data, String target, int k, Run run) {
        if (k < 2) throw new IllegalArgumentException("folds must be at least 2, not " + k);
        if (data.rows() < k) throw Refusal.because("too-few-rows", data.rows(), k);
        int[] group = groups(data.column(target));
        int[] fold = new int[data.rows()];
        int groups = IntStream.of(group).max().orElse(0) + 1;
        int[] next = new int[groups];
        int start = 0;
        int[] sizes = new int[groups];
        for (int each : group) sizes[each]++;
        for (int g = 0; g < groups; g++) {
            next[g] = start;
            start += sizes[g];
        }
        for (int row : Statistics.shuffled(data.rows(), run.random(0xF01D))) fold[row] = next[group[row]]++ % k;
        return IntStream.range(0, k)
                .mapToObj(each -> new Split(
                        IntStream.range(0, fold.length)
                                .filter(row -> fold[row] != each)
                                .toArray(),
                        IntStream.range(0, fold.length)
                                .filter(row -> fold[row] == each)
                                .toArray()))
                .toList();
    }

    private static int[] groups(Column column) {
        if (column instanceof Column.Categorical categorical) {
            return IntStream.of(categorical.codes()).map(code -> code + 1).toArray();
        }
        return new int[column.size()];
    }

    private static int[] sorted(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).sorted().toArray();
    }
}
