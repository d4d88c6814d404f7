package dev.rapport.mining.value;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What customers did up to a day: per customer how often they came back, when last, for how long they have been known, and
 * what they spent. Purchases of one day count as one; returns (negative amounts) lower the sum but are no purchases.
 *
 * {@snippet :
 * var day = 86_400_000L;
 * var orders = Frame.of(Column.categorical("customer", "a", "a", "b"), new Column.Time("at", new long[] {0, 7 * day, 0}),
 *     Column.numeric("amount", 10, 20, 5));
 * var purchases = Purchases.of(orders, "customer", "at", "amount", LocalDate.of(1970, 1, 15), 7);
 * check(purchases.repeats()[0] == 1 && purchases.last()[0] == 1 && purchases.known()[0] == 2);
 * }
 *
 * @param customers their keys, sorted
 * @param asOf the day looked at; purchases on it or later are left out
 * @param repeats purchases after the first
 * @param last time from the first purchase to the last, in the unit chosen
 * @param known time from the first purchase to {@code asOf}, in the unit
 * @param recency days from the last purchase to {@code asOf}
 * @param spent sum of all amounts
 * @param repeatValue mean amount of the purchases after the first; NaN for none
 */
public record Purchases(
        List<String> customers,
        LocalDate asOf,
        double[] repeats,
        double[] last,
        double[] known,
        double[] recency,
        double[] spent,
        double[] repeatValue) {

    /**
     * Sums up order lines or orders.
     *
     * @param unit days in the unit of time, such as 7 for weeks
     * @throws Refusal if nothing was bought before {@code asOf}
     */
    public static Purchases of(Frame orders, String customer, String time, String amount, LocalDate asOf, double unit) {
        Column who = orders.column(customer);
        var when = orders.time(time);
        double[] amounts = orders.numeric(amount).values();
        Map<String, TreeMap<LocalDate, Double>> days = new TreeMap<>();
        for (int row = 0; row < orders.rows(); row++) {
            if (who.isMissing(row) || when.isMissing(row) || Double.isNaN(amounts[row])) continue;
            LocalDate day = Instant.ofEpochMilli(when.values()[row])
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate();
            if (!day.isBefore(asOf)) continue;
            days.computeIfAbsent(who.written(row), key -> new TreeMap<>()).merge(day, amounts[row], Double::sum);
        }
        if (days.isEmpty()) throw Refusal.because("no-purchases", asOf);
        int n = days.size();
        var made = new Purchases(
                List.copyOf(days.keySet()),
                asOf,
                new double[n],
                new double[n],
                new double[n],
                new double[n],
                new double[n],
                new double[n]);
        int i = 0;
        for (var history : days.values()) made.sumUp(i++, history, unit);
        return made;
    }

    private void sumUp(int i, TreeMap<LocalDate, Double> history, double unit) {
        var bought = new ArrayList<Map.Entry<LocalDate, Double>>();
        for (var day : history.entrySet()) {
            spent[i] += day.getValue();
            if (day.getValue() >= 0) bought.add(day);
        }
        if (bought.isEmpty()) bought.add(history.firstEntry());
        LocalDate first = bought.get(0).getKey();
        LocalDate latest = bought.get(bought.size() - 1).getKey();
        repeats[i] = bought.size() - 1;
        last[i] = days(first, latest) / unit;
        known[i] = days(first, asOf) / unit;
        recency[i] = days(latest, asOf);
        repeatValue[i] = bought.stream()
                .skip(1)
                .mapToDouble(Map.Entry::getValue)
                .average()
                .orElse(Double.NaN);
    }

    private static double days(LocalDate from, LocalDate to) {
        return to.toEpochDay() - from.toEpochDay();
    }

    /** How many customers. */
    public int size() {
        return repeats.length;
    }

    /** From counts made elsewhere, such as by SQL: repeats, last and known per customer. */
    public static Purchases ofCounts(double[] repeats, double[] last, double[] known, double[] repeatValue) {
        int n = repeats.length;
        var names =
                java.util.stream.IntStream.range(0, n).mapToObj(String::valueOf).toList();
        return new Purchases(names, LocalDate.EPOCH, repeats, last, known, new double[n], new double[n], repeatValue);
    }

    String fingerprint() {
        return Frame.of(
                        Column.numeric("repeats", repeats),
                        Column.numeric("last", last),
                        Column.numeric("known", known))
                .fingerprint();
    }
}
