package dev.rapport.mining.regression;

import java.util.Arrays;

/**
 * A matrix of mostly zeros by rows (compressed sparse rows): row {@code i} has the values from {@code starts[i]} to
 * {@code starts[i + 1]}, each with its column.
 *
 * {@snippet :
 * var rows = SparseRows.ofColumns(new double[][] {{1, 0}, {0, 2}}, 2);
 * check(rows.values().length == 2 && rows.columns()[1] == 1);
 * }
 *
 * @param starts one more than there are rows
 * @param columns of each value, ascending within a row
 * @param values none of them 0
 * @param width how many columns
 */
public record SparseRows(int[] starts, int[] columns, double[] values, int width) {
    /** How many rows. */
    public int rows() {
        return starts.length - 1;
    }

    /** From dense columns. */
    public static SparseRows ofColumns(double[][] dense, int rows) {
        int[] starts = new int[rows + 1];
        for (double[] column : dense) for (int i = 0; i < rows; i++) if (column[i] != 0) starts[i + 1]++;
        for (int i = 0; i < rows; i++) starts[i + 1] += starts[i];
        int[] next = Arrays.copyOf(starts, rows);
        int[] columns = new int[starts[rows]];
        double[] values = new double[starts[rows]];
        for (int j = 0; j < dense.length; j++) {
            for (int i = 0; i < rows; i++) {
                if (dense[j][i] == 0) continue;
                columns[next[i]] = j;
                values[next[i]++] = dense[j][i];
            }
        }
        return new SparseRows(starts, columns, values, dense.length);
    }
}
