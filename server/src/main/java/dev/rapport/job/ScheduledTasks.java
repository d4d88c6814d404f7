package dev.rapport.job;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** db-scheduler's own table, as far as a clock that is set back leaves wrong times in it. */
final class ScheduledTasks {
    /** How far the clocks of two nodes may lie apart without being put right. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    private static final Table<Record> TABLE = table(name("scheduled_tasks"));
    private static final Field<String> TASK = field(name("task_name"), SQLDataType.VARCHAR);
    private static final Field<String> INSTANCE = field(name("task_instance"), SQLDataType.VARCHAR);
    private static final Field<Instant> DUE_AT = field(name("execution_time"), SQLDataType.INSTANT);
    private static final Field<Boolean> PICKED = field(name("picked"), SQLDataType.BOOLEAN);
    private static final Field<Instant> HEARTBEAT = field(name("last_heartbeat"), SQLDataType.INSTANT);

    private ScheduledTasks() {}

    /**
     * Makes due what waits for longer than it ever may, and lets nobody look alive for longer than a heartbeat: otherwise a
     * clock that is set back by two hours stops all recurring work, and the jobs of a node that died, for two hours.
     *
     * @param pauses the longest pause before each task by name; others never wait for longer than the tolerance
     * @return how many executions were put right
     */
    static int mend(Tx tx, Instant now, Map<String, Duration> pauses) {
        int mended = tx.dsl()
                .update(TABLE)
                .set(HEARTBEAT, now)
                .where(HEARTBEAT.gt(now.plus(TOLERANCE)).and(PICKED))
                .execute();
        var waiting = tx.dsl()
                .select(TASK, INSTANCE, DUE_AT)
                .from(TABLE)
                .where(DUE_AT.gt(now.plus(TOLERANCE)).and(not(PICKED)))
                .fetch();
        for (var one : waiting) {
            var pause = pauses.getOrDefault(one.value1(), Duration.ZERO);
            if (!one.value3().isAfter(now.plus(TOLERANCE).plus(pause))) continue;
            mended += tx.dsl()
                    .update(TABLE)
                    .set(DUE_AT, now)
                    .where(TASK.eq(one.value1()))
                    .and(INSTANCE.eq(one.value2()))
                    .and(not(PICKED))
                    .execute();
        }
        return mended;
    }
}
