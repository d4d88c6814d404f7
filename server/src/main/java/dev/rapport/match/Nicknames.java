package dev.rapport.match;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Given names that are short for others. {@code nicknames.txt} has one name a line with its short forms. */
final class Nicknames {
    private static final Map<String, Set<String>> LONGER = read();

    private Nicknames() {}

    /** Whether one of the names is short for the other, or both for a third. */
    static boolean areAlike(String a, String b) {
        var ofA = LONGER.getOrDefault(a, Set.of());
        var ofB = LONGER.getOrDefault(b, Set.of());
        if (ofA.contains(b) || ofB.contains(a)) return true;
        return ofA.stream().anyMatch(ofB::contains);
    }

    private static Map<String, Set<String>> read() {
        var longer = new HashMap<String, Set<String>>();
        var file = Objects.requireNonNull(Nicknames.class.getResourceAsStream("/match/nicknames.txt"));
        try (var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (var line : reader.lines().toList()) {
                var names = line.split(" ");
                for (int i = 1; i < names.length; i++)
                    longer.computeIfAbsent(names[i], k -> new HashSet<>()).add(names[0]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return longer;
    }
}
