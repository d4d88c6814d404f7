package dev.rapport.record;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.encryption.SealedValues;
import dev.rapport.file.FileStore;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.PersonName;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.EncryptedText;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ReadContext;
import dev.rapport.metadata.Sealed;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.Trait;
import dev.rapport.record.PersonalData.Fate;
import dev.rapport.record.PersonalData.Part;
import dev.rapport.record.spi.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything about one person, to be handed out or to be erased (GDPR Articles 15, 17 and 20; PIPL Articles 45 and 47). For
 * people with the function {@code privacy}: it reaches records and fields that their roles do not show, because an answer
 * that leaves something out would be a wrong one.
 */
@Component
public class Subjects {
    /** What an erased person is called. */
    public static final PersonName NOBODY = new PersonName("已删除", "Erased");

    private static final int AT_ONCE = 1_000;
    private static final String FUNCTION = "privacy";

    private final Access access;
    private final Database database;
    private final RecordStore store;
    private final RecordWriter writer;
    private final Parts parts;

    /** What is asked and cleaned beside the records themselves. */
    @Component
    record Parts(
            PersonalData data,
            History history,
            SealedValues sealed,
            FileStore files,
            LinkNames names,
            Records records) {}

    Subjects(Access access, Database database, RecordStore store, RecordWriter writer, Parts parts) {
        this.access = access;
        this.database = database;
        this.store = store;
        this.writer = writer;
        this.parts = parts;
    }

    /** @throws Refusal 403 without the function, 404 if records of the object do not stand for people */
    private ObjectDef person(Actor actor, String object) {
        access.requireFunction(actor, FUNCTION);
        var definition = access.object(actor, object).definition();
        if (!PersonalData.isPerson(definition)) throw Refusal.notFound();
        return definition;
    }

    private List<Part> require(Tx tx, ObjectDef object, RecordId id) {
        if (store.loadForComparing(tx, object, List.of(id.value())).isEmpty()) throw Refusal.notFound();
        return parts.data().of(tx, object, id);
    }

    /** How many records of which object there are, and what an erasure would do with them. */
    public ArrayNode preview(Actor actor, String object, RecordId id) {
        var person = person(actor, object);
        return database.read(tx -> {
            var items = Json.MAPPER.createArrayNode();
            for (var part : require(tx, person, id))
                items.addObject()
                        .put("object", part.object().name())
                        .put("fate", part.fate().name().toLowerCase(Locale.ROOT))
                        .put("count", part.ids().size());
            return items;
        });
    }

