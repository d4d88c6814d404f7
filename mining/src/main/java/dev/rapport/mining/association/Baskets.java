package dev.rapport.mining.association;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.frame.Frame;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What was bought together: baskets of items, each item once. Basket {@code b} has the items from {@code starts[b]} to
 * {@code starts[b + 1]}, ascending.
 *
 * {@snippet :
 * var baskets = Baskets.of(List.of(List.of("milk", "bread"), List.of("milk")));
 * check(baskets.size() == 2 && baskets.names().equals(List.of("bread", "milk")));
 * }
 *
 * @param names of the items, sorted
 * @param starts one more than there are baskets
 * @param items places in {@code names}
 */
public record Baskets(List<String> names, int[] starts, int[] items) {

    /** Keeps the names as they are. */
    public Baskets {
        names = List.copyOf(names);
    }

    /** From words; a repeated word counts once, a blank one not at all. */
    public static Baskets of(Collection<? extends Collection<String>> baskets) {
        var all = new TreeSet<String>();
        for (var basket : baskets) for (String item : basket) if (!item.isBlank()) all.add(item);
        var names = List.copyOf(all);
        var places = new HashMap<String, Integer>();
        for (String name : names) places.put(name, places.size());
        int[] starts = new int[baskets.size() + 1];
        int[] items = new int[baskets.stream().mapToInt(Collection::size).sum()];
        int end = 0;
        int number = 0;
        for (var basket : baskets) {
            int[] own = basket.stream()
                    .filter(item -> !item.isBlank())
                    .mapToInt(item -> places.getOrDefault(item, 0))
                    .sorted()
                    .distinct()
                    .toArray();
            System.arraycopy(own, 0, items, end, own.length);
            end += own.length;
            starts[++number] = end;
        }
        return new Baskets(names, starts, Arrays.copyOf(items, end));
    }

    /** From order lines: one row per line, with the order's and the item's column. Lines without an item are left out. */
    public static Baskets ofLines(Frame lines, String basket, String item) {
        var key = lines.column(basket);
        var what = lines.column(item);
        Map<String, List<String>> orders = new LinkedHashMap<>();
        for (int row = 0; row < lines.rows(); row++) {
            if (key.isMissing(row) || what.isMissing(row)) continue;
            orders.computeIfAbsent(key.written(row), k -> new java.util.ArrayList<>())
                    .add(what.written(row));
        }
        return of(orders.values());
    }

    /** How many baskets. */
    public int size() {
        return starts.length - 1;
    }

    /** Baskets that hold each item. */
    public int[] counts() {
        int[] counts = new int[names.size()];
        for (int item : items) counts[item]++;
        return counts;
    }

    /** The items that enough baskets hold, rarest first; of equally rare ones in order. */
    int[] frequent(int least) {
        int[] counts = counts();
        return java.util.stream.IntStream.range(0, counts.length)
                .filter(item -> counts[item] >= least)
                .boxed()
                .sorted(java.util.Comparator.comparingInt((Integer item) -> counts[item])
                        .thenComparing(item -> item))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The least number of baskets for a share of them. @throws Refusal if there are no baskets */
    int least(double support) {
        if (size() == 0) throw Refusal.because("no-baskets");
        return Math.max(1, (int) Math.ceil(support * size() - 1e-9));
    }
}
