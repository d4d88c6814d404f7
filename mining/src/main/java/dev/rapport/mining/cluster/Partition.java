package dev.rapport.mining.cluster;

import dev.rapport.mining.Run;
import dev.rapport.mining.math.Parallel;
import java.util.Arrays;

/** One run of K-Means: the group of each row, the centres, the sum of squared distances. */
record Partition(int[] labels, double[][] centres, double inertia, int iterations) {

    static Partition from(double[][] columns, int rows, double[][] start, KMeans parameters, Run run) {
        return switch (parameters.method()) {
            case LLOYD -> lloyd(columns, rows, start, parameters.iterations(), run);
            case ELKAN, HAMERLY ->
                new BoundedKMeans(columns, rows, start, parameters.method(), run).partition(parameters.iterations());
        };
    }

    private static Partition lloyd(double[][] columns, int rows, double[][] start, int iterations, Run run) {
        int k = start.length;
        double[][] centres = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
        int[] labels = new int[rows];
        Arrays.fill(labels, -1);
        int[] nearest = new int[rows];
        var sums = new Sums(k, columns.length);
        var kernel = DistanceKernel.fastest();
        int iteration = 0;
        boolean moved = true;
        while (moved && iteration < iterations) {
            iteration++;
            run.at(iteration / (double) iterations, "iteration " + iteration);
            double[][] now = centres;
            var parts = Parallel.map(Parallel.chunks(rows), run.threads(), chunk -> {
                int from = chunk * Parallel.CHUNK;
                int to = Math.min(rows, from + Parallel.CHUNK);
                kernel.nearest(columns, from, to, now, nearest);
                return Sums.ofMoves(columns, from, to, labels, nearest, k);
            });
            moved = false;
            for (Sums part : parts) moved |= sums.add(part);
            if (!moved) break;
            if (fillEmpty(columns, rows, labels, centres, sums)) moved = true;
            centres = sums.means(centres);
        }
        // the running sums have rounded at every move; the result is taken afresh
        double[][] exact = Sums.of(columns, labels, k, run.threads()).means(centres);
        return new Partition(labels, exact, inertia(columns, labels, exact, run.threads()), iteration);
    }

    // a group without rows takes the row farthest from its centre
    static boolean fillEmpty(double[][] columns, int rows, int[] labels, double[][] centres, Sums sums) {
        boolean filled = false;
        for (int c = 0; c < centres.length; c++) {
            if (sums.counts[c] > 0) continue;
            int farthest = -1;
            double most = 0;
            for (int i = 0; i < rows; i++) {
                if (sums.counts[labels[i]] < 2) continue;
                double squares = squares(columns, i, centres[labels[i]]);
                if (squares > most) {
                    most = squares;
                    farthest = i;
                }
            }
            if (farthest < 0) return filled;
            sums.move(columns, farthest, labels[farthest], c);
            labels[farthest] = c;
            filled = true;
        }
        return filled;
    }

    static double squares(double[][] columns, int row, double[] centre) {
        double sum = 0;
        for (int j = 0; j < columns.length; j++) {
            double apart = columns[j][row] - centre[j];
            sum += apart * apart;
        }
        return sum;
    }

    static double inertia(double[][] columns, int[] labels, double[][] centres, int threads) {
        var parts = Parallel.map(Parallel.chunks(labels.length), threads, chunk -> {
            double sum = 0;
            int to = Math.min(labels.length, (chunk + 1) * Parallel.CHUNK);
            for (int i = chunk * Parallel.CHUNK; i < to; i++) sum += squares(columns, i, centres[labels[i]]);
            return sum;
        });
        double sum = 0;
        for (double part : parts) sum += part;
        return sum;
    }

    /** Running sums and counts of the groups; only rows that moved are touched. */
    static final class Sums {
        private final double[][] sums;
        private final int[] counts;
        private boolean moved = false;

        Sums(int k, int d) {
            sums = new double[k][d];
            counts = new int[k];
        }

        int count(int group) {
            return counts[group];
        }

        static Sums of(double[][] columns, int[] labels, int k, int threads) {
            var total = new Sums(k, columns.length);
            int[] nowhere = new int[labels.length];
            Arrays.fill(nowhere, -1);
            var parts = Parallel.map(
                    Parallel.chunks(labels.length),
                    threads,
                    chunk -> ofMoves(
                            columns,
                            chunk * Parallel.CHUNK,
                            Math.min(labels.length, (chunk + 1) * Parallel.CHUNK),
                            nowhere,
                            labels,
                            k));
            for (Sums part : parts) total.add(part);
            return total;
        }

        static Sums ofMoves(double[][] columns, int from, int to, int[] labels, int[] nearest, int k) {
            var part = new Sums(k, columns.length);
            for (int i = from; i < to; i++) {
                if (labels[i] == nearest[i]) continue;
                part.move(columns, i, labels[i], nearest[i]);
                labels[i] = nearest[i];
            }
            return part;
        }

        void move(double[][] columns, int row, int before, int after) {
            moved = true;
            double[] to = sums[after];
            counts[after]++;
            if (before < 0) {
                for (int j = 0; j < to.length; j++) to[j] += columns[j][row];
                return;
            }
            double[] from = sums[before];
            counts[before]--;
            for (int j = 0; j < to.length; j++) {
                double value = columns[j][row];
                to[j] += value;
                from[j] -= value;
            }
        }

        boolean add(Sums part) {
            for (int c = 0; c < sums.length; c++) {
                counts[c] += part.counts[c];
                for (int j = 0; j < sums[c].length; j++) sums[c][j] += part.sums[c][j];
            }
            return part.moved;
        }

        double[][] means(double[][] otherwise) {
            double[][] means = new double[sums.length][];
            for (int c = 0; c < means.length; c++) {
                if (counts[c] == 0) {
                    means[c] = otherwise[c];
                    continue;
                }
                means[c] = sums[c].clone();
                for (int j = 0; j < means[c].length; j++) means[c][j] /= counts[c];
            }
            return means;
        }
    }
}
