package dev.rapport.mining.prepare;

import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.math.Statistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Explanations of models that cannot explain themselves, by asking them about mixed rows: Shapley values by permutations
 * (E. Štrumbelj, I. Kononenko 2014) and permutation importance (L. Breiman 2001).
 *
 * {@snippet :
 * double[][] spread = Sampling.spread(new double[][] {{1}, {2}, {3}, {4}}, 2);
 * check(spread.length == 2 && spread[1][0] == 3);
 * }
 */
public final class Sampling {
    /** Training rows kept to stand for the average. */
    public static final int BACKGROUND = 100;

    private static final int ROUNDS = 2;

    private Sampling() {}

    /** Rows at equal distances. */
    public static double[][] spread(double[][] rows, int most) {
        int count = Math.min(most, rows.length);
        return IntStream.range(0, count)
                .mapToObj(i -> rows[(int) ((long) i * rows.length / count)].clone())
                .toArray(double[][]::new);
    }

    /** Every so many rows' values of each column, from the first row on. */
    public static double[][] thinned(double[][] columns, int step, int threads) {
        double[][] thinned = new double[columns.length][];
        Parallel.run(columns.length, threads, j -> thinned[j] = thinned(columns[j], step));
        return thinned;
    }

    /** Every so many of these values, from the first on. */
    public static double[] thinned(double[] values, int step) {
        double[] thinned = new double[(values.length + step - 1) / step];
        for (int i = 0; i < thinned.length; i++) thinned[i] = values[i * step];
        return thinned;
    }

    /** These rows. */
    public static double[][] chosen(double[][] rows, int[] which) {
        return IntStream.of(which).mapToObj(row -> rows[row]).toArray(double[][]::new);
    }

    /** These values. */
    public static double[] chosen(double[] values, int[] which) {
        return IntStream.of(which).mapToDouble(row -> values[row]).toArray();
    }

    /**
     * What each feature adds to one row's score, on average over the orders in which features become known. The parts sum to
     * the score exactly; each carries a sampling error.
     */
    public static Contributions shapley(
            String scale,
            Encoder encoder,
            double[][] background,
            ToDoubleFunction<double[]> score,
            Frame data,
            int row,
            long seed) {
        Frame one = data.rows(row);
        double[][] columns = encoder.encode(one, 1);
        int[] origins = encoder.origins();
        int features = encoder.inputs().size();
        double[] amounts = new double[features];
        double base = 0;
        var random = new SplittableRandom(seed ^ 0x5A9);
        int samples = ROUNDS * background.length;
        for (int i = 0; i < samples; i++) {
            double[] mixed = background[i % background.length].clone();
            double before = score.applyAsDouble(mixed);
            base += before / samples;
            for (int feature : Statistics.shuffled(features, random)) {
                for (int j = 0; j < origins.length; j++) if (origins[j] == feature) mixed[j] = columns[j][0];
                double after = score.applyAsDouble(mixed);
                amounts[feature] += (after - before) / samples;
                before = after;
            }
        }
        var parts = new ArrayList<Contributions.Part>();
        for (int i = 0; i < features; i++) {
            String name = encoder.inputs().get(i).feature();
            parts.add(new Contributions.Part(name, one.column(name).written(0), amounts[i]));
        }
        return Contributions.of(scale, base, parts);
    }

    /** How much scores change when a feature is shuffled among rows, as shares. */
    public static Explanation.Importances importances(
            Encoder encoder, double[][] rows, ToDoubleFunction<double[]> score, long seed) {
        int[] origins = encoder.origins();
        double[] change = new double[encoder.inputs().size()];
        double[] plain = IntStream.range(0, rows.length)
                .mapToDouble(i -> score.applyAsDouble(rows[i]))
                .toArray();
        var random = new SplittableRandom(seed ^ 0x1397);
        for (int feature = 0; feature < change.length; feature++) {
            int[] order = Statistics.shuffled(rows.length, random);
            for (int i = 0; i < rows.length; i++) {
                double[] mixed = rows[i].clone();
                for (int j = 0; j < origins.length; j++) if (origins[j] == feature) mixed[j] = rows[order[i]][j];
                change[feature] += Math.abs(score.applyAsDouble(mixed) - plain[i]);
            }
        }
        double sum = 0;
        for (double each : change) sum += each;
        double total = sum;
        List<Explanation.Importance> shares = IntStream.range(0, change.length)
                .mapToObj(i -> new Explanation.Importance(
                        encoder.inputs().get(i).feature(), total == 0 ? 0 : change[i] / total))
                .sorted(Comparator.comparingDouble(each -> -each.share()))
                .toList();
        return new Explanation.Importances(shares);
    }
}
