package dev.rapport.mining.regression;

import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.Trainer;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.prepare.Encoder;
import dev.rapport.mining.prepare.Encoding;
import dev.rapport.mining.prepare.Training;
import java.util.Map;

/**
 * Linear regression that leaves weak features out: least squares plus the sum of absolute weights (R. Tibshirani 1996),
 * by cyclic coordinate descent on the normal equations (J. Friedman, T. Hastie, R. Tibshirani 2010). Minimises
 * {@code ‖y − Xw‖² / (2 · rows) + penalty · ‖w‖₁}.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("a", 1, 2, 3, 4, 5, 6), Column.numeric("b", 1, -1, 1, -1, 1, -1),
 *     Column.numeric("y", 2, 4, 6, 8, 10, 12));
 * LinearModel model = new Lasso(0.5).fit(frame, Task.predict("y").from("a", "b"), Run.of(1));
 * check(model.weights()[1] == 0 && model.weights()[0] > 0);
 * }
 *
 * @param penalty weight of the absolute weights, above 0
 * @param scaling whether features are standardised first, so that their units do not matter
 */
public record Lasso(double penalty, Encoding.Scaling scaling) implements Trainer<LinearModel> {
    private static final int ROUNDS = 10_000;

    /** @throws IllegalArgumentException if the penalty is not above 0 */
    public Lasso {
        if (!(penalty > 0)) throw new IllegalArgumentException("penalty must be above 0, not " + penalty);
    }

    /** With standardised features. */
    public Lasso(double penalty) {
        this(penalty, Encoding.Scaling.STANDARD);
    }

    @Override
    public LinearModel fit(Frame data, Task task, Run run) {
        var training = Training.numbers(data, task);
        var encoding = new Encoding(scaling, Encoding.Reference.FIRST_LEVEL);
        var encoder = Encoder.learn(training.data(), task.features(), encoding, run.threads());
        double[][] columns = encoder.encode(training.data(), run.threads());
        run.at(0.3, "normal equations");
        var sums = CentredSums.of(columns, training.targets(), run.threads());
        double[] weights = descend(sums, training.rows(), run);
        double intercept = sums.targetMean();
        for (int j = 0; j < weights.length; j++) intercept -= weights[j] * sums.means()[j];
        double explained = 0;
        for (int j = 0; j < weights.length; j++) {
            explained += 2 * weights[j] * sums.withTarget()[j];
            for (int k = 0; k < weights.length; k++) explained -= weights[j] * weights[k] * sums.gram()[j][k];
        }
        var parameters = Map.of("penalty", String.valueOf(penalty), "scaling", scaling.name());
        var card = training.card("Lasso", parameters, run)
                .with("r2", explained / sums.targetSquares())
                .with("rmse", Math.sqrt(Math.max(0, sums.targetSquares() - explained) / training.rows()));
        return new LinearModel(encoder, weights, intercept, sums.means(), LinearModel.unsure(encoder, weights), card);
    }

    private double[] descend(CentredSums sums, int rows, Run run) {
        int d = sums.withTarget().length;
        double[] weights = new double[d];
        // what is left of Xᵀ(y − Xw), kept up to date with every weight
        double[] left = sums.withTarget().clone();
        double limit = 1e-14 * Math.max(1e-300, sums.targetSquares());
        for (int round = 0; round < ROUNDS; round++) {
            run.at(0.5, "round " + round);
            double change = 0;
            for (int j = 0; j < d; j++) {
                double own = sums.gram()[j][j];
                if (own <= 0) continue;
                double pull = left[j] + own * weights[j];
                double next = Math.signum(pull) * Math.max(0, Math.abs(pull) - penalty * rows) / own;
                double step = next - weights[j];
                if (step == 0) continue;
                weights[j] = next;
                for (int k = 0; k < d; k++) left[k] -= step * sums.gram()[j][k];
                change = Math.max(change, step * step * own);
            }
            if (change < limit) break;
        }
        return weights;
    }
}
