package dev.rapport.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Finds the pairs of a whole set of records that mean the same. Only records that share a key are compared, and a key that
 * very many share is not telling; so the work grows with the number of records, not of pairs.
 */
public final class MatchScan {
    /** A key that more records share tells too little to compare them all. */
    private static final int LARGEST_BLOCK = 60;

    private static final int INDEX_BITS = 25;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;
    private static final int CHUNK = 20_000;

    private MatchScan() {}

    /** Two records by their positions, the lower first, and how likely they are one. */
    public record Pair(int a, int b, double points) {}

    /** @throws IllegalArgumentException for more than 33 million profiles */
    public static List<Pair> pairs(List<MatchProfile> profiles, BooleanSupplier stop) {
        if (profiles.size() > INDEX_MASK) throw new IllegalArgumentException("Too many records for one scan");
        var keys = new long[profiles.size()][];
        IntStream.range(0, keys.length)
                .parallel()
                .forEach(i -> keys[i] = profiles.get(i).keys());
        var entries = entries(keys);
        var starts = blocks(entries);
        var large = tooLarge(entries, starts);
        var pairs = new ArrayList<Pair>();
        for (int from = 0; from < starts.length && !stop.getAsBoolean(); from += CHUNK) {
            int to = Math.min(starts.length, from + CHUNK);
            int begin = from;
            var found = IntStream.range(begin, to)
                    .parallel()
                    .mapToObj(block -> compare(block, starts, entries, keys, large, profiles))
                    .toList();
            found.forEach(pairs::addAll);
        }
        return pairs;
    }

    /** All keys with the record that has each, sorted: the upper bits of the key, the lower ones the record. */
    private static long[] entries(long[][] keys) {
        int count = Arrays.stream(keys).mapToInt(own -> own.length).sum();
        var entries = new long[count];
        int at = 0;
        for (int i = 0; i < keys.length; i++) for (long key : keys[i]) entries[at++] = block(key) | i;
        Arrays.parallelSort(entries);
        return entries;
    }

    private static long block(long key) {
        return key & ~INDEX_MASK;
    }

    private static int[] blocks(long[] entries) {
        var starts = new ArrayList<Integer>();
        for (int i = 0; i < entries.length; i++) {
            boolean first = i == 0 || block(entries[i]) != block(entries[i - 1]);
            boolean followed = i + 1 < entries.length && block(entries[i]) == block(entries[i + 1]);
            if (first && followed) starts.add(i);
        }
        return starts.stream().mapToInt(i -> i).toArray();
    }

    private static List<Pair> compare(
            int block, int[] starts, long[] entries, long[][] keys, Set<Long> large, List<MatchProfile> profiles) {
        int start = starts[block];
        int end = start;
        while (end < entries.length && block(entries[end]) == block(entries[start])) end++;
        if (end - start > LARGEST_BLOCK) return List.of();
        var found = new ArrayList<Pair>();
        for (int i = start; i < end; i++)
            for (int j = i + 1; j < end; j++) {
                int a = (int) (entries[i] & INDEX_MASK);
                int b = (int) (entries[j] & INDEX_MASK);
                if (a == b || !isFirstCommon(block(entries[start]), keys[a], keys[b], large)) continue;
                var score = MatchScore.of(profiles.get(a), profiles.get(b));
                if (score.points() >= MatchScore.LIKELY)
                    found.add(new Pair(Math.min(a, b), Math.max(a, b), score.points()));
            }
        return found;
    }

    /** A pair that shares several keys is compared once, under the least of them that is compared at all. */
    private static boolean isFirstCommon(long block, long[] a, long[] b, Set<Long> large) {
        for (long one : a) {
            long own = block(one);
            if (own >= block || large.contains(own)) continue;
            for (long other : b) if (block(other) == own) return false;
        }
        return true;
    }

    private static Set<Long> tooLarge(long[] entries, int[] starts) {
        var large = new HashSet<Long>();
        for (int start : starts) {
            int last = start + LARGEST_BLOCK;
            if (last < entries.length && block(entries[last]) == block(entries[start]))
                large.add(block(entries[start]));
        }
        return large;
    }
}
