package dev.rapport.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.database.Tx;
import java.time.Duration;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * Counts the records of lists. A count up to {@link ListReader#COUNT_BOUND} is always taken anew; that a list is longer than
 * that, and by how much about, is believed for some seconds.
 */
final class ListCounts {
    private final Selection.Targets targets;
    private final Cache<ListKey, RowPage.Count> longLists = Caffeine.newBuilder()
            .maximumSize(2_000)
            .expireAfterWrite(Duration.ofSeconds(15))
            .build();

    ListCounts(Selection.Targets targets) {
        this.targets = targets;
    }

    RowPage.Count bounded(Tx tx, RecordQuery query, RowScope scope) {
        var key = ListKey.ofRecords(query, scope);
        var known = longLists.getIfPresent(key);
        if (known != null) return known;
        long counted = upToBound(tx, query, scope);
        if (counted <= ListReader.COUNT_BOUND) return new RowPage.Count(counted, true, counted);
        long estimate = Math.max(ListReader.COUNT_BOUND + 1L, estimate(tx, query, scope));
        var count = new RowPage.Count(ListReader.COUNT_BOUND, false, estimate);
        longLists.put(key, count);
        return count;
    }

    private long upToBound(Tx tx, RecordQuery query, RowScope scope) {
        var statement = statement(query, scope);
        var some = DSL.selectOne()
                .from(statement.from())
                .where(statement.condition())
                .limit(ListReader.COUNT_BOUND + 1)
                .asTable("bounded");
        return count(tx, Tx.renderer().selectCount().from(some));
    }

    RowPage.Count exact(Tx tx, RecordQuery query, RowScope scope) {
        var statement = statement(query, scope);
        long exact =
                count(tx, Tx.renderer().selectCount().from(statement.from()).where(statement.condition()));
        return new RowPage.Count(exact, true, exact);
    }

    private static long count(Tx tx, Select<?> select) {
        return PlannedAnew.fetch(tx, select).getFirst().get(0, Long.class);
    }

    private long estimate(Tx tx, RecordQuery query, RowScope scope) {
        var statement = statement(query, scope);
        var plan = tx.dsl().explain(DSL.selectOne().from(statement.from()).where(statement.condition()));
        return (long) plan.rows();
    }

    private ListStatement statement(RecordQuery query, RowScope scope) {
        return new ListStatement(query.unordered(), scope, ListStatement.Form.PAGE, targets);
    }
}
