package dev.rapport.mining.series;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How a forecaster would have done: it forecasts from one moment of the past after the other, each time knowing only what
 * came before (rolling origin; L. Tashman 2000).
 *
 * {@snippet :
 * double[] values = new double[48];
 * for (int i = 0; i < 48; i++) values[i] = 100 + i + 10 * (i % 12);
 * var series = Series.monthly(LocalDate.of(2022, 1, 1), values);
 * var test = Backtest.of(new SeasonalNaive(), series, 36, 6, 3, Run.of(1));
 * check(test.origins().size() == 3 && test.mean(Accuracy::mae) == 12);
 * }
 *
 * @param origins each moment forecast from
 * @param coverage80 share of values inside the 80 % interval
 * @param coverage95 share of values inside the 95 % interval
 */
public record Backtest(List<Origin> origins, double coverage80, double coverage95) {

    /** One moment: how many values were known, what was forecast, how good it was. */
    public record Origin(int known, Forecast forecast, Accuracy accuracy) {}

    /**
     * Tests a forecaster.
     *
     * @param first values known at the first moment
     * @param horizon steps forecast each time
     * @param every steps from one moment to the next
     */
    public static Backtest of(Forecaster forecaster, Series series, int first, int horizon, int every, Run run) {
        if (first + horizon > series.size()) throw Refusal.because("short-series", series.size(), first + horizon);
        var origins = new ArrayList<Origin>();
        int inside80 = 0;
        int inside95 = 0;
        int all = 0;
        for (int known = first; known + horizon <= series.size(); known += every) {
            run.at((known - first) / (double) (series.size() - first), "from " + series.date(known));
            var past = series.head(known);
            var forecast = forecaster.fit(past, run.quietly()).forecast(horizon);
            double[] truth = java.util.Arrays.copyOfRange(series.values(), known, known + horizon);
            origins.add(
                    new Origin(known, forecast, Accuracy.of(forecast.means(), truth, past.values(), series.season())));
            for (int h = 0; h < horizon; h++) {
                var at = forecast.steps().get(h);
                if (truth[h] >= at.low80() && truth[h] <= at.high80()) inside80++;
                if (truth[h] >= at.low95() && truth[h] <= at.high95()) inside95++;
                all++;
            }
        }
        return new Backtest(origins, inside80 / (double) all, inside95 / (double) all);
    }

    /** The mean of a measure over all moments. */
    public double mean(ToDoubleFunction<Accuracy> measure) {
        return origins.stream()
                .mapToDouble(origin -> measure.applyAsDouble(origin.accuracy))
                .average()
                .orElse(Double.NaN);
    }
}
