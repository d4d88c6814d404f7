package dev.rapport.mining.spark;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation.Coefficient;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.prepare.Encoding;
import dev.rapport.mining.regression.LogisticModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Logistic regression on Spark, with the penalty of {@code dev.rapport.mining.regression.LogisticRegression}: Spark's own is
 * {@code 1 / (c · rows)}. The coefficients carry no standard errors.
 *
 * <pre>{@code
 * LogisticModel model = new SparkLogisticRegression(1, Encoding.Scaling.STANDARD)
 *     .fit(customers, Task.predict("churned").from("tenure", "tickets"), Run.of(1));
 * }</pre>
 *
 * @param c how much the data count against the penalty, above 0
 * @param scaling whether numbers are standardised first
 */
public record SparkLogisticRegression(double c, Encoding.Scaling scaling) {

    /** @throws IllegalArgumentException if {@code c} is not above 0 */
    public SparkLogisticRegression {
        if (!(c > 0)) throw new IllegalArgumentException("c must be above 0, not " + c);
    }

    /** Learns the weights. The target is a column of two texts. */
    public LogisticModel fit(Dataset<Row> data, Task task, Run run) {
        String target = SparkEncoder.quoted(task.requiredTarget());
        var known = data.filter(data.col(target).isNotNull());
        var classes = known.select(known.col(target).cast("string")).distinct().collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
        if (classes.size() != 2) throw Refusal.because("two-classes-needed", task.requiredTarget(), classes.size());
        var encoding = new Encoding(scaling, Encoding.Reference.FIRST_LEVEL);
        var encoder = SparkEncoder.learn(known, task.features(), encoding);
        var ready = SparkEncoder.encoded(known, encoder)
                .withColumn(
                        "rapport_label",
                        known.col(target).cast("string").equalTo(classes.get(1)).cast("double"))
                .select("rapport_label", SparkEncoder.FEATURES)
                .cache();
        long rows = ready.count();
        var model = new LogisticRegression()
                .setLabelCol("rapport_label")
                .setFeaturesCol(SparkEncoder.FEATURES)
                .setRegParam(1 / (c * rows))
                .setElasticNetParam(0)
                .setStandardization(false)
                .setTol(1e-12)
                .setMaxIter(500)
                .fit(ready);
        double[] weights = model.coefficients().toArray();
        double[] means = ((org.apache.spark.ml.linalg.Vector)
                        ready.agg(Summarizer.mean(functions.col(SparkEncoder.FEATURES)))
                                .head()
                                .get(0))
                .toArray();
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("c", String.valueOf(c));
        parameters.put("scaling", scaling.name());
        var card = Card.of(
                        "SparkLogisticRegression",
                        parameters,
                        run,
                        "",
                        (int) Math.min(Integer.MAX_VALUE, rows),
                        task.features())
                .with("rows", rows)
                .with("iterations", model.summary().totalIterations());
        ready.unpersist();
        var names = encoder.names();
        double[] scales = encoder.scales();
        var coefficients = new ArrayList<Coefficient>();
        for (int j = 0; j < weights.length; j++) {
            coefficients.add(new Coefficient(
                    names.get(j), weights[j] / scales[j], Double.NaN, Double.NaN, Double.NaN, Double.NaN));
        }
        return new LogisticModel(encoder, weights, model.intercept(), means, coefficients, classes, card);
    }
}
