package dev.rapport.mining.value;

import java.util.LinkedHashMap;
import java.util.Map;

/** Customers with equal counts, which have equal likelihood: a likelihood over groups costs a fraction. */
record CountGroups(double[] repeats, double[] last, double[] known, double[] customers) {
    private record Key(double repeats, double last, double known) {}

    static CountGroups of(Purchases purchases) {
        Map<Key, Integer> groups = new LinkedHashMap<>();
        for (int i = 0; i < purchases.size(); i++) {
            groups.merge(
                    new Key(
                            purchases.repeats()[i],
                            purchases.last()[i],
                            purchases.known()[i]),
                    1,
                    Integer::sum);
        }
        int n = groups.size();
        var made = new CountGroups(new double[n], new double[n], new double[n], new double[n]);
        int i = 0;
        for (var entry : groups.entrySet()) {
            made.repeats[i] = entry.getKey().repeats;
            made.last[i] = entry.getKey().last;
            made.known[i] = entry.getKey().known;
            made.customers[i++] = entry.getValue();
        }
        return made;
    }

    int size() {
        return repeats.length;
    }
}
