package dev.rapport.exchange;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;

/** So many rows one person may take along in a day, on whichever node: a stolen account does not carry away everything at once. */
@Component
class ExportQuota {
    private static final Table<Record> USAGE = table(name("export_usage"));
    private static final Field<UUID> PERSON = field(name("person"), SQLDataType.UUID);
    private static final Field<LocalDate> DAY = field(name("day"), SQLDataType.LOCALDATE);
    private static final Field<Long> ROWS = field(name("rows"), SQLDataType.BIGINT);
    private static final Field<Long> USED = field(name("export_usage", "rows"), SQLDataType.BIGINT);

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final long perDay;

    ExportQuota(Database database, Audit audit, Clock clock, Settings settings) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.perDay = settings.exportRowsPerDay();
    }

    /** Takes {@code rows} from what is left today. @throws Refusal 429 if that is less; nothing is taken then */
    void take(Actor actor, String object, long rows) {
        var today = LocalDate.ofInstant(clock.instant(), actor.zone());
        boolean taken = rows <= perDay
                && database.transact(tx -> tx.dsl()
                                .insertInto(USAGE)
                                .set(PERSON, actor.id().value())
                                .set(DAY, today)
                                .set(ROWS, rows)
                                .onConflict(PERSON, DAY)
                                .doUpdate()
                                .set(ROWS, USED.plus(rows))
                                .where(USED.plus(rows).le(perDay))
                                .execute()
                        > 0);
        if (taken) return;
        audit.write(Audit.Event.of(actor, "export.run")
                .ended(Audit.Outcome.DENIED)
                .on(object, null)
                .with("rows", rows));
        throw Refusal.of(Refusal.Kind.TOO_MANY, "export-quota", Map.of("rows", rows, "limit", perDay));
    }
}
