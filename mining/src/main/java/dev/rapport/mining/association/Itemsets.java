package dev.rapport.mining.association;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sets of items that are bought together often enough, with how often. The three algorithms find the same sets, in the
 * same order: by size, then by names.
 *
 * {@snippet :
 * var baskets = Baskets.of(List.of(List.of("a", "b"), List.of("a", "b"), List.of("a")));
 * var sets = new Eclat(0.5, 5).find(baskets, Run.of(1));
 * check(sets.asMap().get(Set.of("a", "b")) == 2);
 * }
 *
 * @param names of all items
 * @param sets each ascending, as places in {@code names}
 * @param counts baskets that hold each set
 * @param baskets how many baskets there are
 */
public record Itemsets(List<String> names, List<int[]> sets, int[] counts, int baskets) {

    /** The sets with their counts, by the items' names. */
    public Map<Set<String>, Integer> asMap() {
        var map = new HashMap<Set<String>, Integer>();
        for (int i = 0; i < sets.size(); i++) {
            map.put(Arrays.stream(sets.get(i)).mapToObj(names::get).collect(Collectors.toSet()), counts[i]);
        }
        return map;
    }

    /** Collects sets of items given by places in some order of their own, then sorts. */
    static final class Collector {
        private final List<int[]> sets = new ArrayList<>();
        private int[] counts = new int[1024];

        void add(int[] items, int length, int count) {
            if (sets.size() == counts.length) counts = Arrays.copyOf(counts, 2 * counts.length);
            counts[sets.size()] = count;
            int[] set = Arrays.copyOf(items, length);
            Arrays.sort(set);
            sets.add(set);
        }

        void addAll(Collector other) {
            for (int i = 0; i < other.sets.size(); i++) {
                int[] set = other.sets.get(i);
                add(set, set.length, other.counts[i]);
            }
        }

        Itemsets sorted(Baskets baskets) {
            Integer[] order = new Integer[sets.size()];
            for (int i = 0; i < order.length; i++) order[i] = i;
            Arrays.sort(order, (a, b) -> {
                int[] x = sets.get(a);
                int[] y = sets.get(b);
                return x.length != y.length ? x.length - y.length : Arrays.compare(x, y);
            });
            var sorted = new ArrayList<int[]>(order.length);
            int[] ordered = new int[order.length];
            for (int i = 0; i < order.length; i++) {
                sorted.add(sets.get(order[i]));
                ordered[i] = counts[order[i]];
            }
            return new Itemsets(baskets.names(), sorted, ordered, baskets.size());
        }
    }
}
