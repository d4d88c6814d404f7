package dev.rapport.mining.spark;

import java.util.Properties;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads the tables that models are learned from.
 *
 * <pre>{@code
 * var orders = SparkData.table(session, "jdbc:postgresql://replica/crm", "orders", reader, new SparkData.Parts("id", 1, 9_000_000, 16));
 * }</pre>
 */
public final class SparkData {
    private SparkData() {}

    /** Who reads, with which password. A role that may only read, never the owner of the tables. */
    public record Reader(String user, String password) {}

    /**
     * How a table is split among connections: by ranges of a number that is dense from {@code first} to {@code last}. Each
     * part is a transaction of its own; of a table that changes meanwhile, read a replica or a view cut at a moment.
     */
    public record Parts(String column, long first, long last, int count) {
        /** @throws IllegalArgumentException if the range is empty or there is no part */
        public Parts {
            if (last < first || count < 1) throw new IllegalArgumentException("an empty range, or no parts");
        }
    }

    /** A table or view of PostgreSQL, read over as many connections as there are parts. */
    public static Dataset<Row> table(SparkSession session, String url, String table, Reader reader, Parts parts) {
        var properties = new Properties();
        properties.setProperty("user", reader.user);
        properties.setProperty("password", reader.password);
        properties.setProperty("driver", "org.postgresql.Driver");
        properties.setProperty("fetchsize", "10000");
        return session.read().jdbc(url, table, parts.column, parts.first, parts.last, parts.count, properties);
    }

    /** A folder of Parquet files. */
    public static Dataset<Row> parquet(SparkSession session, String path) {
        return session.read().parquet(path);
    }
}
