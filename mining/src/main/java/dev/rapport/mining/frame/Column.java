package dev.rapport.mining.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One named column of values, any of which may be missing. Immutable by agreement: arrays are shared, never written to.
 *
 * {@snippet :
 * Column age = Column.numeric("age", 31, Double.NaN, 64);
 * check(age.size() == 3 && age.isMissing(1));
 * Column city = Column.categorical("city", "上海", null, "Paris");
 * check(city.isMissing(1) && city.written(0).equals("上海"));
 * }
 */
public sealed interface Column permits Column.Numeric, Column.Categorical, Column.Text, Column.Time {

    /** The name, unique in its frame. */
    String name();

    /** How many rows. */
    int size();

    /** Whether a row has no value. */
    boolean isMissing(int row);

    /** A row's value as text, empty when missing. */
    String written(int row);

    /** The column of these rows, in this order; a row may come several times. */
    Column rows(int[] chosen);

    /** The same values under another name. */
    Column named(String other);

    /** Numbers. */
    static Numeric numeric(String name, double... values) {
        return new Numeric(name, values);
    }

    /** Levels from words; null is missing. Levels are sorted, so that equal columns have equal codes. */
    static Categorical categorical(String name, @Nullable String... values) {
        return categorical(name, Arrays.asList(values));
    }

    /** Levels from words; null is missing. */
    static Categorical categorical(String name, List<? extends @Nullable String> values) {
        var sorted = new TreeSet<String>();
        for (String value : values) if (value != null) sorted.add(value);
        var levels = List.copyOf(sorted);
        var places = new java.util.HashMap<String, Integer>();
        for (String level : levels) places.put(level, places.size());
        int[] codes = new int[values.size()];
        for (int row = 0; row < codes.length; row++) {
            String value = values.get(row);
            codes[row] = value == null ? -1 : places.getOrDefault(value, -1);
        }
        return new Categorical(name, codes, levels);
    }

    /** Numbers; NaN is missing. */
    record Numeric(String name, double[] values) implements Column {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean isMissing(int row) {
            return Double.isNaN(values[row]);
        }

        @Override
        public String written(int row) {
            if (isMissing(row)) return "";
            double value = values[row];
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? String.valueOf((long) value)
                    : String.valueOf(value);
        }

        @Override
        public Numeric rows(int[] chosen) {
            double[] some = new double[chosen.length];
            for (int i = 0; i < chosen.length; i++) some[i] = values[chosen[i]];
            return new Numeric(name, some);
        }

        @Override
        public Numeric named(String other) {
            return new Numeric(other, values);
        }
    }

    /** One of a few levels; code -1 is missing. */
    record Categorical(String name, int[] codes, List<String> levels) implements Column {
        /** Keeps the levels as they are given. */
        public Categorical {
            levels = List.copyOf(levels);
        }

        @Override
        public int size() {
            return codes.length;
        }

        @Override
        public boolean isMissing(int row) {
            return codes[row] < 0;
        }

        @Override
        public String written(int row) {
            return isMissing(row) ? "" : levels.get(codes[row]);
        }

        @Override
        public Categorical rows(int[] chosen) {
            int[] some = new int[chosen.length];
            for (int i = 0; i < chosen.length; i++) some[i] = codes[chosen[i]];
            return new Categorical(name, some, levels);
        }

        @Override
        public Categorical named(String other) {
            return new Categorical(other, codes, levels);
        }
    }

    /** Free text; null is missing. */
    record Text(String name, List<@Nullable String> values) implements Column {
        @Override
        public int size() {
            return values.size();
        }

        @Override
        public boolean isMissing(int row) {
            return values.get(row) == null;
        }

        @Override
        public String written(int row) {
            String value = values.get(row);
            return value == null ? "" : value;
        }

        @Override
        public Text rows(int[] chosen) {
            var some = new ArrayList<@Nullable String>(chosen.length);
            for (int row : chosen) some.add(values.get(row));
            return new Text(name, some);
        }

        @Override
        public Text named(String other) {
            return new Text(other, values);
        }
    }

    /** Moments in milliseconds since 1970-01-01T00:00Z; {@link #MISSING} is missing. */
    record Time(String name, long[] values) implements Column {
        /** Stands for a missing moment. */
        public static final long MISSING = Long.MIN_VALUE;

        /** Milliseconds in a day. */
        public static final double DAY = 86_400_000.0;

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean isMissing(int row) {
            return values[row] == MISSING;
        }

        @Override
        public String written(int row) {
            return isMissing(row)
                    ? ""
                    : java.time.Instant.ofEpochMilli(values[row]).toString();
        }

        @Override
        public Time rows(int[] chosen) {
            long[] some = new long[chosen.length];
            for (int i = 0; i < chosen.length; i++) some[i] = values[chosen[i]];
            return new Time(name, some);
        }

        @Override
        public Time named(String other) {
            return new Time(other, values);
        }

        /** The moments as days since 1970, for algorithms that want a number. */
        public Numeric days() {
            double[] days = new double[values.length];
            for (int row = 0; row < days.length; row++) days[row] = isMissing(row) ? Double.NaN : values[row] / DAY;
            return new Numeric(name, days);
        }
    }
}
