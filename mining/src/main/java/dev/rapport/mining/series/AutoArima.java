package dev.rapport.mining.series;

import dev.rapport.mining.Run;
import dev.rapport.mining.math.Statistics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses an ARIMA model's orders: differences by tests (D. Kwiatkowski et al. 1992; seasonal strength), the rest by a
 * stepwise search for the smallest AICc (R. Hyndman, Y. Khandakar 2008).
 *
 * {@snippet :
 * double[] values = new double[48];
 * for (int i = 0; i < 48; i++) values[i] = 2 * i + Math.sin(i * 78.233) * 3;
 * var model = new AutoArima().fit(Series.monthly(LocalDate.of(2022, 1, 1), values).withSeason(1), Run.of(1));
 * check(model.orders().d() == 1 || model.forecast(1).means()[0] > 80);
 * }
 */
public record AutoArima() implements Forecaster {
    private static final double SEASONAL = 0.64;
    private static final double KPSS_5_PERCENT = 0.463;

    @Override
    public Arima.Fit fit(Series series, Run run) {
        series.require(8);
        int m = series.season() > 1 && series.size() >= 2 * series.season() + 5 && series.season() <= 24
                ? series.season()
                : 1;
        var used = series.withSeason(m);
        double[] x = used.values();
        int seasonalD = m > 1 && Decomposition.stl(used, false).seasonalStrength() > SEASONAL ? 1 : 0;
        if (seasonalD == 1) x = Arima.difference(x, m);
        int d = 0;
        while (d < 2 - seasonalD && x.length > 5 && kpss(x) > KPSS_5_PERCENT) {
            x = Arima.difference(x, 1);
            d++;
        }
        return new Search(used, d, seasonalD, run).best();
    }

    /** The test statistic for a level that stays: large values speak for a difference. */
    static double kpss(double[] x) {
        int n = x.length;
        double mean = Statistics.mean(x);
        double[] e = Arrays.stream(x).map(value -> value - mean).toArray();
        double sum = 0;
        double partial = 0;
        for (double each : e) {
            partial += each;
            sum += partial * partial;
        }
        int lags = (int) (3 * Math.sqrt(n) / 13);
        double variance = 0;
        for (double each : e) variance += each * each / n;
        for (int lag = 1; lag <= lags; lag++) {
            double covariance = 0;
            for (int i = lag; i < n; i++) covariance += e[i] * e[i - lag] / n;
            variance += 2 * (1 - lag / (lags + 1.0)) * covariance;
        }
        return variance <= 0 ? 0 : sum / ((double) n * n * variance);
    }

    private static final class Search {
        private final Series series;
        private final int d;
        private final int seasonalD;
        private final Run run;
        private final Map<Arima, Double> tried = new HashMap<>();
        private Arima.@org.jspecify.annotations.Nullable Fit best;
        private double least = Double.POSITIVE_INFINITY;

        Search(Series series, int d, int seasonalD, Run run) {
            this.series = series;
            this.d = d;
            this.seasonalD = seasonalD;
            this.run = run;
        }

        Arima.Fit best() {
            int s = series.season() > 1 ? 1 : 0;
            boolean constant = d + seasonalD <= 1;
            for (int[] start :
                    List.of(new int[] {2, 2, s, s}, new int[4], new int[] {1, 0, s, 0}, new int[] {0, 1, 0, s})) {
                attempt(start[0], start[1], start[2], start[3], constant);
            }
            if (constant) attempt(0, 0, 0, 0, false);
            boolean better = true;
            while (better && tried.size() < 60) better = step(s);
            if (best == null) return new Arima(0, d, 0, 0, seasonalD, 0, false).fit(series, run.quietly());
            return best;
        }

        private boolean step(int s) {
            if (best == null) return false;
            var o = best.orders();
            int[][] moves = {
                {0, 0, -1, 0}, {0, 0, 0, -1}, {0, 0, 1, 0}, {0, 0, 0, 1}, {0, 0, 1, 1}, {0, 0, -1, -1},
                {-1, 0, 0, 0}, {0, -1, 0, 0}, {1, 0, 0, 0}, {0, 1, 0, 0}, {1, 1, 0, 0}, {-1, -1, 0, 0}
            };
            for (int[] move : moves) {
                if (s == 0 && (move[2] != 0 || move[3] != 0)) continue;
                if (attempt(
                        o.p() + move[0],
                        o.q() + move[1],
                        o.seasonalP() + move[2],
                        o.seasonalQ() + move[3],
                        o.constant())) {
                    return true;
                }
            }
            return d + seasonalD <= 1 && attempt(o.p(), o.q(), o.seasonalP(), o.seasonalQ(), !o.constant());
        }

        private boolean attempt(int p, int q, int seasonalP, int seasonalQ, boolean constant) {
            if (p < 0 || q < 0 || seasonalP < 0 || seasonalQ < 0 || p > 5 || q > 5 || seasonalP > 2 || seasonalQ > 2)
                return false;
            if (p + q + seasonalP + seasonalQ > 5) return false;
            int m = series.season();
            if (series.size() < d + seasonalD * m + p + q + (seasonalP + seasonalQ) * m + 5) return false;
            var orders = new Arima(p, d, q, seasonalP, seasonalD, seasonalQ, constant);
            if (tried.containsKey(orders)) return false;
            run.at(tried.size() / 60.0, orders.name(m));
            var fit = orders.fit(series, run.quietly());
            double aicc = fit.card().metrics().getOrDefault("aicc", Double.NaN);
            tried.put(orders, aicc);
            if (!(aicc < least - 1e-9)) return false;
            least = aicc;
            best = fit;
            return true;
        }
    }
}
