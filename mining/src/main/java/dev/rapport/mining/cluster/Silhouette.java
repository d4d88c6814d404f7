package dev.rapport.mining.cluster;

import dev.rapport.mining.Run;
import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.math.Statistics;
import java.util.Arrays;

/**
 * How much nearer rows are to their own group than to the next one (P. Rousseeuw 1987): 1 at best, 0 on the border, below
 * 0 in the wrong group. O(rows²); above {@value #SAMPLE} rows a sample drawn with the run's seed stands for all.
 *
 * {@snippet :
 * double[][] columns = {{0, 1, 10, 11}};
 * check(Silhouette.mean(columns, new int[] {0, 0, 1, 1}, 2, Run.of(1)) > 0.8);
 * }
 */
public final class Silhouette {
    /** Rows looked at, at most. */
    public static final int SAMPLE = 20_000;

    private Silhouette() {}

    /** The mean over all rows with a group; rows labelled -1 are left out. NaN with fewer than two groups. */
    public static double mean(double[][] columns, int[] labels, int groups, Run run) {
        int[] chosen = Statistics.shuffled(labels.length, run.random(0x511));
        chosen = Arrays.stream(chosen)
                .filter(row -> labels[row] >= 0)
                .limit(SAMPLE)
                .toArray();
        // rows of a group side by side, so that distances are summed group by group
        int[] order = Arrays.stream(chosen)
                .boxed()
                .sorted((a, b) -> labels[a] != labels[b] ? labels[a] - labels[b] : a - b)
                .mapToInt(Integer::intValue)
                .toArray();
        int[] starts = new int[groups + 1];
        for (int row : order) starts[labels[row] + 1]++;
        for (int g = 0; g < groups; g++) starts[g + 1] += starts[g];
        double[][] sorted = new double[columns.length][order.length];
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < order.length; i++) sorted[j][i] = columns[j][order[i]];
        }
        int n = order.length;
        int piece = 512;
        var parts = Parallel.map((n + piece - 1) / piece, run.threads(), p -> {
            double sum = 0;
            double[] distances = new double[n];
            for (int i = p * piece; i < Math.min(n, (p + 1) * piece); i++) {
                sum += one(sorted, labels[order[i]], i, starts, distances);
            }
            return sum;
        });
        double sum = 0;
        for (double part : parts) sum += part;
        long filled = 0;
        for (int g = 0; g < groups; g++) if (starts[g + 1] > starts[g]) filled++;
        return filled < 2 ? Double.NaN : sum / n;
    }

    private static double one(double[][] columns, int own, int row, int[] starts, double[] distances) {
        Arrays.fill(distances, 0);
        for (double[] column : columns) squares(column, column[row], distances);
        roots(distances);
        double inside = 0;
        double next = Double.POSITIVE_INFINITY;
        for (int g = 0; g + 1 < starts.length; g++) {
            int count = starts[g + 1] - starts[g];
            if (count == 0) continue;
            double sum = sum(distances, starts[g], starts[g + 1]);
            if (g == own) inside = count == 1 ? Double.NaN : sum / (count - 1);
            else next = Math.min(next, sum / count);
        }
        if (Double.isNaN(inside)) return 0;
        double larger = Math.max(inside, next);
        return larger == 0 ? 0 : (next - inside) / larger;
    }

    private static void squares(double[] column, double at, double[] into) {
        for (int i = 0; i < into.length; i++) {
            double apart = column[i] - at;
            into[i] += apart * apart;
        }
    }

    private static void roots(double[] values) {
        for (int i = 0; i < values.length; i++) values[i] = Math.sqrt(values[i]);
    }

    private static double sum(double[] values, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += values[i];
            s1 += values[i + 1];
            s2 += values[i + 2];
            s3 += values[i + 3];
        }
        for (; i < to; i++) s0 += values[i];
        return s0 + s1 + s2 + s3;
    }
}
