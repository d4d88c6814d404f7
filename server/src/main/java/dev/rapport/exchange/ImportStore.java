package dev.rapport.exchange;

import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.regexpReplaceAll;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The tables of imports. */
@Component
class ImportStore {
    /** States that nothing follows but the undoing of what was imported. */
    static final List<String> ENDED = List.of("done", "cancelled", "failed", "undone");

    private static final Table<Record> IMPORT = table(name("import"));
    private static final Table<Record> ERROR = table(name("import_error"));
    private static final Table<Record> MAPPING = table(name("import_mapping"));
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<UUID> ACTOR = field(name("actor"), SQLDataType.UUID);
    private static final Field<UUID> FILE_ID = field(name("file_id"), SQLDataType.UUID);
    private static final Field<String> FILE_NAME = field(name("file_name"), SQLDataType.VARCHAR);
    private static final Field<JSONB> FORMAT = field(name("format"), SQLDataType.JSONB);
    private static final Field<JSONB> COLUMNS = field(name("columns"), SQLDataType.JSONB);
    private static final Field<JSONB> SETTINGS = field(name("settings"), SQLDataType.JSONB);
    private static final Field<String> STATE = field(name("state"), SQLDataType.VARCHAR);
    private static final Field<JSONB> COUNTS = field(name("counts"), SQLDataType.JSONB);
    private static final Field<JSONB> PREVIEW = field(name("preview"), SQLDataType.JSONB);
    private static final Field<UUID> JOB_ID = field(name("job_id"), SQLDataType.UUID);
    private static final Field<UUID> BATCH_ID = field(name("batch_id"), SQLDataType.UUID);
    private static final Field<Instant> CREATED_AT = field(name("created_at"), SQLDataType.INSTANT);
    private static final Field<Instant> FINISHED_AT = field(name("finished_at"), SQLDataType.INSTANT);
    private static final Field<Boolean> RELEASED = field(name("source_released"), SQLDataType.BOOLEAN);
    private static final Field<UUID> IMPORT_ID = field(name("import_id"), SQLDataType.UUID);
    private static final Field<Long> ROW_NO = field(name("row_no"), SQLDataType.BIGINT);
    private static final Field<String[]> CELLS = field(name("cells"), SQLDataType.VARCHAR.array());
    private static final Field<JSONB> REASONS = field(name("reasons"), SQLDataType.JSONB);
    private static final Field<String> HEADER_HASH = field(name("header_hash"), SQLDataType.VARCHAR);

    /** An import as it stands. */
    record Import(
            RecordId id,
            String object,
            RecordId actor,
            RecordId file,
            String fileName,
            FileFormat format,
            JsonNode columns,
            ImportSettings settings,
            String state,
            JsonNode counts,
            @Nullable JsonNode preview,
            @Nullable RecordId job,
            @Nullable RecordId batch,
            Instant createdAt) {}

    void insert(Tx tx, Import it) {
        tx.dsl()
                .insertInto(IMPORT)
                .set(ID, it.id().value())
                .set(OBJECT, it.object())
                .set(ACTOR, it.actor().value())
                .set(FILE_ID, it.file().value())
                .set(FILE_NAME, it.fileName())
                .set(FORMAT, json(it.format().json()))
                .set(COLUMNS, json(it.columns()))
                .set(SETTINGS, json(it.settings().json()))
                .set(STATE, it.state())
                .execute();
    }

    Optional<Import> find(Tx tx, RecordId id) {
        return select(tx).where(ID.eq(id.value())).fetchOptional().map(ImportStore::read);
    }

    List<Import> newest(Tx tx, Actor actor, int limit) {
        return select(tx)
                .where(ACTOR.eq(actor.id().value()))
                .orderBy(CREATED_AT.desc())
                .limit(limit)
                .fetch(ImportStore::read);
    }

    private static org.jooq.SelectJoinStep<? extends Record> select(Tx tx) {
        return tx.dsl()
                .select(
                        ID,
                        OBJECT,
                        ACTOR,
                        FILE_ID,
                        FILE_NAME,
                        FORMAT,
                        COLUMNS,
                        SETTINGS,
                        STATE,
                        COUNTS,
                        PREVIEW,
                        JOB_ID,
                        BATCH_ID,
                        CREATED_AT)
                .from(IMPORT);
    }

    void configure(Tx tx, RecordId id, FileFormat format, JsonNode columns, ImportSettings settings) {
        tx.dsl()
                .update(IMPORT)
                .set(FORMAT, json(format.json()))
                .set(COLUMNS, json(columns))
                .set(SETTINGS, json(settings.json()))
                .set(PREVIEW, (JSONB) null)
                .where(ID.eq(id.value()))
                .execute();
    }

    /** Whether the import was in {@code from} and is now in {@code to}. */
    boolean move(Tx tx, RecordId id, List<String> from, String to) {
        return tx.dsl()
                        .update(IMPORT)
                        .set(STATE, to)
                        .where(ID.eq(id.value()).and(STATE.in(from)))
                        .execute()
                == 1;
    }

    void begun(Tx tx, RecordId id, RecordId job, @Nullable RecordId batch) {
        tx.dsl()
                .update(IMPORT)
                .set(JOB_ID, job.value())
                .set(BATCH_ID, batch == null ? null : batch.value())
                .where(ID.eq(id.value()))
                .execute();
    }

    void counted(Tx tx, RecordId id, JsonNode counts) {
        tx.dsl()
                .update(IMPORT)
                .set(COUNTS, json(counts))
                .where(ID.eq(id.value()))
                .execute();
    }

