package dev.rapport.mining.spark;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.association.Itemsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.ml.fpm.FPGrowth;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Frequent itemsets on Spark: the sets that {@code dev.rapport.mining.association.FpGrowth} finds, for the rules of
 * {@code AssociationRules}.
 *
 * <pre>{@code
 * Itemsets sets = new SparkFpGrowth(0.001).find(orderLines, "order_id", "product");
 * var rules = AssociationRules.of(sets, 0.5, 2, Run.of(1));
 * }</pre>
 *
 * @param support least share of baskets, in (0, 1]
 */
public record SparkFpGrowth(double support) {

    /** @throws IllegalArgumentException if the support is out of range */
    public SparkFpGrowth {
        if (!(support > 0 && support <= 1))
            throw new IllegalArgumentException("support must be in (0, 1], not " + support);
    }

    /** Finds the sets from order lines. */
    public Itemsets find(Dataset<Row> lines, String basket, String item) {
        var baskets = lines.filter(functions
                        .col(SparkEncoder.quoted(basket))
                        .isNotNull()
                        .and(functions.col(SparkEncoder.quoted(item)).isNotNull()))
                .groupBy(functions.col(SparkEncoder.quoted(basket)))
                .agg(functions
                        .collect_set(functions.col(SparkEncoder.quoted(item)).cast("string"))
                        .as("items"))
                .cache();
        long count = baskets.count();
        if (count == 0) throw Refusal.because("no-baskets");
        var found = new FPGrowth()
                .setItemsCol("items")
                .setMinSupport(support)
                .fit(baskets)
                .freqItemsets()
                .collectAsList();
        baskets.unpersist();
        var names = new TreeSet<String>();
        for (Row row : found) names.addAll(row.<String>getList(0));
        var sorted = List.copyOf(names);
        var places = new HashMap<String, Integer>();
        for (String name : sorted) places.put(name, places.size());
        record Found(int[] set, int count) {}
        var ordered = found.stream()
                .map(row -> new Found(
                        row.<String>getList(0).stream()
                                .mapToInt(name -> places.getOrDefault(name, 0))
                                .sorted()
                                .toArray(),
                        (int) row.getLong(1)))
                .sorted((a, b) ->
                        a.set.length != b.set.length ? a.set.length - b.set.length : Arrays.compare(a.set, b.set))
                .toList();
        return new Itemsets(
                sorted,
                ordered.stream().map(Found::set).toList(),
                ordered.stream().mapToInt(Found::count).toArray(),
                (int) count);
    }
}
