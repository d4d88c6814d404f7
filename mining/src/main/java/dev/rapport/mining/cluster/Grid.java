package dev.rapport.mining.cluster;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Finds the rows within a fixed radius in one to three dimensions: rows sorted by square cells of that radius, so that a
 * row's neighbours lie in a few runs of memory.
 */
final class Grid {
    private static final int PIECE = 64;

    private final double[][] sorted;
    private final int[] order;
    private final long[] cells;
    private final double radius;
    private final long[] strides;
    private final int d;

    private Grid(double[][] sorted, int[] order, long[] cells, double radius, long[] strides) {
        this.sorted = sorted;
        this.order = order;
        this.cells = cells;
        this.radius = radius;
        this.strides = strides;
        this.d = sorted.length;
    }

    /** Whether a grid can hold these columns: few of them, and not absurdly many cells. */
    static boolean fits(double[][] columns, double radius) {
        if (columns.length > 3) return false;
        double all = 1;
        for (double[] column : columns) all *= width(column, radius) + 3;
        return all < 1L << 50;
    }

    private static double width(double[] column, double radius) {
        double low = column.length == 0 ? 0 : column[0];
        double high = low;
        for (double value : column) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return Math.floor((high - low) / radius);
    }

    private static double lowest(double[] column) {
        double low = column.length == 0 ? 0 : column[0];
        for (double value : column) low = Math.min(low, value);
        return low;
    }

    static Grid of(double[][] columns, int rows, double radius) {
        int d = columns.length;
        double[] low = new double[d];
        long[] strides = new long[d];
        long stride = 1;
        // the last dimension runs fastest, so that its neighbouring cells are neighbours in memory
        for (int j = d - 1; j >= 0; j--) {
            low[j] = lowest(columns[j]);
            strides[j] = stride;
            stride *= (long) width(columns[j], radius) + 3;
        }
        long[] cell = new long[rows];
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < rows; i++) cell[i] += strides[j] * ((long) ((columns[j][i] - low[j]) / radius) + 1);
        }
        int[] order = sortedBy(cell, rows);
        double[][] sorted = new double[d][rows];
        long[] cells = new long[rows];
        for (int i = 0; i < rows; i++) {
            cells[i] = cell[order[i]];
            for (int j = 0; j < d; j++) sorted[j][i] = columns[j][order[i]];
        }
        return new Grid(sorted, order, cells, radius, strides);
    }

    private static int[] sortedBy(long[] cell, int rows) {
        long most = 0;
        for (long each : cell) most = Math.max(most, each);
        int[] order = new int[rows];
        if (most < 1L << 38 && rows < 1 << 25) {
            long[] packed = new long[rows];
            for (int i = 0; i < rows; i++) packed[i] = cell[i] << 25 | i;
            Arrays.sort(packed);
            for (int i = 0; i < rows; i++) order[i] = (int) (packed[i] & (1 << 25) - 1);
            return order;
        }
        Integer[] boxed = new Integer[rows];
        for (int i = 0; i < rows; i++) boxed[i] = i;
        Arrays.sort(boxed, java.util.Comparator.comparingLong(i -> cell[i]));
        for (int i = 0; i < rows; i++) order[i] = boxed[i];
        return order;
    }

    /** The row at a place in the order of cells. */
    int row(int place) {
        return order[place];
    }

    /** The runs of places that may hold neighbours of all rows in the cell at a place: from, to, from, to … */
    int[] runs(int place) {
        int count = d == 1 ? 1 : d == 2 ? 3 : 9;
        int[] runs = new int[2 * count];
        long own = cells[place];
        for (int r = 0; r < count; r++) {
            long shift =
                    d == 1 ? 0 : d == 2 ? (r - 1) * strides[0] : (r / 3 - 1) * strides[0] + (r % 3 - 1) * strides[1];
            runs[2 * r] = firstAtLeast(own + shift - 1);
            runs[2 * r + 1] = firstAtLeast(own + shift + 2);
        }
        return runs;
    }

    /** The first place after this cell. */
    int endOfCell(int place) {
        int end = place;
        while (end < cells.length && cells[end] == cells[place]) end++;
        return end;
    }

    private int firstAtLeast(long cell) {
        int from = 0;
        int to = cells.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (cells[middle] < cell) from = middle + 1;
            else to = middle;
        }
        return from;
    }

    /** Whether at least that many rows of these runs lie within the radius of the row at a place. */
    boolean hasNear(int place, int[] runs, int least) {
        int count = 0;
        for (int r = 0; r < runs.length; r += 2) {
            for (int from = runs[r]; from < runs[r + 1]; from += PIECE) {
                count += count(place, from, Math.min(runs[r + 1], from + PIECE));
                if (count >= least) return true;
            }
        }
        return false;
    }

    private int count(int place, int from, int to) {
        double squared = radius * radius;
        double[] x = sorted[0];
        double x0 = x[place];
        int count = 0;
        if (d == 2) {
            double[] y = sorted[1];
            double y0 = y[place];
            for (int i = from; i < to; i++) {
                double dx = x[i] - x0;
                double dy = y[i] - y0;
                count += dx * dx + dy * dy <= squared ? 1 : 0;
            }
            return count;
        }
        for (int i = from; i < to; i++) count += squared(place, i) <= squared ? 1 : 0;
        return count;
    }

    private double squared(int a, int b) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
            double apart = sorted[j][b] - sorted[j][a];
            sum += apart * apart;
        }
        return sum;
    }

    boolean isNear(int a, int b) {
        return squared(a, b) <= radius * radius;
    }

    void each(int[] runs, IntConsumer place) {
        for (int r = 0; r < runs.length; r += 2) for (int i = runs[r]; i < runs[r + 1]; i++) place.accept(i);
    }

    int size() {
        return order.length;
    }
}
