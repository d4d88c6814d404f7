package dev.rapport.schema;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import tools.jackson.databind.JsonNode;

/** Keeps what administrators made of each object, and every state it was in. */
final class CustomizationStore {
    private static final Table<Record> CUSTOMIZATION = table(name("customization"));
    private static final Table<Record> HISTORY = table(name("customization_history"));
    private static final Table<Record> CATALOGUE_VERSION = table(name("catalogue_version"));
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<JSONB> DEFINITION = field(name("definition"), SQLDataType.JSONB);
    private static final Field<Long> VERSION = field(name("version"), SQLDataType.BIGINT);
    private static final Field<Instant> AT = field(name("at"), SQLDataType.INSTANT);
    private static final Field<UUID> ACTOR = field(name("actor"), SQLDataType.UUID);

    private CustomizationStore() {}

    /** One state that an object's definition was in. */
    record State(long version, Instant at, UUID actor, JsonNode definition) {}

    static long version(Tx tx) {
        return Objects.requireNonNull(
                tx.dsl().select(VERSION).from(CATALOGUE_VERSION).fetchSingle(VERSION));
    }

    static Map<String, JsonNode> all(Tx tx) {
        var all = new TreeMap<String, JsonNode>();
        tx.dsl()
                .select(OBJECT, DEFINITION)
                .from(CUSTOMIZATION)
                .forEach(row -> all.put(row.value1(), Json.stored(row.value2().data())));
        return all;
    }

    /** Keeps definitions from which only old deleted parts were taken away: that is nobody's act and leaves no state in the history. */
    static long replace(Tx tx, Map<String, JsonNode> before, Map<String, JsonNode> after) {
        tx.dsl().update(CATALOGUE_VERSION).set(VERSION, VERSION.plus(1)).execute();
        after.forEach((object, definition) -> tx.dsl()
                .update(CUSTOMIZATION)
                .set(DEFINITION, JSONB.jsonb(definition.toString()))
                .where(OBJECT.eq(object))
                .execute());
        for (var object : before.keySet())
            if (!after.containsKey(object))
                tx.dsl().deleteFrom(CUSTOMIZATION).where(OBJECT.eq(object)).execute();
        return version(tx);
    }

    /** Keeps the definitions that differ from {@code before} and returns the catalogue's new version. */
    static long write(Tx tx, Actor actor, Map<String, JsonNode> before, Map<String, JsonNode> after) {
        tx.dsl().update(CATALOGUE_VERSION).set(VERSION, VERSION.plus(1)).execute();
        long version = version(tx);
        after.forEach((object, definition) -> {
            if (definition.equals(before.get(object))) return;
            var written = JSONB.jsonb(definition.toString());
            tx.dsl()
                    .insertInto(CUSTOMIZATION)
                    .set(OBJECT, object)
                    .set(DEFINITION, written)
                    .onConflict(OBJECT)
                    .doUpdate()
                    .set(DEFINITION, written)
                    .execute();
            tx.dsl()
                    .insertInto(HISTORY)
                    .set(VERSION, version)
                    .set(OBJECT, object)
                    .set(ACTOR, actor.id().value())
                    .set(DEFINITION, written)
                    .execute();
        });
        for (var object : before.keySet())
            if (!after.containsKey(object))
                tx.dsl().deleteFrom(CUSTOMIZATION).where(OBJECT.eq(object)).execute();
        return version;
    }

    /** The newest states of one object's definition, the newest first. */
    static List<State> history(Tx tx, String object, int limit) {
        return tx.dsl()
                .select(VERSION, AT, ACTOR, DEFINITION)
                .from(HISTORY)
                .where(OBJECT.eq(object))
                .orderBy(VERSION.desc())
                .limit(limit)
                .fetch(row -> new State(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        Json.stored(row.value4().data())));
    }
}
