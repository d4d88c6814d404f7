package dev.rapport.mining.spark;

import dev.rapport.mining.Card;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.tree.BinaryTree;
import dev.rapport.mining.tree.ClassificationTree;
import dev.rapport.mining.tree.TreeInputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NumericType;

/**
 * A decision tree on Spark, by Gini impurity over at most 256 bins a column, as the model that
 * {@code dev.rapport.mining.tree.Cart} makes: drawn, worded and explained alike. Numbers only; rows without a value are left
 * out of training.
 *
 * <pre>{@code
 * ClassificationTree tree = new SparkCart(6, 1000).fit(customers, Task.predict("churned").from("tenure"), Run.of(1));
 * }</pre>
 *
 * @param depth most questions in a row, 1 to 30
 * @param leafRows least rows in a leaf, at least 1
 */
public record SparkCart(int depth, int leafRows) {

    /** @throws IllegalArgumentException if a parameter is out of range */
    public SparkCart {
        if (depth < 1 || depth > 30) throw new IllegalArgumentException("depth must be 1 to 30, not " + depth);
        if (leafRows < 1) throw new IllegalArgumentException("leafRows must be at least 1, not " + leafRows);
    }

    /** Learns the tree. The target is a column of texts. */
    public ClassificationTree fit(Dataset<Row> data, Task task, Run run) {
        String target = SparkEncoder.quoted(task.requiredTarget());
        for (String feature : task.features()) {
            if (!(data.schema().apply(feature).dataType() instanceof NumericType))
                throw Refusal.because("not-numeric", feature);
        }
        var known = data.filter(data.col(target).isNotNull());
        var classes = known.select(known.col(target).cast("string")).distinct().collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
        if (classes.size() < 2) throw Refusal.because("one-class", task.requiredTarget(), String.join(", ", classes));
        var label = functions.element_at(
                functions.map(classes.stream()
                        .flatMap(each -> java.util.stream.Stream.of(
                                functions.lit(each), functions.lit((double) classes.indexOf(each))))
                        .toArray(org.apache.spark.sql.Column[]::new)),
                known.col(target).cast("string"));
        var ready = new VectorAssembler()
                .setInputCols(task.features().toArray(String[]::new))
                .setOutputCol(SparkEncoder.FEATURES)
                .setHandleInvalid("skip")
                .transform(known)
                .withColumn("rapport_label", label);
        var model = new DecisionTreeClassifier()
                .setLabelCol("rapport_label")
                .setFeaturesCol(SparkEncoder.FEATURES)
                .setMaxDepth(depth)
                .setMinInstancesPerNode(leafRows)
                .setMaxBins(256)
                .setSeed(run.seed())
                .fit(ready);
        var inputs = new TreeInputs(task.features().stream()
                .map(name -> new TreeInputs.Feature(name, List.of()))
                .toList());
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("depth", String.valueOf(depth));
        parameters.put("leafRows", String.valueOf(leafRows));
        double rows = sum(model.rootNode().impurityStats().stats());
        var card = Card.of("SparkCart", parameters, run, "", (int) Math.min(Integer.MAX_VALUE, rows), task.features())
                .with("leaves", model.numLeave())
                .with("rows", rows);
        return new ClassificationTree(inputs, tree(model.rootNode()), classes, card);
    }

    private static BinaryTree tree(Node root) {
        var nodes = new ArrayList<Node>();
        collect(root, nodes);
        int n = nodes.size();
        int[] feature = new int[n];
        double[] threshold = new double[n];
        int[] left = new int[n];
        int[] right = new int[n];
        double[][] value = new double[n][];
        double[] rows = new double[n];
        boolean[] missingLeft = new boolean[n];
        for (int i = 0; i < n; i++) {
            double[] counts = nodes.get(i).impurityStats().stats();
            rows[i] = sum(counts);
            value[i] = new double[counts.length];
            for (int c = 0; c < counts.length; c++) value[i][c] = counts[c] / rows[i];
            feature[i] = -1;
            left[i] = -1;
            right[i] = -1;
            if (!(nodes.get(i) instanceof InternalNode inner) || !(inner.split() instanceof ContinuousSplit split))
                continue;
            feature[i] = split.featureIndex();
            threshold[i] = split.threshold();
            left[i] = nodes.indexOf(inner.leftChild());
            right[i] = nodes.indexOf(inner.rightChild());
            missingLeft[i] = sum(inner.leftChild().impurityStats().stats()) * 2 >= rows[i];
        }
        return new BinaryTree(feature, threshold, missingLeft, new int[n][0], left, right, value, rows);
    }

    private static void collect(Node node, List<Node> nodes) {
        nodes.add(node);
        if (!(node instanceof InternalNode inner)) return;
        collect(inner.leftChild(), nodes);
        collect(inner.rightChild(), nodes);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) sum += value;
        return sum;
    }
}
