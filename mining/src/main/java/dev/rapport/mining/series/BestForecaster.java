package dev.rapport.mining.series;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Finding;
import dev.rapport.mining.Model;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses between algorithms by how they would have done (rolling origin, MASE), never by how well they fit the past, and
 * warns when none beats the seasonal naive forecast. Demand with many zeros is left to Croston's kind.
 *
 * {@snippet :
 * double[] values = new double[36];
 * for (int i = 0; i < 36; i++) values[i] = 100 + 3 * i + (i % 12 == 11 ? 40 : 0);
 * var series = Series.monthly(LocalDate.of(2023, 1, 1), values);
 * var best = new BestForecaster(3).fit(series, Run.of(1));
 * check(best.forecast(12).means()[11] > 200);
 * }
 *
 * @param horizon steps the choice is made for, at least 1
 */
public record BestForecaster(int horizon) {
    private static final double MANY_ZEROS = 0.3;

    /** @throws IllegalArgumentException if the horizon is below 1 */
    public BestForecaster {
        if (horizon < 1) throw new IllegalArgumentException("horizon must be at least 1, not " + horizon);
    }

    /** Tests every algorithm and learns the best. @throws Refusal if the series is too short */
    public Chosen fit(Series series, Run run) {
        series.require(8);
        var candidates = candidates(series);
        int first = Math.max(series.size() / 2, series.size() - Math.max(3 * horizon, series.season()));
        first = Math.min(first, series.size() - horizon);
        int every = Math.max(1, (series.size() - first - horizon) / 4);
        var scores = new LinkedHashMap<String, Double>();
        Forecaster best = new SeasonalNaive();
        double least = Double.POSITIVE_INFINITY;
        for (Forecaster candidate : candidates) {
            run.at(scores.size() / (double) candidates.size(), name(candidate));
            try {
                double mase = Backtest.of(candidate, series, first, horizon, every, run.quietly())
                        .mean(Accuracy::mase);
                scores.put(name(candidate), mase);
                if (mase < least) {
                    least = mase;
                    best = candidate;
                }
            } catch (Refusal tooShort) {
                // this candidate needs more history than the backtest leaves it
                scores.put(name(candidate), Double.NaN);
            }
        }
        var findings = new ArrayList<Finding>();
        double naive = scores.getOrDefault("SeasonalNaive", Double.NaN);
        if (least >= naive) findings.add(Finding.warning("not-better-than-naive", least));
        var model = best.fit(series, run.quietly());
        var card = Card.of(
                        "BestForecaster",
                        Map.of("horizon", String.valueOf(horizon), "chosen", name(best)),
                        run,
                        series.fingerprint(),
                        series.size(),
                        List.of("value"))
                .with("mase", least)
                .with(findings);
        return new Chosen(name(best), scores, model, card);
    }

    private static List<Forecaster> candidates(Series series) {
        double zeros =
                Arrays.stream(series.values()).filter(value -> value == 0).count() / (double) series.size();
        boolean isDemand = Arrays.stream(series.values()).allMatch(value -> value >= 0);
        if (zeros > MANY_ZEROS && isDemand) {
            return List.of(
                    new SeasonalNaive(), new Croston(0.1, Croston.Variant.SBA), new Croston(0.1, Croston.Variant.TSB));
        }
        return List.of(new SeasonalNaive(), new Theta(), Ets.automatic(), new AutoArima());
    }

    private static String name(Forecaster forecaster) {
        String own = forecaster.getClass().getSimpleName();
        return own.equals("Automatic")
                ? "Ets"
                : forecaster instanceof Croston croston ? croston.variant().name() : own;
    }

    /**
     * The algorithm chosen.
     *
     * @param scores the mean absolute scaled error of each algorithm in the backtest
     */
    public record Chosen(String name, Map<String, Double> scores, Forecaster.Fitted model, Card card) implements Model {
        /** What the chosen algorithm expects. */
        public Forecast forecast(int horizon) {
            return model.forecast(horizon);
        }

        @Override
        public Explanation explanation() {
            return new Explanation.Facts(List.of(
                    Explanation.Fact.of("best-forecaster", name, card.metrics().getOrDefault("mase", Double.NaN))));
        }
    }
}
