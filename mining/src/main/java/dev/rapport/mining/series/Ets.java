package dev.rapport.mining.series;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.math.NelderMead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exponential smoothing as a state space model, error, trend and season each added, multiplied or absent (R. Hyndman,
 * A. Koehler, R. Snyder, S. Grose 2002), by maximum likelihood. {@link #automatic} chooses the form by AICc among those
 * that are stable: a multiplied trend and an added error with a multiplied season are left out.
 *
 * {@snippet :
 * double[] values = new double[36];
 * for (int i = 0; i < 36; i++) values[i] = 50 + 2 * i;
 * var series = Series.monthly(LocalDate.of(2023, 1, 1), values).withSeason(1);
 * var model = new Ets(Ets.Part.ADDS, Ets.Part.ADDS, Ets.Part.NONE, false).fit(series, Run.of(1));
 * check(Math.abs(model.forecast(1).means()[0] - 122) < 1);
 * }
 *
 * @param error added or multiplied
 * @param trend added or none
 * @param season added, multiplied or none
 * @param damped whether the trend flattens out
 */
public record Ets(Part error, Part trend, Part season, boolean damped) implements Forecaster {

    /** How a part enters. */
    public enum Part {
        /** Not at all. */
        NONE,
        /** It adds. */
        ADDS,
        /** It multiplies. */
        MULTIPLIES
    }

    /** @throws IllegalArgumentException for a form that is not supported */
    public Ets {
        if (error == Part.NONE) throw new IllegalArgumentException("the error must add or multiply");
        if (trend == Part.MULTIPLIES) throw new IllegalArgumentException("the trend must add or be none");
        if (damped && trend == Part.NONE) throw new IllegalArgumentException("only a trend can be damped");
    }

    /** Chooses the form by AICc. */
    public static Forecaster automatic() {
        return new Automatic();
    }

    private record Automatic() implements Forecaster {
        @Override
        public Fitted fit(Series series, Run run) {
            series.require(4);
            boolean positive = Arrays.stream(series.values()).allMatch(value -> value > 0);
            boolean seasonal = series.season() > 1 && series.season() <= 24 && series.size() > 2 * series.season() + 4;
            var forms = new ArrayList<Ets>();
            for (Part error : List.of(Part.ADDS, Part.MULTIPLIES)) {
                for (Part season : List.of(Part.NONE, Part.ADDS, Part.MULTIPLIES)) {
                    if (error == Part.MULTIPLIES && !positive || season == Part.MULTIPLIES && !positive) continue;
                    if (season != Part.NONE && !seasonal || error == Part.ADDS && season == Part.MULTIPLIES) continue;
                    forms.add(new Ets(error, Part.NONE, season, false));
                    forms.add(new Ets(error, Part.ADDS, season, false));
                    forms.add(new Ets(error, Part.ADDS, season, true));
                }
            }
            StateSpace best = null;
            for (int i = 0; i < forms.size(); i++) {
                run.at(i / (double) forms.size(), forms.get(i).name());
                if (series.size() <= forms.get(i).parameters(series.season()) + 3) continue;
                StateSpace next = forms.get(i).fit(series, run.quietly());
                if (best == null
                        || next.card().metrics().getOrDefault("aicc", 0.0)
                                < best.card().metrics().getOrDefault("aicc", 0.0)) best = next;
            }
            if (best == null) throw Refusal.because("short-series", series.size(), 8);
            return best;
        }
    }

    /** The form's name in the literature, such as {@code ETS(M,Ad,M)}. */
    public String name() {
        return "ETS(" + letter(error) + "," + letter(trend) + (damped ? "d" : "") + "," + letter(season) + ")";
    }

    private static String letter(Part part) {
        return part == Part.NONE ? "N" : part == Part.ADDS ? "A" : "M";
    }

    private int parameters(int m) {
        return 2 + (trend != Part.NONE ? 2 : 0) + (damped ? 1 : 0) + (season != Part.NONE ? m : 0) + 1;
    }

    @Override
    public StateSpace fit(Series series, Run run) {
        int m = season == Part.NONE ? 1 : series.season();
        series.require(season == Part.NONE ? 4 : 2 * m + 1);
        if (error == Part.MULTIPLIES || season == Part.MULTIPLIES) series.log();
        double[] start = start(series, m);
        run.at(0.2, name());
        double[] best = NelderMead.minimum(at -> minusTwoLogLikelihood(series, m, at, null, null), start, 0.2);
        double[] fitted = new double[series.size()];
        double[] state = new double[2 + m];
        double deviance = minusTwoLogLikelihood(series, m, best, fitted, state);
        int k = parameters(m);
        int n = series.size();
        double aic = deviance + 2.0 * k;
        double variance = 0;
        for (int i = 0; i < n; i++) {
            double off = series.values()[i] - fitted[i];
            variance += Math.pow(error == Part.ADDS ? off : off / fitted[i], 2);
        }
        variance /= Math.max(1, n - k + 1);
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("form", name());
        var weights = Weights.of(best, this);
        var card = Card.of("Ets", parameters, run, series.fingerprint(), n, List.of("value"))
                .with("alpha", weights.alpha)
                .with("beta", weights.beta)
                .with("gamma", weights.gamma)
                .with("phi", weights.phi)
                .with("logLikelihood", -deviance / 2)
                .with("aic", aic)
                .with("aicc", aic + 2.0 * k * (k + 1) / Math.max(1, n - k - 1));
        return new StateSpace(series, this, weights, state, Math.sqrt(variance), fitted, run.seed(), card);
    }

    /**
     * The smoothing weights.
     *
     * @param alpha of the level, in (0, 1)
     * @param beta of the trend, in (0, alpha)
     * @param gamma of the season, in (0, 1 − alpha)
     * @param phi damping, in (0.8, 0.98); 1 for none
     */
    public record Weights(double alpha, double beta, double gamma, double phi) {
        static Weights of(double[] at, Ets form) {
            double alpha = within(at[0], 0.0001, 0.9999);
            int next = 1;
            double beta = form.trend == Part.NONE ? 0 : within(at[next++], 0.0001, alpha);
            double gamma = form.season == Part.NONE ? 0 : within(at[next++], 0.0001, 1 - alpha);
            double phi = form.damped ? within(at[next], 0.8, 0.98) : 1;
            return new Weights(alpha, beta, gamma, phi);
        }

        private static double within(double at, double low, double high) {
            return low + Math.max(0, high - low) / (1 + Math.exp(-at));
        }
    }

    private int weights() {
        return 1 + (trend != Part.NONE ? 1 : 0) + (season != Part.NONE ? 1 : 0) + (damped ? 1 : 0);
    }

    // small weights to begin with: the likelihood has better but worthless maxima near alpha = 1 (docs/decisions/012)
    private double[] start(Series series, int m) {
        double[] x = series.values();
        double[] figure = new double[m];
        double[] adjusted = x.clone();
        if (season != Part.NONE) {
            var parts = season == Part.ADDS ? Decomposition.classical(series) : Decomposition.classicalProduct(series);
            for (int i = 0; i < m; i++) figure[i] = parts.season()[i];
            for (int i = 0; i < x.length; i++)
                adjusted[i] = season == Part.ADDS ? x[i] - figure[i % m] : x[i] / figure[i % m];
        }
        int count = Math.min(Math.max(10, 2 * m), x.length);
        double meanX = (count + 1) / 2.0;
        double mean = Arrays.stream(adjusted, 0, count).average().orElse(0);
        double slope = 0;
        double spread = 0;
        for (int i = 0; i < count; i++) {
            slope += (i + 1 - meanX) * (adjusted[i] - mean);
            spread += (i + 1 - meanX) * (i + 1 - meanX);
        }
        slope /= spread;
        int w = weights();
        int seasons = season == Part.NONE ? 0 : m - 1;
        double[] start = new double[w + 1 + (trend != Part.NONE ? 1 : 0) + seasons];
        start[0] = -1.5;
        int next = 1;
        if (trend != Part.NONE) start[next++] = -3;
        if (season != Part.NONE) start[next++] = -2;
        if (damped) start[next++] = 2;
        // states in units of the series' own spread, so that one simplex step suits all of them
        double unit = unit(series);
        start[next++] = (trend == Part.NONE ? mean : mean - slope * meanX) / unit;
        if (trend != Part.NONE) start[next++] = slope / unit * 10;
        for (int i = 0; i < seasons; i++) start[next++] = season == Part.ADDS ? figure[i] / unit : figure[i];
        return start;
    }

    private static double unit(Series series) {
        double deviation = dev.rapport.mining.math.Statistics.deviation(series.values());
        return deviation > 0 ? deviation : 1;
    }

    private double minusTwoLogLikelihood(
            Series series, int m, double[] at, double @Nullable [] fitted, double @Nullable [] end) {
        var w = Weights.of(at, this);
        double unit = unit(series);
        int next = weights();
        double level = at[next++] * unit;
        double slope = trend == Part.NONE ? 0 : at[next++] * unit / 10;
        double[] seasons = new double[m];
        if (season != Part.NONE) {
            double sum = 0;
            for (int i = 0; i < m - 1; i++)
                sum += seasons[i] = season == Part.ADDS ? at[next + i] * unit : at[next + i];
            seasons[m - 1] = season == Part.ADDS ? -sum : m - sum;
            if (season == Part.MULTIPLIES && Arrays.stream(seasons).anyMatch(each -> each <= 0.01))
                return Double.POSITIVE_INFINITY;
        }
        double squares = 0;
        double logs = 0;
        for (int i = 0; i < series.size(); i++) {
            int s = i % m;
            double ahead = level + w.phi * slope;
            double expected =
                    season == Part.NONE ? ahead : season == Part.ADDS ? ahead + seasons[s] : ahead * seasons[s];
            if (fitted != null) fitted[i] = expected;
            double x = series.values()[i];
            double off = x - expected;
            if (error == Part.MULTIPLIES) {
                if (expected <= 0) return Double.POSITIVE_INFINITY;
                squares += off / expected * (off / expected);
                logs += Math.log(expected);
            } else {
                squares += off * off;
            }
            // the error in the unit of the level
            double onLevel = season == Part.MULTIPLIES ? off / seasons[s] : off;
            level = ahead + w.alpha * onLevel;
            slope = w.phi * slope + w.beta * onLevel;
            if (season == Part.ADDS) seasons[s] += w.gamma * off;
            if (season == Part.MULTIPLIES) seasons[s] += w.gamma * off / ahead;
        }
        if (end != null) {
            end[0] = level;
            end[1] = slope;
            System.arraycopy(seasons, 0, end, 2, m);
        }
        int n = series.size();
        return n * Math.log(squares) + 2 * logs;
    }

    /**
     * A fitted form.
     *
     * @param state last level, last trend, last seasons by their place
     */
    public record StateSpace(
            Series series,
            Ets form,
            Weights weights,
            double[] state,
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
            double level = state[0];
            double slope = state[1];
            int m = state.length - 2;
            double[] seasons = Arrays.copyOfRange(state, 2, state.length);
            double[] path = new double[horizon];
            for (int h = 0; h < horizon; h++) {
                int s = (series.size() + h) % m;
                double ahead = level + weights.phi * slope;
                double expected = form.season == Part.NONE
                        ? ahead
                        : form.season == Part.ADDS ? ahead + seasons[s] : ahead * seasons[s];
                double off = form.error == Part.ADDS ? errors[h] : errors[h] * expected;
                path[h] = expected + off;
                double onLevel = form.season == Part.MULTIPLIES ? off / seasons[s] : off;
                level = ahead + weights.alpha * onLevel;
                slope = weights.phi * slope + weights.beta * onLevel;
                if (form.season == Part.ADDS) seasons[s] += weights.gamma * off;
                if (form.season == Part.MULTIPLIES) seasons[s] += weights.gamma * off / ahead;
            }
            return path;
        }

        @Override
        public Explanation explanation() {
            return new Explanation.Facts(List.of(
                    Explanation.Fact.of("ets", form.name()),
                    Explanation.Fact.of("smoothing", weights.alpha, weights.beta, weights.gamma),
                    Explanation.Fact.of(state[1] >= 0 ? "trend-up" : "trend-down", state[0], Math.abs(state[1]))));
        }
    }
}
