package dev.rapport.mining.frame;

import dev.rapport.mining.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads delimited text with a header line (RFC 4180) into a frame. A column whose values are all numbers becomes
 * numeric, all ISO dates or date-times (zone-less ones count as UTC) becomes time, few different words categorical, the
 * rest text. Blank cells, {@code NA}, {@code NaN} and {@code null} are missing. Own code only because this library has no
 * dependencies; files that people upload go through the server's importer.
 *
 * {@snippet :
 * var frame = CsvFrames.read(new java.io.StringReader("age,city\n31,Paris\n,北京\n"), ',');
 * check(frame.numeric("age").isMissing(1) && frame.categorical("city").levels().size() == 2);
 * }
 */
public final class CsvFrames {
    private static final int LEVELS = 256;

    private CsvFrames() {}

    /** Reads a UTF-8 file, with or without a byte order mark. */
    public static Frame read(Path file, char delimiter) throws IOException {
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(reader, delimiter);
        }
    }

    /**
     * Reads all rows.
     *
     * @throws Refusal if there is no header, a name comes twice, or a row has another number of cells
     */
    public static Frame read(Reader source, char delimiter) throws IOException {
        var cells =
                new Cells(source instanceof BufferedReader buffered ? buffered : new BufferedReader(source), delimiter);
        List<String> header = cells.next();
        if (header == null || header.equals(List.of(""))) throw Refusal.because("no-header");
        var names =
                header.stream().map(name -> name.replace("\uFEFF", "").strip()).toList();
        var columns = new ArrayList<List<@Nullable String>>();
        for (int i = 0; i < names.size(); i++) columns.add(new ArrayList<>());
        List<String> row;
        while ((row = cells.next()) != null) {
            if (row.size() == 1 && row.get(0).isEmpty()) continue;
            if (row.size() != names.size()) throw Refusal.because("ragged-row", cells.line, row.size(), names.size());
            for (int i = 0; i < row.size(); i++) columns.get(i).add(known(row.get(i)));
        }
        var typed = new ArrayList<Column>();
        for (int i = 0; i < names.size(); i++) typed.add(typed(names.get(i), columns.get(i)));
        return Frame.of(typed);
    }

    /** Gives words the narrowest kind of column that fits all of them. */
    public static Column typed(String name, List<@Nullable String> words) {
        Column numbers = numbers(name, words);
        if (numbers != null) return numbers;
        Column days = times(
                name,
                words,
                word -> LocalDate.parse(word)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli());
        if (days != null) return days;
        Column moments = times(name, words, CsvFrames::moment);
        if (moments != null) return moments;
        var different = new HashSet<@Nullable String>();
        for (String word : words) {
            different.add(word);
            if (different.size() > LEVELS) return new Column.Text(name, words);
        }
        return Column.categorical(name, words);
    }

    private static @Nullable Column numbers(String name, List<@Nullable String> words) {
        double[] values = new double[words.size()];
        boolean any = false;
        for (int row = 0; row < values.length; row++) {
            String word = words.get(row);
            if (word == null) {
                values[row] = Double.NaN;
                continue;
            }
            any = true;
            if (!looksNumeric(word)) return null;
            try {
                values[row] = Double.parseDouble(word);
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return any ? new Column.Numeric(name, values) : null;
    }

    // parseDouble also takes "1d", "0x1p3", "Infinity"
    private static boolean looksNumeric(String word) {
        char last = word.charAt(word.length() - 1);
        return (last >= '0' && last <= '9' || last == '.') && word.indexOf('x') < 0 && word.indexOf('X') < 0;
    }

    private static @Nullable Column times(String name, List<@Nullable String> words, ToLongFunction<String> parser) {
        long[] values = new long[words.size()];
        boolean any = false;
        for (int row = 0; row < values.length; row++) {
            String word = words.get(row);
            values[row] = Column.Time.MISSING;
            if (word == null) continue;
            any = true;
            try {
                values[row] = parser.applyAsLong(word);
            } catch (DateTimeParseException e) {
                return null;
            }
        }
        return any ? new Column.Time(name, values) : null;
    }

    private static long moment(String word) {
        String iso = word.length() > 10 && word.charAt(10) == ' ' ? word.replace(' ', 'T') : word;
        var parsed =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, java.time.OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof LocalDateTime local
                ? local.toInstant(ZoneOffset.UTC).toEpochMilli()
                : Instant.from(parsed).toEpochMilli();
    }

    private static @Nullable String known(String cell) {
        String word = cell.strip();
        return word.isEmpty() || word.equals("NA") || word.equals("NaN") || word.equals("null") ? null : word;
    }

    private static final class Cells {
        private final BufferedReader reader;
        private final char delimiter;
        private int line = 0;

        Cells(BufferedReader reader, char delimiter) {
            this.reader = reader;
            this.delimiter = delimiter;
        }

        @Nullable
        List<String> next() throws IOException {
            String text = reader.readLine();
            if (text == null) return null;
            line++;
            var cells = new ArrayList<String>();
            var cell = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; ; i++) {
                if (i == text.length()) {
                    if (!quoted) break;
                    String more = reader.readLine();
                    if (more == null) throw Refusal.because("open-quote", line);
                    line++;
                    cell.append('\n');
                    text = more;
                    i = -1;
                    continue;
                }
                char c = text.charAt(i);
                if (quoted && c == '"') {
                    boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == '"';
                    if (doubled) i++;
                    if (doubled) cell.append('"');
                    quoted = doubled;
                } else if (!quoted && c == '"' && cell.isEmpty()) {
                    quoted = true;
                } else if (!quoted && c == delimiter) {
                    cells.add(cell.toString());
                    cell.setLength(0);
                } else {
                    cell.append(c);
                }
            }
            cells.add(cell.toString());
            return cells;
        }
    }
}