    void previewed(Tx tx, RecordId id, JsonNode preview) {
        tx.dsl()
                .update(IMPORT)
                .set(PREVIEW, json(preview))
                .where(ID.eq(id.value()))
                .execute();
    }

    void finished(Tx tx, RecordId id, String state) {
        tx.dsl()
                .update(IMPORT)
                .set(STATE, state)
                .set(FINISHED_AT, currentInstant())
                .where(ID.eq(id.value()))
                .execute();
    }

    void refuse(Tx tx, RecordId id, long row, List<String> cells, JsonNode reasons) {
        tx.dsl()
                .insertInto(ERROR)
                .set(IMPORT_ID, id.value())
                .set(ROW_NO, row)
                .set(
                        CELLS,
                        cells.stream().map(cell -> cell.replace("\0", "\uFFFD")).toArray(String[]::new))
                .set(REASONS, json(reasons))
                .onConflictDoNothing()
                .execute();
    }

    void errors(Tx tx, RecordId id, BiConsumer<String[], JsonNode> sink) {
        try (var rows = tx.dsl()
                .select(CELLS, REASONS)
                .from(ERROR)
                .where(IMPORT_ID.eq(id.value()))
                .orderBy(ROW_NO)
                .fetchSize(1_000)
                .fetchLazy()) {
            for (var row : rows)
                sink.accept(row.value1(), Json.stored(row.value2().data()));
        }
    }

    /** Files of imports that ended before {@code moment}; the imports no longer know what was in them. */
    List<RecordId> releaseSources(Tx tx, Instant moment) {
        return tx.dsl()
                .update(IMPORT)
                .set(PREVIEW, (JSONB) null)
                .set(
                        COLUMNS,
                        function(
                                name("jsonb_set"),
                                SQLDataType.JSONB,
                                COLUMNS,
                                val(new String[] {"sample"}),
                                val(JSONB.valueOf("[]"))))
                .set(RELEASED, true)
                .where(STATE.in(ENDED).and(FINISHED_AT.lt(moment)).and(not(RELEASED)))
                .returningResult(FILE_ID)
                .fetch(row -> new RecordId(row.value1()));
    }

    /** Forgets imports that were uploaded before {@code moment} and never started; returns their files. */
    List<RecordId> dropAbandoned(Tx tx, Instant moment) {
        return tx.dsl()
                .deleteFrom(IMPORT)
                .where(STATE.in("ready", "previewed").and(CREATED_AT.lt(moment)))
                .returningResult(FILE_ID)
                .fetch(row -> new RecordId(row.value1()));
    }

    /** Takes refused rows of imports away that ended before {@code moment}. */
    void dropErrors(Tx tx, Instant moment) {
        tx.dsl()
                .deleteFrom(ERROR)
                .where(IMPORT_ID.in(
                        tx.dsl().select(ID).from(IMPORT).where(STATE.in(ENDED).and(FINISHED_AT.lt(moment)))))
                .execute();
    }

    /** Takes refused rows away in which {@code text} stands, whatever its case; of digits, whatever stands between them. */
    void dropErrorsWith(Tx tx, String text, boolean digits) {
        var row = function(name("array_to_string"), SQLDataType.CLOB, CELLS, val("|"));
        var words = digits ? regexpReplaceAll(row, val("[^0-9|]"), val("")) : lower(row);
        tx.dsl().deleteFrom(ERROR).where(words.contains(text)).execute();
    }

    Optional<ImportSettings> remembered(Tx tx, Actor actor, String object, String headerHash) {
        return tx.dsl()
                .select(SETTINGS)
                .from(MAPPING)
                .where(ACTOR.eq(actor.id().value()).and(OBJECT.eq(object)).and(HEADER_HASH.eq(headerHash)))
                .fetchOptional()
                .map(row -> ImportSettings.read(Json.stored(row.value1().data())));
    }

    void remember(Tx tx, Actor actor, String object, String headerHash, ImportSettings settings) {
        tx.dsl()
                .insertInto(MAPPING)
                .set(ACTOR, actor.id().value())
                .set(OBJECT, object)
                .set(HEADER_HASH, headerHash)
                .set(SETTINGS, json(settings.json()))
                .onConflict(ACTOR, OBJECT, HEADER_HASH)
                .doUpdate()
                .set(SETTINGS, json(settings.json()))
                .execute();
    }

    private static Import read(Record row) {
        var preview = row.get(PREVIEW);
        return new Import(
                id(row, ID),
                Objects.requireNonNull(row.get(OBJECT)),
                id(row, ACTOR),
                id(row, FILE_ID),
                Objects.requireNonNull(row.get(FILE_NAME)),
                FileFormat.read(parse(row, FORMAT)),
                parse(row, COLUMNS),
                ImportSettings.read(parse(row, SETTINGS)),
                Objects.requireNonNull(row.get(STATE)),
                parse(row, COUNTS),
                preview == null ? null : Json.stored(preview.data()),
                row.get(JOB_ID) == null ? null : id(row, JOB_ID),
                row.get(BATCH_ID) == null ? null : id(row, BATCH_ID),
                Objects.requireNonNull(row.get(CREATED_AT)));
    }

    private static RecordId id(Record row, Field<UUID> column) {
        return new RecordId(Objects.requireNonNull(row.get(column)));
    }

    private static JsonNode parse(Record row, Field<JSONB> column) {
        return Json.stored(Objects.requireNonNull(row.get(column)).data());
    }

    private static JSONB json(JsonNode node) {
        return JSONB.valueOf(node.toString());
    }
}
