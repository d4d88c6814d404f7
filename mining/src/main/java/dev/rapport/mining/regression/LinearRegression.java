package dev.rapport.mining.regression;

import dev.rapport.mining.Explanation.Coefficient;
import dev.rapport.mining.Finding;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.math.Cholesky;
import dev.rapport.mining.math.Gram;
import dev.rapport.mining.math.Parallel;
import dev.rapport.mining.math.Special;
import dev.rapport.mining.prepare.Encoder;
import dev.rapport.mining.prepare.Encoding;
import dev.rapport.mining.prepare.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Ordinary least squares (Gauss 1809) and ridge regression (A. E. Hoerl, R. W. Kennard 1970): the weighted sum of the
 * features closest to the target, with standard errors, t-tests and variance inflation. One pass over the rows through
 * the centred normal equations; O(rows · columns²).
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("age", 20, 30, 40, 50, 60), Column.numeric("price", 10, 13, 16, 19, 22.5));
 * LinearModel model = new LinearRegression().fit(frame, Task.predict("price").from("age"), Run.of(1));
 * check(Math.abs(model.weights()[0] - 0.31) < 1e-9);
 * check(model.explanation().text(Locale.ENGLISH).contains("age"));
 * }
 *
 * @param ridge penalty on the squared weights of standardised features, divided by nothing: 0 for ordinary least
 *     squares; features are standardised only when it is above 0
 */
public record LinearRegression(double ridge) implements Trainer<LinearModel> {

    /** @throws IllegalArgumentException if the penalty is negative */
    public LinearRegression {
        if (!(ridge >= 0)) throw new IllegalArgumentException("ridge must be at least 0, not " + ridge);
    }

    /** Ordinary least squares. */
    public LinearRegression() {
        this(0);
    }

    @Override
    public LinearModel fit(Frame data, Task task, Run run) {
        var training = Training.numbers(data, task);
        var encoder = Encoder.learn(
                training.data(), task.features(), ridge > 0 ? Encoding.STANDARD : Encoding.RAW, run.threads());
        run.at(0.1, "encoding");
        double[][] columns = encoder.encode(training.data(), run.threads());
        run.at(0.3, "normal equations");
        var sums = CentredSums.of(columns, training.targets(), run.threads());
        int d = columns.length;
        for (int j = 0; j < d; j++) sums.gram()[j][j] += ridge;
        var factor = Cholesky.of(sums.gram());
        double[] weights = factor.solve(sums.withTarget());
        double intercept = sums.targetMean();
        for (int j = 0; j < d; j++) intercept -= weights[j] * sums.means()[j];
        double residual = sums.residual(weights);
        // a nearly perfect fit is what is left of a difference of large numbers: then the rows are asked
        if (residual < 1e-4 * sums.targetSquares() || ridge > 0) {
            residual = residual(columns, training.targets(), weights, intercept, run.threads());
        }
        if (training.rows() < 2 || d >= training.rows() && ridge == 0) {
            throw Refusal.because("more-columns-than-rows", d, training.rows());
        }
        var card = training.card("LinearRegression", Map.of("ridge", String.valueOf(ridge)), run)
                .with("r2", 1 - residual / sums.targetSquares())
                .with("rmse", Math.sqrt(residual / training.rows()))
                .with("residualDeviation", Math.sqrt(residual / Math.max(1, training.rows() - d - 1)))
                .with(collinear(encoder, factor));
        var inference = ridge > 0
                ? LinearModel.unsure(encoder, weights)
                : inference(encoder, weights, factor, sums, residual, training.rows());
        return new LinearModel(encoder, weights, intercept, sums.means(), inference, card);
    }

    private static List<Finding> collinear(Encoder encoder, Cholesky factor) {
        if (factor.deficient() < 0) return List.of();
        return List.of(Finding.warning("collinear", encoder.names().get(factor.deficient())));
    }

    private static List<Coefficient> inference(
            Encoder encoder, double[] weights, Cholesky factor, CentredSums sums, double residual, int rows) {
        int d = weights.length;
        double freedom = rows - d - 1;
        double variance = residual / freedom;
        double[][] inverse = factor.inverse();
        double critical = freedom > 0 ? Special.studentQuantile(0.975, freedom) : Double.NaN;
        var names = encoder.names();
        var coefficients = new ArrayList<Coefficient>();
        for (int j = 0; j < d; j++) {
            double error = Math.sqrt(variance * inverse[j][j]);
            double p = Special.studentTail(weights[j] / error, freedom);
            coefficients.add(new Coefficient(
                    names.get(j), weights[j], error, weights[j] - critical * error, weights[j] + critical * error, p));
        }
        return coefficients;
    }

    private static double residual(
            double[][] columns, double[] targets, double[] weights, double intercept, int threads) {
        var parts = Parallel.map(Parallel.chunks(targets.length), threads, chunk -> {
            int from = chunk * Parallel.CHUNK;
            int to = Math.min(targets.length, from + Parallel.CHUNK);
            double[] error = new double[to - from];
            for (int i = from; i < to; i++) error[i - from] = intercept - targets[i];
            for (int j = 0; j < columns.length; j++) LinearModel.add(error, columns[j], from, weights[j]);
            return Gram.dot(error, error, 0, error.length);
        });
        double sum = 0;
        for (double part : parts) sum += part;
        return sum;
    }
}
