package dev.rapport.mining.guard;

import dev.rapport.mining.Finding;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Statistics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the columns were distributed in training, kept with a model to notice when the data it scores have changed. The
 * measure is the population stability index (Siddiqi: Credit Risk Scorecards, 2006): below 0.1 stable, above 0.25 changed.
 *
 * {@snippet :
 * var then = Frame.of(Column.numeric("age", 20, 30, 40, 50, 60, 70, 80, 90, 21, 31));
 * var now = Frame.of(Column.numeric("age", 90, 91, 92, 93, 94, 95, 96, 97, 98, 99));
 * var profile = TrainingProfile.of(then, List.of("age"));
 * check(profile.drift(then).isEmpty() && profile.drift(now).size() == 1);
 * }
 *
 * @param quantities per number: the inner borders of ten equal parts, and the shares of the ten parts and of missing values
 * @param categories per category: the share of each level; the empty name stands for missing values
 */
public record TrainingProfile(Map<String, Quantity> quantities, Map<String, Map<String, Double>> categories) {
    /** From here on a column counts as changed. */
    public static final double CHANGED = 0.25;

    private static final double LEAST = 1e-4;

    /** Borders and shares of one number. */
    public record Quantity(double[] borders, double[] shares) {}

    /** Learns the distribution of these columns; texts are left out. */
    public static TrainingProfile of(Frame data, List<String> features) {
        var quantities = new TreeMap<String, Quantity>();
        var categories = new TreeMap<String, Map<String, Double>>();
        for (String feature : features) {
            switch (data.column(feature)) {
                case Column.Categorical categorical -> categories.put(feature, shares(categorical));
                case Column.Text t -> {}
                case Column.Numeric numeric -> quantities.put(feature, quantity(numeric.values()));
                case Column.Time time ->
                    quantities.put(feature, quantity(time.days().values()));
            }
        }
        return new TrainingProfile(quantities, categories);
    }

    /** The stability index of each column, by name. */
    public Map<String, Double> stability(Frame data) {
        var index = new TreeMap<String, Double>();
        quantities.forEach((feature, then) -> index.put(
                feature, index(then.shares, parts(data.numeric(feature).values(), then.borders))));
        categories.forEach((feature, then) -> {
            var now = shares(data.categorical(feature));
            var levels = new LinkedHashSet<>(then.keySet());
            levels.addAll(now.keySet());
            index.put(feature, index(spread(levels, then), spread(levels, now)));
        });
        return index;
    }

    /** Columns that changed, and levels that training did not know. */
    public List<Finding> drift(Frame data) {
        var findings = new ArrayList<Finding>();
        stability(data).forEach((feature, index) -> {
            if (index > CHANGED) findings.add(Finding.warning("drift", feature, index));
        });
        categories.forEach((feature, then) -> {
            var unknown = shares(data.categorical(feature)).keySet().stream()
                    .filter(level -> !level.isEmpty() && !then.containsKey(level))
                    .limit(5)
                    .toList();
            if (!unknown.isEmpty()) findings.add(Finding.warning("unseen-levels", feature, String.join(", ", unknown)));
        });
        return findings;
    }

    private static double[] spread(LinkedHashSet<String> levels, Map<String, Double> shares) {
        return levels.stream()
                .mapToDouble(level -> shares.getOrDefault(level, 0.0))
                .toArray();
    }

    private static double index(double[] then, double[] now) {
        double sum = 0;
        for (int i = 0; i < then.length; i++) {
            double a = Math.max(LEAST, then[i]);
            double b = Math.max(LEAST, now[i]);
            sum += (b - a) * Math.log(b / a);
        }
        return sum;
    }

    private static Quantity quantity(double[] values) {
        double[] sorted = Statistics.known(values);
        java.util.Arrays.sort(sorted);
        double[] borders = new double[9];
        for (int i = 0; i < borders.length; i++) borders[i] = Statistics.sortedQuantile(sorted, (i + 1) / 10.0);
        return new Quantity(borders, parts(values, borders));
    }

    private static double[] parts(double[] values, double[] borders) {
        double[] shares = new double[borders.length + 2];
        for (double value : values) {
            int part = 0;
            if (Double.isNaN(value)) part = shares.length - 1;
            else while (part < borders.length && value > borders[part]) part++;
            shares[part] += 1.0 / values.length;
        }
        return shares;
    }

    private static Map<String, Double> shares(Column.Categorical column) {
        var shares = new TreeMap<String, Double>();
        for (int row = 0; row < column.size(); row++)
            shares.merge(column.written(row), 1.0 / column.size(), Double::sum);
        return shares;
    }
}
