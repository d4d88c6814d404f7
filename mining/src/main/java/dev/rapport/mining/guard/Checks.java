package dev.rapport.mining.guard;

import dev.rapport.mining.Finding;
import dev.rapport.mining.Task;
import dev.rapport.mining.evaluate.Ranking;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a careful analyst looks for before training: leakage, imbalance, too few rows, constant and near-unique columns.
 * Every trainer runs these and keeps the findings on its model's card. Looks at {@value #SAMPLE} rows spread over the data.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("x", 1, 2, 3, 4), Column.categorical("same", "a", "a", "a", "a"));
 * var findings = Checks.columns(frame, List.of("x", "same"));
 * check(findings.stream().anyMatch(finding -> finding.code().equals("constant-column")));
 * }
 */
public final class Checks {
    /** Rows looked at. */
    public static final int SAMPLE = 2000;

    /** A feature that alone ranks the outcome better than this is suspected of knowing it. */
    public static final double LEAK_AUC = 0.95;

    private static final int FEW_ROWS = 200;
    private static final double RARE = 0.05;

    private Checks() {}

    /** Findings for a target of classes. */
    public static List<Finding> classification(Frame data, Task task, double[] targets, List<String> classes) {
        var findings = new ArrayList<Finding>();
        int[] counts = new int[classes.size()];
        for (double target : targets) counts[(int) target]++;
        int rarest = IntStream.range(0, counts.length)
                .reduce((a, b) -> counts[b] < counts[a] ? b : a)
                .orElse(0);
        if (targets.length < FEW_ROWS) findings.add(Finding.warning("few-rows", targets.length, FEW_ROWS));
        double share = counts[rarest] / (double) targets.length;
        if (share < RARE) findings.add(Finding.warning("imbalance", classes.get(rarest), 100 * share));
        if (counts[rarest] < 10 * task.features().size()) {
            findings.add(Finding.warning(
                    "few-events",
                    counts[rarest],
                    classes.get(rarest),
                    task.features().size()));
        }
        findings.addAll(columns(data, task.features()));
        if (classes.size() == 2) findings.addAll(leaks(data, task, targets));
        findings.addAll(lateFeatures(data, task));
        return findings;
    }

    /** Findings for a target of numbers. */
    public static List<Finding> regression(Frame data, Task task, double[] targets) {
        var findings = new ArrayList<Finding>();
        if (targets.length < 10L * task.features().size()) {
            findings.add(Finding.warning(
                    "few-rows", targets.length, 10 * task.features().size()));
        }
        findings.addAll(columns(data, task.features()));
        findings.addAll(lateFeatures(data, task));
        return findings;
    }

    /** Constant, nearly unique and mostly missing columns. */
    public static List<Finding> columns(Frame data, List<String> features) {
        var findings = new ArrayList<Finding>();
        int[] sample = sample(data.rows());
        if (sample.length < 2) return findings;
        for (String feature : features) {
            Column column = data.column(feature);
            int missing = 0;
            var different = new HashSet<Object>();
            for (int row : sample) {
                if (column.isMissing(row)) missing++;
                else different.add(value(column, row));
            }
            int known = sample.length - missing;
            if (different.size() <= 1 && isConstant(column)) findings.add(Finding.warning("constant-column", feature));
            if (missing > sample.length / 2)
                findings.add(Finding.warning("mostly-missing", feature, 100.0 * missing / sample.length));
            if (known > 20 && looksLikeKey(column, different.size(), known)) {
                findings.add(Finding.warning("near-unique-column", feature));
            }
        }
        return findings;
    }

    /** Features that alone tell the outcome, of a target of two classes. */
    public static List<Finding> leaks(Frame data, Task task, double[] targets) {
        var findings = new ArrayList<Finding>();
        int[] sample = sample(data.rows());
        double[] truth = IntStream.of(sample).mapToDouble(row -> targets[row]).toArray();
        for (String feature : task.features()) {
            double auc = Ranking.auc(scores(data.column(feature), sample, truth), truth);
            double either = Math.max(auc, 1 - auc);
            if (either > LEAK_AUC && sample.length >= 30) findings.add(Finding.warning("leak", feature, either));
        }
        return findings;
    }

