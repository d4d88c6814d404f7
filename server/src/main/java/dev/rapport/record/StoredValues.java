package dev.rapport.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.database.UncheckedSqlException;
import dev.rapport.encryption.SealedValues;
import dev.rapport.http.Json;
import dev.rapport.job.JobRun;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Choice;
import dev.rapport.metadata.EncryptedText;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.InvalidValue;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ReadContext;
import dev.rapport.metadata.Sealed;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import dev.rapport.metadata.Trait;
import dev.rapport.schema.SchemaChange;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a change of a field's definition means for the values that are stored already. */
@Component
public class StoredValues {
    private static final int BATCH = 2_000;
    /** A dry run looks at so many values; the job at all. */
    private static final int MOST_PREVIEWED = 200_000;

    private static final int SAMPLE = 20;

    private final Database database;
    private final Access access;
    private final Records records;
    private final RecordStore store;
    private final History history;
    private final SealedValues sealed;

    StoredValues(
            Database database,
            Access access,
            Records records,
            RecordStore store,
            History history,
            SealedValues sealed) {
        this.sealed = sealed;
        this.database = database;
        this.access = access;
        this.records = records;
        this.store = store;
        this.history = history;
    }

    /** @throws Refusal 422 if a field that becomes unique has the same value in several records */
    public void requireUnique(Tx tx, ObjectDef before, ObjectDef after) {
        for (var wanted : after.fields()) {
            var present = before.field(wanted.name()).orElse(null);
            if (!wanted.is(Trait.UNIQUE) || present == null || present.is(Trait.UNIQUE)) continue;
            var column = field(name(wanted.columnName("")), SQLDataType.VARCHAR);
            boolean repeated = tx.dsl()
                    .fetchExists(tx.dsl()
                            .select(column)
                            .from(table(name(after.table())))
                            .where(column.isNotNull())
                            .and(field(name("deleted_at")).isNull())
                            .groupBy(column)
                            .having(DSL.count().gt(1)));
            if (repeated) throw Refusal.invalid(Violation.of("unique", "values-repeat"));
        }
    }

    /** @throws Refusal 422 if a choice that is no longer listed is some record's value */
    public void requireUnusedChoices(Field<?> present, @Nullable JsonNode choices, ObjectDef object) {
        if (choices == null || !choices.isArray()) return;
        var kept = new HashSet<String>();
        choices.values().forEach(choice -> kept.add(choice.path("code").asString("")));
        var gone = new ArrayList<String>();
        for (var choice : choices(present.type())) if (!kept.contains(choice.code())) gone.add(choice.code());
        if (gone.isEmpty()) return;
        boolean list = present.type().mainPart().type().isArray();
        var used = database.read(tx -> gone.stream()
                .filter(code -> tx.dsl().fetchExists(table(name(object.table())), holds(present, list, code)))
                .toList());
        if (!used.isEmpty())
            throw Refusal.invalid(Violation.of("choices", "choice-in-use", "choices", String.join(", ", used)));
    }

    private static org.jooq.Condition holds(Field<?> field, boolean list, String code) {
        var column = name(field.columnName(""));
        return list
                ? DSL.val(code).eq(DSL.any(field(column, SQLDataType.VARCHAR.array())))
                : field(column, SQLDataType.VARCHAR).eq(code);
    }

    private static List<Choice> choices(FieldType<?> type) {
        return switch (type) {
            case TextTypes.Choices choices -> choices.choices();
            case TextTypes.MultiChoice choices -> choices.choices();
            default -> List.of();
        };
    }

    /** How many values the new type keeps and loses, with examples of the lost ones that the actor may see. */
    public ObjectNode previewConversion(Actor actor, ObjectDef object, Field<?> from, Field<?> to) {
        var conversion = new Conversion(from, to, records.context(actor), actor.locale());
        long kept = 0;
        var lost = new ArrayList<RecordId>();
        var examples = new HashMap<RecordId, String>();
        long lostCount = 0;
        UUID last = null;
        boolean more = true;
        while (more && kept + lostCount < MOST_PREVIEWED) {
            var after = last;
            var batch = database.read(tx -> filled(tx, object, from, after));
            for (var record : batch.values()) {
                var value = java.util.Objects.requireNonNull(record.values().get(from));
                if (conversion.convert(value) != null) {
                    kept++;
                    continue;
                }
                lostCount++;
                if (lost.size() < SAMPLE) {
                    lost.add(record.id());
                    examples.put(record.id(), Conversion.text(from.type(), value));
                }
            }
            more = batch.size() == BATCH;
            if (!batch.isEmpty())
                last = java.util.Collections.max(
                        batch.keySet().stream().map(RecordId::value).toList());
        }
        var answer = Json.object().put("kept", kept).put("lost", lostCount).put("complete", !more);
        var samples = answer.putArray("samples");
        var visible = database.read(tx -> store.load(tx, object, lost, access.rows(actor), false));
        for (var id : lost) {
            var record = visible.get(id);
            if (record == null) continue;
            samples.addObject()
                    .put("id", id.toString())
                    .put("name", shownName(object, record))
                    .put("value", examples.get(id));
        }
        return answer;
    }

    private static @Nullable String shownName(ObjectDef object, StoredRecord record) {
        var value = record.values().get(object.naming());
        return value == null ? null : Conversion.text(object.naming().type(), value);
    }

