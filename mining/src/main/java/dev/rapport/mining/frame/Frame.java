package dev.rapport.mining.frame;

import dev.rapport.mining.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named columns of equal length: the data every algorithm reads. Immutable.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("age", 31, 45), Column.categorical("city", "Paris", "北京"));
 * check(frame.rows() == 2 && frame.names().equals(List.of("age", "city")));
 * check(frame.rows(1).numeric("age").values()[0] == 45);
 * }
 */
public final class Frame {
    private final Map<String, Column> columns;
    private final int rows;
    private volatile @Nullable String fingerprint;

    private Frame(Map<String, Column> columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** @throws Refusal if two columns share a name or differ in length */
    public static Frame of(Column... columns) {
        return of(List.of(columns));
    }

    /** @throws Refusal if there is no column, two share a name, or they differ in length */
    public static Frame of(List<? extends Column> columns) {
        if (columns.isEmpty()) throw Refusal.because("no-columns");
        var named = new LinkedHashMap<String, Column>();
        int rows = columns.get(0).size();
        for (Column column : columns) {
            if (column.size() != rows) throw Refusal.because("unequal-columns", column.name(), column.size(), rows);
            if (named.put(column.name(), column) != null) throw Refusal.because("repeated-column", column.name());
        }
        return new Frame(named, rows);
    }

    /** How many rows. */
    public int rows() {
        return rows;
    }

    /** The columns' names, in order. */
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /** The columns, in order. */
    public List<Column> columns() {
        return List.copyOf(columns.values());
    }

    /** Whether there is such a column. */
    public boolean has(String name) {
        return columns.containsKey(name);
    }

    /** A column by name. @throws Refusal if there is none */
    public Column column(String name) {
        Column column = columns.get(name);
        if (column == null) throw Refusal.because("missing-column", name, String.join(", ", columns.keySet()));
        return column;
    }

    /** A column of numbers; moments count as days since 1970. @throws Refusal if it is neither */
    public Column.Numeric numeric(String name) {
        return switch (column(name)) {
            case Column.Numeric numeric -> numeric;
            case Column.Time time -> time.days();
            case Column.Categorical c -> throw Refusal.because("not-numeric", c.name());
            case Column.Text t -> throw Refusal.because("not-numeric", t.name());
        };
    }

    /** A column of levels; texts and numbers become levels. @throws Refusal if it holds moments */
    public Column.Categorical categorical(String name) {
        return switch (column(name)) {
            case Column.Categorical categorical -> categorical;
            case Column.Text text -> Column.categorical(name, text.values());
            case Column.Numeric numeric -> levels(numeric);
            case Column.Time t -> throw Refusal.because("not-categorical", t.name());
        };
    }

    /** A column of texts; levels count as texts. @throws Refusal if it is neither */
    public Column.Text text(String name) {
        return switch (column(name)) {
            case Column.Text text -> text;
            case Column.Categorical c -> {
                var words = new ArrayList<@Nullable String>(rows);
                for (int row = 0; row < rows; row++) words.add(c.isMissing(row) ? null : c.written(row));
                yield new Column.Text(name, words);
            }
            case Column.Numeric n -> throw Refusal.because("not-text", n.name());
            case Column.Time t -> throw Refusal.because("not-text", t.name());
        };
    }

    /** A column of moments. @throws Refusal if it is none */
    public Column.Time time(String name) {
        if (column(name) instanceof Column.Time time) return time;
        throw Refusal.because("not-time", name);
    }

    /** These rows, in this order; a row may come several times. */
    public Frame rows(int... chosen) {
        var some = new LinkedHashMap<String, Column>();
        columns.forEach((name, column) -> some.put(name, column.rows(chosen)));
        return new Frame(some, chosen.length);
    }

    /** With one column more, or in place of the one of that name. */
    public Frame with(Column column) {
        var all = new ArrayList<>(columns.values());
        all.removeIf(each -> each.name().equals(column.name()));
        all.add(column);
        return of(all);
    }

    /** Only these columns, in this order. */
    public Frame only(List<String> names) {
        return of(names.stream().map(this::column).toList());
    }

    /**
     * 128 bits over names, kinds and values, in hexadecimal: equal data, equal fingerprint. Not cryptographic: it tells
     * by accident, not by attack, that data changed; it is fast enough to be taken at every training.
     */
    public String fingerprint() {
        String known = fingerprint;
        if (known != null) return known;
        var mix = new Fingerprint();
        for (Column column : columns.values()) {
            mix.add(column.name() + '\0' + column.getClass().getSimpleName() + '\0' + rows);
            feed(mix, column);
        }
        return fingerprint = mix.toString();
    }

    private static void feed(Fingerprint mix, Column column) {
        switch (column) {
            case Column.Numeric numeric -> mix.add(numeric.values());
            case Column.Time time -> mix.add(time.values());
            case Column.Categorical categorical -> {
                categorical.levels().forEach(mix::add);
                mix.add(categorical.codes());
            }
            case Column.Text text -> {
                for (int row = 0; row < text.size(); row++) mix.add(text.isMissing(row) ? "\0" : text.written(row));
            }
        }
    }

    private static Column.Categorical levels(Column.Numeric numeric) {
        var words = new ArrayList<@Nullable String>(numeric.size());
        for (int row = 0; row < numeric.size(); row++) words.add(numeric.isMissing(row) ? null : numeric.written(row));
        return Column.categorical(numeric.name(), words);
    }
}
