package dev.rapport.mining.cluster;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds the rows within a radius: a k-d tree (J. L. Bentley 1975) whose leaves of up to 32 rows lie side by side in memory,
 * with the box around every node.
 */
final class Neighbours {
    private static final int LEAF = 32;

    private final int d;
    private final int[] order;
    private final double[] points;
    private final int[] from;
    private final int[] to;
    private final double[] boxes;
    private int nodes = 0;

    Neighbours(double[][] columns, int rows) {
        d = columns.length;
        order = IntStream.range(0, rows).toArray();
        int most = 4 * Math.max(1, rows / LEAF) + 8;
        from = new int[most];
        to = new int[most];
        boxes = new double[most * 2 * d];
        build(columns, 0, rows, 0);
        points = new double[rows * d];
        for (int i = 0; i < rows; i++) for (int j = 0; j < d; j++) points[i * d + j] = columns[j][order[i]];
    }

    /** Hears of a row found, and its squared distance. */
    interface Found {
        void row(int row, double squared);
    }

    // children of node n are 2n+1 and 2n+2; halves are equal, so the tree is as deep as it is balanced
    private void build(double[][] columns, int start, int end, int node) {
        from[node] = start;
        to[node] = end;
        nodes = Math.max(nodes, node + 1);
        int widest = 0;
        double width = -1;
        for (int j = 0; j < d; j++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = start; i < end; i++) {
                low = Math.min(low, columns[j][order[i]]);
                high = Math.max(high, columns[j][order[i]]);
            }
            boxes[(node * d + j) * 2] = low;
            boxes[(node * d + j) * 2 + 1] = high;
            if (high - low > width) {
                width = high - low;
                widest = j;
            }
        }
        if (end - start <= LEAF || 2 * node + 2 >= from.length) return;
        int middle = (start + end) >>> 1;
        select(columns[widest], start, end - 1, middle);
        build(columns, start, middle, 2 * node + 1);
        build(columns, middle, end, 2 * node + 2);
    }

    private boolean isLeaf(int node) {
        return to[node] - from[node] <= LEAF || 2 * node + 2 >= from.length;
    }

    private void select(double[] column, int low, int high, int wanted) {
        int left = low;
        int right = high;
        while (left < right) {
            double pivot = column[order[(left + right) >>> 1]];
            int i = left;
            int j = right;
            while (i <= j) {
                while (column[order[i]] < pivot) i++;
                while (column[order[j]] > pivot) j--;
                if (i <= j) {
                    int swap = order[i];
                    order[i++] = order[j];
                    order[j--] = swap;
                }
            }
            if (wanted <= j) right = j;
            else if (wanted >= i) left = i;
            else return;
        }
    }

    void within(double[] point, double radius, Found found) {
        within(0, point, radius * radius, found);
    }

    private void within(int node, double[] point, double squared, Found found) {
        double apart = 0;
        for (int j = 0; j < d; j++) {
            double low = boxes[(node * d + j) * 2];
            double high = boxes[(node * d + j) * 2 + 1];
            double gap = point[j] < low ? low - point[j] : point[j] > high ? point[j] - high : 0;
            apart += gap * gap;
        }
        if (apart > squared) return;
        if (!isLeaf(node)) {
            within(2 * node + 1, point, squared, found);
            within(2 * node + 2, point, squared, found);
            return;
        }
        for (int i = from[node]; i < to[node]; i++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                double gap = points[i * d + j] - point[j];
                sum += gap * gap;
            }
            if (sum <= squared) found.row(order[i], sum);
        }
    }

    /** The distance to the k-th nearest row, the row itself being the first. */
    double distance(double[] point, int k) {
        double[] heap = new double[k];
        Arrays.fill(heap, Double.POSITIVE_INFINITY);
        nearest(0, point, heap);
        return Math.sqrt(heap[0]);
    }

    private void nearest(int node, double[] point, double[] heap) {
        if (apart(node, point) > heap[0]) return;
        if (!isLeaf(node)) {
            boolean leftFirst = apart(2 * node + 1, point) <= apart(2 * node + 2, point);
            nearest(2 * node + (leftFirst ? 1 : 2), point, heap);
            nearest(2 * node + (leftFirst ? 2 : 1), point, heap);
            return;
        }
        for (int i = from[node]; i < to[node]; i++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                double gap = points[i * d + j] - point[j];
                sum += gap * gap;
            }
            if (sum < heap[0]) replaceTop(heap, sum);
        }
    }

    private double apart(int node, double[] point) {
        double apart = 0;
        for (int j = 0; j < d; j++) {
            double gap = Math.max(
                    0, Math.max(boxes[(node * d + j) * 2] - point[j], point[j] - boxes[(node * d + j) * 2 + 1]));
            apart += gap * gap;
        }
        return apart;
    }

    private static void replaceTop(double[] heap, double value) {
        int i = 0;
        while (true) {
            int child = 2 * i + 1;
            if (child >= heap.length) break;
            if (child + 1 < heap.length && heap[child + 1] > heap[child]) child++;
            if (heap[child] <= value) break;
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = value;
    }
}
