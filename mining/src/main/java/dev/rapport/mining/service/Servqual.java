package dev.rapport.mining.service;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Finding;
import dev.rapport.mining.Model;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Special;
import dev.rapport.mining.math.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where service falls short of what customers expect (A. Parasuraman, V. Zeithaml, L. Berry: SERVQUAL, 1988): perception
 * minus expectation, item by item, gathered to dimensions, weighted by how important each dimension is.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("e1", 7, 6, 7, 6), Column.numeric("p1", 5, 5, 6, 4));
 * var item = new Servqual.Item("e1", "p1", false);
 * var result = new Servqual(List.of(new Servqual.Dimension("reliability", List.of(item), 100)), 1, 7).of(frame, Run.of(1));
 * check(result.weightedGap() == -1.5);
 * }
 *
 * @param dimensions what belongs together; the five of the original are in {@link #STANDARD}
 * @param lowest grade of the scale
 * @param highest grade of the scale
 */
public record Servqual(List<Dimension> dimensions, double lowest, double highest) {
    /** The original dimensions, by the keys of their names. */
    public static final List<String> STANDARD =
            List.of("tangibles", "reliability", "responsiveness", "assurance", "empathy");

    private static final int LEAST_ANSWERS = 30;
    private static final double CONSISTENT = 0.7;

    /** One question, asked for what is expected and for what was found. Reversed: agreeing is bad. */
    public record Item(String expectation, String perception, boolean reversed) {}

    /** Questions about one side of the service, and how important it is (any unit; shares are taken). */
    public record Dimension(String name, List<Item> items, double importance) {}

    /** @throws IllegalArgumentException if the scale is empty, or no dimension has weight */
    public Servqual {
        dimensions = List.copyOf(dimensions);
        if (!(highest > lowest))
            throw new IllegalArgumentException("the scale's highest grade must be above its lowest");
        double sum = 0;
        for (Dimension dimension : dimensions) {
            if (!(dimension.importance >= 0)) throw new IllegalArgumentException("importance must be at least 0");
            sum += dimension.importance;
        }
        if (!(sum > 0)) throw new IllegalArgumentException("at least one dimension needs an importance above 0");
    }

    /**
     * Judges answers, one row per person. Incomplete pairs are left out of their item.
     *
     * @throws Refusal if a grade lies outside the scale, or nobody answered a dimension
     */
    public Result of(Frame answers, Run run) {
        var findings = new ArrayList<Finding>();
        var judged = new ArrayList<Judged>();
        double sum = dimensions.stream().mapToDouble(Dimension::importance).sum();
        double weighted = 0;
        for (Dimension dimension : dimensions) {
            Judged each = judge(answers, dimension, dimension.importance / sum);
            if (each.answers < LEAST_ANSWERS)
                findings.add(Finding.warning("few-answers", dimension.name, each.answers));
            if (each.alpha < CONSISTENT) findings.add(Finding.warning("inconsistent", dimension.name, each.alpha));
            weighted += each.weight * each.gap;
            judged.add(each);
        }
        var inputs = dimensions.stream()
                .flatMap(dimension -> dimension.items.stream())
                .flatMap(item -> java.util.stream.Stream.of(item.expectation, item.perception))
                .toList();
        var card = Card.of("Servqual", Map.of(), run, answers.fingerprint(), answers.rows(), inputs)
                .with(findings);
        return new Result(judged, weighted, card);
    }

    private Judged judge(Frame answers, Dimension dimension, double weight) {
        int rows = answers.rows();
        double[] expected = new double[rows];
        double[] found = new double[rows];
        var perceptions = new ArrayList<double[]>();
        int items = dimension.items.size();
        for (Item item : dimension.items) {
            double[] e = graded(answers, item.expectation, item.reversed);
            double[] p = graded(answers, item.perception, item.reversed);
            perceptions.add(p);
            for (int row = 0; row < rows; row++) {
                expected[row] += e[row] / items;
                found[row] += p[row] / items;
            }
        }
        // a person counts for a dimension when all its pairs are answered
        int[] complete = java.util.stream.IntStream.range(0, rows)
                .filter(row -> !Double.isNaN(expected[row]) && !Double.isNaN(found[row]))
                .toArray();
        if (complete.length == 0) throw Refusal.because("no-answers", dimension.name);
        double[] gaps = Arrays.stream(complete)
                .mapToDouble(row -> found[row] - expected[row])
                .toArray();
        double gap = Statistics.mean(gaps);
        int n = gaps.length;
        double error = n < 2 ? Double.NaN : Statistics.deviation(gaps) / Math.sqrt(n);
        double reach = n < 2 ? Double.NaN : Special.studentQuantile(0.975, n - 1) * error;
        double p = n < 2 ? Double.NaN : error == 0 ? (gap == 0 ? 1 : 0) : Special.studentTail(gap / error, n - 1);
        return new Judged(
                dimension.name,
                weight,
                Arrays.stream(complete)
                        .mapToDouble(row -> expected[row])
                        .average()
                        .orElse(Double.NaN),
                Arrays.stream(complete).mapToDouble(row -> found[row]).average().orElse(Double.NaN),
                gap,
                gap - reach,
                gap + reach,
                p,
                CronbachAlpha.of(perceptions),
                n);
    }

    private double[] graded(Frame answers, String column, boolean reversed) {
        double[] values = answers.numeric(column).values();
        double[] grades = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            double value = values[row];
            if (value < lowest || value > highest)
                throw Refusal.because("outside-scale", column, row + 1, value, lowest, highest);
            grades[row] = reversed ? lowest + highest - value : value;
        }
        return grades;
    }

    /**
     * One dimension.
     *
     * @param weight share of the importance
     * @param gap perception minus expectation; negative where service falls short
     * @param low lower 95 % limit of the gap
     * @param high upper limit
     * @param p chance of such a gap if there were none (paired t-test)
     * @param alpha Cronbach's alpha of the perceptions; NaN for a single item
     * @param answers people who answered all its items
     */
    public record Judged(
            String name,
            double weight,
            double expectation,
            double perception,
            double gap,
            double low,
            double high,
            double p,
            double alpha,
            int answers) {}

    /**
     * All dimensions.
     *
     * @param weightedGap mean gap by importance
     */
    public record Result(List<Judged> dimensions, double weightedGap, Card card) implements Model {
        /** Where to act: importance against performance, with the means of both as borders (J. Martilla, J. James 1977). */
        public List<Placed> importancePerformance() {
            double importance =
                    dimensions.stream().mapToDouble(Judged::weight).average().orElse(0);
            double performance = dimensions.stream()
                    .mapToDouble(Judged::perception)
                    .average()
                    .orElse(0);
            return dimensions.stream()
                    .map(each -> new Placed(
                            each.name,
                            each.weight,
                            each.perception,
                            Quadrant.of(each.weight >= importance, each.perception >= performance)))
                    .toList();
        }

        @Override
        public Explanation explanation() {
            return new Explanation.Facts(dimensions.stream()
                    .map(each -> Explanation.Fact.of(
                            each.gap < 0 ? "gap-below" : "gap-above",
                            each.name,
                            Math.abs(each.gap),
                            each.low,
                            each.high))
                    .toList());
        }
    }

    /** A dimension's place on the importance–performance map. */
    public record Placed(String name, double importance, double performance, Quadrant quadrant) {}

    /** What the map advises. */
    public enum Quadrant {
        /** Important and weak. */
        CONCENTRATE_HERE,
        /** Important and strong. */
        KEEP_UP,
        /** Unimportant and weak. */
        LOW_PRIORITY,
        /** Unimportant and strong. */
        POSSIBLE_OVERKILL;

        static Quadrant of(boolean important, boolean strong) {
            if (important) return strong ? KEEP_UP : CONCENTRATE_HERE;
            return strong ? POSSIBLE_OVERKILL : LOW_PRIORITY;
        }

        /** The advice for people. */
        public String text(Locale locale) {
            return dev.rapport.mining.Words.text(
                    locale, "quadrant." + name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }
}
