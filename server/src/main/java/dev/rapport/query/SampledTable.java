package dev.rapport.query;

import static org.jooq.impl.DSL.name;

import dev.rapport.metadata.ObjectDef;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * A random sample of a table's pages. jOOQ has no words for TABLESAMPLE, so this one class writes them; its name comes from
 * the catalogue and its share is a number.
 */
final class SampledTable {
    private SampledTable() {}

    /** @param percent of the table's pages, above 0 and at most 100 */
    @SuppressWarnings("unchecked")
    static Table<Record> of(ObjectDef object, double percent, String alias) {
        return (Table<Record>) (Table<?>) DSL.table(
                "{0} AS {1} TABLESAMPLE SYSTEM ({2})", name(object.table()), name(alias), DSL.inline(percent));
    }
}
