package dev.rapport.access;

import static org.jooq.impl.DSL.currentSchema;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.impl.SQLDataType;

/**
 * How many records each owner, pool, territory and principal of shares has, roughly: what PostgreSQL has gathered for its
 * planner. Nothing depends on it but the shape of statements.
 */
final class Statistics {
    static final Statistics NONE = new Statistics(Map.of(), Map.of());

    private final Map<String, Double> rows;
    private final Map<String, Column> columns;

    /** @param known share of the rows by value, of the commonest; @param others most that any other can have */
    private record Column(Map<UUID, Double> known, double others) {}

    private Statistics(Map<String, Double> rows, Map<String, Column> columns) {
        this.rows = rows;
        this.columns = columns;
    }

    static Statistics read(Tx tx) {
        var rows = new HashMap<String, Double>();
        tx.dsl()
                .select(field(name("relname"), SQLDataType.VARCHAR), field(name("reltuples"), SQLDataType.DOUBLE))
                .from(table(name("pg_catalog", "pg_class")))
                .where(field(name("relkind"), SQLDataType.VARCHAR).eq("r"))
                .forEach(row -> rows.put(row.value1(), Math.max(0, row.value2())));
        return new Statistics(rows, columns(tx));
    }

    private static Map<String, Column> columns(Tx tx) {
        var columns = new HashMap<String, Column>();
        tx.dsl()
                .select(
                        field(name("tablename"), SQLDataType.VARCHAR),
                        field(name("attname"), SQLDataType.VARCHAR),
                        field(name("null_frac"), SQLDataType.DOUBLE),
                        field(name("most_common_vals"), SQLDataType.VARCHAR)
                                .cast(SQLDataType.VARCHAR)
                                .cast(SQLDataType.UUID.array()),
                        field(name("most_common_freqs"), SQLDataType.DOUBLE.array())
                                .cast(SQLDataType.DOUBLE.array()))
                .from(table(name("pg_catalog", "pg_stats")))
                .where(field(name("schemaname"), SQLDataType.VARCHAR).eq(currentSchema()))
                .and(field(name("attname"), SQLDataType.VARCHAR).in("owner", "pool", "territory", "principal"))
                .and(field(name("tablename"), SQLDataType.VARCHAR)
                        .like("o\\_%")
                        .or(field(name("tablename"), SQLDataType.VARCHAR).eq("record_share")))
                .forEach(row -> columns.put(
                        row.value1() + "." + row.value2(), column(row.value3(), row.value4(), row.value5())));
        return columns;
    }

    private static Column column(Double nulls, UUID @org.jspecify.annotations.Nullable [] values, Double[] shares) {
        var known = new HashMap<UUID, Double>();
        double rest = 1 - nulls;
        double rarest = 1;
        if (values != null)
            for (int i = 0; i < values.length; i++) {
                known.put(values[i], shares[i]);
                rest -= shares[i];
                rarest = Math.min(rarest, shares[i]);
            }
        // shares are of a sample
        return new Column(known, Math.max(0, Math.min(rest, rarest * 2)));
    }

    double rows(String tableName) {
        return rows.getOrDefault(tableName, 0.0);
    }

    /** At least so many rows have one of {@code values} in {@code column}: those of the values that are known. */
    double least(String tableName, String column, UUID[] values) {
        var statistics = columns.get(tableName + "." + column);
        if (statistics == null) return 0;
        double share = 0;
        for (var value : values) share += statistics.known().getOrDefault(value, 0.0);
        return share * rows(tableName);
    }

    /** At most so many: any other value is rarer than those that are known. */
    double most(String tableName, String column, UUID[] values) {
        var statistics = columns.get(tableName + "." + column);
        if (statistics == null) return rows(tableName);
        double share = 0;
        for (var value : values) share += statistics.known().getOrDefault(value, statistics.others());
        return Math.min(1, share) * rows(tableName);
    }
}
