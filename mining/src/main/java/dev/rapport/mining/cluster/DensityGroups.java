package dev.rapport.mining.cluster;

import dev.rapport.mining.Run;
import dev.rapport.mining.math.Parallel;
import java.util.ArrayList;
import java.util.Arrays;

/** Joins dense rows that are near each other, then hands out border rows: DBSCAN's answer, whatever the order of work. */
final class DensityGroups {
    private static final int PIECE = 4096;

    private final int rows;
    private final boolean[] dense;
    private final int[] parent;
    private int[] labels = new int[0];

    DensityGroups(int rows) {
        this.rows = rows;
        this.dense = new boolean[rows];
        this.parent = new int[rows];
        for (int i = 0; i < rows; i++) parent[i] = i;
    }

    int[] labels() {
        return labels;
    }

    void byGrid(Grid grid, int density, Run run) {
        var starts = new ArrayList<Integer>();
        for (int place = 0; place < grid.size(); place = grid.endOfCell(place)) starts.add(place);
        int[][] runs = new int[starts.size()][];
        Parallel.run((starts.size() + 63) / 64, run.threads(), piece -> {
            for (int s = piece * 64; s < Math.min(starts.size(), (piece + 1) * 64); s++) {
                int start = starts.get(s);
                runs[s] = grid.runs(start);
                int end = s + 1 < starts.size() ? starts.get(s + 1) : grid.size();
                for (int place = start; place < end; place++) {
                    dense[grid.row(place)] = grid.hasNear(place, runs[s], density);
                }
            }
        });
        run.at(0.5, "joining");
        for (int s = 0; s < runs.length; s++) {
            int end = s + 1 < starts.size() ? starts.get(s + 1) : grid.size();
            for (int place = starts.get(s); place < end; place++) {
                int row = grid.row(place);
                if (dense[row]) join(grid, place, row, runs[s]);
            }
        }
        number();
        for (int s = 0; s < runs.length; s++) {
            int end = s + 1 < starts.size() ? starts.get(s + 1) : grid.size();
            for (int place = starts.get(s); place < end; place++) {
                if (!dense[grid.row(place)]) border(grid, place, runs[s]);
            }
        }
    }

    private void join(Grid grid, int place, int row, int[] runs) {
        int root = find(row);
        for (int r = 0; r < runs.length; r += 2) {
            // every pair is met from both sides; the later place joins
            for (int other = Math.max(place + 1, runs[r]); other < runs[r + 1]; other++) {
                int next = grid.row(other);
                // most are joined already, which their parent tells without a search
                if (!dense[next] || parent[next] == root) continue;
                int theirs = find(next);
                if (theirs != root && grid.isNear(place, other)) root = union(root, theirs);
            }
        }
    }

    private void border(Grid grid, int place, int[] runs) {
        int first = Integer.MAX_VALUE;
        for (int r = 0; r < runs.length; r += 2) {
            for (int other = runs[r]; other < runs[r + 1]; other++) {
                int next = grid.row(other);
                if (dense[next] && labels[next] < first && grid.isNear(place, other)) first = labels[next];
            }
        }
        labels[grid.row(place)] = first == Integer.MAX_VALUE ? -1 : first;
    }

    void byTree(double[][] columns, double radius, int density, Run run) {
        var tree = new Neighbours(columns, rows);
        Parallel.run((rows + PIECE - 1) / PIECE, run.threads(), piece -> {
            int[] count = {0};
            for (int i = piece * PIECE; i < Math.min(rows, (piece + 1) * PIECE); i++) {
                count[0] = 0;
                tree.within(point(columns, i), radius, (row, squared) -> count[0]++);
                dense[i] = count[0] >= density;
            }
        });
        run.at(0.5, "joining");
        for (int i = 0; i < rows; i++) {
            if (!dense[i]) continue;
            int own = i;
            tree.within(point(columns, i), radius, (row, squared) -> {
                if (row > own && dense[row]) union(find(own), find(row));
            });
        }
        number();
        for (int i = 0; i < rows; i++) {
            if (dense[i]) continue;
            int[] first = {Integer.MAX_VALUE};
            tree.within(point(columns, i), radius, (row, squared) -> {
                if (dense[row]) first[0] = Math.min(first[0], labels[row]);
            });
            labels[i] = first[0] == Integer.MAX_VALUE ? -1 : first[0];
        }
    }

    private void number() {
        labels = new int[rows];
        Arrays.fill(labels, -1);
        int next = 0;
        int[] numbers = new int[rows];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < rows; i++) {
            if (!dense[i]) continue;
            int root = find(i);
            if (numbers[root] < 0) numbers[root] = next++;
            labels[i] = numbers[root];
        }
    }

    private int find(int row) {
        int at = row;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private int union(int a, int b) {
        int root = Math.min(a, b);
        parent[Math.max(a, b)] = root;
        return root;
    }

    private static double[] point(double[][] columns, int row) {
        double[] point = new double[columns.length];
        for (int j = 0; j < point.length; j++) point[j] = columns[j][row];
        return point;
    }
}
