package dev.rapport.mining.series;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Run;
import dev.rapport.mining.math.Special;
import dev.rapport.mining.math.Statistics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The mean of a line and of smoothed curvature (V. Assimakopoulos, K. Nikolopoulos 2000), which is simple smoothing with
 * half the slope as drift (R. Hyndman, B. Billah 2003). A clear season is divided out first. Winner of the M3 competition,
 * hard to beat on short business series.
 *
 * {@snippet :
 * var series = Series.monthly(LocalDate.of(2026, 1, 1), 10, 12, 14, 16, 18, 20, 22, 24).withSeason(1);
 * double next = new Theta().fit(series, Run.of(1)).forecast(1).means()[0];
 * check(next > 24 && next < 26);
 * }
 */
public record Theta() implements Forecaster {
    @Override
    public Curve fit(Series series, Run run) {
        series.require(4);
        int m = series.season();
        double[] season = new double[m];
        Arrays.fill(season, 1);
        boolean positive = Arrays.stream(series.values()).allMatch(value -> value > 0);
        if (m > 1 && positive && series.size() > 2 * m && isSeasonal(series)) {
            season = Arrays.copyOf(Decomposition.classicalProduct(series).season(), m);
        }
        int n = series.size();
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = series.values()[i] / season[i % m];
        double middle = (n - 1) / 2.0;
        double slope = 0;
        double spread = 0;
        double mean = Statistics.mean(x);
        for (int i = 0; i < n; i++) {
            slope += (i - middle) * (x[i] - mean);
            spread += (i - middle) * (i - middle);
        }
        slope /= spread;
        double alpha = alpha(x);
        double[] fitted = new double[n];
        double level = x[0];
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double drift = slope / 2 * (1 / alpha - Math.pow(1 - alpha, i) / alpha);
            fitted[i] = (level + drift) * season[i % m];
            if (i > 0) squares += Math.pow(x[i] - level - drift, 2);
            level = alpha * x[i] + (1 - alpha) * level;
        }
        var card = Card.of("Theta", Map.of(), run, series.fingerprint(), n, List.of("value"))
                .with("alpha", alpha)
                .with("drift", slope / 2);
        return new Curve(series, season, level, alpha, slope / 2, Math.sqrt(squares / (n - 1)), fitted, card);
    }

    // the autocorrelation one season back, tested at 90 % (as in the M4 competition's benchmarks)
    private static boolean isSeasonal(Series series) {
        double[] x = series.values();
        int m = series.season();
        double limit = 0;
        for (int lag = 1; lag < m; lag++) limit += Math.pow(correlation(x, lag), 2);
        return Math.abs(correlation(x, m)) > Special.normalQuantile(0.95) * Math.sqrt((1 + 2 * limit) / x.length);
    }

    private static double correlation(double[] x, int lag) {
        double mean = Statistics.mean(x);
        double both = 0;
        double all = 0;
        for (int i = 0; i < x.length; i++) {
            all += (x[i] - mean) * (x[i] - mean);
            if (i >= lag) both += (x[i] - mean) * (x[i - lag] - mean);
        }
        return all == 0 ? 0 : both / all;
    }

    // golden section on the squared one-step errors of simple smoothing
    static double alpha(double[] x) {
        double low = 0.01;
        double high = 0.99;
        double ratio = (Math.sqrt(5) - 1) / 2;
        while (high - low > 1e-6) {
            double a = high - ratio * (high - low);
            double b = low + ratio * (high - low);
            if (errors(x, a) < errors(x, b)) high = b;
            else low = a;
        }
        return (low + high) / 2;
    }

    private static double errors(double[] x, double alpha) {
        double level = x[0];
        double sum = 0;
        for (double value : x) {
            sum += (value - level) * (value - level);
            level += alpha * (value - level);
        }
        return sum;
    }

    /** The last level, the drift per step, the season by its place. */
    public record Curve(
            Series series,
            double[] season,
            double level,
            double alpha,
            double drift,
            double deviation,
            double[] fitted,
            Card card)
            implements Forecaster.Fitted {
        @Override
        public Forecast forecast(int horizon) {
            double[] means = new double[horizon];
            double[] deviations = new double[horizon];
            int n = series.size();
            for (int h = 0; h < horizon; h++) {
                double s = season[(n + h) % season.length];
                means[h] = s * (level + drift * (h + 1 / alpha - Math.pow(1 - alpha, n) / alpha));
                deviations[h] = s * deviation * Math.sqrt(1 + h * alpha * alpha);
            }
            return Forecast.normal(series, means, deviations);
        }

        @Override
        public Explanation explanation() {
            return new Explanation.Facts(
                    List.of(Explanation.Fact.of(drift >= 0 ? "trend-up" : "trend-down", level, Math.abs(drift))));
        }
    }
}
