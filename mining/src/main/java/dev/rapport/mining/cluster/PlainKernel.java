package dev.rapport.mining.cluster;

import java.util.Arrays;

/**
 * Nearest centres by |c|²/2 − x·c, which orders centres as |x − c|² does and needs one multiplication less. Blocks of 256
 * rows stay in the first cache; the loops are small and straight, so that the compiler turns them into vector code.
 */
final class PlainKernel implements DistanceKernel {
    private static final int BLOCK = 256;

    @Override
    public void nearest(double[][] columns, int from, int to, double[][] centres, int[] nearest) {
        int d = columns.length;
        double[] halves = new double[centres.length];
        for (int c = 0; c < halves.length; c++) {
            for (int j = 0; j < d; j++) halves[c] += centres[c][j] * centres[c][j] / 2;
        }
        double[][] scores = new double[centres.length][BLOCK];
        double[] best = new double[BLOCK];
        for (int start = from; start < to; start += BLOCK) {
            int count = Math.min(BLOCK, to - start);
            for (int c = 0; c < centres.length; c++) {
                double[] score = scores[c];
                double[] centre = centres[c];
                int j = 0;
                if (d >= 4) {
                    first(score, halves[c], columns[0], columns[1], columns[2], columns[3], start, centre, count);
                    j = 4;
                } else {
                    Arrays.fill(score, halves[c]);
                }
                for (; j + 3 < d; j += 4) {
                    four(score, columns[j], columns[j + 1], columns[j + 2], columns[j + 3], start, centre, j, count);
                }
                for (; j < d; j++) one(score, columns[j], start, centre[j], count);
                if (c == 0) System.arraycopy(score, 0, best, 0, count);
                else least(best, score, count);
            }
            choose(scores, best, nearest, start, count);
        }
    }

    private static void least(double[] best, double[] score, int count) {
        for (int i = 0; i < count; i++) best[i] = Math.min(best[i], score[i]);
    }

    // most rows stay where they were, which one look tells; only the others search
    private static void choose(double[][] scores, double[] best, int[] nearest, int start, int count) {
        for (int i = 0; i < count; i++) {
            if (scores[nearest[start + i]][i] == best[i]) continue;
            int c = 0;
            while (c + 1 < scores.length && scores[c][i] != best[i]) c++;
            nearest[start + i] = c;
        }
    }

    private static void first(
            double[] score,
            double half,
            double[] x0,
            double[] x1,
            double[] x2,
            double[] x3,
            int at,
            double[] c,
            int count) {
        double c0 = c[0];
        double c1 = c[1];
        double c2 = c[2];
        double c3 = c[3];
        for (int i = 0; i < count; i++) {
            score[i] = half - (x0[at + i] * c0 + x1[at + i] * c1 + (x2[at + i] * c2 + x3[at + i] * c3));
        }
    }

    private static void four(
            double[] score, double[] x0, double[] x1, double[] x2, double[] x3, int at, double[] c, int j, int count) {
        double c0 = c[j];
        double c1 = c[j + 1];
        double c2 = c[j + 2];
        double c3 = c[j + 3];
        for (int i = 0; i < count; i++) {
            score[i] -= x0[at + i] * c0 + x1[at + i] * c1 + (x2[at + i] * c2 + x3[at + i] * c3);
        }
    }

    private static void one(double[] score, double[] x, int at, double c, int count) {
        for (int i = 0; i < count; i++) score[i] -= x[at + i] * c;
    }
}
