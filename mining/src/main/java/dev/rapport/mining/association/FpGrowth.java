package dev.rapport.mining.association;

import dev.rapport.mining.Run;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Frequent itemsets without candidates: baskets are merged into a prefix tree of their frequent items and the tree is
 * mined item by item (J. Han, J. Pei, Y. Yin 2000).
 *
 * {@snippet :
 * var baskets = Baskets.of(List.of(List.of("beer", "nappies"), List.of("beer", "nappies"), List.of("beer")));
 * check(new FpGrowth(0.6, 3).find(baskets, Run.of(1)).sets().size() == 3);
 * }
 */
public record FpGrowth(double support, int longest) implements ItemsetMiner {

    /** @throws IllegalArgumentException if a parameter is out of range */
    public FpGrowth {
        ItemsetMiner.check(support, longest);
    }

    @Override
    public Itemsets find(Baskets baskets, Run run) {
        int least = baskets.least(support);
        int[] rarestFirst = baskets.frequent(least);
        int[] items = IntStream.range(0, rarestFirst.length)
                .map(i -> rarestFirst[rarestFirst.length - 1 - i])
                .toArray();
        int[] place = new int[baskets.names().size()];
        Arrays.fill(place, -1);
        for (int i = 0; i < items.length; i++) place[items[i]] = i;
        var tree = new Tree(items.length, baskets.items().length + 1);
        for (int b = 0; b < baskets.size(); b++) {
            int[] path = Arrays.stream(baskets.items(), baskets.starts()[b], baskets.starts()[b + 1])
                    .map(item -> place[item])
                    .filter(i -> i >= 0)
                    .sorted()
                    .toArray();
            tree.insert(path, path.length, 1);
        }
        var found = new Itemsets.Collector();
        var mining = new Mining(items, least, longest, found, run);
        mining.mine(tree, new int[Math.min(longest, Math.max(1, items.length))], 0);
        return found.sorted(baskets);
    }

    /** A prefix tree in arrays; children are a linked list, nodes of an item another. */
    private static final class Tree {
        private int[] item;
        private int[] count;
        private int[] parent;
        private int[] child;
        private int[] sibling;
        private int[] sameItem;
        private final int[] head;
        private final int[] total;
        private int nodes = 1;

        Tree(int items, int room) {
            int size = Math.min(room, 1024);
            item = new int[size];
            count = new int[size];
            parent = new int[size];
            child = new int[size];
            sibling = new int[size];
            sameItem = new int[size];
            head = new int[items];
            total = new int[items];
        }

        void insert(int[] path, int length, int times) {
            int node = 0;
            for (int i = 0; i < length; i++) {
                int next = child[node];
                int before = 0;
                while (next != 0 && item[next] != path[i]) {
                    before = next;
                    next = sibling[next];
                }
                if (next == 0) {
                    next = made(path[i], node);
                } else if (before != 0) {
                    // a child asked for comes to the front: frequent ones are found at once
                    sibling[before] = sibling[next];
                    sibling[next] = child[node];
                    child[node] = next;
                }
                count[next] += times;
                total[path[i]] += times;
                node = next;
            }
        }

        private int made(int what, int under) {
            if (nodes == item.length) grow();
            int node = nodes++;
            item[node] = what;
            parent[node] = under;
            sibling[node] = child[under];
            child[under] = node;
            sameItem[node] = head[what];
            head[what] = node;
            return node;
        }

        private void grow() {
            int size = item.length * 2;
            item = Arrays.copyOf(item, size);
            count = Arrays.copyOf(count, size);
            parent = Arrays.copyOf(parent, size);
            child = Arrays.copyOf(child, size);
            sibling = Arrays.copyOf(sibling, size);
            sameItem = Arrays.copyOf(sameItem, size);
        }
    }

    private record Mining(int[] items, int least, int longest, Itemsets.Collector found, Run run) {
        void mine(Tree tree, int[] suffix, int depth) {
            int[] path = new int[items.length];
            for (int i = tree.head.length - 1; i >= 0; i--) {
                if (tree.total[i] < least) continue;
                if (depth == 0) run.at(1 - i / (double) items.length, "item " + i);
                suffix[depth] = items[i];
                found.add(suffix, depth + 1, tree.total[i]);
                if (depth + 1 >= longest || i == 0) continue;
                int[] support = new int[i];
                for (int node = tree.head[i]; node != 0; node = tree.sameItem[node]) {
                    for (int up = tree.parent[node]; up != 0; up = tree.parent[up])
                        support[tree.item[up]] += tree.count[node];
                }
                var conditional = new Tree(i, 1024);
                for (int node = tree.head[i]; node != 0; node = tree.sameItem[node]) {
                    int length = 0;
                    for (int up = tree.parent[node]; up != 0; up = tree.parent[up]) {
                        if (support[tree.item[up]] >= least) path[length++] = tree.item[up];
                    }
                    // the way up is descending
                    for (int a = 0, b = length - 1; a < b; a++, b--) {
                        int swap = path[a];
                        path[a] = path[b];
                        path[b] = swap;
                    }
                    if (length > 0) conditional.insert(path, length, tree.count[node]);
                }
                if (conditional.nodes > 1) mine(conditional, suffix, depth + 1);
            }
        }
    }
}
