package dev.rapport.mining.value;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.math.Special;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many customers are still there after a time, counting those rightly whose end is not known yet (E. Kaplan, P. Meier
 * 1958), with 95 % limits on the log-log scale (D. Collett 2003).
 *
 * {@snippet :
 * var curve = KaplanMeier.of(new double[] {1, 2, 3, 4}, new boolean[] {true, false, true, true});
 * check(curve.survival(1) == 0.75 && curve.survival(3.5) == 0.375);
 * }
 *
 * @param points where the curve falls
 */
public record KaplanMeier(List<Point> points) {

    /** After this time: customers who were there until it, how many left at it, the share left, its 95 % limits. */
    public record Point(double time, int atRisk, int events, double survival, double low, double high) {}

    /**
     * The curve.
     *
     * @param times how long each customer was seen
     * @param ended whether she left then; false when she was still there
     */
    public static KaplanMeier of(double[] times, boolean[] ended) {
        if (times.length == 0) throw Refusal.because("too-few-rows", 0, 1);
        Integer[] order = new Integer[times.length];
        for (int i = 0; i < order.length; i++) order[i] = i;
        Arrays.sort(order, (a, b) -> Double.compare(times[a], times[b]));
        var points = new ArrayList<Point>();
        double survival = 1;
        double greenwood = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            int events = 0;
            while (to < order.length && times[order[to]] == times[order[from]]) if (ended[order[to++]]) events++;
            int atRisk = order.length - from;
            if (events > 0) {
                survival *= 1 - events / (double) atRisk;
                greenwood += events / ((double) atRisk * (atRisk - events));
                points.add(point(times[order[from]], atRisk, events, survival, greenwood));
            }
            from = to;
        }
        return new KaplanMeier(points);
    }

    private static Point point(double time, int atRisk, int events, double survival, double greenwood) {
        if (survival <= 0) return new Point(time, atRisk, events, 0, 0, 0);
        double reach = 1.959963984540054 * Math.sqrt(greenwood) / Math.abs(Math.log(survival));
        return new Point(
                time,
                atRisk,
                events,
                survival,
                Math.pow(survival, Math.exp(reach)),
                Math.pow(survival, Math.exp(-reach)));
    }

    /** The share still there after a time. */
    public double survival(double time) {
        double share = 1;
        for (Point point : points) {
            if (point.time > time) break;
            share = point.survival;
        }
        return share;
    }

    /** The time after which half have left; infinite when fewer did. */
    public double median() {
        return points.stream()
                .filter(point -> point.survival <= 0.5)
                .mapToDouble(Point::time)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * Whether two groups leave alike: the log-rank test's p-value (N. Mantel 1966).
     *
     * @param second whether a customer belongs to the second group
     */
    public static double logRank(double[] times, boolean[] ended, boolean[] second) {
        double[] moments = java.util.stream.IntStream.range(0, times.length)
                .filter(i -> ended[i])
                .mapToDouble(i -> times[i])
                .distinct()
                .sorted()
                .toArray();
        double observed = 0;
        double expected = 0;
        double variance = 0;
        for (double moment : moments) {
            double n = 0;
            double n2 = 0;
            double d = 0;
            for (int i = 0; i < times.length; i++) {
                if (times[i] < moment) continue;
                n++;
                if (second[i]) n2++;
                if (times[i] != moment || !ended[i]) continue;
                d++;
                if (second[i]) observed++;
            }
            expected += d * n2 / n;
            if (n > 1) variance += d * (n2 / n) * (1 - n2 / n) * (n - d) / (n - 1);
        }
        if (variance == 0) return 1;
        return Special.chiSquaredTail((observed - expected) * (observed - expected) / variance, 1);
    }
}
