package dev.rapport.mining.cluster;

import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.prepare.Encoder;
import dev.rapport.mining.prepare.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How many groups there are: silhouette, the gap statistic (R. Tibshirani, G. Walther, T. Hastie 2001) and how much two
 * runs agree (adjusted Rand index), for each number tried.
 *
 * {@snippet :
 * double[] x = new double[60];
 * for (int i = 0; i < 60; i++) x[i] = i % 3 * 100 + i;
 * var choice = GroupCount.tried(KMeans.of(2), Frame.of(Column.numeric("x", x)), Task.describe("x"), 2, 5, Run.of(1));
 * check(choice.bySilhouette() == 3);
 * }
 *
 * @param tried each number of groups with its measures
 */
public record GroupCount(List<Tried> tried) {
    private static final int REFERENCES = 10;

    /**
     * One number of groups.
     *
     * @param inertia sum of squared distances to the centres
     * @param gap how far the logarithm of the inertia lies below that of structureless data
     * @param gapError its simulation error
     * @param stability adjusted Rand index of two runs with different seeds
     */
    public record Tried(int k, double inertia, double silhouette, double gap, double gapError, double stability) {}

    /** Tries every number of groups from {@code fewest} to {@code most}. */
    public static GroupCount tried(KMeans trainer, Frame data, Task task, int fewest, int most, Run run) {
        var encoding = new Encoding(trainer.scaling(), Encoding.Reference.NONE);
        var encoder = Encoder.learn(data, task.features(), encoding, run.threads());
        double[][] columns = encoder.encode(data, run.threads());
        int rows = data.rows();
        var tried = new ArrayList<Tried>();
        for (int k = fewest; k <= Math.min(most, rows - 1); k++) {
            run.at((k - fewest) / (double) (most - fewest + 1), k + " groups");
            var kMeans = KMeans.of(k).startingTimes(trainer.starts()).by(trainer.method());
            var best = kMeans.best(columns, rows, run.quietly());
            var other = kMeans.best(columns, rows, run.quietly().reseeded(1));
            double[] logs = new double[REFERENCES];
            for (int b = 0; b < REFERENCES; b++) {
                double[][] flat = flat(columns, rows, run, b);
                logs[b] = Math.log(KMeans.of(k)
                        .startingTimes(1)
                        .best(flat, rows, run.quietly().reseeded(b))
                        .inertia());
            }
            double mean = Arrays.stream(logs).average().orElse(0);
            double deviation = Math.sqrt(Arrays.stream(logs)
                    .map(log -> (log - mean) * (log - mean))
                    .average()
                    .orElse(0));
            tried.add(new Tried(
                    k,
                    best.inertia(),
                    Silhouette.mean(columns, best.labels(), k, run),
                    mean - Math.log(best.inertia()),
                    deviation * Math.sqrt(1 + 1.0 / REFERENCES),
                    agreement(best.labels(), other.labels())));
        }
        return new GroupCount(List.copyOf(tried));
    }

    /** The number with the highest silhouette. */
    public int bySilhouette() {
        return tried.stream().max(Comparator.comparingDouble(Tried::silhouette)).orElseThrow().k;
    }

    /** The smallest number whose gap is not clearly below the next one's. */
    public int byGap() {
        for (int i = 0; i + 1 < tried.size(); i++) {
            if (tried.get(i).gap >= tried.get(i + 1).gap - tried.get(i + 1).gapError) return tried.get(i).k;
        }
        return tried.get(tried.size() - 1).k;
    }

    /** How much two groupings agree beyond chance (L. Hubert, P. Arabie 1985): 1 when they are the same. */
    public static double agreement(int[] a, int[] b) {
        int ka = Arrays.stream(a).max().orElse(0) + 2;
        int kb = Arrays.stream(b).max().orElse(0) + 2;
        long[][] table = new long[ka][kb];
        long[] rowSums = new long[ka];
        long[] columnSums = new long[kb];
        for (int i = 0; i < a.length; i++) {
            table[a[i] + 1][b[i] + 1]++;
            rowSums[a[i] + 1]++;
            columnSums[b[i] + 1]++;
        }
        double together = 0;
        for (long[] row : table) for (long count : row) together += pairs(count);
        double inA = Arrays.stream(rowSums).mapToDouble(GroupCount::pairs).sum();
        double inB = Arrays.stream(columnSums).mapToDouble(GroupCount::pairs).sum();
        double expected = inA * inB / pairs(a.length);
        double most = (inA + inB) / 2;
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    private static double pairs(long count) {
        return count * (count - 1) / 2.0;
    }

    private static double[][] flat(double[][] columns, int rows, Run run, int number) {
        double[][] flat = new double[columns.length][rows];
        for (int j = 0; j < columns.length; j++) {
            var random = run.random(1000L * (number + 1) + j);
            double low = Arrays.stream(columns[j]).min().orElse(0);
            double high = Arrays.stream(columns[j]).max().orElse(0);
            for (int i = 0; i < rows; i++) flat[j][i] = low + random.nextDouble() * (high - low);
        }
        return flat;
    }
}
