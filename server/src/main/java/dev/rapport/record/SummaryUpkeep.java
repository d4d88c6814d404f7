package dev.rapport.record;

import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.job.Recurring;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Summary;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;

/** Keeps summaries small, and finds out whether they agree with the records. */
@Component
public class SummaryUpkeep implements Recurring {
    /** With fewer new rows than this it is not worth while; with more, all rows are written anew. */
    private static final int SOME = 1_000;

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Database database;
    private final Catalogue catalogue;

    SummaryUpkeep(Database database, Catalogue catalogue) {
        this.database = database;
        this.catalogue = catalogue;
    }

    @Override
    public String name() {
        return "summaries";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    /** Adds up what writers have left, where that is a fifth of a summary or more. */
    @Override
    public void run() {
        each((object, summary) -> {
            if (!isWorthwhile(summary.table(object))) return;
            database.transactLong(LIMIT, tx -> call(tx, summary.folding(object)));
        });
    }

    private boolean isWorthwhile(String summary) {
        return database.read(tx -> hasNew(tx, summary, SOME)
                && hasNew(tx, summary, tx.dsl().fetchCount(DSL.table(DSL.name(summary))) / 5));
    }

    private static boolean hasNew(Tx tx, String summary, int rows) {
        var some = DSL.select()
                .from(DSL.table(DSL.name(summary)))
                .where(DSL.field(DSL.name("fresh"), SQLDataType.BOOLEAN))
                .limit(rows);
        return tx.dsl().fetchCount(some) == rows;
    }

    /**
     * Compares all summaries with the records, and sums up anew those that differ.
     *
     * @return how many sums differed
     */
    public long mend() {
        var differing = new long[1];
        each((object, summary) ->
                differing[0] += database.transactLong(LIMIT, tx -> call(tx, summary.mending(object))));
        return differing[0];
    }

    private void each(BiConsumer<ObjectDef, Summary> work) {
        for (var object : catalogue.all()) for (var summary : object.summaries()) work.accept(object, summary);
    }

    private static long call(Tx tx, String name) {
        var result = tx.dsl()
                .select(DSL.function(DSL.name(name), SQLDataType.BIGINT))
                .fetchSingle()
                .value1();
        return result == null ? 0 : result;
    }
}
