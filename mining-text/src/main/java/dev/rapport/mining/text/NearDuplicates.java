package dev.rapport.mining.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Comments that are all but the same, such as copied reviews: candidates by hashes of their character runs that collide
 * (A. Broder 1997; locality-sensitive bands, P. Indyk, R. Motwani 1998), then checked by the share of runs in common.
 *
 * {@snippet :
 * var texts = List.of("The delivery was very late again today", "The delivery was very late again today!!", "Friendly staff");
 * var pairs = NearDuplicates.of(texts, 0.8);
 * check(pairs.size() == 1 && pairs.get(0).second() == 1);
 * }
 */
public final class NearDuplicates {
    private static final int RUN = 4;
    private static final int BANDS = 32;
    private static final int ROWS = 4;

    private NearDuplicates() {}

    /** Two texts, by number, and the share of character runs they have in common, in [0, 1]. */
    public record Pair(int first, int second, double likeness) {}

    /**
     * All pairs of at least that likeness, the most alike first. A pair of likeness 0.6 is found with a chance of 98.8 %, of
     * 0.8 with one of all but certainty. Texts without a letter or digit are left out.
     *
     * @param least in (0, 1]; from 0.6 on the chances above hold
     */
    public static List<Pair> of(List<String> texts, double least) {
        int[][] runs = texts.stream().map(NearDuplicates::runs).toArray(int[][]::new);
        long[][] multipliers = multipliers();
        var seen = new HashSet<Long>();
        var pairs = new ArrayList<Pair>();
        int[][] signatures =
                Arrays.stream(runs).map(own -> signature(own, multipliers)).toArray(int[][]::new);
        for (int band = 0; band < BANDS; band++) {
            var buckets = new HashMap<Integer, List<Integer>>();
            for (int t = 0; t < runs.length; t++) {
                if (runs[t].length == 0) continue;
                int hash = Arrays.hashCode(Arrays.copyOfRange(signatures[t], band * ROWS, (band + 1) * ROWS));
                for (int other : buckets.computeIfAbsent(hash, key -> new ArrayList<>())) {
                    if (!seen.add((long) other << 32 | t)) continue;
                    double likeness = likeness(runs[other], runs[t]);
                    if (likeness >= least) pairs.add(new Pair(other, t, likeness));
                }
                buckets.get(hash).add(t);
            }
        }
        pairs.sort((a, b) -> a.likeness != b.likeness
                ? Double.compare(b.likeness, a.likeness)
                : a.first != b.first ? a.first - b.first : a.second - b.second);
        return pairs;
    }

    // letters and digits alone, so that punctuation and case do not matter
    private static int[] runs(String text) {
        int[] letters = text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .toArray();
        Set<Integer> runs = new HashSet<>();
        for (int i = 0; i < letters.length; i++) {
            if (i > 0 && i + RUN > letters.length) break;
            int hash = 0;
            for (int j = i; j < Math.min(letters.length, i + RUN); j++) hash = hash * 1_000_003 + letters[j];
            runs.add(hash * 0x9E3779B9);
        }
        return runs.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static long[][] multipliers() {
        var random = new SplittableRandom(20_26);
        long[][] multipliers = new long[BANDS * ROWS][2];
        for (long[] pair : multipliers) {
            pair[0] = random.nextLong() | 1;
            pair[1] = random.nextLong();
        }
        return multipliers;
    }

    private static int[] signature(int[] runs, long[][] multipliers) {
        int[] signature = new int[multipliers.length];
        Arrays.fill(signature, Integer.MAX_VALUE);
        for (int run : runs) {
            for (int h = 0; h < signature.length; h++) {
                int hash = (int) (run * multipliers[h][0] + multipliers[h][1] >>> 32);
                if (hash < signature[h]) signature[h] = hash;
            }
        }
        return signature;
    }

    private static double likeness(int[] a, int[] b) {
        int i = 0;
        int j = 0;
        int both = 0;
        while (i < a.length && j < b.length) {
            if (a[i] < b[j]) i++;
            else if (a[i] > b[j]) j++;
            else {
                both++;
                i++;
                j++;
            }
        }
        return both / (double) (a.length + b.length - both);
    }
}