    /**
     * Writes all that is known: records by object with every field, encrypted ones readable, and what was changed when.
     *
     * @param files is given the id of each file of these records
     */
    public void export(Actor actor, String object, RecordId id, JsonGenerator json, Consumer<RecordId> files) {
        var person = person(actor, object);
        database.run(tx -> {
            var found = require(tx, person, id);
            json.writeStartObject();
            json.writeStringProperty("object", object);
            json.writeStringProperty("id", id.toString());
            json.writeName("objects");
            json.writeStartArray();
            for (var part : found) export(tx, actor, part, json, files);
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void export(Tx tx, Actor actor, Part part, JsonGenerator json, Consumer<RecordId> files) {
        var object = part.object();
        json.writeStartObject();
        json.writeStringProperty("object", object.name());
        json.writeName("labels");
        json.writeStartObject();
        json.writeStringProperty("en", object.plural().en());
        json.writeStringProperty("zh-CN", object.plural().zh());
        json.writeEndObject();
        json.writeName("fields");
        json.writeStartObject();
        for (var one : object.fields()) {
            json.writeName(one.name());
            json.writeStartObject();
            json.writeStringProperty("en", one.labels().en());
            json.writeStringProperty("zh-CN", one.labels().zh());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeName("records");
        json.writeStartArray();
        for (var ids : chunks(part.ids())) {
            var records = store.loadForComparing(tx, object, ids).values();
            var names = linkNames(actor, object, records);
            for (var record : records) export(tx, record, names, json, files);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private Map<UUID, String> linkNames(Actor actor, ObjectDef object, Collection<StoredRecord> records) {
        var wanted = new LinkNames.Wanted();
        for (var one : object.fields())
            if (one.type() instanceof LinkTypes.Lookup lookup)
                for (var record : records)
                    if (record.values().get(one) instanceof RecordId to) wanted.add(lookup.target(), to.value());
        return parts.names().live(actor, wanted);
    }

    private void export(
            Tx tx, StoredRecord record, Map<UUID, String> names, JsonGenerator json, Consumer<RecordId> files) {
        json.writeStartObject();
        json.writeStringProperty("id", record.id().toString());
        json.writeBooleanProperty("deleted", record.deleted());
        for (var one : record.object().fields()) {
            var value = record.values().get(one);
            if (value == null) continue;
            json.writeName(one.name());
            if (value instanceof Sealed hidden) {
                var place = new SealedValues.Place(record.object().name(), one.name(), record.id());
                json.writeString(parts.sealed().reveal(tx, place, hidden).orElse(null));
            } else if (one.type() instanceof LinkTypes.Lookup && value instanceof RecordId to) {
                json.writeStartObject();
                json.writeStringProperty("id", to.toString());
                json.writeStringProperty("name", names.get(to.value()));
                json.writeEndObject();
            } else write(json, one.type(), value);
            if (one.type() instanceof LinkTypes.Attachment && value instanceof RecordId file) files.accept(file);
        }
        json.writeName("changes");
        json.writeStartArray();
        int before = Integer.MAX_VALUE;
        List<History.Entry> entries;
        do {
            entries = parts.history().ofRecord(tx, record.object().name(), record.id(), before, AT_ONCE);
            for (var entry : entries) export(record.object(), entry, json);
            if (!entries.isEmpty()) before = entries.getLast().version();
        } while (entries.size() == AT_ONCE);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void export(ObjectDef object, History.Entry entry, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("at", entry.at().toString());
        json.writeStringProperty("kind", entry.kind());
        var changes = entry.changes();
        if (changes != null) {
            json.writeName("fields");
            json.writeTree(shown(object, changes));
        }
        json.writeEndObject();
    }

    /** Past values of encrypted fields are not the person's present ones; that they were changed is told. */
    private static JsonNode shown(ObjectDef object, JsonNode changes) {
        var shown = Json.object();
        for (var change : changes.properties()) {
            boolean hidden = object.field(change.getKey())
                    .filter(one -> one.type() instanceof EncryptedText)
                    .isPresent();
            if (hidden) shown.put(change.getKey(), EncryptedText.MASK);
            else shown.set(change.getKey(), change.getValue());
        }
        return shown;
    }

    @SuppressWarnings("unchecked")
    private static <T> void write(JsonGenerator json, FieldType<T> type, Object value) {
        type.write(json, (T) value);
    }

    private static List<List<UUID>> chunks(Collection<UUID> ids) {
        var all = List.copyOf(ids);
        var chunks = new ArrayList<List<UUID>>();
        for (int from = 0; from < all.size(); from += AT_ONCE)
            chunks.add(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        return chunks;
    }

    /** How the actor writes phone numbers and the like. */
    public ReadContext context(Actor actor) {
        return parts.records().context(actor);
    }

    /** What was erased: counts by object, and the contact data that told the person apart, for making marks of. */
    public record Erased(ObjectNode counts, Set<String> identifiers, List<UUID> people) {}

    /**
     * Erases a person in {@code tx}: empties the records that stand for them and puts these into the recycle bin, destroys
     * what tells of dealings with them, and takes all values out of the histories. It cannot be undone.
     *
     * @param also objects whose records would be kept and shall be destroyed as well
     */
    public Erased erase(Tx tx, Actor actor, String object, RecordId id, Set<String> also) {
        var person = person(actor, object);
        var counts = Json.object();
        var identifiers = new TreeSet<String>();
        var people = new ArrayList<UUID>();
        for (var part : require(tx, person, id)) {
            boolean destroys = part.fate() == Fate.DESTROYED
                    || part.fate() == Fate.KEPT && also.contains(part.object().name());
            if (destroys) for (var ids : chunks(part.ids())) destroy(tx, actor, part.object(), ids);
            if (part.fate() == Fate.PERSON) {
                for (var ids : chunks(part.ids())) identifiers.addAll(empty(tx, actor, part.object(), ids));
                people.addAll(part.ids());
            }
            var what = destroys ? "destroyed" : part.fate() == Fate.PERSON ? "emptied" : "kept";
            var count = counts.has(part.object().name())
                    ? (ObjectNode) counts.get(part.object().name())
                    : counts.putObject(part.object().name());
            count.put(what, count.path(what).asLong() + part.ids().size());
        }
        return new Erased(counts, identifiers, people);
    }

    private void destroy(Tx tx, Actor actor, ObjectDef object, List<UUID> ids) {
        var records = store.loadForComputing(tx, object, ids, true);
        files(tx, object, records.values());
        remove(tx, actor, object, records.values());
        for (var record : records.values()) parts.sealed().forget(tx, object.name(), record.id());
        parts.history().destroy(tx, object.name(), records.keySet());
        forgetTraces(tx, object.name(), ids);
        tx.dsl()
                .deleteFrom(table(name(object.table())))
                .where(field(name("id"), SQLDataType.UUID).eq(any(ids.toArray(UUID[]::new))))
                .execute();
    }

    private void files(Tx tx, ObjectDef object, Collection<StoredRecord> records) {
        for (var one : object.fields())
            if (one.type() instanceof LinkTypes.Attachment)
                for (var record : records)
                    if (record.values().get(one) instanceof RecordId file)
                        parts.files().destroy(tx, file);
    }

    /** Puts live records into the bin as anybody's deletion would, so that sums and lists elsewhere follow. */
    private void remove(Tx tx, Actor actor, ObjectDef object, Collection<StoredRecord> records) {
        var changes = records.stream()
                .filter(record -> !record.deleted())
                .map(record -> PendingChange.of(Change.Kind.DELETE, record))
                .toList();
        writer.follow(tx, actor, object, changes);
    }

    private Set<String> empty(Tx tx, Actor actor, ObjectDef object, List<UUID> ids) {
        var records = store.loadForComputing(tx, object, ids, true);
        var identifiers = identifiers(object, records.values());
        files(tx, object, records.values());
        var cleared = cleared(object);
        writer.follow(
                tx,
                actor,
                object,
                records.values().stream()
                        .map(record -> PendingChange.update(record, new Patch(cleared)))
                        .toList());
        remove(tx, actor, object, store.loadForComputing(tx, object, ids, true).values());
        for (var record : records.values()) {
            parts.history().forget(tx, object.name(), record.id());
            parts.sealed().forget(tx, object.name(), record.id());
        }
        forgetTraces(tx, object.name(), ids);
        return identifiers;
    }

    private static Set<String> identifiers(ObjectDef object, Collection<StoredRecord> records) {
        var identifiers = new HashSet<String>();
        for (var one : object.fields())
            if (one.type() instanceof TextTypes.Email || one.type() instanceof TextTypes.Phone)
                for (var record : records) if (record.values().get(one) instanceof String text) identifiers.add(text);
        return identifiers;
    }

    /** All fields but those that say nothing of the person or that a record cannot be without. */
    private static Map<Field<?>, @Nullable Object> cleared(ObjectDef object) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        for (var one : object.fields()) {
            boolean stays = ObjectDef.systemFieldNames().contains(one.name())
                    || one.computation() != null
                    || one.type() instanceof TextTypes.AutoNumber
                    || one.is(Trait.REQUIRED) && !isFree(one);
            if (!stays) values.put(one, null);
        }
        for (var one : object.fields())
            if (one.is(Trait.REQUIRED) && one.type() instanceof TextTypes.TextLike && isFree(one))
                values.put(one, NOBODY.full());
        values.put(object.naming(), NOBODY);
        return values;
    }

    private static boolean isFree(Field<?> one) {
        return one.type() instanceof TextTypes.Text || one.type() instanceof TextTypes.LongText;
    }

    /** What other tables remember of records. */
    private static void forgetTraces(Tx tx, String object, List<UUID> ids) {
        var those = any(ids.toArray(UUID[]::new));
        for (var trace : List.of("record_share", "quality_suggestion", "pool_movement", "match_key"))
            tx.dsl()
                    .deleteFrom(table(name(trace)))
                    .where(field(name("record_id"), SQLDataType.UUID).eq(those))
                    .execute();
        tx.dsl()
                .deleteFrom(table(name("notification")))
                .where(field(name("object"), SQLDataType.VARCHAR).eq(object))
                .and(field(name("record"), SQLDataType.UUID).eq(those))
                .execute();
        tx.dsl()
                .deleteFrom(table(name("duplicate_pair")))
                .where(field(name("object"), SQLDataType.VARCHAR).eq(object))
                .and(field(name("a"), SQLDataType.UUID)
                        .eq(those)
                        .or(field(name("b"), SQLDataType.UUID).eq(those)))
                .execute();
    }
}