    /** Features that in some rows became known only after the moment of observation. */
    public static List<Finding> lateFeatures(Frame data, Task task) {
        var findings = new ArrayList<Finding>();
        if (task.observedAt().isEmpty()) return findings;
        var observed = data.time(task.observedAt().get());
        task.knownAt().forEach((feature, column) -> {
            var known = data.time(column);
            long late = IntStream.range(0, data.rows())
                    .filter(row -> !known.isMissing(row) && !observed.isMissing(row))
                    .filter(row -> known.values()[row] > observed.values()[row])
                    .count();
            if (late > 0) findings.add(Finding.warning("late-feature", feature, late));
        });
        return findings;
    }

    // a category's score is the share of positives among its other rows, or a key with one row each would rank
    // perfectly
    private static double[] scores(Column column, int[] sample, double[] truth) {
        double[] scores = new double[sample.length];
        if (column instanceof Column.Numeric || column instanceof Column.Time) {
            for (int i = 0; i < scores.length; i++) {
                boolean missing = column.isMissing(sample[i]);
                double value = column instanceof Column.Time time
                        ? time.values()[sample[i]]
                        : ((Column.Numeric) column).values()[sample[i]];
                scores[i] = missing ? Double.NEGATIVE_INFINITY : value;
            }
            return scores;
        }
        var sums = new HashMap<String, double[]>();
        double overall = 0;
        for (int i = 0; i < scores.length; i++) {
            double[] sum = sums.computeIfAbsent(column.written(sample[i]), level -> new double[2]);
            sum[0] += truth[i];
            sum[1]++;
            overall += truth[i] / scores.length;
        }
        for (int i = 0; i < scores.length; i++) {
            double[] sum = sums.getOrDefault(column.written(sample[i]), new double[2]);
            scores[i] = (sum[0] - truth[i] + overall) / sum[1];
        }
        return scores;
    }

    private static Object value(Column column, int row) {
        return switch (column) {
            case Column.Numeric numeric -> numeric.values()[row];
            case Column.Categorical categorical -> categorical.codes()[row];
            case Column.Time time -> time.values()[row];
            case Column.Text text -> text.written(row);
        };
    }

    private static boolean isConstant(Column column) {
        if (column instanceof Column.Numeric numeric) {
            double first = Double.NaN;
            for (double value : numeric.values()) {
                if (Double.isNaN(value)) continue;
                if (Double.isNaN(first)) first = value;
                else if (value != first) return false;
            }
            return true;
        }
        String first = null;
        for (int row = 0; row < column.size(); row++) {
            if (column.isMissing(row)) continue;
            if (first == null) first = column.written(row);
            else if (!first.equals(column.written(row))) return false;
        }
        return true;
    }

    // a measured number may well be different everywhere; a whole number or a word that never repeats is a name
    private static boolean looksLikeKey(Column column, int different, int known) {
        if (different < 0.95 * known) return false;
        return switch (column) {
            case Column.Categorical c -> true;
            case Column.Text t -> true;
            case Column.Time t -> false;
            case Column.Numeric numeric -> isAscending(numeric.values());
        };
    }

    private static boolean isAscending(double[] values) {
        for (int i = 1; i < values.length; i++) {
            if (!(values[i] > values[i - 1]) || values[i] != Math.rint(values[i])) return false;
        }
        return true;
    }

    private static int[] sample(int rows) {
        if (rows <= SAMPLE) return IntStream.range(0, rows).toArray();
        return IntStream.range(0, SAMPLE)
                .map(i -> (int) ((long) i * rows / SAMPLE))
                .toArray();
    }
}
