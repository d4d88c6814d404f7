package dev.rapport.mining.cluster;

import dev.rapport.mining.Run;
import dev.rapport.mining.math.Parallel;
import java.util.Arrays;

/**
 * K-Means that skips distances which the triangle inequality decides: with one lower bound per row and centre (Elkan 2003)
 * or one per row (Hamerly 2010).
 */
final class BoundedKMeans {
    private final double[][] columns;
    private final int rows;
    private final int k;
    private final boolean perCentre;
    private final Run run;
    private final int[] labels;
    private final double[] upper;
    private final double[][] lower;
    private double[][] centres;

    BoundedKMeans(double[][] columns, int rows, double[][] start, KMeans.Method method, Run run) {
        this.columns = columns;
        this.rows = rows;
        this.k = start.length;
        this.perCentre = method == KMeans.Method.ELKAN;
        this.run = run;
        this.labels = new int[rows];
        this.upper = new double[rows];
        this.lower = new double[rows][perCentre ? k : 1];
        this.centres = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
    }

    Partition partition(int iterations) {
        Parallel.rows(rows, run.threads(), (chunk, from, to) -> {
            for (int i = from; i < to; i++) search(i);
        });
        int iteration = 0;
        while (iteration < iterations) {
            iteration++;
            run.at(iteration / (double) iterations, "iteration " + iteration);
            var sums = Partition.Sums.of(columns, labels, k, run.threads());
            boolean filled = Partition.fillEmpty(columns, rows, labels, centres, sums);
            double[][] next = sums.means(centres);
            double[] shift = new double[k];
            for (int c = 0; c < k; c++) shift[c] = distance(centres[c], next[c]);
            centres = next;
            double[] half = halfToNearest();
            boolean[] moved = new boolean[Parallel.chunks(rows)];
            Parallel.rows(rows, run.threads(), (chunk, from, to) -> {
                for (int i = from; i < to; i++) moved[chunk] |= update(i, shift, half, filled);
            });
            boolean any = false;
            for (boolean each : moved) any |= each;
            if (!any && !filled) break;
        }
        double[][] exact = Partition.Sums.of(columns, labels, k, run.threads()).means(centres);
        return new Partition(labels, exact, Partition.inertia(columns, labels, exact, run.threads()), iteration);
    }

    private boolean update(int i, double[] shift, double[] half, boolean forgetsBounds) {
        int before = labels[i];
        if (forgetsBounds) {
            search(i);
            return labels[i] != before;
        }
        upper[i] += shift[before];
        if (perCentre) {
            for (int c = 0; c < k; c++) lower[i][c] = Math.max(0, lower[i][c] - shift[c]);
        } else {
            double most = 0;
            for (int c = 0; c < k; c++) if (c != before) most = Math.max(most, shift[c]);
            lower[i][0] -= most;
        }
        if (upper[i] < half[before]) return false;
        if (perCentre) return updateByCentre(i, before);
        if (upper[i] < lower[i][0]) return false;
        upper[i] = Math.sqrt(Partition.squares(columns, i, centres[before]));
        if (upper[i] < Math.max(half[before], lower[i][0])) return false;
        search(i);
        return labels[i] != before;
    }

    private boolean updateByCentre(int i, int before) {
        boolean isExact = false;
        for (int c = 0; c < k; c++) {
            if (c == labels[i] || upper[i] < lower[i][c]) continue;
            if (!isExact) {
                upper[i] = Math.sqrt(Partition.squares(columns, i, centres[labels[i]]));
                lower[i][labels[i]] = upper[i];
                isExact = true;
                if (upper[i] < lower[i][c]) continue;
            }
            double distance = Math.sqrt(Partition.squares(columns, i, centres[c]));
            lower[i][c] = distance;
            if (distance < upper[i] || distance == upper[i] && c < labels[i]) {
                labels[i] = c;
                upper[i] = distance;
            }
        }
        return labels[i] != before;
    }

    private void search(int i) {
        double first = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        for (int c = 0; c < k; c++) {
            double distance = Math.sqrt(Partition.squares(columns, i, centres[c]));
            if (perCentre) lower[i][c] = distance;
            if (distance < first) {
                second = first;
                first = distance;
                labels[i] = c;
            } else {
                second = Math.min(second, distance);
            }
        }
        upper[i] = first;
        if (!perCentre) lower[i][0] = second;
    }

    private double[] halfToNearest() {
        double[] half = new double[k];
        Arrays.fill(half, Double.POSITIVE_INFINITY);
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) if (a != b) half[a] = Math.min(half[a], distance(centres[a], centres[b]) / 2);
        }
        return half;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
        return Math.sqrt(sum);
    }
}
