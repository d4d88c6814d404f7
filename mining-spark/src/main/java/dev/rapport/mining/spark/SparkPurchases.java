package dev.rapport.mining.spark;

import dev.rapport.mining.Refusal;
import dev.rapport.mining.value.Purchases;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What customers did, summed up on Spark from any number of orders, for {@code Rfm}, {@code BgNbd}, {@code ParetoNbd} and
 * {@code GammaGamma}. One line per customer comes back: about 100 bytes each, so that ten million fit into a gigabyte.
 *
 * <pre>{@code
 * Purchases purchases = SparkPurchases.of(orders, "customer_id", "ordered_at", "total", LocalDate.of(2026, 7, 1), 7);
 * var model = new BgNbd().fit(purchases, Run.of(1));
 * }</pre>
 */
public final class SparkPurchases {
    private SparkPurchases() {}

    /** As {@code Purchases.of}: purchases of a day are one, returns lower the sum only. */
    public static Purchases of(
            Dataset<Row> orders, String customer, String time, String amount, LocalDate asOf, double unit) {
        Column who = functions.col(SparkEncoder.quoted(customer)).cast("string");
        Column day = functions.to_date(functions.col(SparkEncoder.quoted(time)));
        Column value = functions.col(SparkEncoder.quoted(amount)).cast("double");
        var days = orders.select(who.as("who"), day.as("day"), value.as("value"))
                .na()
                .drop()
                .filter(functions.col("day").lt(functions.lit(java.sql.Date.valueOf(asOf))))
                .groupBy("who", "day")
                .agg(functions.sum("value").as("value"));
        Column bought = functions.col("value").geq(0);
        var customers = days.groupBy("who")
                .agg(
                        functions.sum("value").as("spent"),
                        functions.sum(bought.cast("long")).as("purchases"),
                        functions
                                .min(functions.when(bought, functions.col("day")))
                                .as("first"),
                        functions
                                .max(functions.when(bought, functions.col("day")))
                                .as("last"),
                        functions.min("day").as("earliest"),
                        functions
                                .sum(functions.when(bought, functions.col("value")))
                                .as("bought"),
                        functions
                                .min_by(
                                        functions.when(bought, functions.col("value")),
                                        functions.when(bought, functions.col("day")))
                                .as("firstValue"))
                .orderBy("who")
                .collectAsList();
        if (customers.isEmpty()) throw Refusal.because("no-purchases", asOf);
        int n = customers.size();
        double[] repeats = new double[n];
        double[] last = new double[n];
        double[] known = new double[n];
        double[] recency = new double[n];
        double[] spent = new double[n];
        double[] worth = new double[n];
        for (int i = 0; i < n; i++) {
            Row row = customers.get(i);
            spent[i] = row.getDouble(1);
            boolean any = !row.isNullAt(3);
            LocalDate first = (any ? row.getDate(3) : row.getDate(5)).toLocalDate();
            LocalDate latest = any ? row.getDate(4).toLocalDate() : first;
            repeats[i] = any ? row.getLong(2) - 1 : 0;
            last[i] = (latest.toEpochDay() - first.toEpochDay()) / unit;
            known[i] = (asOf.toEpochDay() - first.toEpochDay()) / unit;
            recency[i] = asOf.toEpochDay() - latest.toEpochDay();
            worth[i] = repeats[i] > 0 ? (row.getDouble(6) - row.getDouble(7)) / repeats[i] : Double.NaN;
        }
        return new Purchases(
                customers.stream().map(row -> row.getString(0)).toList(),
                asOf,
                repeats,
                last,
                known,
                recency,
                spent,
                worth);
    }
}
