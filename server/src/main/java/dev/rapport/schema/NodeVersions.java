package dev.rapport.schema;

import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jooq.types.DayToSecond;

/** Which state of the definitions each running node works by. */
final class NodeVersions {
    /** How often a node says that it is there. */
    static final Duration BEAT = Duration.ofSeconds(5);

    /** A node that has said nothing for so long is taken for dead. */
    private static final Duration DEAD = BEAT.multipliedBy(3);

    private static final Table<Record> NODE = table(name("node"));
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<Long> VERSION = field(name("catalogue_version"), SQLDataType.BIGINT);
    private static final Field<Instant> SEEN_AT = field(name("seen_at"), SQLDataType.INSTANT);

    private NodeVersions() {}

    static void tell(Tx tx, UUID node, long version) {
        tx.dsl()
                .insertInto(NODE)
                .set(ID, node)
                .set(VERSION, version)
                .set(SEEN_AT, currentInstant())
                .onConflict(ID)
                .doUpdate()
                .set(VERSION, version)
                .set(SEEN_AT, currentInstant())
                .execute();
    }

    static void leave(Tx tx, UUID node) {
        tx.dsl()
                .deleteFrom(NODE)
                .where(ID.eq(node).or(SEEN_AT.lt(ago(Duration.ofDays(1)))))
                .execute();
    }

    /** Whether some node that is alive, and not only seems so by a clock that was set back since, works by an older state than {@code version}. */
    static boolean isAnyBehind(Tx tx, long version) {
        return tx.dsl()
                .fetchValue(exists(selectOne()
                        .from(NODE)
                        .where(VERSION.lt(version).and(SEEN_AT.between(ago(DEAD), ago(DEAD.negated()))))));
    }

    /** By the database's clock, which is one for all nodes. */
    private static Field<Instant> ago(Duration age) {
        return currentInstant().minus(DayToSecond.valueOf(age));
    }
}
