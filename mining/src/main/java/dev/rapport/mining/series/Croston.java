package dev.rapport.mining.series;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Demand that is mostly zero: sizes and gaps are smoothed apart (J. Croston 1972), with the correction of A. Syntetos and
 * J. Boylan (2005), or with the probability of a demand instead of gaps (R. Teunter, A. Syntetos, M. Babai 2011), which
 * lets a forecast die with its product.
 *
 * {@snippet :
 * var demand = Series.monthly(LocalDate.of(2026, 1, 1), 0, 0, 6, 0, 0, 6, 0, 0, 6);
 * check(Math.abs(new Croston(0.1, Croston.Variant.CROSTON).fit(demand, Run.of(1)).forecast(1).means()[0] - 2) < 1e-9);
 * }
 *
 * @param alpha weight of the newest demand, in (0, 1); 0.1 to 0.3 suits
 */
public record Croston(double alpha, Variant variant) implements Forecaster {

    /** Which correction. */
    public enum Variant {
        /** None: a little too high on average. */
        CROSTON,
        /** Syntetos and Boylan's. */
        SBA,
        /** Teunter, Syntetos and Babai's. */
        TSB
    }

    /** @throws IllegalArgumentException if alpha is not in (0, 1) */
    public Croston {
        if (!(alpha > 0 && alpha < 1)) throw new IllegalArgumentException("alpha must be in (0, 1), not " + alpha);
    }

    @Override
    public Demand fit(Series series, Run run) {
        series.require(2);
        double[] x = series.values();
        if (Arrays.stream(x).anyMatch(value -> value < 0)) throw Refusal.because("negative-demand");
        int first = 0;
        while (first < x.length && x[first] == 0) first++;
        if (first == x.length) throw Refusal.because("no-demand");
        double size = x[first];
        double gap = firstGap(x, first);
        double chance = 1 / gap;
        double[] fitted = new double[x.length];
        double sinceLast = 1;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            double expected = rate(size, gap, chance);
            fitted[i] = expected;
            squares += (x[i] - expected) * (x[i] - expected);
            if (i <= first) continue;
            if (x[i] > 0) {
                size += alpha * (x[i] - size);
                gap += alpha * (sinceLast - gap);
                chance += alpha * (1 - chance);
                sinceLast = 1;
            } else {
                chance -= alpha * chance;
                sinceLast++;
            }
        }
        var card = Card.of(
                        "Croston",
                        Map.of("alpha", String.valueOf(alpha), "variant", variant.name()),
                        run,
                        series.fingerprint(),
                        x.length,
                        List.of("value"))
                .with("size", size)
                .with("gap", gap);
        return new Demand(series, rate(size, gap, chance), size, gap, Math.sqrt(squares / x.length), fitted, card);
    }

    // from the first demand to the second, or to the beginning
    private static double firstGap(double[] x, int first) {
        for (int i = first + 1; i < x.length; i++) if (x[i] > 0) return i - first;
        return Math.max(1, x.length - first);
    }

    private double rate(double size, double gap, double chance) {
        return switch (variant) {
            case CROSTON -> size / gap;
            case SBA -> (1 - alpha / 2) * size / gap;
            case TSB -> chance * size;
        };
    }

    /** Demand per step, the size of one demand, the steps between two. */
    public record Demand(
            Series series, double rate, double size, double gap, double deviation, double[] fitted, Card card)
            implements Forecaster.Fitted {
        @Override
        public Forecast forecast(int horizon) {
            double[] means = new double[horizon];
            double[] deviations = new double[horizon];
            Arrays.fill(means, rate);
            Arrays.fill(deviations, deviation);
            var symmetric = Forecast.normal(series, means, deviations);
            // demand is never below zero
            return new Forecast(symmetric.steps().stream()
                    .map(at -> new Forecast.At(
                            at.date(),
                            at.mean(),
                            Math.max(0, at.low80()),
                            at.high80(),
                            Math.max(0, at.low95()),
                            at.high95()))
                    .toList());
        }

        @Override
        public Explanation explanation() {
            return new Explanation.Facts(List.of(Explanation.Fact.of("demand", gap, size, rate)));
        }
    }
}
