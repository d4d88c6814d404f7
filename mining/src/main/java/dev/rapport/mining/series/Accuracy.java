package dev.rapport.mining.series;

/**
 * How good forecasts were (R. Hyndman, A. Koehler 2006).
 *
 * {@snippet :
 * double[] past = {1, 2, 3, 4};
 * var accuracy = Accuracy.of(new double[] {5, 7}, new double[] {5, 6}, past, 1);
 * check(accuracy.mae() == 0.5 && accuracy.mase() == 0.5);
 * }
 *
 * @param mae mean absolute error
 * @param rmse root of the mean squared error
 * @param mape mean absolute error in percent of the value
 * @param smape symmetric form of it, in percent, from 0 to 200
 * @param mase error relative to that of the seasonal naive forecast within the past: below 1 is better
 */
public record Accuracy(double mae, double rmse, double mape, double smape, double mase) {
    /** Judges a forecast. */
    public static Accuracy of(double[] forecast, double[] truth, double[] past, int season) {
        double absolute = 0;
        double squares = 0;
        double percent = 0;
        double symmetric = 0;
        int n = truth.length;
        for (int i = 0; i < n; i++) {
            double error = Math.abs(forecast[i] - truth[i]);
            absolute += error / n;
            squares += error * error / n;
            percent += 100 * error / Math.abs(truth[i]) / n;
            double size = Math.abs(truth[i]) + Math.abs(forecast[i]);
            symmetric += size == 0 ? 0 : 200 * error / size / n;
        }
        return new Accuracy(absolute, Math.sqrt(squares), percent, symmetric, absolute / scale(past, season));
    }

    static double scale(double[] past, int season) {
        int m = past.length > season ? season : 1;
        double sum = 0;
        for (int i = m; i < past.length; i++) sum += Math.abs(past[i] - past[i - m]);
        return sum / (past.length - m);
    }
}
