package dev.rapport.mining.math;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * XᵀWX of a matrix held by columns, the heart of every least squares fit. Rows are taken in blocks that stay in the first
 * cache, columns in tiles of two by four whose eight sums stay in registers; blocks are added in their order.
 *
 * {@snippet :
 * double[][] columns = {{1, 2, 3}, {1, 1, 1}};
 * double[][] gram = Gram.of(columns, null, 3, 2);
 * check(gram[0][0] == 14 && gram[1][0] == 6 && gram[0][1] == 6);
 * }
 */
public final class Gram {
    private static final int BLOCK = 512;

    private Gram() {}

    /**
     * The symmetric matrix of weighted products of all pairs of columns.
     *
     * @param weights one per row, or null for 1
     */
    public static double[][] of(double[][] columns, double @Nullable [] weights, int rows, int threads) {
        return about(columns, new double[columns.length], weights, rows, threads);
    }

    /** The same of columns from each of which an offset is taken first. */
    public static double[][] about(
            double[][] columns, double[] offsets, double @Nullable [] weights, int rows, int threads) {
        int d = columns.length;
        int padded = (d + 3) / 4 * 4;
        List<double[]> parts = Parallel.map(Parallel.chunks(rows), threads, chunk -> {
            double[] sums = new double[padded * padded];
            double[][] block = new double[padded][BLOCK];
            double[][] weighted = weights == null ? block : new double[padded][BLOCK];
            int end = Math.min(rows, (chunk + 1) * Parallel.CHUNK);
            for (int from = chunk * Parallel.CHUNK; from < end; from += BLOCK) {
                int count = Math.min(BLOCK, end - from);
                for (int j = 0; j < d; j++) {
                    copy(columns[j], from, offsets[j], block[j], count);
                    if (weights != null) multiply(block[j], weights, from, weighted[j], count);
                }
                for (int a = 0; a < padded; a += 4) {
                    for (int b = 0; b <= a; b += 4) tile(block, weighted, a, b, count, sums, padded);
                }
            }
            return sums;
        });
        double[][] gram = new double[d][d];
        for (double[] part : parts) {
            for (int i = 0; i < d; i++) for (int j = 0; j <= i; j++) gram[i][j] += part[i * padded + j];
        }
        for (int i = 0; i < d; i++) for (int j = 0; j < i; j++) gram[j][i] = gram[i][j];
        return gram;
    }

    /** The weighted products of all columns with one more column. */
    public static double[] with(double[][] columns, double[] other, int rows, int threads) {
        int d = columns.length;
        List<double[]> parts = Parallel.map(Parallel.chunks(rows), threads, chunk -> {
            int from = chunk * Parallel.CHUNK;
            int to = Math.min(rows, from + Parallel.CHUNK);
            double[] sums = new double[d];
            for (int j = 0; j < d; j++) sums[j] = dot(columns[j], other, from, to);
            return sums;
        });
        double[] total = new double[d];
        for (double[] part : parts) for (int j = 0; j < d; j++) total[j] += part[j];
        return total;
    }

    /** Σ a·b over some rows, in four running sums so that additions overlap. */
    public static double dot(double[] a, double[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 = Math.fma(a[i], b[i], s0);
            s1 = Math.fma(a[i + 1], b[i + 1], s1);
            s2 = Math.fma(a[i + 2], b[i + 2], s2);
            s3 = Math.fma(a[i + 3], b[i + 3], s3);
        }
        for (; i < to; i++) s0 = Math.fma(a[i], b[i], s0);
        return (s0 + s1) + (s2 + s3);
    }

    private static void copy(double[] values, int from, double offset, double[] into, int count) {
        for (int i = 0; i < count; i++) into[i] = values[from + i] - offset;
    }

    private static void multiply(double[] values, double[] weights, int from, double[] into, int count) {
        for (int i = 0; i < count; i++) into[i] = values[i] * weights[from + i];
    }

    // sixteen sums and the values they need are more than the registers of AVX2: two halves of eight
    private static void tile(double[][] x, double[][] w, int a, int b, int count, double[] sums, int width) {
        half(w[a], w[a + 1], x[b], x[b + 1], x[b + 2], x[b + 3], count, sums, a * width + b, width);
        half(w[a + 2], w[a + 3], x[b], x[b + 1], x[b + 2], x[b + 3], count, sums, (a + 2) * width + b, width);
    }

    private static void half(
            double[] a0,
            double[] a1,
            double[] b0,
            double[] b1,
            double[] b2,
            double[] b3,
            int count,
            double[] sums,
            int at,
            int width) {
        double s00 = 0, s01 = 0, s02 = 0, s03 = 0;
        double s10 = 0, s11 = 0, s12 = 0, s13 = 0;
        for (int i = 0; i < count; i++) {
            double u0 = a0[i], u1 = a1[i];
            double v0 = b0[i], v1 = b1[i], v2 = b2[i], v3 = b3[i];
            s00 = Math.fma(u0, v0, s00);
            s01 = Math.fma(u0, v1, s01);
            s02 = Math.fma(u0, v2, s02);
            s03 = Math.fma(u0, v3, s03);
            s10 = Math.fma(u1, v0, s10);
            s11 = Math.fma(u1, v1, s11);
            s12 = Math.fma(u1, v2, s12);
            s13 = Math.fma(u1, v3, s13);
        }
        add(sums, at, s00, s01, s02, s03);
        add(sums, at + width, s10, s11, s12, s13);
    }

    private static void add(double[] sums, int at, double s0, double s1, double s2, double s3) {
        sums[at] += s0;
        sums[at + 1] += s1;
        sums[at + 2] += s2;
        sums[at + 3] += s3;
    }
}
