package dev.rapport.mining.prepare;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.math.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns a frame's columns into columns of numbers with what was learned from training data: missing numbers become the
 * training median, numbers are scaled by training mean and deviation, levels become one column each (one-hot). Where at
 * least one row in a hundred was missing, a column of its own says so. A level not seen in training counts as missing.
 *
 * {@snippet :
 * var training = Frame.of(Column.numeric("age", 20, 40), Column.categorical("city", "A", "B"));
 * var encoder = Encoder.learn(training, List.of("age", "city"), Encoding.STANDARD, 1);
 * check(encoder.names().equals(List.of("age", "city = B")));
 * check(encoder.encode(training, 1)[1][1] == 1);
 * }
 *
 * @param inputs one per feature, in the task's order
 */
public record Encoder(List<Input> inputs) {
    /** Levels that get a column of their own, the most frequent first; the rest count as missing. */
    public static final int MOST_LEVELS = 60;

    /** Keeps the inputs as they are. */
    public Encoder {
        inputs = List.copyOf(inputs);
    }

    /** One feature and what was learned about it. */
    public sealed interface Input {
        /** The feature's name. */
        String feature();
    }

    /** A number: filled, centred, scaled. */
    public record Quantity(String feature, double fill, double centre, double scale, boolean flagged)
            implements Input {}

    /** A category: these levels have a column each. */
    public record Category(String feature, List<String> levels, boolean flagged) implements Input {}

    /** Learns from training data. @throws Refusal if a feature is text, or has no value at all */
    public static Encoder learn(Frame data, List<String> features, Encoding encoding, int threads) {
        return new Encoder(Parallel.map(features.size(), threads, i -> input(data, features.get(i), encoding)));
    }

    /** The features, in order. */
    public List<String> features() {
        return inputs.stream().map(Input::feature).toList();
    }

    /** The names of the encoded columns. */
    public List<String> names() {
        var names = new ArrayList<String>();
        for (Input input : inputs) {
            boolean flagged = switch (input) {
                case Quantity quantity -> {
                    names.add(quantity.feature);
                    yield quantity.flagged;
                }
                case Category category -> {
                    category.levels.forEach(level -> names.add(category.feature + " = " + level));
                    yield category.flagged;
                }
            };
            if (flagged) names.add(input.feature() + " = ?");
        }
        return names;
    }

    /** For each encoded column, the place of its feature. */
    public int[] origins() {
        return IntStream.range(0, inputs.size())
                .flatMap(i -> IntStream.generate(() -> i).limit(width(inputs.get(i))))
                .toArray();
    }

    /** For each encoded column, what one unit of it is in the feature's own unit: the scale, or 1. */
    public double[] scales() {
        return inputs.stream()
                .flatMapToDouble(input -> {
                    double[] scales = new double[width(input)];
                    Arrays.fill(scales, 1);
                    if (input instanceof Quantity quantity) scales[0] = quantity.scale;
                    return Arrays.stream(scales);
                })
                .toArray();
    }

    /** For each encoded column, what was taken from it: the centre, or 0. */
    public double[] centres() {
        return inputs.stream()
                .flatMapToDouble(input -> {
                    double[] centres = new double[width(input)];
                    if (input instanceof Quantity quantity) centres[0] = quantity.centre;
                    return Arrays.stream(centres);
                })
                .toArray();
    }

    /** A weighted sum's intercept per units of the features instead of encoded ones. */
    public double rawIntercept(double intercept, double[] weights) {
        double raw = intercept;
        double[] centres = centres();
        double[] scales = scales();
        for (int j = 0; j < weights.length; j++) raw -= weights[j] * centres[j] / scales[j];
        return raw;
    }

    /** The encoded columns. @throws Refusal if a feature is missing or of another kind */
    public double[][] encode(Frame data, int threads) {
        return Parallel.map(inputs.size(), threads, i -> encoded(data, inputs.get(i))).stream()
                .flatMap(Arrays::stream)
                .toArray(double[][]::new);
    }

    private static int width(Input input) {
        return switch (input) {
            case Quantity quantity -> quantity.flagged ? 2 : 1;
            case Category category -> category.levels.size() + (category.flagged ? 1 : 0);
        };
    }

