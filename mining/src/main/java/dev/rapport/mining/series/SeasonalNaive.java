package dev.rapport.mining.series;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * As one season ago: what every forecast has to beat.
 *
 * {@snippet :
 * var series = new Series(LocalDate.of(2026, 1, 1), Series.Step.QUARTER, 4, new double[] {1, 2, 3, 4, 2, 3, 4, 5});
 * check(new SeasonalNaive().fit(series, Run.of(1)).forecast(5).means()[4] == 2);
 * }
 */
public record SeasonalNaive() implements Forecaster {
    @Override
    public Naive fit(Series series, Run run) {
        series.require(series.season() + 1);
        int m = series.season();
        double squares = 0;
        for (int i = m; i < series.size(); i++) squares += Math.pow(series.values()[i] - series.values()[i - m], 2);
        double deviation = Math.sqrt(squares / (series.size() - m));
        var card = Card.of("SeasonalNaive", Map.of(), run, series.fingerprint(), series.size(), List.of("value"));
        return new Naive(series, deviation, card);
    }

    /** The series and how far apart seasons lie. */
    public record Naive(Series series, double deviation, Card card) implements Forecaster.Fitted {
        @Override
        public Forecast forecast(int horizon) {
            double[] means = new double[horizon];
            double[] deviations = new double[horizon];
            int m = series.season();
            for (int h = 0; h < horizon; h++) {
                means[h] = series.values()[series.size() - m + h % m];
                deviations[h] = deviation * Math.sqrt(h / m + 1);
            }
            return Forecast.normal(series, means, deviations);
        }

        @Override
        public double[] fitted() {
            double[] fitted = new double[series.size()];
            Arrays.fill(fitted, Double.NaN);
            for (int i = series.season(); i < fitted.length; i++) fitted[i] = series.values()[i - series.season()];
            return fitted;
        }

        @Override
        public Explanation explanation() {
            return new Explanation.Facts(List.of(Explanation.Fact.of("naive", series.season())));
        }
    }
}
