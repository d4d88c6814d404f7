package dev.rapport.mining.series;

import dev.rapport.mining.Model;
import dev.rapport.mining.Run;

/**
 * An algorithm that forecasts a series.
 *
 * {@snippet :
 * Forecaster forecaster = new Theta();
 * var series = Series.monthly(LocalDate.of(2026, 1, 1), 10, 12, 11, 13, 12, 14, 13, 15).withSeason(1);
 * check(forecaster.fit(series, Run.of(1)).forecast(3).steps().size() == 3);
 * }
 */
public interface Forecaster {
    /**
     * Learns the series.
     *
     * @throws dev.rapport.mining.Refusal if it is too short, or a value is missing
     */
    Fitted fit(Series series, Run run);

    /** A series learned. */
    interface Fitted extends Model {
        /** The values expected next. @param horizon at least 1 */
        Forecast forecast(int horizon);

        /** What would have been expected one step ahead, per value; NaN where too little came before. */
        double[] fitted();
    }
}
