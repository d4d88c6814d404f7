package dev.rapport.mining.regression;

import dev.rapport.mining.Card;
import dev.rapport.mining.Classifier;
import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explainable;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Explanation.Coefficient;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.prepare.Encoder;
import java.util.Arrays;
import java.util.List;

/**
 * The log-odds of the second class as a weighted sum of features. Made by {@link LogisticRegression}.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("visits", 1, 2, 3, 7, 8, 9),
 *     Column.categorical("won", "no", "no", "yes", "no", "yes", "yes"));
 * var model = new LogisticRegression().fit(frame, Task.predict("won").from("visits"), Run.of(1));
 * double logOdds = model.why(frame, 0).score();
 * check(Math.abs(1 / (1 + Math.exp(-logOdds)) - model.probability(frame, "yes")[0]) < 1e-12);
 * }
 *
 * @param encoder what was learned about the columns
 * @param weights one per encoded column
 * @param intercept log-odds of a row of zeros
 * @param means mean of each encoded column in training
 * @param coefficients the weights per unit of the feature with standard errors (of the penalised likelihood)
 * @param classes the two classes, sorted
 * @param card where the model comes from
 */
public record LogisticModel(
        Encoder encoder,
        double[] weights,
        double intercept,
        double[] means,
        List<Coefficient> coefficients,
        List<String> classes,
        Card card)
        implements Classifier, Explainable {

    /** The log-odds of the second class, per row. */
    public double[] logOdds(Frame data) {
        double[] values = new double[data.rows()];
        Arrays.fill(values, intercept);
        double[][] columns = encoder.encode(data, 1);
        for (int j = 0; j < columns.length; j++) LinearModel.add(values, columns[j], 0, weights[j]);
        return values;
    }

    @Override
    public double[][] probabilities(Frame data) {
        double[] margins = logOdds(data);
        double[][] all = new double[margins.length][];
        for (int i = 0; i < all.length; i++) all[i] = new double[] {logistic(-margins[i]), logistic(margins[i])};
        return all;
    }

    @Override
    public Explanation explanation() {
        double raw = encoder.rawIntercept(intercept, weights);
        return new Explanation.Coefficients(Explanation.Effect.MULTIPLIES_ODDS, raw, coefficients);
    }

    @Override
    public Contributions why(Frame data, int row) {
        return LinearModel.why("log-odds", encoder, weights, intercept, means, data, row);
    }

    static double logistic(double margin) {
        return 1 / (1 + Math.exp(-margin));
    }
}
