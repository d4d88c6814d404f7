package dev.rapport.mining.series;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Run;
import dev.rapport.mining.math.NelderMead;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Level, trend and season smoothed exponentially (C. Holt 1957, P. Winters 1960), started from a decomposition of the
 * first two seasons, with the smoothing weights that make the squared one-step errors smallest.
 *
 * {@snippet :
 * double[] values = new double[48];
 * for (int i = 0; i < 48; i++) values[i] = (100 + i) * (i % 12 == 11 ? 1.5 : 1);
 * var model = new HoltWinters(HoltWinters.Season.MULTIPLIES).fit(Series.monthly(LocalDate.of(2022, 1, 1), values), Run.of(1));
 * check(model.forecast(12).means()[11] > 1.3 * model.forecast(12).means()[10]);
 * }
 *
 * @param season how the season enters
 * @param weights of level, trend and season, each in [0, 1], or none to find them
 */
public record HoltWinters(Season season, double[] weights) implements Forecaster {

    /** How the season enters. */
    public enum Season {
        /** Adds to the level. */
        ADDS,
        /** Multiplies the level. */
        MULTIPLIES
    }

    /** @throws IllegalArgumentException if there are neither three weights nor none */
    public HoltWinters {
        if (weights.length != 0 && weights.length != 3) throw new IllegalArgumentException("three weights, or none");
    }

    /** With the best weights. */
    public HoltWinters(Season season) {
        this(season, new double[0]);
    }

    @Override
    public Smoothed fit(Series series, Run run) {
        int m = series.season();
        series.require(2 * m + 1);
        var start = start(series);
        double[] used = weights.length == 3 ? weights : found(series, start, run);
        double[] fitted = new double[series.size()];
        Arrays.fill(fitted, Double.NaN);
        var end = start.copy();
        double error = smooth(series, end, used, fitted);
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("season", season.name());
        var card = Card.of("HoltWinters", parameters, run, series.fingerprint(), series.size(), List.of("value"))
                .with("alpha", used[0])
                .with("beta", used[1])
                .with("gamma", used[2])
                .with("sse", error);
        double deviation = Math.sqrt(error / Math.max(1, series.size() - m - 3));
        return new Smoothed(
                series, season, used, end.level, end.trend, end.seasons, deviation, fitted, run.seed(), card);
    }

    private double[] found(Series series, State start, Run run) {
        double[] best = {0.3, 0.1, 0.1};
        double least = Double.POSITIVE_INFINITY;
        for (double[] from : new double[][] {{0.3, 0.1, 0.1}, {0.8, 0.05, 0.5}, {0.1, 0.1, 0.8}}) {
            run.at(0.5, "smoothing weights");
            double[] found = NelderMead.minimum(at -> smooth(series, start, unit(at), null), logits(from), 0.5);
            double error = smooth(series, start, unit(found), null);
            if (error < least) {
                least = error;
                best = unit(found);
            }
        }
        return best;
    }

    private static double[] unit(double[] at) {
        return Arrays.stream(at).map(each -> 1 / (1 + Math.exp(-each))).toArray();
    }

    private static double[] logits(double[] at) {
        return Arrays.stream(at).map(each -> Math.log(each / (1 - each))).toArray();
    }

    private static final class State {
        private double level;
        private double trend;
        private final double[] seasons;

        State(double level, double trend, double[] seasons) {
            this.level = level;
            this.trend = trend;
            this.seasons = seasons;
        }

        State copy() {
            return new State(level, trend, seasons.clone());
        }
    }

    // a line through the trend of the first two seasons, and their seasonal figure
    private State start(Series series) {
        int m = series.season();
        var first = series.head(2 * m);
        var parts = season == Season.ADDS ? Decomposition.classical(first) : Decomposition.classicalProduct(first);
        double[] known = dev.rapport.mining.math.Statistics.known(parts.trend());
        double slope = 0;
        double mean = Arrays.stream(known).average().orElse(0);
        double middle = (known.length + 1) / 2.0;
        double spread = 0;
        for (int i = 0; i < known.length; i++) {
            slope += (i + 1 - middle) * (known[i] - mean);
            spread += (i + 1 - middle) * (i + 1 - middle);
        }
        slope = spread > 0 ? slope / spread : 0;
        return new State(mean - slope * middle, slope, Arrays.copyOf(parts.season(), m));
    }

    // starts after the first season, as R's HoltWinters does; answers the squared errors
    private double smooth(
            Series series, State from, double[] weights, double @org.jspecify.annotations.Nullable [] fitted) {
        var state = fitted == null ? from.copy() : from;
        int m = series.season();
        double sum = 0;
        for (int i = m; i < series.size(); i++) {
            double x = series.values()[i];
            double s = state.seasons[i % m];
            double ahead = state.level + state.trend;
            double expected = season == Season.ADDS ? ahead + s : ahead * s;
            if (fitted != null) fitted[i] = expected;
            sum += (x - expected) * (x - expected);
            double before = state.level;
            state.level = weights[0] * (season == Season.ADDS ? x - s : x / s) + (1 - weights[0]) * ahead;
            state.trend = weights[1] * (state.level - before) + (1 - weights[1]) * state.trend;
            double own = season == Season.ADDS ? x - state.level : x / state.level;
            state.seasons[i % m] = weights[2] * own + (1 - weights[2]) * s;
        }
        return sum;
    }

    /** The last level, trend and seasons, and how far one-step forecasts were off. */
    public record Smoothed(
            Series series,
            Season season,
            double[] weights,
            double level,
            double trend,
            double[] seasons,
            double deviation,
            double[] fitted,
            long seed,
            Card card)
            implements Forecaster.Fitted {
        @Override
        public Forecast forecast(int horizon) {
            return Forecast.simulated(series, horizon, deviation, seed, errors -> path(horizon, errors));
        }

        private double[] path(int horizon, double[] errors) {
            double l = level;
            double b = trend;
            double[] s = seasons.clone();
            int m = s.length;
            double[] path = new double[horizon];
            for (int h = 0; h < horizon; h++) {
                int at = (series.size() + h) % m;
                double ahead = l + b;
                path[h] = (season == Season.ADDS ? ahead + s[at] : ahead * s[at]) + errors[h];
                if (errors[h] == 0) {
                    l = ahead;
                    continue;
                }
                double before = l;
                l = weights[0] * (season == Season.ADDS ? path[h] - s[at] : path[h] / s[at]) + (1 - weights[0]) * ahead;
                b = weights[1] * (l - before) + (1 - weights[1]) * b;
                s[at] = weights[2] * (season == Season.ADDS ? path[h] - l : path[h] / l) + (1 - weights[2]) * s[at];
            }
            return path;
        }

        @Override
        public Explanation explanation() {
            return new Explanation.Facts(List.of(
                    Explanation.Fact.of("smoothing", weights[0], weights[1], weights[2]),
                    Explanation.Fact.of(trend >= 0 ? "trend-up" : "trend-down", level, Math.abs(trend))));
        }
    }
}
