package dev.rapport.mining.value;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Model;
import dev.rapport.mining.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Recency, frequency and money in five grades each (A. Hughes 1994), and the groups marketers know by name. Grades are by
 * quintile; equal values always share a grade, however many there are.
 *
 * {@snippet :
 * var purchases = Purchases.ofCounts(new double[] {0, 5}, new double[] {0, 30}, new double[] {40, 31}, new double[] {Double.NaN, 20});
 * var rfm = Rfm.of(purchases, Run.of(1));
 * check(rfm.frequency()[1] > rfm.frequency()[0]);
 * }
 *
 * @param recency grade 1 to 5; 5 bought last
 * @param frequency grade 1 to 5; 5 bought most often
 * @param money grade 1 to 5; 5 spent most
 * @param groups each customer's group
 */
public record Rfm(int[] recency, int[] frequency, int[] money, List<Group> groups, Card card) implements Model {

    /** What marketers call the combinations; money ranks within a group. */
    public enum Group {
        /** Bought lately and often. */
        CHAMPIONS,
        /** Buy often. */
        LOYAL,
        /** Bought lately, more than once. */
        PROMISING,
        /** Bought lately for the first time. */
        NEW,
        /** Average in all, slipping. */
        NEED_ATTENTION,
        /** Bought often, but not lately. */
        AT_RISK,
        /** Were among the best, gone long. */
        CANNOT_LOSE,
        /** Bought little, long ago. */
        HIBERNATING
    }

    /** Grades all customers. */
    public static Rfm of(Purchases purchases, Run run) {
        double[] newness = Arrays.stream(purchases.recency()).map(days -> -days).toArray();
        boolean undated = Arrays.stream(purchases.recency()).allMatch(days -> days == 0);
        if (undated)
            for (int i = 0; i < newness.length; i++)
                newness[i] = purchases.last()[i] - purchases.known()[i];
        int[] r = grades(newness);
        int[] f = grades(purchases.repeats());
        int[] m = grades(purchases.spent());
        var groups = new ArrayList<Group>();
        for (int i = 0; i < r.length; i++)
            groups.add(group(r[i], f[i], purchases.repeats()[i]));
        var card = Card.of(
                "Rfm", Map.of(), run, purchases.fingerprint(), purchases.size(), List.of("customer", "time", "amount"));
        return new Rfm(r, f, m, List.copyOf(groups), card);
    }

    // the grade of the middle of all equal values
    static int[] grades(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int[] grades = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            int first = firstAtLeast(sorted, values[i]);
            int end = firstAtLeast(sorted, Math.nextUp(values[i]));
            double middle = (first + end) / 2.0 / values.length;
            grades[i] = Math.min(5, 1 + (int) (5 * middle));
        }
        return grades;
    }

    private static int firstAtLeast(double[] sorted, double value) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < value) from = middle + 1;
            else to = middle;
        }
        return from;
    }

    private static Group group(int r, int f, double repeats) {
        if (r >= 4 && f >= 4) return Group.CHAMPIONS;
        if (r >= 4 && repeats == 0) return Group.NEW;
        if (r >= 4) return Group.PROMISING;
        if (r == 3 && f >= 4) return Group.LOYAL;
        if (r == 3) return Group.NEED_ATTENTION;
        if (r == 1 && f == 5) return Group.CANNOT_LOSE;
        if (f >= 3 && repeats > 0) return Group.AT_RISK;
        return Group.HIBERNATING;
    }

    /** Customers in each pair of grades: rows by recency 1 to 5, columns by frequency 1 to 5. */
    public int[][] heatMap() {
        int[][] map = new int[5][5];
        for (int i = 0; i < recency.length; i++) map[recency[i] - 1][frequency[i] - 1]++;
        return map;
    }

    /** A group's name for people. */
    public static String name(Group group, Locale locale) {
        return dev.rapport.mining.Words.text(
                locale, "rfm." + group.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @Override
    public Explanation explanation() {
        var counts = new LinkedHashMap<Group, Integer>();
        for (Group group : Group.values()) counts.put(group, 0);
        groups.forEach(group -> counts.merge(group, 1, Integer::sum));
        return new Explanation.Facts(counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> Explanation.Fact.of(
                        "rfm." + entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        entry.getValue(),
                        100.0 * entry.getValue() / groups.size()))
                .toList());
    }
}
