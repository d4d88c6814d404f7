package dev.rapport.quality;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.RecordId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps what each look through the records found. */
@Component
class QualityStore {
    private static final int CHUNK = 1_000;
    private static final Table<Record> SNAPSHOT = table(name("quality_snapshot"));
    private static final Table<Record> SUGGESTION = table(name("quality_suggestion"));
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<LocalDate> DAY = field(name("day"), SQLDataType.LOCALDATE);
    private static final Field<Long> RECORDS = field(name("records"), SQLDataType.BIGINT);
    private static final Field<JSONB> FILLED = field(name("filled"), SQLDataType.JSONB);
    private static final Field<Long> FRESH = field(name("fresh"), SQLDataType.BIGINT);
    private static final Field<UUID> RECORD_ID = field(name("record_id"), SQLDataType.UUID);
    private static final Field<String> FIELD = field(name("field"), SQLDataType.VARCHAR);
    private static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);
    private static final Field<String> PRESENT = field(name("present"), SQLDataType.VARCHAR);
    private static final Field<String> SUGGESTED = field(name("suggested"), SQLDataType.VARCHAR);

    /** How an object's records were on a day. @param filled records with a value, by field */
    record Snapshot(LocalDate day, long records, Map<String, Long> filled, long fresh) {}

    /** A value that could be better. @param field path of the field, or of a part of it such as {@code address.city} */
    record Suggestion(
            RecordId id,
            String field,
            String kind,
            @Nullable String present,
            String suggested) {}

    void keep(Tx tx, String object, Snapshot snapshot, List<Suggestion> suggestions) {
        var filled = Json.object();
        snapshot.filled().forEach(filled::put);
        var json = JSONB.jsonb(filled.toString());
        tx.dsl()
                .insertInto(SNAPSHOT)
                .set(OBJECT, object)
                .set(DAY, snapshot.day())
                .set(RECORDS, snapshot.records())
                .set(FILLED, json)
                .set(FRESH, snapshot.fresh())
                .onConflict(OBJECT, DAY)
                .doUpdate()
                .set(RECORDS, snapshot.records())
                .set(FILLED, json)
                .set(FRESH, snapshot.fresh())
                .execute();
        tx.dsl().deleteFrom(SUGGESTION).where(OBJECT.eq(object)).execute();
        for (int from = 0; from < suggestions.size(); from += CHUNK) {
            var insert = tx.dsl().insertInto(SUGGESTION, OBJECT, RECORD_ID, FIELD, KIND, PRESENT, SUGGESTED);
            for (var one : suggestions.subList(from, Math.min(from + CHUNK, suggestions.size())))
                insert = insert.values(
                        object, one.id().value(), one.field(), one.kind(), one.present(), one.suggested());
            insert.onConflictDoNothing().execute();
        }
    }

    /** The newest snapshots, the oldest of them first. */
    List<Snapshot> trend(Tx tx, String object, int days) {
        var newest = tx.dsl()
                .select(DAY, RECORDS, FILLED, FRESH)
                .from(SNAPSHOT)
                .where(OBJECT.eq(object))
                .orderBy(DAY.desc())
                .limit(days)
                .fetch(row -> new Snapshot(row.value1(), row.value2(), filled(row.value3()), row.value4()));
        return newest.reversed();
    }

    private static Map<String, Long> filled(JSONB json) {
        var filled = new LinkedHashMap<String, Long>();
        Json.stored(json.data())
                .properties()
                .forEach(entry -> filled.put(entry.getKey(), entry.getValue().asLong()));
        return filled;
    }

    Map<String, Integer> kinds(Tx tx, String object) {
        return tx.dsl()
                .select(KIND, count())
                .from(SUGGESTION)
                .where(OBJECT.eq(object))
                .groupBy(KIND)
                .orderBy(KIND)
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    List<Suggestion> page(Tx tx, String object, String kind, @Nullable UUID after, int limit) {
        return tx.dsl()
                .select(RECORD_ID, FIELD, KIND, PRESENT, SUGGESTED)
                .from(SUGGESTION)
                .where(OBJECT.eq(object).and(KIND.eq(kind)))
                .and(after == null ? DSL.noCondition() : RECORD_ID.gt(after))
                .orderBy(RECORD_ID, FIELD)
                .limit(limit)
                .fetch(row -> new Suggestion(
                        new RecordId(row.value1()), row.value2(), row.value3(), row.value4(), row.value5()));
    }

    void remove(Tx tx, String object, String kind, Collection<RecordId> records) {
        tx.dsl()
                .deleteFrom(SUGGESTION)
                .where(OBJECT.eq(object).and(KIND.eq(kind)))
                .and(RECORD_ID.eq(any(records.stream().map(RecordId::value).toArray(UUID[]::new))))
                .execute();
    }
}
