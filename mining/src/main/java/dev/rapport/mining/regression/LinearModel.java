package dev.rapport.mining.regression;

import dev.rapport.mining.Card;
import dev.rapport.mining.Contributions;
import dev.rapport.mining.Explainable;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Explanation.Coefficient;
import dev.rapport.mining.Regressor;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.prepare.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A weighted sum of features. Made by {@link LinearRegression} and {@link Lasso}.
 *
 * {@snippet :
 * var frame = Frame.of(Column.numeric("x", 1, 2, 3, 4), Column.numeric("y", 3, 5, 7, 9.5));
 * var model = new LinearRegression().fit(frame, Task.predict("y").from("x"), Run.of(1));
 * var why = model.why(frame, 3);
 * check(Math.abs(why.score() - model.predict(frame)[3]) < 1e-9);
 * }
 *
 * @param encoder what was learned about the columns
 * @param weights one per encoded column
 * @param intercept what a row of zeros gets
 * @param means mean of each encoded column in training
 * @param coefficients the weights per unit of the feature, with their uncertainty where the method gives one
 * @param card where the model comes from
 */
public record LinearModel(
        Encoder encoder, double[] weights, double intercept, double[] means, List<Coefficient> coefficients, Card card)
        implements Regressor, Explainable {

    @Override
    public double[] predict(Frame data) {
        double[] values = new double[data.rows()];
        Arrays.fill(values, intercept);
        double[][] columns = encoder.encode(data, 1);
        for (int j = 0; j < columns.length; j++) add(values, columns[j], 0, weights[j]);
        return values;
    }

    @Override
    public Explanation explanation() {
        double raw = encoder.rawIntercept(intercept, weights);
        return new Explanation.Coefficients(Explanation.Effect.ADDS, raw, coefficients);
    }

    @Override
    public Contributions why(Frame data, int row) {
        return why("value", encoder, weights, intercept, means, data, row);
    }

    /** What each feature adds to a weighted sum, compared with the average row. */
    static Contributions why(
            String scale, Encoder encoder, double[] weights, double intercept, double[] means, Frame data, int row) {
        Frame one = data.rows(row);
        double[][] columns = encoder.encode(one, 1);
        int[] origins = encoder.origins();
        double[] amounts = new double[encoder.inputs().size()];
        double base = intercept;
        for (int j = 0; j < weights.length; j++) {
            base += weights[j] * means[j];
            amounts[origins[j]] += weights[j] * (columns[j][0] - means[j]);
        }
        var parts = new ArrayList<Contributions.Part>();
        for (int i = 0; i < amounts.length; i++) {
            String feature = encoder.inputs().get(i).feature();
            parts.add(new Contributions.Part(feature, one.column(feature).written(0), amounts[i]));
        }
        return Contributions.of(scale, base, parts);
    }

    /** Weights per unit of the feature, of a method without errors. */
    static List<Coefficient> unsure(Encoder encoder, double[] weights) {
        var names = encoder.names();
        double[] scales = encoder.scales();
        var coefficients = new ArrayList<Coefficient>();
        for (int j = 0; j < weights.length; j++) {
            coefficients.add(new Coefficient(
                    names.get(j), weights[j] / scales[j], Double.NaN, Double.NaN, Double.NaN, Double.NaN));
        }
        return coefficients;
    }

    static void add(double[] to, double[] column, int from, double weight) {
        for (int i = 0; i < to.length; i++) to[i] += column[from + i] * weight;
    }
}
