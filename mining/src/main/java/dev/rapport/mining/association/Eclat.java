package dev.rapport.mining.association;

import dev.rapport.mining.Run;
import dev.rapport.mining.math.Parallel;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Frequent itemsets depth first by intersecting the sets of baskets that hold each item (M. J. Zaki 2000). Baskets are
 * bits; below a prefix only the words in which the prefix has baskets at all are kept.
 *
 * {@snippet :
 * var baskets = Baskets.of(List.of(List.of("beer", "nappies"), List.of("beer", "nappies"), List.of("beer")));
 * check(new Eclat(0.6, 3).find(baskets, Run.of(1)).sets().size() == 3);
 * }
 */
public record Eclat(double support, int longest) implements ItemsetMiner {

    /** @throws IllegalArgumentException if a parameter is out of range */
    public Eclat {
        ItemsetMiner.check(support, longest);
    }

    @Override
    public Itemsets find(Baskets baskets, Run run) {
        int least = baskets.least(support);
        int[] counts = baskets.counts();
        // rare items first: their few baskets make small intersections early
        int[] items = baskets.frequent(least);
        long[][] bits = bits(baskets, items, counts.length);
        var caller = Thread.currentThread();
        var parts = Parallel.map(items.length, run.threads(), i -> {
            if (Thread.currentThread() == caller) run.at(i / (double) items.length, "item " + i);
            var search = new Search(items, least, longest);
            search.from(i, bits, counts);
            return search.found;
        });
        run.at(1, "sorting");
        var all = new Itemsets.Collector();
        parts.forEach(all::addAll);
        return all.sorted(baskets);
    }

    private static long[][] bits(Baskets baskets, int[] items, int names) {
        int[] place = new int[names];
        Arrays.fill(place, -1);
        for (int i = 0; i < items.length; i++) place[items[i]] = i;
        int words = (baskets.size() + 63) / 64;
        long[][] bits = new long[items.length][words];
        for (int b = 0; b < baskets.size(); b++) {
            for (int v = baskets.starts()[b]; v < baskets.starts()[b + 1]; v++) {
                int i = place[baskets.items()[v]];
                if (i >= 0) bits[i][b >> 6] |= 1L << b;
            }
        }
        return bits;
    }

    private static final class Search {
        private final int[] items;
        private final int least;
        private final int longest;
        private final Itemsets.Collector found = new Itemsets.Collector();
        private final int[] prefix;

        Search(int[] items, int least, int longest) {
            this.items = items;
            this.least = least;
            this.longest = longest;
            this.prefix = new int[Math.min(longest, items.length)];
        }

        void from(int first, long[][] bits, int[] counts) {
            prefix[0] = items[first];
            found.add(prefix, 1, counts[items[first]]);
            if (longest == 1) return;
            // only the words in which the first item has baskets
            int[] words = IntStream.range(0, bits[first].length)
                    .filter(w -> bits[first][w] != 0)
                    .toArray();
            long[] own = gathered(bits[first], words);
            int rest = items.length - first - 1;
            long[][] sets = new long[rest][];
            int[] sizes = new int[rest];
            int[] who = new int[rest];
            int kept = 0;
            for (int i = first + 1; i < items.length; i++) {
                long[] both = new long[words.length];
                int count = and(own, bits[i], words, both);
                if (count < least) continue;
                sets[kept] = both;
                sizes[kept] = count;
                who[kept++] = items[i];
            }
            below(1, sets, sizes, who, kept);
        }

        private void below(int depth, long[][] sets, int[] sizes, int[] who, int count) {
            for (int i = 0; i < count; i++) {
                prefix[depth] = who[i];
                found.add(prefix, depth + 1, sizes[i]);
                if (depth + 1 >= longest || i + 1 == count) continue;
                long[][] next = new long[count - i - 1][];
                int[] nextSizes = new int[count - i - 1];
                int[] nextWho = new int[count - i - 1];
                int kept = 0;
                // a sparse set is packed once for all its extensions
                int filled = filled(sets[i]);
                int @org.jspecify.annotations.Nullable [] words =
                        filled * 3 < sets[i].length * 2 ? places(sets[i], filled) : null;
                long[] own = words == null ? sets[i] : gathered(sets[i], words);
                for (int j = i + 1; j < count; j++) {
                    long[] both = new long[own.length];
                    int size = words == null ? and(own, sets[j], both) : and(own, sets[j], words, both);
                    if (size < least) continue;
                    next[kept] = both;
                    nextSizes[kept] = size;
                    nextWho[kept++] = who[j];
                }
                if (kept > 0) below(depth + 1, next, nextSizes, nextWho, kept);
            }
        }

        private static int filled(long[] set) {
            int filled = 0;
            for (long word : set) filled += word != 0 ? 1 : 0;
            return filled;
        }

        private static int[] places(long[] set, int filled) {
            int[] places = new int[filled];
            int next = 0;
            for (int w = 0; w < set.length; w++) if (set[w] != 0) places[next++] = w;
            return places;
        }

        private static long[] gathered(long[] set, int[] words) {
            long[] some = new long[words.length];
            for (int w = 0; w < words.length; w++) some[w] = set[words[w]];
            return some;
        }

        private static int and(long[] own, long[] other, int[] words, long[] both) {
            int count = 0;
            for (int w = 0; w < words.length; w++) {
                both[w] = own[w] & other[words[w]];
                count += Long.bitCount(both[w]);
            }
            return count;
        }

        private static int and(long[] own, long[] other, long[] both) {
            int count = 0;
            for (int w = 0; w < own.length; w++) {
                both[w] = own[w] & other[w];
                count += Long.bitCount(both[w]);
            }
            return count;
        }
    }
}
