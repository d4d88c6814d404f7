package dev.rapport.mining.spark;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.prepare.Encoder;
import dev.rapport.mining.prepare.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/** What {@link Encoder} learns, learned on Spark, and the vector column that follows from it. */
final class SparkEncoder {
    static final String FEATURES = "rapport_features";

    private SparkEncoder() {}

    /** Learns fills, scales and levels. @throws Refusal if a column is missing, empty or of another kind */
    static Encoder learn(Dataset<Row> data, List<String> features, Encoding encoding) {
        var inputs = new ArrayList<Encoder.Input>();
        for (String feature : features) inputs.add(input(data, feature, encoding));
        return new Encoder(inputs);
    }

    private static Encoder.Input input(Dataset<Row> data, String feature, Encoding encoding) {
        if (!List.of(data.columns()).contains(feature)) {
            throw Refusal.because("missing-column", feature, String.join(", ", data.columns()));
        }
        var type = data.schema().apply(feature).dataType();
        if (type instanceof StringType) return category(data, feature, encoding);
        if (!(type instanceof NumericType)) throw Refusal.because("not-numeric", feature);
        Column value = data.col(quoted(feature)).cast("double");
        Row sums = data.agg(
                        functions.count(functions.lit(1)),
                        functions.count(value),
                        functions.avg(value),
                        functions.expr("percentile(cast(`" + feature.replace("`", "``") + "` as double), 0.5)"))
                .head();
        long rows = sums.getLong(0);
        long known = sums.getLong(1);
        if (known == 0) throw Refusal.because("empty-column", feature);
        long missing = rows - known;
        double fill = missing == 0 ? sums.getDouble(2) : sums.getDouble(3);
        boolean flagged = missing > 0 && missing * 100 >= rows;
        if (encoding.scaling() == Encoding.Scaling.NONE) return new Encoder.Quantity(feature, fill, 0, 1, flagged);
        Row spread = data.agg(
                        functions.avg(functions.coalesce(value, functions.lit(fill))),
                        functions.stddev_pop(functions.coalesce(value, functions.lit(fill))))
                .head();
        double scale = spread.getDouble(1);
        return new Encoder.Quantity(feature, fill, spread.getDouble(0), scale > 0 ? scale : 1, flagged);
    }

    private static Encoder.Input category(Dataset<Row> data, String feature, Encoding encoding) {
        var counts = data.groupBy(data.col(quoted(feature)))
                .count()
                .orderBy(functions.desc("count"), functions.asc_nulls_last(quoted(feature)))
                .limit(Encoder.MOST_LEVELS + 2)
                .collectAsList();
        long rows = data.count();
        long missing = counts.stream()
                .filter(row -> row.isNullAt(0))
                .mapToLong(row -> row.getLong(1))
                .sum();
        var levels = counts.stream()
                .filter(row -> !row.isNullAt(0))
                .map(row -> row.getString(0))
                .limit(Encoder.MOST_LEVELS)
                .sorted()
                .toList();
        if (levels.isEmpty()) throw Refusal.because("empty-column", feature);
        boolean dropsFirst =
                encoding.reference() == Encoding.Reference.FIRST_LEVEL && counts.size() <= Encoder.MOST_LEVELS;
        var kept = levels.stream().skip(dropsFirst ? 1 : 0).toList();
        return new Encoder.Category(feature, kept, missing > 0 && missing * 100 >= rows);
    }

    /** The data with the encoded columns as one vector. */
    static Dataset<Row> encoded(Dataset<Row> data, Encoder encoder) {
        var columns = new ArrayList<Column>();
        for (Encoder.Input input : encoder.inputs()) {
            Column value = data.col(quoted(input.feature()));
            switch (input) {
                case Encoder.Quantity quantity -> {
                    columns.add(functions
                            .coalesce(value.cast("double"), functions.lit(quantity.fill()))
                            .minus(quantity.centre())
                            .divide(quantity.scale()));
                    if (quantity.flagged()) columns.add(value.isNull().cast("double"));
                }
                case Encoder.Category category -> {
                    for (String level : category.levels()) {
                        columns.add(functions.coalesce(value.equalTo(level).cast("double"), functions.lit(0.0)));
                    }
                    if (category.flagged()) columns.add(value.isNull().cast("double"));
                }
            }
        }
        Dataset<Row> wide = data;
        String[] names =
                IntStream.range(0, columns.size()).mapToObj(i -> "rapport_" + i).toArray(String[]::new);
        for (int i = 0; i < names.length; i++) wide = wide.withColumn(names[i], columns.get(i));
        return new VectorAssembler()
                .setInputCols(names)
                .setOutputCol(FEATURES)
                .transform(wide)
                .drop(names);
    }

    static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }
}
