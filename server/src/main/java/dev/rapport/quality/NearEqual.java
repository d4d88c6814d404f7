package dev.rapport.quality;

import dev.rapport.kernel.RecordId;
import dev.rapport.match.Similarity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds rare values of a field that are one typing mistake away from a frequent one: {@code technolgy} beside hundreds of
 * {@code technology}. Fields with very many different values, such as names, are left alone.
 */
final class NearEqual {
    private static final int MOST_VALUES = 2_000;
    private static final int MOST_RECORDS = 50;
    private static final int SHORTEST = 5;
    /** A value counts as frequent from so many records, and as meant from so many times as many as the other. */
    private static final int FREQUENT = 5;

    private static final int TIMES = 10;

    private final Map<String, Seen> values = new HashMap<>();
    private boolean tooMany;

    private static final class Seen {
        private long count;
        private final List<RecordId> records = new ArrayList<>();
    }

    /** A rare value with the frequent one it is likely meant to be. */
    record Correction(String present, String suggested, List<RecordId> records) {}

    void add(RecordId id, String value) {
        if (tooMany) return;
        var seen = values.computeIfAbsent(value, k -> new Seen());
        seen.count++;
        if (seen.records.size() < MOST_RECORDS) seen.records.add(id);
        if (values.size() > MOST_VALUES) {
            tooMany = true;
            values.clear();
        }
    }

    List<Correction> corrections() {
        var frequent = values.entrySet().stream()
                .filter(entry -> entry.getValue().count >= FREQUENT)
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().count))
                .toList();
        var corrections = new ArrayList<Correction>();
        values.forEach((value, seen) -> {
            if (value.length() < SHORTEST) return;
            frequent.stream()
                    .filter(entry -> entry.getValue().count >= TIMES * seen.count)
                    .filter(entry -> Similarity.isOneTypo(value, entry.getKey())
                            || value.equalsIgnoreCase(entry.getKey()) && !value.equals(entry.getKey()))
                    .findFirst()
                    .ifPresent(entry -> corrections.add(new Correction(value, entry.getKey(), seen.records)));
        });
        return corrections;
    }
}
