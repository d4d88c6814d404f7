package dev.rapport.backup;

import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import dev.rapport.kernel.RecordId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Remembers the plan of backups and those that were made. */
@Component
class BackupStore {
    private static final Table<Record> PLAN = table(name("backup_plan"));
    private static final Field<Boolean> ACTIVE = field(name("active"), SQLDataType.BOOLEAN);
    private static final Field<Integer> HOUR = field(name("hour"), SQLDataType.INTEGER);
    private static final Field<Integer> DAILY = field(name("daily"), SQLDataType.INTEGER);
    private static final Field<Integer> WEEKLY = field(name("weekly"), SQLDataType.INTEGER);
    private static final Field<Integer> MONTHLY = field(name("monthly"), SQLDataType.INTEGER);
    private static final Field<LocalDate> LAST_DAY = field(name("last_day"), SQLDataType.LOCALDATE);

    private static final Table<Record> MADE = table(name("backup_made"));
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<String> FILE = field(name("file"), SQLDataType.VARCHAR);
    private static final Field<Instant> AT = field(name("at"), SQLDataType.INSTANT);
    private static final Field<UUID> BY_PERSON = field(name("by_person"), SQLDataType.UUID);
    private static final Field<Long> SIZE = field(name("size"), SQLDataType.BIGINT);
    private static final Field<Long> TABLES = field(name("table_count"), SQLDataType.BIGINT);
    private static final Field<Long> ROWS = field(name("row_count"), SQLDataType.BIGINT);
    private static final Field<Long> FILES = field(name("file_count"), SQLDataType.BIGINT);
    private static final Field<Instant> VERIFIED_AT = field(name("verified_at"), SQLDataType.INSTANT);
    private static final Field<Boolean> VERIFIED = field(name("verified"), SQLDataType.BOOLEAN);
    private static final Field<String> REPORT = field(name("report"), SQLDataType.VARCHAR);

    /** A backup that was made. @param report what the drill said */
    record Made(
            RecordId id,
            String file,
            Instant at,
            RecordId by,
            long size,
            long tables,
            long rows,
            long files,
            @Nullable Instant verifiedAt,
            @Nullable Boolean verified,
            String report) {}

    BackupPlan plan(Tx tx) {
        var row = Objects.requireNonNull(
                tx.dsl().select(ACTIVE, HOUR, DAILY, WEEKLY, MONTHLY).from(PLAN).fetchOne());
        return new BackupPlan(row.value1(), row.value2(), row.value3(), row.value4(), row.value5());
    }

    void keep(Tx tx, BackupPlan plan) {
        tx.dsl()
                .update(PLAN)
                .set(ACTIVE, plan.active())
                .set(HOUR, plan.hour())
                .set(DAILY, plan.daily())
                .set(WEEKLY, plan.weekly())
                .set(MONTHLY, plan.monthly())
                .execute();
    }

    /** Whether the plan's backup of this day has not been begun; it has afterwards. */
    boolean beginDay(Tx tx, LocalDate day) {
        return tx.dsl()
                        .update(PLAN)
                        .set(LAST_DAY, day)
                        .where(or(LAST_DAY.isNull(), LAST_DAY.lt(day)))
                        .execute()
                > 0;
    }

    void add(Tx tx, RecordId id, String file, RecordId by, long size, BackupArchive.Summary summary) {
        tx.dsl()
                .insertInto(MADE)
                .set(ID, id.value())
                .set(FILE, file)
                .set(AT, summary.createdAt())
                .set(BY_PERSON, by.value())
                .set(SIZE, size)
                .set(TABLES, summary.tables())
                .set(ROWS, summary.rows())
                .set(FILES, summary.files())
                .execute();
    }

    void verified(Tx tx, RecordId id, boolean good, String report) {
        tx.dsl()
                .update(MADE)
                .set(VERIFIED_AT, currentInstant())
                .set(VERIFIED, good)
                .set(REPORT, report)
                .where(ID.eq(id.value()))
                .execute();
    }

    void remove(Tx tx, RecordId id) {
        tx.dsl().deleteFrom(MADE).where(ID.eq(id.value())).execute();
    }

    List<Made> newest(Tx tx) {
        return tx.dsl()
                .select(ID, FILE, AT, BY_PERSON, SIZE, TABLES, ROWS, FILES, VERIFIED_AT, VERIFIED, REPORT)
                .from(MADE)
                .orderBy(AT.desc(), ID.desc())
                .limit(500)
                .fetch(BackupStore::made);
    }

    Optional<Made> find(Tx tx, RecordId id) {
        return tx.dsl()
                .select(ID, FILE, AT, BY_PERSON, SIZE, TABLES, ROWS, FILES, VERIFIED_AT, VERIFIED, REPORT)
                .from(MADE)
                .where(ID.eq(id.value()))
                .fetchOptional(BackupStore::made);
    }

    private static Made made(Record row) {
        return new Made(
                new RecordId(row.get(ID)),
                row.get(FILE),
                row.get(AT),
                new RecordId(row.get(BY_PERSON)),
                row.get(SIZE),
                row.get(TABLES),
                row.get(ROWS),
                row.get(FILES),
                row.get(VERIFIED_AT),
                row.get(VERIFIED),
                row.get(REPORT));
    }
}
