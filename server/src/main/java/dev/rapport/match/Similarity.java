package dev.rapport.match;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How alike two normalised texts are, from 0 (nothing in common) to 1 (the same). */
public final class Similarity {
    private static final Pattern NUMBERS = Pattern.compile("\\d+");

    private Similarity() {}

    /**
     * Jaro and Winkler's similarity of short texts (Winkler 1990), with the prefix bonus of at most four letters. Written
     * out because it runs tens of millions of times in a scan and the library's allocates for each.
     */
    static double jaroWinkler(String a, String b) {
        if (a.equals(b)) return 1;
        int n = a.length();
        int m = b.length();
        if (n == 0 || m == 0) return 0;
        int reach = Math.max(0, Math.max(n, m) / 2 - 1);
        long seenInA = 0;
        long seenInB = 0;
        int common = 0;
        for (int i = 0; i < Math.min(n, 64); i++) {
            int to = Math.min(Math.min(m, 64) - 1, i + reach);
            for (int j = Math.max(0, i - reach); j <= to; j++)
                if ((seenInB & 1L << j) == 0 && a.charAt(i) == b.charAt(j)) {
                    seenInA |= 1L << i;
                    seenInB |= 1L << j;
                    common++;
                    break;
                }
        }
        if (common == 0) return 0;
        int swapped = 0;
        int j = 0;
        for (int i = 0; i < Math.min(n, 64); i++) {
            if ((seenInA & 1L << i) == 0) continue;
            while ((seenInB & 1L << j) == 0) j++;
            if (a.charAt(i) != b.charAt(j)) swapped++;
            j++;
        }
        double jaro = ((double) common / n + (double) common / m + (common - swapped / 2.0) / common) / 3;
        int prefix = 0;
        while (prefix < 4 && prefix < n && prefix < m && a.charAt(prefix) == b.charAt(prefix)) prefix++;
        return jaro + prefix * 0.1 * (1 - jaro);
    }

    /** Whether one letter more, less, other, or two neighbours swapped makes one text the other. */
    public static boolean isOneTypo(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 1 || a.equals(b)) return false;
        int start = 0;
        int shorter = Math.min(a.length(), b.length());
        while (start < shorter && a.charAt(start) == b.charAt(start)) start++;
        int endA = a.length();
        int endB = b.length();
        while (endA > start && endB > start && a.charAt(endA - 1) == b.charAt(endB - 1)) {
            endA--;
            endB--;
        }
        int restA = endA - start;
        int restB = endB - start;
        if (restA <= 1 && restB <= 1) return true;
        return restA == 2
                && restB == 2
                && a.charAt(start) == b.charAt(start + 1)
                && a.charAt(start + 1) == b.charAt(start);
    }

    /** Whether two texts are the same but for the numbers in them. */
    static boolean differInDigits(String a, String b) {
        return !a.equals(b)
                && NUMBERS.matcher(a).replaceAll("0").equals(NUMBERS.matcher(b).replaceAll("0"));
    }

    /** The share of words of either list that have a like one in the other; longer words weigh more. */
    static double words(List<String> a, List<String> b) {
        if (a.isEmpty() || b.isEmpty()) return 0;
        double common = 0;
        double total = 0;
        var free = new ArrayList<>(b);
        for (var word : a) {
            double weight = weight(word);
            total += weight;
            int best = -1;
            double alike = 0;
            for (int i = 0; i < free.size(); i++) {
                double similarity = word(word, free.get(i));
                if (similarity > alike) {
                    alike = similarity;
                    best = i;
                }
            }
            if (best < 0) continue;
            common += alike * (weight + weight(free.get(best)));
            total += weight(free.remove(best));
        }
        for (var word : free) total += weight(word);
        return common / total;
    }

    /** The share of the shorter list's words that have a like one in the longer. */
    static double contained(List<String> a, List<String> b) {
        var shorter = a.size() <= b.size() ? a : b;
        var longer = shorter == a ? b : a;
        double common = 0;
        double total = 0;
        for (var word : shorter) {
            total += weight(word);
            common += weight(word)
                    * longer.stream()
                            .mapToDouble(other -> word(word, other))
                            .max()
                            .orElse(0);
        }
        return total == 0 ? 0 : common / total;
    }

    private static double word(String a, String b) {
        if (a.equals(b)) return 1;
        if (Character.isDigit(a.charAt(0)) || Character.isDigit(b.charAt(0))) return 0;
        double similarity = jaroWinkler(a, b);
        if (similarity >= 0.88) return similarity;
        boolean abbreviated = a.length() >= 3 && b.startsWith(a) || b.length() >= 3 && a.startsWith(b);
        return abbreviated ? 0.8 : 0;
    }

    private static double weight(String word) {
        return Math.min(6, word.length()) + 1.0;
    }
}
