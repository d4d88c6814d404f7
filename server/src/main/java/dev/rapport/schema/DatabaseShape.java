package dev.rapport.schema;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the database holds now.
 *
 * @param columns type of each column by table and column name
 * @param indexes names of all indexes
 * @param sequences names of all sequences
 */
record DatabaseShape(Map<String, Map<String, String>> columns, Set<String> indexes, Set<String> sequences) {
    static DatabaseShape read(Tx tx) {
        var columns = new HashMap<String, Map<String, String>>();
        tx.dsl()
                .select(
                        field(name("table_name"), String.class),
                        field(name("column_name"), String.class),
                        field(name("udt_name"), String.class))
                .from(table(name("information_schema", "columns")))
                .where(field(name("table_schema"), String.class).eq(org.jooq.impl.DSL.currentSchema()))
                .forEach(row -> columns.computeIfAbsent(row.value1(), k -> new HashMap<>())
                        .put(row.value2(), row.value3()));
        return new DatabaseShape(
                columns, names(tx, "pg_indexes", "indexname"), names(tx, "pg_sequences", "sequencename"));
    }

    /** Names of our indexes whose building was interrupted. */
    static Set<String> brokenIndexes(Tx tx) {
        return new HashSet<>(tx.dsl()
                .select(field(name("c", "relname"), String.class))
                .from(table(name("pg_catalog", "pg_index")).as(name("i")))
                .join(table(name("pg_catalog", "pg_class")).as(name("c")))
                .on(field(name("c", "oid")).eq(field(name("i", "indexrelid"))))
                .where(field(name("i", "indisvalid"), Boolean.class).isFalse())
                .and(field(name("c", "relname"), String.class).like("ix\\_o\\_%"))
                .fetch(row -> row.value1()));
    }

    private static Set<String> names(Tx tx, String view, String column) {
        return new HashSet<>(tx.dsl()
                .select(field(name(column), String.class))
                .from(table(name("pg_catalog", view)))
                .where(field(name("schemaname"), String.class).eq(org.jooq.impl.DSL.currentSchema()))
                .fetch(row -> row.value1()));
    }
}
