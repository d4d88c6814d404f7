package dev.rapport.exchange;

import dev.rapport.kernel.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Makes usable column names out of what stands in a file's first row. */
final class Headers {
    static final int MAX_COLUMNS = 1_000;
    private static final Pattern DATA = Pattern.compile(
            "[+-]?[\\d,]*\\.?\\d+%?|\\S+@\\S+\\.\\S+|\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}.*|[0-9a-f]{16,}|\\+?[\\d ()-]{7,}");

    private Headers() {}

    /** Padded names are stripped, missing ones numbered, repeated ones told apart. */
    static List<String> clean(List<String> cells) {
        if (cells.size() > MAX_COLUMNS) throw Unreadable.because("columns", cells.size());
        var names = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (int i = 0; i < cells.size(); i++) {
            var base = cells.get(i).replaceAll("[\\p{Cntrl}\\s\\uFEFF]+", " ").strip();
            if (base.isEmpty()) base = "Column " + (i + 1);
            if (base.length() > 200) base = base.substring(0, 200);
            var name = base;
            for (int n = 2; !seen.add(name); n++) name = base + " (" + n + ")";
            names.add(name);
        }
        return names;
    }

    static List<String> numbered(int count) {
        var names = new ArrayList<String>();
        for (int i = 1; i <= count; i++) names.add("Column " + i);
        return names;
    }

    /** Whether a first row looks like names rather than values. */
    static boolean isHeader(List<String> cells) {
        return cells.stream()
                        .map(String::strip)
                        .noneMatch(cell -> DATA.matcher(cell).matches())
                && cells.stream().anyMatch(cell -> !cell.isBlank());
    }

    /** Says why a file cannot be read. */
    static final class Unreadable {
        private Unreadable() {}

        static Refusal because(String format, Object reason) {
            return Refusal.of(
                    Refusal.Kind.UNPROCESSABLE,
                    "file-unreadable",
                    java.util.Map.of("format", format, "reason", String.valueOf(reason)));
        }
    }
}
