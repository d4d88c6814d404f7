package dev.rapport.mining.series;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Run;
import dev.rapport.mining.math.LimitedMemoryBfgs;
import dev.rapport.mining.math.NelderMead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Differences explained by their own past and past errors, within the season and from season to season (G. Box, G. Jenkins
 * 1970), by exact maximum likelihood of the differenced series. A mean is estimated when nothing is differenced, a drift
 * when one difference is taken. {@link AutoArima} chooses the orders.
 *
 * {@snippet :
 * double[] values = new double[60];
 * for (int i = 1; i < 60; i++) values[i] = 0.7 * values[i - 1] + Math.sin(i * 12.9898) * 4;
 * var model = new Arima(1, 0, 0).fit(Series.monthly(LocalDate.of(2020, 1, 1), values), Run.of(1));
 * check(model.ar().length == 1 && model.forecast(3).steps().size() == 3);
 * }
 *
 * @param p past values
 * @param d differences
 * @param q past errors
 * @param seasonalP past seasons' values
 * @param seasonalD seasonal differences
 * @param seasonalQ past seasons' errors
 * @param constant whether a mean or drift is estimated
 */
public record Arima(int p, int d, int q, int seasonalP, int seasonalD, int seasonalQ, boolean constant)
        implements Forecaster {

    /** @throws IllegalArgumentException if an order is negative, or more than two differences are asked for */
    public Arima {
        if (p < 0 || d < 0 || q < 0 || seasonalP < 0 || seasonalD < 0 || seasonalQ < 0) {
            throw new IllegalArgumentException("orders must be at least 0");
        }
        if (d + seasonalD > 3) throw new IllegalArgumentException("at most three differences, not " + (d + seasonalD));
        if (constant && d + seasonalD > 1)
            throw new IllegalArgumentException("no constant with two differences or more");
    }

    /** Without season, with a mean where nothing is differenced. */
    public Arima(int p, int d, int q) {
        this(p, d, q, 0, 0, 0, d == 0);
    }

    @Override
    public Fit fit(Series series, Run run) {
        int m = series.season();
        int lost = d + seasonalD * m;
        series.require(lost + p + q + (seasonalP + seasonalQ) * m + 3 + (constant ? 1 : 0));
        double[] w = differenced(series.values(), m);
        int k = p + q + seasonalP + seasonalQ;
        double mean = constant ? Arrays.stream(w).average().orElse(0) : 0;
        double[] start = new double[k + (constant ? 1 : 0)];
        double unit = Math.max(1e-12, dev.rapport.mining.math.Statistics.deviation(w));
        if (constant) start[k] = mean / unit;
        run.at(0.1, name(m));
        double[] best = k == 0 && !constant ? start : searched(w, m, unit, start, run);
        var fit = new Coefficients(best, unit);
        var filtered = fit.arma(m).filter(fit.centred(w));
        double logLikelihood = filtered.logLikelihood();
        int parameters = k + (constant ? 1 : 0) + 1;
        double aic = -2 * logLikelihood + 2 * parameters;
        int n = w.length;
        var names = new LinkedHashMap<String, String>();
        names.put("orders", name(m));
        var card = Card.of("Arima", names, run, series.fingerprint(), series.size(), List.of("value"))
                .with("logLikelihood", logLikelihood)
                .with("variance", filtered.variance())
                .with("aic", aic)
                .with("aicc", aic + 2.0 * parameters * (parameters + 1) / Math.max(1, n - parameters - 1));
        double[] fitted = new double[series.size()];
        Arrays.fill(fitted, Double.NaN);
        for (int t = 0; t < n; t++) fitted[t + lost] = series.values()[t + lost] - filtered.errors()[t];
        return new Fit(
                series,
                this,
                fit.ar,
                fit.ma,
                fit.seasonalAr,
                fit.seasonalMa,
                fit.mean,
                filtered.variance(),
                filtered.state(),
                fitted,
                card);
    }

    private double[] searched(double[] w, int m, double unit, double[] start, Run run) {
        double[] near = NelderMead.minimum(at -> cost(w, m, unit, at, run), start, 0.3);
        double[] best = LimitedMemoryBfgs.minimum(
                (at, slope) -> {
                    double value = cost(w, m, unit, at, run);
                    for (int j = 0; j < at.length; j++) {
                        double step = 1e-5 * Math.max(1, Math.abs(at[j]));
                        double[] up = at.clone();
                        double[] down = at.clone();
                        up[j] += step;
                        down[j] -= step;
                        slope[j] = (cost(w, m, unit, up, run) - cost(w, m, unit, down, run)) / (2 * step);
                    }
                    return value;
                },
                near,
                1e-7,
                20,
                () -> {});
        return cost(w, m, unit, best, run) <= cost(w, m, unit, near, run) ? best : near;
    }

    private double cost(double[] w, int m, double unit, double[] at, Run run) {
        run.at(0.5, "likelihood");
        var fit = new Coefficients(at, unit);
        var filtered = fit.arma(m).filter(fit.centred(w));
        return 0.5 * (Math.log(filtered.variance()) + filtered.logs() / w.length);
    }

    private double[] differenced(double[] values, int m) {
        double[] w = values;
        for (int i = 0; i < seasonalD; i++) w = difference(w, m);
        for (int i = 0; i < d; i++) w = difference(w, 1);
        return w;
    }

    static double[] difference(double[] x, int lag) {
        double[] result = new double[x.length - lag];
        for (int i = 0; i < result.length; i++) result[i] = x[i + lag] - x[i];
        return result;
    }

    /** Such as {@code ARIMA(0,1,1)(0,1,1)12}. */
    public String name(int m) {
        String plain = "ARIMA(%d,%d,%d)".formatted(p, d, q);
        boolean seasonal = seasonalP + seasonalD + seasonalQ > 0;
        return plain
                + (seasonal ? "(%d,%d,%d)%d".formatted(seasonalP, seasonalD, seasonalQ, m) : "")
                + (constant ? d + seasonalD == 0 ? " with mean" : " with drift" : "");
    }

    /** Coefficients from free parameters, through partial autocorrelations, so that all stay stationary and invertible. */
    private final class Coefficients {
        private final double[] ar;
        private final double[] ma;
        private final double[] seasonalAr;
        private final double[] seasonalMa;
        private final double mean;

        Coefficients(double[] at, double unit) {
            ar = bounded(at, 0, p);
            ma = negated(bounded(at, p, q));
            seasonalAr = bounded(at, p + q, seasonalP);
            seasonalMa = negated(bounded(at, p + q + seasonalP, seasonalQ));
            mean = constant ? at[p + q + seasonalP + seasonalQ] * unit : 0;
        }

        Arma arma(int m) {
            return new Arma(product(ar, seasonalAr, m, -1), product(ma, seasonalMa, m, 1));
        }

        double[] centred(double[] w) {
            return mean == 0 ? w : Arrays.stream(w).map(value -> value - mean).toArray();
        }
    }

    private static double[] negated(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }

    // Durbin's and Levinson's recursion from partial autocorrelations (M. Jones 1980)
    private static double[] bounded(double[] at, int from, int count) {
        double[] result = new double[count];
        for (int k = 0; k < count; k++) {
            double partial = Math.tanh(at[from + k]);
            double[] before = result.clone();
            result[k] = partial;
            for (int i = 0; i < k; i++) result[i] = before[i] - partial * before[k - 1 - i];
        }
        return result;
    }

    // (1 + sign·Σ aᵢBⁱ)(1 + sign·Σ bⱼBʲᵐ), without the leading 1 and the sign
    static double[] product(double[] a, double[] b, int m, int sign) {
        double[] result = new double[a.length + b.length * m];
        System.arraycopy(a, 0, result, 0, a.length);
        for (int j = 0; j < b.length; j++) {
            result[(j + 1) * m - 1] += b[j];
            for (int i = 0; i < a.length; i++) result[(j + 1) * m + i] += sign * a[i] * b[j];
        }
        return result;
    }

    /**
     * Fitted orders.
     *
     * @param ar coefficients of past values
     * @param ma coefficients of past errors
     * @param seasonalAr of past seasons' values
     * @param seasonalMa of past seasons' errors
     * @param mean of the differenced series; a drift per step when one difference was taken
     * @param variance of the errors
     * @param state last prediction of the filter
     */
    public record Fit(
            Series series,
            Arima orders,
            double[] ar,
            double[] ma,
            double[] seasonalAr,
            double[] seasonalMa,
            double mean,
            double variance,
            double[] state,
            double[] fitted,
            Card card)
            implements Forecaster.Fitted {

        @Override
        public Forecast forecast(int horizon) {
            int m = series.season();
            double[] phi = product(ar, seasonalAr, m, -1);
            double[] ahead = new double[horizon];
            double[] a = state.clone();
            for (int h = 0; h < horizon; h++) {
                ahead[h] = a[0] + mean;
                double first = a[0];
                for (int i = 0; i < a.length; i++) {
                    a[i] = (i < phi.length ? phi[i] * first : 0) + (i + 1 < a.length ? a[i + 1] : 0);
                }
            }
            double[] means = integrated(ahead, m);
            double[] psi = psi(phi, product(ma, seasonalMa, m, 1), m, horizon);
            double[] deviations = new double[horizon];
            double sum = 0;
            for (int h = 0; h < horizon; h++) {
                sum += psi[h] * psi[h];
                deviations[h] = Math.sqrt(variance * sum);
            }
            return Forecast.normal(series, means, deviations);
        }

        // undoes the differences in the reverse order
        private double[] integrated(double[] ahead, int m) {
            var levels = new ArrayList<double[]>();
            var lags = new ArrayList<Integer>();
            double[] level = series.values();
            for (int i = 0; i < orders.seasonalD + orders.d; i++) {
                int lag = i < orders.seasonalD ? m : 1;
                levels.add(level);
                lags.add(lag);
                level = difference(level, lag);
            }
            double[] result = ahead;
            for (int i = levels.size() - 1; i >= 0; i--) {
                double[] past = levels.get(i);
                int lag = lags.get(i);
                double[] next = new double[result.length];
                for (int h = 0; h < next.length; h++) {
                    next[h] = result[h] + (h < lag ? past[past.length - lag + h] : next[h - lag]);
                }
                result = next;
            }
            return result;
        }

        // weights of past errors in the undifferenced series
        private double[] psi(double[] phi, double[] theta, int m, int count) {
            double[] full = phi;
            for (int i = 0; i < orders.seasonalD; i++) full = timesDifference(full, m);
            for (int i = 0; i < orders.d; i++) full = timesDifference(full, 1);
            double[] psi = new double[count];
            for (int i = 0; i < count; i++) {
                double value = i == 0 ? 1 : i <= theta.length ? theta[i - 1] : 0;
                for (int k = 1; k <= Math.min(i, full.length); k++) value += full[k - 1] * psi[i - k];
                psi[i] = value;
            }
            return psi;
        }

        // coefficients of (1 − Σ φᵢBⁱ)(1 − Bˡ)
        private static double[] timesDifference(double[] phi, int lag) {
            double[] result = new double[phi.length + lag];
            System.arraycopy(phi, 0, result, 0, phi.length);
            result[lag - 1] += 1;
            for (int i = 0; i < phi.length; i++) result[lag + i] -= phi[i];
            return result;
        }

        @Override
        public Explanation explanation() {
            return new Explanation.Facts(List.of(
                    Explanation.Fact.of("arima", orders.name(series.season())),
                    Explanation.Fact.of("error", Math.sqrt(variance))));
        }
    }
}
