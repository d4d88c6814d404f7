package dev.rapport.mining.spark;

import dev.rapport.mining.Card;
import dev.rapport.mining.Explanation;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.cluster.KMeansModel;
import dev.rapport.mining.prepare.Encoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.mllib.clustering.KMeans;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * K-Means on Spark; the model is the one that {@code dev.rapport.mining.cluster.KMeans} makes. From the same start it finds
 * the same centres, up to the rounding of sums.
 *
 * <pre>{@code
 * KMeansModel model = new SparkKMeans(5, 100, Encoding.Scaling.STANDARD, new double[0][])
 *     .fit(customers, Task.describe("recency", "spent"), Run.of(1));
 * }</pre>
 *
 * @param k groups, at least 1
 * @param iterations most iterations, at least 1
 * @param scaling whether numbers are standardised first
 * @param start centres to start from in encoded units; empty to draw them by k-means||
 */
public record SparkKMeans(int k, int iterations, Encoding.Scaling scaling, double[][] start) {
    private static final double NOTABLE = 0.5;

    /** @throws IllegalArgumentException if a parameter is out of range */
    public SparkKMeans {
        if (k < 1 || iterations < 1) throw new IllegalArgumentException("k and iterations must be at least 1");
        if (start.length != 0 && start.length != k)
            throw new IllegalArgumentException(start.length + " starting centres");
    }

    /** Learns the groups. */
    public KMeansModel fit(Dataset<Row> data, Task task, Run run) {
        var encoder = SparkEncoder.learn(data, task.features(), new Encoding(scaling, Encoding.Reference.NONE));
        var vectors = SparkEncoder.encoded(data, encoder)
                .select(SparkEncoder.FEATURES)
                .toJavaRDD()
                .map(row -> Vectors.fromML((org.apache.spark.ml.linalg.Vector) row.get(0)))
                .cache();
        long rows = vectors.count();
        if (rows < k) throw Refusal.because("too-few-rows", rows, k);
        var means =
                new KMeans().setK(k).setMaxIterations(iterations).setEpsilon(0).setSeed(run.seed());
        if (start.length > 0) {
            Vector[] from = new Vector[k];
            for (int c = 0; c < k; c++) from[c] = Vectors.dense(start[c]);
            means.setInitialModel(new org.apache.spark.mllib.clustering.KMeansModel(from));
        }
        var found = means.run(vectors.rdd());
        double inertia = found.computeCost(vectors.rdd());
        double[][] centres = new double[k][];
        for (int c = 0; c < k; c++) centres[c] = found.clusterCenters()[c].toArray();
        vectors.unpersist(false);
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("k", String.valueOf(k));
        parameters.put("iterations", String.valueOf(iterations));
        parameters.put("scaling", scaling.name());
        var card = Card.of("SparkKMeans", parameters, run, "", (int) Math.min(Integer.MAX_VALUE, rows), task.features())
                .with("inertia", inertia)
                .with("rows", rows);
        var profiles = profiles(SparkEncoder.encoded(data, encoder), found, task.features(), rows);
        return new KMeansModel(encoder, centres, profiles, card);
    }

    private static Explanation.Profiles profiles(
            Dataset<Row> encoded,
            org.apache.spark.mllib.clustering.KMeansModel model,
            List<String> features,
            long rows) {
        var session = encoded.sparkSession();
        var group = functions.udf(
                (org.apache.spark.ml.linalg.Vector vector) -> model.predict(Vectors.fromML(vector)),
                org.apache.spark.sql.types.DataTypes.IntegerType);
        session.udf().register("rapport_group", group);
        var labelled = encoded.withColumn("rapport_group", group.apply(encoded.col(SparkEncoder.FEATURES)));
        var numbers = features.stream()
                .filter(each ->
                        encoded.schema().apply(each).dataType() instanceof org.apache.spark.sql.types.NumericType)
                .toList();
        Map<String, double[]> overall = new LinkedHashMap<>();
        for (String number : numbers) {
            Row all = labelled.agg(
                            functions.avg(SparkEncoder.quoted(number)),
                            functions.stddev_pop(SparkEncoder.quoted(number)))
                    .head();
            overall.put(number, new double[] {all.getDouble(0), all.getDouble(1)});
        }
        var profiles = new ArrayList<Explanation.Profile>();
        for (Row counted : labelled.groupBy("rapport_group")
                .count()
                .orderBy("rapport_group")
                .collectAsList()) {
            int number = counted.getInt(0);
            long size = counted.getLong(1);
            var own = labelled.filter(functions.col("rapport_group").equalTo(number));
            var centre = new LinkedHashMap<String, Double>();
            var traits = new ArrayList<Explanation.Trait>();
            for (String feature : numbers) {
                Row mean = own.agg(functions.avg(SparkEncoder.quoted(feature))).head();
                if (mean.isNullAt(0)) continue;
                centre.put(feature, mean.getDouble(0));
                double[] all = overall.getOrDefault(feature, new double[2]);
                double strength = all[1] > 0 ? (mean.getDouble(0) - all[0]) / all[1] : 0;
                if (Math.abs(strength) >= NOTABLE) {
                    traits.add(new Explanation.Trait(feature, "", mean.getDouble(0), all[0], strength));
                }
            }
            traits.sort(Comparator.comparingDouble(trait -> -Math.abs(trait.strength())));
            profiles.add(new Explanation.Profile(
                    number, (int) Math.min(Integer.MAX_VALUE, size), size / (double) rows, centre, traits));
        }
        return new Explanation.Profiles(profiles);
    }
}
