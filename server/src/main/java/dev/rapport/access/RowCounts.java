package dev.rapport.access;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Database;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** About how many rows have some owner, principal, pool or territory: by statistics where these can tell, else counted. */
final class RowCounts {
    private final Database database;
    private final Supplier<Statistics> statistics;

    RowCounts(Database database, Supplier<Statistics> statistics) {
        this.database = database;
        this.statistics = statistics;
    }

    double rows(String tableName) {
        return statistics.get().rows(tableName);
    }

    double rows(String tableName, String column, UUID[] values) {
        if (values.length == 0) return 0;
        var known = statistics.get();
        double most = known.most(tableName, column, values);
        if (most < ActorScope.FEW) return most;
        double least = known.least(tableName, column, values);
        return least >= ActorScope.FEW ? least : counted(tableName, column, values);
    }

    /** Counts up to the limit that matters, from the index. */
    private double counted(String tableName, String column, UUID[] values) {
        var some = selectOne()
                .from(table(name(tableName)))
                .where(field(name(column), SQLDataType.UUID).eq(any(values)))
                .and(tableName.startsWith("o_") ? field(name("deleted_at")).isNull() : DSL.trueCondition())
                .limit(DSL.inline((int) ActorScope.FEW + 1))
                .asTable("some");
        return database.read(
                tx -> Objects.requireNonNull(tx.dsl().selectCount().from(some).fetchOne())
                        .value1());
    }
}
