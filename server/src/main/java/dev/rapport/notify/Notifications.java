package dev.rapport.notify;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.database.NodeBus;
import dev.rapport.http.Json;
import dev.rapport.job.Recurring;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.PersonTold;
import dev.rapport.kernel.RecordId;
import dev.rapport.record.RecordNames;
import dev.rapport.schema.SchemaMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Tells people things once, and shows each what they have been told, with as much of the records as they may see. */
@Component
public class Notifications implements Recurring {
    private static final Duration KEPT = Duration.ofDays(90);
    private static final String TOPIC = "told";
    private static final int MOST_COUNTED = 100;

    private static final Table<Record> NOTIFICATION = table(DSL.name("notification"));
    private static final Field<UUID> ID = field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<UUID> PERSON = field(DSL.name("person"), SQLDataType.UUID);
    private static final Field<Instant> AT = field(DSL.name("at"), SQLDataType.INSTANT);
    private static final Field<String> KIND = field(DSL.name("kind"), SQLDataType.VARCHAR);
    private static final Field<String> OBJECT = field(DSL.name("object"), SQLDataType.VARCHAR);
    private static final Field<UUID> RECORD = field(DSL.name("record"), SQLDataType.UUID);
    private static final Field<JSONB> DETAILS = field(DSL.name("details"), SQLDataType.JSONB);
    private static final Field<String> ABOUT = field(DSL.name("topic"), SQLDataType.VARCHAR);
    private static final Field<Instant> READ_AT = field(DSL.name("read_at"), SQLDataType.INSTANT);

    private final Database database;
    private final RecordNames names;
    private final Access access;
    private final NodeBus nodes;
    private final ApplicationEventPublisher events;

    /** @param migrated makes sure that the table is there */
    Notifications(
            Database database,
            RecordNames names,
            Access access,
            NodeBus nodes,
            ApplicationEventPublisher events,
            SchemaMigration migrated) {
        this.database = database;
        this.names = names;
        this.access = access;
        this.nodes = nodes;
        this.events = events;
    }

    @Override
    public String name() {
        return "old-notifications";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    /** Forgets what was told long ago. */
    @Override
    public void run() {
        database.run(tx -> tx.dsl()
                .deleteFrom(NOTIFICATION)
                .where(AT.lt(Instant.now().minus(KEPT)))
                .execute());
    }

    /** Tells what has not been told yet, and returns how much that was. */
    public int tell(Collection<Notice> notices) {
        if (notices.isEmpty()) return 0;
        var told = database.transact(tx -> {
            var persons = new ArrayList<RecordId>();
            for (var notice : notices) {
                int inserted = tx.dsl()
                        .insertInto(NOTIFICATION)
                        .set(ID, RecordId.next().value())
                        .set(PERSON, notice.person().value())
                        .set(KIND, notice.kind())
                        .set(OBJECT, notice.object())
                        .set(RECORD, notice.record().value())
                        .set(DETAILS, JSONB.valueOf(Json.MAPPER.writeValueAsString(notice.details())))
                        .set(ABOUT, notice.topic())
                        .onConflictDoNothing()
                        .execute();
                if (inserted > 0) persons.add(notice.person());
            }
            return persons;
        });
        new HashSet<>(told).forEach(this::wake);
        return told.size();
    }

    private void wake(RecordId person) {
        events.publishEvent(new PersonTold(person, "notification"));
        nodes.tell(TOPIC, person.toString());
    }

    @EventListener
    void heard(NodeBus.Heard message) {
        if (message.topic().equals(TOPIC))
            RecordId.parse(message.body())
                    .ifPresent(person -> events.publishEvent(new PersonTold(person, "notification")));
    }

    /**
     * The newest first.
     *
     * @return {@code {"unread": n, "items": [{"id", "kind", "at", "read", "object", "record": {"id", "name"}, "details"}]}};
     *     without what the actor may not see any more
     */
    public ObjectNode read(Actor actor, int limit) {
        var rows = database.read(tx -> tx.dsl()
                .select(ID, KIND, AT, READ_AT, OBJECT, RECORD, DETAILS)
                .from(NOTIFICATION)
                .where(PERSON.eq(actor.id().value()))
                .orderBy(AT.desc(), ID.desc())
                .limit(limit)
                .fetch());
        var answer = Json.object();
        var items = answer.putArray("items");
        visible(actor, rows).forEach((row, named) -> items.add(item(row, named)));
        return answer.put("unread", unread(actor));
    }

    /** The names of what the rows are about; without records and details that the actor may not see. */
    private Map<Record, String> visible(Actor actor, List<? extends Record> rows) {
        var wanted = new HashMap<String, Set<UUID>>();
        for (var row : rows)
            wanted.computeIfAbsent(row.get(OBJECT), k -> new HashSet<>()).add(row.get(RECORD));
        wanted.keySet()
                .removeIf(object -> access.catalogue(actor).object(object).isEmpty());
        var seen = names.live(actor, wanted);
        var visible = new LinkedHashMap<Record, String>();
        for (var row : rows) {
            var named = seen.get(row.get(RECORD));
            if (named != null && reads(actor, row)) visible.put(row, named);
        }
        return visible;
    }

    /** What a detail tells is the value of the field that it is named after. */
    private boolean reads(Actor actor, Record row) {
        var object = access.catalogue(actor).object(row.get(OBJECT)).orElseThrow();
        return Json.stored(row.get(DETAILS).data()).propertyNames().stream()
                .allMatch(field -> object.readable(field).isPresent());
    }

    private static ObjectNode item(Record row, String named) {
        var item = Json.object()
                .put("id", row.get(ID).toString())
                .put("kind", row.get(KIND))
                .put("at", row.get(AT).toString())
                .put("read", row.get(READ_AT) != null)
                .put("object", row.get(OBJECT));
        item.putObject("record").put("id", row.get(RECORD).toString()).put("name", named);
        item.set("details", Json.stored(row.get(DETAILS).data()));
        return item;
    }

    /** Up to a hundred: more is not told apart. */
    private int unread(Actor actor) {
        var rows = database.read(tx -> tx.dsl()
                .select(OBJECT, RECORD, DETAILS, ID)
                .from(NOTIFICATION)
                .where(PERSON.eq(actor.id().value()).and(READ_AT.isNull()))
                .orderBy(AT.desc())
                .limit(MOST_COUNTED)
                .fetch());
        return visible(actor, rows).size();
    }

    /** @param ids null for everything the actor has been told */
    public void markRead(Actor actor, @Nullable List<RecordId> ids) {
        database.run(tx -> {
            var own = PERSON.eq(actor.id().value()).and(READ_AT.isNull());
            var which = ids == null
                    ? own
                    : own.and(ID.in(ids.stream().map(RecordId::value).toList()));
            tx.dsl()
                    .update(NOTIFICATION)
                    .set(READ_AT, Instant.now())
                    .where(which)
                    .execute();
        });
        events.publishEvent(new PersonTold(actor.id(), "notification"));
    }
}
