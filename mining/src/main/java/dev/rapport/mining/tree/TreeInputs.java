package dev.rapport.mining.tree;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import java.util.Arrays;
import java.util.List;

/**
 * The columns a tree asks about, as numbers: quantities as they are, levels as their code in training. NaN is missing; a
 * level not seen in training counts as missing.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("age", 30), Column.categorical("city", "Paris"));
 * var inputs = TreeInputs.of(frame, List.of("age", "city"));
 * check(inputs.values(frame)[1][0] == 0 && inputs.features().get(1).levels().equals(List.of("Paris")));
 * }
 */
public record TreeInputs(List<Feature> features) {

    /** Keeps the features as they are. */
    public TreeInputs {
        features = List.copyOf(features);
    }

    /** One column: its levels, or none for a number. */
    public record Feature(String name, List<String> levels) {
        /** Whether it has levels. */
        public boolean isCategory() {
            return !levels.isEmpty();
        }
    }

    /** Learns kinds and levels. @throws Refusal if a feature is text, or holds an infinite number */
    public static TreeInputs of(Frame data, List<String> names) {
        return new TreeInputs(names.stream()
                .map(name -> switch (data.column(name)) {
                    case Column.Categorical categorical -> new Feature(name, categorical.levels());
                    case Column.Text t -> throw Refusal.because("text-feature", t.name());
                    case Column.Numeric numeric -> number(numeric);
                    case Column.Time t -> new Feature(name, List.of());
                })
                .toList());
    }

    // a threshold between infinities would be no number
    private static Feature number(Column.Numeric column) {
        for (double value : column.values()) {
            if (Double.isInfinite(value)) throw Refusal.because("infinite-value", column.name());
        }
        return new Feature(column.name(), List.of());
    }

    /** The values, column by column. @throws Refusal if a column is missing or of another kind */
    public double[][] values(Frame data) {
        return features.stream().map(feature -> values(data, feature)).toArray(double[][]::new);
    }

    private static double[] values(Frame data, Feature feature) {
        if (!feature.isCategory()) return data.numeric(feature.name).values();
        var column = data.categorical(feature.name);
        double[] place = new double[column.levels().size() + 1];
        for (int code = 0; code < column.levels().size(); code++) {
            int known = feature.levels.indexOf(column.levels().get(code));
            place[code + 1] = known < 0 ? Double.NaN : known;
        }
        place[0] = Double.NaN;
        return Arrays.stream(column.codes())
                .mapToDouble(code -> place[code + 1])
                .toArray();
    }
}
