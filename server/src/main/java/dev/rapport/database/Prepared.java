package dev.rapport.database;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import org.jooq.impl.SQLDataType;

/** Remembers what has been made ready once, on whatever node, so that it is never made again. */
public final class Prepared {
    private final Database database;

    public Prepared(Database database) {
        this.database = database;
    }

    public boolean is(String what) {
        return database.read(tx -> tx.dsl()
                .fetchExists(
                        table(name("prepared")),
                        field(name("name"), SQLDataType.VARCHAR).eq(what)));
    }

    public void mark(String what) {
        database.run(tx -> tx.dsl()
                .insertInto(table(name("prepared")))
                .set(field(name("name"), SQLDataType.VARCHAR), what)
                .onConflictDoNothing()
                .execute());
    }
}