    /** The next records that have a value in {@code field}, deleted ones included. */
    private Map<RecordId, StoredRecord> filled(Tx tx, ObjectDef object, Field<?> field, @Nullable UUID after) {
        var id = field(name("id"), SQLDataType.UUID);
        var part = field.type().mainPart();
        var ids = tx.dsl()
                .select(id)
                .from(table(name(object.table())))
                .where(field(name(field.columnName(part.suffix()))).isNotNull())
                .and(after == null ? DSL.noCondition() : id.gt(after))
                .orderBy(id)
                .limit(BATCH)
                .fetch(row -> row.value1());
        return store.loadForComputing(tx, object, ids, false);
    }

    /**
     * Writes every value in its new type into the waiting columns. Values that are lost are kept in the history of their
     * records.
     */
    public ObjectNode convert(Tx tx, JobRun run, ObjectDef object, Field<?> from, ObjectDef next) {
        var to = next.require(from.name());
        var conversion = new Conversion(
                from, to, records.context(run.actor()), run.actor().locale());
        long kept = 0;
        long lost = 0;
        UUID last = null;
        while (true) {
            var batch = filled(tx, object, from, last);
            var converted = new HashMap<RecordId, Object>();
            var losers = new ArrayList<PendingChange>();
            for (var record : batch.values()) {
                var value = conversion.convert(
                        java.util.Objects.requireNonNull(record.values().get(from)));
                if (value != null) converted.put(record.id(), encrypted(tx, object, to, record.id(), value));
                else losers.add(PendingChange.update(record, new Patch(cleared(from))));
            }
            write(tx, object, to, converted);
            if (to.type() instanceof EncryptedText)
                store.updateSearchKeys(
                        tx,
                        object,
                        batch.values().stream()
                                .map(record -> PendingChange.update(record, new Patch(cleared(from))))
                                .toList());
            history.append(tx, run.actor(), losers, null);
            store.raiseVersions(tx, object, losers);
            kept += converted.size();
            lost += losers.size();
            if (batch.size() < BATCH) break;
            if (run.isCancelled()) throw Refusal.of(Refusal.Kind.CONFLICT, "cancelled");
            // told on another connection, for people see only what is committed
            long done = kept + lost;
            database.run(other -> run.checkpoint(other, done, null, Json.object()));
            last = java.util.Collections.max(
                    batch.keySet().stream().map(RecordId::value).toList());
        }
        if (to.type() instanceof EncryptedText) encryptHistory(tx, object, to);
        return Json.object().put("kept", kept).put("lost", lost);
    }

    private Object encrypted(Tx tx, ObjectDef object, Field<?> to, RecordId id, Object value) {
        if (!(value instanceof Sealed written)) return value;
        var token = sealed.tokenised(object.name(), to.name(), written);
        sealed.keep(tx, new SealedValues.Place(object.name(), to.name(), id), token);
        return token;
    }

    /** What the field held before must not stay readable in the history. */
    private void encryptHistory(Tx tx, ObjectDef object, Field<?> to) {
        history.rewrite(
                tx,
                object.name(),
                to.name(),
                (record, old) -> old.isString() ? kept(tx, object, to, record, old.stringValue()) : old);
    }

    private JsonNode kept(Tx tx, ObjectDef object, Field<?> to, RecordId record, String old) {
        var token = (Sealed) encrypted(tx, object, to, record, Sealed.written(old));
        return Json.parse(Json.write(json -> new EncryptedText().writeKept(json, token)));
    }

    private static Map<Field<?>, @Nullable Object> cleared(Field<?> field) {
        var values = new HashMap<Field<?>, @Nullable Object>();
        values.put(field, null);
        return values;
    }

    private static void write(Tx tx, ObjectDef object, Field<?> to, Map<RecordId, Object> values) {
        if (values.isEmpty()) return;
        var assignments = to.columns().stream()
                .map(column -> RecordStore.quoted(SchemaChange.waiting(column.name())) + " = ?")
                .toList();
        var sql = "UPDATE " + RecordStore.quoted(object.table()) + " SET " + String.join(", ", assignments)
                + " WHERE id = ?";
        try (var statement = tx.connection().prepareStatement(sql)) {
            for (var entry : values.entrySet()) {
                int at = JdbcParameters.bind(statement, 1, to.type(), entry.getValue());
                statement.setObject(at, entry.getKey().value());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    /** From one type to another by what people would write. */
    private record Conversion(Field<?> from, Field<?> to, ReadContext context, java.util.Locale locale) {
        @Nullable
        Object convert(Object value) {
            try {
                return to.type().parse(written(value), context);
            } catch (InvalidValue e) {
                return null;
            }
        }

        private String written(Object value) {
            var target = to.type();
            if (value instanceof Money money && !(target instanceof NumberTypes.MoneyAmount) && !isText(target))
                return money.amount().toPlainString();
            if (value instanceof Instant moment && target instanceof TimeTypes.Day)
                return moment.atZone(context.zone()).toLocalDate().toString();
            if (from.type() instanceof TextTypes.Choices choices && isText(target))
                return choices.choices().stream()
                        .filter(choice -> choice.code().equals(value))
                        .map(choice -> choice.labels().in(locale))
                        .findFirst()
                        .orElse(value.toString());
            return text(from.type(), value);
        }

        private static boolean isText(FieldType<?> type) {
            return type instanceof TextTypes.Text || type instanceof TextTypes.LongText;
        }

        @SuppressWarnings("unchecked")
        static <T> String text(FieldType<T> type, Object value) {
            return type.text((T) value);
        }
    }
}