    private static Input input(Frame data, String feature, Encoding encoding) {
        return switch (data.column(feature)) {
            case Column.Numeric numeric -> quantity(numeric, encoding);
            case Column.Time time -> quantity(time.days(), encoding);
            case Column.Categorical categorical -> category(categorical, encoding);
            case Column.Text t -> throw Refusal.because("text-feature", feature);
        };
    }

    private static Quantity quantity(Column.Numeric column, Encoding encoding) {
        double[] values = column.values();
        int missing = 0;
        double sum = 0;
        for (double value : values) {
            if (Double.isInfinite(value)) throw Refusal.because("infinite-value", column.name());
            if (Double.isNaN(value)) missing++;
            else sum += value;
        }
        int known = values.length - missing;
        if (known == 0) throw Refusal.because("empty-column", column.name());
        double fill = missing == 0 ? sum / known : Statistics.median(Statistics.known(values));
        boolean flagged = missing * 100L >= values.length;
        if (encoding.scaling() == Encoding.Scaling.NONE) return new Quantity(column.name(), fill, 0, 1, flagged);
        double mean = (sum + missing * fill) / values.length;
        double squares = 0;
        for (double value : values) {
            double apart = (Double.isNaN(value) ? fill : value) - mean;
            squares += apart * apart;
        }
        double scale = Math.sqrt(squares / values.length);
        return new Quantity(column.name(), fill, mean, scale > 0 ? scale : 1, flagged);
    }

    private static Category category(Column.Categorical column, Encoding encoding) {
        int[] counts = new int[column.levels().size()];
        int missing = 0;
        for (int code : column.codes()) {
            if (code < 0) missing++;
            else counts[code]++;
        }
        var present = IntStream.range(0, counts.length)
                .filter(i -> counts[i] > 0)
                .boxed()
                .toList();
        if (present.isEmpty()) throw Refusal.because("empty-column", column.name());
        var kept = present.size() <= MOST_LEVELS
                ? present
                : present.stream()
                        .sorted(Comparator.comparingInt((Integer i) -> -counts[i])
                                .thenComparing(i -> i))
                        .limit(MOST_LEVELS)
                        .sorted()
                        .toList();
        boolean dropsFirst = encoding.reference() == Encoding.Reference.FIRST_LEVEL && kept.size() == present.size();
        var levels =
                kept.stream().skip(dropsFirst ? 1 : 0).map(column.levels()::get).toList();
        return new Category(column.name(), levels, missing * 100L >= column.size() && missing > 0);
    }

    private static double[][] encoded(Frame data, Input input) {
        return switch (input) {
            case Quantity quantity -> encoded(data, quantity);
            case Category category -> encoded(data.categorical(category.feature), category);
        };
    }

    private static double[][] encoded(Frame data, Quantity input) {
        double[] values = data.numeric(input.feature).values();
        boolean isPlain = input.centre == 0 && input.scale == 1 && !input.flagged;
        if (isPlain && !hasMissing(values)) return new double[][] {values};
        double[][] columns = new double[width(input)][values.length];
        for (int row = 0; row < values.length; row++) {
            boolean missing = Double.isNaN(values[row]);
            columns[0][row] = ((missing ? input.fill : values[row]) - input.centre) / input.scale;
            if (input.flagged && missing) columns[1][row] = 1;
        }
        return columns;
    }

    private static boolean hasMissing(double[] values) {
        for (double value : values) if (Double.isNaN(value)) return true;
        return false;
    }

    private static double[][] encoded(Column.Categorical column, Category input) {
        double[][] columns = new double[width(input)][column.size()];
        int[] place = new int[column.levels().size()];
        for (int code = 0; code < place.length; code++)
            place[code] = input.levels.indexOf(column.levels().get(code));
        for (int row = 0; row < column.size(); row++) {
            int code = column.codes()[row];
            if (code >= 0 && place[code] >= 0) columns[place[code]][row] = 1;
            else if (code < 0 && input.flagged) columns[columns.length - 1][row] = 1;
        }
        return columns;
    }
}
