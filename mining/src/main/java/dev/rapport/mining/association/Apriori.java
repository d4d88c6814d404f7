package dev.rapport.mining.association;

import dev.rapport.mining.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Frequent itemsets breadth first: sets of one size are joined to candidates of the next, those with an infrequent part
 * are left out, the rest is counted in one pass over the baskets through a prefix tree (R. Agrawal, R. Srikant 1994).
 *
 * {@snippet :
 * var baskets = Baskets.of(List.of(List.of("beer", "nappies"), List.of("beer", "nappies"), List.of("beer")));
 * check(new Apriori(0.6, 3).find(baskets, Run.of(1)).sets().size() == 3);
 * }
 */
public record Apriori(double support, int longest) implements ItemsetMiner {

    /** @throws IllegalArgumentException if a parameter is out of range */
    public Apriori {
        ItemsetMiner.check(support, longest);
    }

    @Override
    public Itemsets find(Baskets baskets, Run run) {
        int least = baskets.least(support);
        int[] counts = baskets.counts();
        var found = new Itemsets.Collector();
        List<int[]> level = new ArrayList<>();
        for (int item = 0; item < counts.length; item++) {
            if (counts[item] < least) continue;
            level.add(new int[] {item});
            found.add(new int[] {item}, 1, counts[item]);
        }
        int[][] transactions = frequentOnly(baskets, counts, least);
        for (int size = 2; size <= longest && level.size() >= size; size++) {
            run.at(0.5, "sets of " + size);
            var candidates = size == 2 ? pairs(level) : joined(level);
            if (candidates.isEmpty()) break;
            int[] support =
                    size == 2 ? countPairs(transactions, level, counts.length) : count(transactions, candidates, size);
            var next = new ArrayList<int[]>();
            for (int i = 0; i < support.length; i++) {
                if (support[i] < least) continue;
                next.add(candidates.get(i));
                found.add(candidates.get(i), size, support[i]);
            }
            level = next;
        }
        return found.sorted(baskets);
    }

    private static int[][] frequentOnly(Baskets baskets, int[] counts, int least) {
        return IntStream.range(0, baskets.size())
                .mapToObj(b -> Arrays.stream(baskets.items(), baskets.starts()[b], baskets.starts()[b + 1])
                        .filter(item -> counts[item] >= least)
                        .toArray())
                .filter(items -> items.length > 1)
                .toArray(int[][]::new);
    }

    private static List<int[]> pairs(List<int[]> singles) {
        var pairs = new ArrayList<int[]>();
        for (int i = 0; i < singles.size(); i++) {
            for (int j = i + 1; j < singles.size(); j++) pairs.add(new int[] {singles.get(i)[0], singles.get(j)[0]});
        }
        return pairs;
    }

    // pairs fit into a triangle; no tree is needed
    private static int[] countPairs(int[][] transactions, List<int[]> singles, int names) {
        int[] place = new int[names];
        for (int i = 0; i < singles.size(); i++) place[singles.get(i)[0]] = i;
        int n = singles.size();
        int[] counts = new int[n * (n - 1) / 2];
        for (int[] items : transactions) {
            for (int a = 0; a < items.length; a++) {
                int i = place[items[a]];
                int row = i * (2 * n - i - 1) / 2 - i - 1;
                for (int b = a + 1; b < items.length; b++) counts[row + place[items[b]]]++;
            }
        }
        return counts;
    }

    private static List<int[]> joined(List<int[]> level) {
        var known = new java.util.HashSet<java.nio.IntBuffer>();
        for (int[] set : level) known.add(java.nio.IntBuffer.wrap(set));
        var candidates = new ArrayList<int[]>();
        for (int i = 0; i < level.size(); i++) {
            int[] a = level.get(i);
            for (int j = i + 1; j < level.size(); j++) {
                int[] b = level.get(j);
                if (!Arrays.equals(a, 0, a.length - 1, b, 0, b.length - 1)) break;
                int[] union = Arrays.copyOf(a, a.length + 1);
                union[a.length] = b[b.length - 1];
                if (partsKnown(union, known)) candidates.add(union);
            }
        }
        return candidates;
    }

    private static boolean partsKnown(int[] union, java.util.Set<java.nio.IntBuffer> known) {
        int[] part = new int[union.length - 1];
        // the two sets joined are known; the others leave out an earlier item
        for (int left = 0; left < union.length - 2; left++) {
            for (int i = 0, at = 0; i < union.length; i++) if (i != left) part[at++] = union[i];
            if (!known.contains(java.nio.IntBuffer.wrap(part))) return false;
        }
        return true;
    }

    private static int[] count(int[][] transactions, List<int[]> candidates, int size) {
        var tree = new Prefixes(candidates, size);
        int[] counts = new int[candidates.size()];
        for (int[] items : transactions) if (items.length >= size) tree.count(0, items, 0, size, counts);
        return counts;
    }

    /** Candidates by their items: children of a node lie side by side, sorted by item. */
    private static final class Prefixes {
        private final int[] item;
        private final int[] first;
        private final int[] last;
        private final int[] candidate;
        private int nodes = 1;

        Prefixes(List<int[]> sorted, int size) {
            int most = sorted.size() * size + 2;
            item = new int[most];
            first = new int[most];
            last = new int[most];
            candidate = new int[most];
            build(sorted, 0, 0, sorted.size(), 0, size);
        }

        private void build(List<int[]> sorted, int node, int from, int to, int depth, int size) {
            if (depth == size) {
                candidate[node] = from;
                return;
            }
            first[node] = nodes;
            var borders = new ArrayList<int[]>();
            for (int start = from; start < to; ) {
                int end = start;
                while (end < to && sorted.get(end)[depth] == sorted.get(start)[depth]) end++;
                item[nodes++] = sorted.get(start)[depth];
                borders.add(new int[] {start, end});
                start = end;
            }
            last[node] = nodes;
            for (int i = 0; i < borders.size(); i++) {
                build(sorted, first[node] + i, borders.get(i)[0], borders.get(i)[1], depth + 1, size);
            }
        }

        void count(int node, int[] items, int from, int left, int[] counts) {
            if (left == 0) {
                counts[candidate[node]]++;
                return;
            }
            int child = first[node];
            int end = last[node];
            for (int i = from; i <= items.length - left && child < end; ) {
                if (item[child] < items[i]) child++;
                else if (item[child] > items[i]) i++;
                else count(child++, items, ++i, left - 1, counts);
            }
        }
    }
}
