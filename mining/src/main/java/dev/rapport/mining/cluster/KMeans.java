package dev.rapport.mining.cluster;

import dev.rapport.mining.Card;
import dev.rapport.mining.Finding;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.guard.Checks;
import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.prepare.Encoder;
import dev.rapport.mining.prepare.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Groups rows around {@code k} centres so that squared distances to them are small (S. Lloyd 1957/1982), from starts drawn
 * by k-means++ (D. Arthur, S. Vassilvitskii 2007). Elkan's (2003) and Hamerly's (2010) bounds give the same groups with
 * fewer distances, which pays with many columns or groups. O(rows · columns · k) per iteration.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("income", 15, 16, 17, 80, 82, 85), Column.numeric("score", 80, 79, 81, 10, 12, 11));
 * KMeansModel model = KMeans.of(2).fit(frame, Task.describe("income", "score"), Run.of(1));
 * int[] groups = model.assign(frame);
 * check(groups[0] == groups[2] && groups[0] != groups[5]);
 * check(model.explanation().text(Locale.ENGLISH).contains("income"));
 * }
 *
 * @param k groups, at least 1
 * @param starts runs from different starts, of which the best is kept, at least 1
 * @param iterations most iterations of a run, at least 1
 * @param method how nearest centres are found
 * @param scaling whether numbers are standardised first, so that units do not matter
 * @param start centres to start from in encoded units, instead of drawn ones; empty to draw
 */
public record KMeans(int k, int starts, int iterations, Method method, Encoding.Scaling scaling, double[][] start)
        implements Trainer<KMeansModel> {

    /** How nearest centres are found; the groups are the same. */
    public enum Method {
        /** Every distance, in vector code: best for few columns and groups. */
        LLOYD,
        /** A bound per row and centre. */
        ELKAN,
        /** Two bounds per row. */
        HAMERLY
    }

    /** @throws IllegalArgumentException if a parameter is out of range */
    public KMeans {
        if (k < 1) throw new IllegalArgumentException("k must be at least 1, not " + k);
        if (starts < 1) throw new IllegalArgumentException("starts must be at least 1, not " + starts);
        if (iterations < 1) throw new IllegalArgumentException("iterations must be at least 1, not " + iterations);
        if (start.length != 0 && start.length != k) {
            throw new IllegalArgumentException(start.length + " starting centres for k = " + k);
        }
    }

    /** That many groups of standardised columns, the best of ten starts. */
    public static KMeans of(int k) {
        return new KMeans(k, 10, 300, Method.LLOYD, Encoding.Scaling.STANDARD, new double[0][]);
    }

    /** The same on the columns' own units. */
    public KMeans unscaled() {
        return new KMeans(k, starts, iterations, method, Encoding.Scaling.NONE, start);
    }

    /** The same from these centres. */
    public KMeans startingAt(double[][] centres) {
        return new KMeans(k, 1, iterations, method, scaling, centres);
    }

    /** The same by another method. */
    public KMeans by(Method other) {
        return new KMeans(k, starts, iterations, other, scaling, start);
    }

    /** The same with another number of starts. */
    public KMeans startingTimes(int times) {
        return new KMeans(k, times, iterations, method, scaling, start);
    }

    @Override
    public KMeansModel fit(Frame data, Task task, Run run) {
        if (data.rows() < k) throw Refusal.because("too-few-rows", data.rows(), k);
        var encoding = new Encoding(scaling, Encoding.Reference.NONE);
        var encoder = Encoder.learn(data, task.features(), encoding, run.threads());
        double[][] columns = encoder.encode(data, run.threads());
        Partition best = best(columns, data.rows(), run);
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("k", String.valueOf(k));
        parameters.put("starts", String.valueOf(starts));
        parameters.put("iterations", String.valueOf(iterations));
        parameters.put("method", method.name());
        parameters.put("scaling", scaling.name());
        var card = Card.of("KMeans", parameters, run, data.fingerprint(), data.rows(), task.features())
                .with("inertia", best.inertia())
                .with("iterations", best.iterations())
                .with(findings(data, task, best));
        var profiles = GroupProfiles.of(data, task.features(), best.labels(), k);
        return new KMeansModel(encoder, best.centres(), profiles, card);
    }

    /** The best partition of columns already encoded. */
    Partition best(double[][] columns, int rows, Run run) {
        Partition best = null;
        for (int attempt = 0; attempt < starts; attempt++) {
            run.at(attempt / (double) starts, "start " + (attempt + 1) + " of " + starts);
            double[][] from = start.length > 0 ? start : plusPlus(columns, rows, run.random(attempt), run.threads());
            Partition next = Partition.from(columns, rows, from, this, run);
            if (best == null || next.inertia() < best.inertia()) best = next;
        }
        if (best == null) throw new IllegalStateException("no start");
        return best;
    }

    private List<Finding> findings(Frame data, Task task, Partition best) {
        var findings = new ArrayList<>(Checks.columns(data, task.features()));
        int[] sizes = new int[k];
        for (int label : best.labels()) sizes[label]++;
        if (Arrays.stream(sizes).anyMatch(size -> size == 0)) findings.add(Finding.warning("empty-group", k));
        return findings;
    }

    // greedy: of a few candidates drawn in proportion to their squared distance, the one that lowers the sum most
    private double[][] plusPlus(double[][] columns, int rows, SplittableRandom random, int threads) {
        int candidates = 2 + (int) Math.log(k);
        double[][] centres = new double[k][];
        centres[0] = row(columns, random.nextInt(rows));
        double[] nearest = new double[rows];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        double sum = closer(columns, rows, centres[0], nearest, threads);
        for (int c = 1; c < k; c++) {
            double[] bestCentre = centres[0];
            double least = Double.POSITIVE_INFINITY;
            double[] bestNearest = nearest;
            for (int i = 0; i < candidates; i++) {
                double[] candidate = row(columns, drawn(nearest, sum, random));
                double[] with = nearest.clone();
                double total = closer(columns, rows, candidate, with, threads);
                if (total < least) {
                    least = total;
                    bestCentre = candidate;
                    bestNearest = with;
                }
            }
            centres[c] = bestCentre;
            nearest = bestNearest;
            sum = least;
        }
        return centres;
    }

    private static double[] row(double[][] columns, int row) {
        return Arrays.stream(columns).mapToDouble(column -> column[row]).toArray();
    }

    private static int drawn(double[] weights, double sum, SplittableRandom random) {
        double left = random.nextDouble() * sum;
        for (int i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) return i;
        }
        return random.nextInt(weights.length);
    }

    private static double closer(double[][] columns, int rows, double[] centre, double[] nearest, int threads) {
        var parts = Parallel.map(Parallel.chunks(rows), threads, chunk -> {
            int from = chunk * Parallel.CHUNK;
            int to = Math.min(rows, from + Parallel.CHUNK);
            double[] squares = new double[to - from];
            for (int j = 0; j < columns.length; j++) {
                double[] column = columns[j];
                double c = centre[j];
                for (int i = 0; i < squares.length; i++) {
                    double apart = column[from + i] - c;
                    squares[i] += apart * apart;
                }
            }
            double sum = 0;
            for (int i = 0; i < squares.length; i++) {
                nearest[from + i] = Math.min(nearest[from + i], squares[i]);
                sum += nearest[from + i];
            }
            return sum;
        });
        double sum = 0;
        for (double part : parts) sum += part;
        return sum;
    }
}
