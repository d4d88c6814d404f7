package dev.rapport.mining.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * How well scores put the positives first: ROC, precision and recall, lift. Equal scores count half for and half against.
 *
 * {@snippet :
 * double[] scores = {0.1, 0.4, 0.35, 0.8};
 * double[] truth = {0, 0, 1, 1};
 * check(Ranking.auc(scores, truth) == 0.75);
 * }
 */
public final class Ranking {
    private Ranking() {}

    /** A point of a curve. */
    public record Point(double x, double y) {}

    /**
     * The area under the ROC curve: the chance that a positive scores above a negative (Mann, Whitney 1947).
     *
     * @param truth 1 for positives, 0 for negatives
     * @return NaN when one of both is absent
     */
    public static double auc(double[] scores, double[] truth) {
        var steps = steps(scores, truth);
        double area = 0;
        double negatives = 0;
        double positives = 0;
        for (long[] step : steps) {
            area += step[1] * (positives + step[0] / 2.0);
            positives += step[0];
            negatives += step[1];
        }
        return area / (positives * negatives);
    }

    /** The ROC curve: share of negatives wrongly taken against share of positives found. */
    public static List<Point> roc(double[] scores, double[] truth) {
        var steps = steps(scores, truth);
        double positives = steps.stream().mapToLong(step -> step[0]).sum();
        double negatives = steps.stream().mapToLong(step -> step[1]).sum();
        var points = new ArrayList<Point>();
        points.add(new Point(0, 0));
        double found = 0;
        double wrong = 0;
        for (long[] step : steps) {
            found += step[0];
            wrong += step[1];
            points.add(new Point(wrong / negatives, found / positives));
        }
        return points;
    }

    /** Recall against precision, from the strictest threshold on. */
    public static List<Point> precisionRecall(double[] scores, double[] truth) {
        var steps = steps(scores, truth);
        double positives = steps.stream().mapToLong(step -> step[0]).sum();
        var points = new ArrayList<Point>();
        double found = 0;
        double taken = 0;
        for (long[] step : steps) {
            found += step[0];
            taken += step[0] + step[1];
            points.add(new Point(found / positives, found / taken));
        }
        return points;
    }

    /** Average precision: the sum of precisions weighted by the gain in recall. */
    public static double averagePrecision(double[] scores, double[] truth) {
        double area = 0;
        double before = 0;
        for (Point point : precisionRecall(scores, truth)) {
            area += (point.x - before) * point.y;
            before = point.x;
        }
        return area;
    }

    /**
     * How many times more positives are among the best-scored share of rows than among all. Rows whose score equals the
     * last one's are taken in proportion.
     *
     * @param share of the rows, in (0, 1]
     */
    public static double lift(double[] scores, double[] truth, double share) {
        var steps = steps(scores, truth);
        double positives = steps.stream().mapToLong(step -> step[0]).sum();
        double room = share * scores.length;
        double wanted = room;
        double found = 0;
        for (long[] step : steps) {
            double all = step[0] + step[1];
            double taken = Math.min(1, room / all);
            found += taken * step[0];
            room -= taken * all;
            if (room <= 0) break;
        }
        return found / wanted / (positives / scores.length);
    }

    // {positives, negatives} at each different score, the highest first
    private static List<long[]> steps(double[] scores, double[] truth) {
        if (scores.length != truth.length)
            throw new IllegalArgumentException(scores.length + " scores, " + truth.length + " truths");
        double[] positives = new double[scores.length];
        double[] negatives = new double[scores.length];
        int p = 0;
        int n = 0;
        for (int i = 0; i < scores.length; i++) {
            // 0.0 - x turns the order and makes -0.0 and 0.0 one score
            if (truth[i] > 0.5) positives[p++] = 0.0 - scores[i];
            else negatives[n++] = 0.0 - scores[i];
        }
        java.util.Arrays.sort(positives, 0, p);
        java.util.Arrays.sort(negatives, 0, n);
        var steps = new ArrayList<long[]>();
        int i = 0;
        int j = 0;
        while (i < p || j < n) {
            double at = i == p ? negatives[j] : j == n ? positives[i] : Math.min(positives[i], negatives[j]);
            long[] step = new long[2];
            while (i < p && positives[i] <= at) {
                step[0]++;
                i++;
            }
            while (j < n && negatives[j] <= at) {
                step[1]++;
                j++;
            }
            if (step[0] + step[1] == 0) throw new IllegalArgumentException("a score is NaN");
            steps.add(step);
        }
        return steps;
    }
}
