package dev.rapport.audit;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.http.ClientAddress;
import dev.rapport.http.Json;
import dev.rapport.http.RequestRefused;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.schema.SchemaMigration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The audit log. Entries are only ever added; the database chains them by hashes and refuses changes ({@code V12}). Nothing
 * secret and no value of a record is put into details, only names of fields and of things.
 */
@Component
public class Audit {
    /** The same refusal of the same person is written once in this time. */
    private static final Duration REFUSALS = Duration.ofMinutes(1);

    private static final int LONGEST = 500;
    /** Fewest days that entries are kept. */
    public static final int LEAST_DAYS = 180;

    /** Most days that a rule may say; for ever is said by none. */
    public static final int MOST_DAYS = 36_500;

    private static final Table<Record> HEAD = table(name("audit_head"));
    private static final Field<Integer> KEEP_DAYS = field(name("keep_days"), SQLDataType.INTEGER);
    private static final Table<Record> ENTRY = table(name("audit_entry"));
    private static final Field<Long> SEQ = field(name("seq"), SQLDataType.BIGINT);
    private static final Field<Instant> AT = field(name("at"), SQLDataType.INSTANT);
    private static final Field<UUID> ACTOR = field(name("actor"), SQLDataType.UUID);
    private static final Field<String> ACTOR_NAME = field(name("actor_name"), SQLDataType.VARCHAR);
    private static final Field<String> ADDRESS = field(name("address"), SQLDataType.VARCHAR);
    private static final Field<String> ACTION = field(name("action"), SQLDataType.VARCHAR);
    private static final Field<String> OUTCOME = field(name("outcome"), SQLDataType.VARCHAR);
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<UUID> RECORD = field(name("record_id"), SQLDataType.UUID);
    private static final Field<JSONB> DETAILS = field(name("details"), SQLDataType.JSONB);

    private final Database database;
    private final Cache<String, Boolean> refusals =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(REFUSALS).build();

    /** How something ended. */
    public enum Outcome {
        DONE,
        FAILED,
        DENIED;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One thing to be written down.
     *
     * @param action such as {@code session.open}, in the words of the user guide's list
     * @param person whoever did it, or whose name was used; null if that is nobody known
     * @param object name of the object concerned, or empty
     */
    public record Event(
            String action,
            Outcome outcome,
            @Nullable UUID person,
            String personName,
            String object,
            @Nullable UUID record,
            ObjectNode details) {
        public static Event of(Actor actor, String action) {
            return new Event(action, Outcome.DONE, actor.id().value(), actor.name(), "", null, Json.object());
        }

        public Event on(String objectName, @Nullable RecordId id) {
            return new Event(action, outcome, person, personName, objectName, id == null ? null : id.value(), details);
        }

        public Event with(String detail, String value) {
            var copy = details.deepCopy();
            copy.put(detail, cut(value));
            return new Event(action, outcome, person, personName, object, record, copy);
        }

        public Event with(String detail, long value) {
            var copy = details.deepCopy();
            copy.put(detail, value);
            return new Event(action, outcome, person, personName, object, record, copy);
        }

        public Event with(String detail, JsonNode value) {
            var copy = details.deepCopy();
            copy.set(detail, value);
            return new Event(action, outcome, person, personName, object, record, copy);
        }

        public Event ended(Outcome how) {
            return new Event(action, how, person, personName, object, record, details);
        }
    }

    /** An entry as it is read. */
    public record Entry(
            long seq,
            Instant at,
            Optional<UUID> actor,
            String actorName,
            String address,
            String action,
            String outcome,
            String object,
            Optional<UUID> record,
            JsonNode details) {}

    /**
     * Which entries are asked for; null stands for all.
     *
     * @param action an action, or the start of some with a dot at its end
     */
    public record Question(
            @Nullable UUID actor,
            @Nullable String action,
            @Nullable String outcome,
            @Nullable String object,
            @Nullable UUID record,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** @param broken the first entry at which the chain does not hold; empty if all is well */
    public record Verified(long checked, Optional<Long> broken) {}

    /** @param migrated makes sure that the tables are there */
    public Audit(Database database, SchemaMigration migrated) {
        this.database = database;
    }

    /** Writes it in the transaction of what it tells of; that one must be short, for others wait for its end. */
    public void write(Tx tx, Event event) {
        tx.dsl()
                .insertInto(ENTRY)
                .set(ACTOR, event.person())
                .set(ACTOR_NAME, cut(event.personName()))
                .set(ADDRESS, ClientAddress.current())
                .set(ACTION, event.action())
                .set(OUTCOME, event.outcome().code())
                .set(OBJECT, cut(event.object()))
                .set(RECORD, event.record())
                .set(DETAILS, JSONB.valueOf(event.details().toString()))
                .execute();
    }

    public void write(Event event) {
        database.run(tx -> write(tx, event));
    }

    private static String cut(String text) {
        var clean = text.replace('\0', ' ');
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
    }

    @EventListener
    void refused(RequestRefused refused) {
        var key = refused.actor().id() + refused.code() + refused.method() + refused.path();
        if (refusals.asMap().putIfAbsent(key, true) != null) return;
        write(Event.of(refused.actor(), "request")
                .ended(Outcome.DENIED)
                .with("code", refused.code())
                .with("method", refused.method())
                .with("path", refused.path()));
    }

    /** The newest entries first, before {@code before} if that is given. */
    public List<Entry> read(Question question, @Nullable Long before, int limit) {
        return database.read(tx -> tx.dsl()
                .select(SEQ, AT, ACTOR, ACTOR_NAME, ADDRESS, ACTION, OUTCOME, OBJECT, RECORD, DETAILS)
                .from(ENTRY)
                .where(condition(question))
                .and(before == null ? noCondition() : SEQ.lt(before))
                .orderBy(SEQ.desc())
                .limit(limit)
                .fetch(Audit::entry));
    }

    /** All entries in order, one after the other. */
    public void stream(Question question, Consumer<Entry> sink) {
        database.run(tx -> {
            try (var rows = tx.dsl()
                    .select(SEQ, AT, ACTOR, ACTOR_NAME, ADDRESS, ACTION, OUTCOME, OBJECT, RECORD, DETAILS)
                    .from(ENTRY)
                    .where(condition(question))
                    .orderBy(SEQ)
                    .fetchSize(1_000)
                    .fetchLazy()) {
                rows.forEach(row -> sink.accept(entry(row)));
            }
        });
    }

    private static Condition condition(Question question) {
        var condition = noCondition();
        if (question.actor() != null) condition = condition.and(ACTOR.eq(question.actor()));
        if (question.action() != null)
            condition = condition.and(
                    question.action().endsWith(".")
                            ? ACTION.startsWith(question.action())
                            : ACTION.eq(question.action()));
        if (question.outcome() != null) condition = condition.and(OUTCOME.eq(question.outcome()));
        if (question.object() != null) condition = condition.and(OBJECT.eq(question.object()));
        if (question.record() != null) condition = condition.and(RECORD.eq(question.record()));
        if (question.from() != null) condition = condition.and(AT.ge(question.from()));
        if (question.to() != null) condition = condition.and(AT.lt(question.to()));
        return condition;
    }

    private static Entry entry(Record row) {
        return new Entry(
                row.get(SEQ),
                row.get(AT),
                Optional.ofNullable(row.get(ACTOR)),
                row.get(ACTOR_NAME),
                row.get(ADDRESS),
                row.get(ACTION),
                row.get(OUTCOME),
                row.get(OBJECT),
                Optional.ofNullable(row.get(RECORD)),
                Json.stored(row.get(DETAILS).data()));
    }

    /** Computes the whole chain anew. */
    public Verified verify() {
        return database.transactLong(Duration.ofMinutes(10), tx -> {
            var row = java.util.Objects.requireNonNull(tx.dsl()
                    .select(field(name("checked"), SQLDataType.BIGINT), field(name("broken"), SQLDataType.BIGINT))
                    .from(table(name("audit_verification")))
                    .fetchOne());
            return new Verified(row.value1(), Optional.ofNullable(row.value2()));
        });
    }

    /**
     * How long entries are kept.
     *
     * @param days empty for ever
     * @param oldest when the oldest entry was written; empty if there is none
     */
    public record Retention(Optional<Integer> days, Optional<Instant> oldest) {}

    public Retention retention() {
        return database.read(tx -> new Retention(
                Optional.ofNullable(
                        tx.dsl().select(KEEP_DAYS).from(HEAD).fetchSingle().value1()),
                Optional.ofNullable(tx.dsl()
                        .select(min(field(name("at"), SQLDataType.INSTANT)))
                        .from(ENTRY)
                        .fetchSingle()
                        .value1())));
    }

    /** @param days from {@link #LEAST_DAYS} to {@link #MOST_DAYS}, or null for ever */
    public void setRetention(Tx tx, @Nullable Integer days) {
        tx.dsl().update(HEAD).set(KEEP_DAYS, days).execute();
    }

    /** Takes out what is older than the rule says. @return how many entries went */
    public long prune() {
        var days = retention().days();
        return days.isEmpty() ? 0 : prune(Instant.now().minus(Duration.ofDays(days.get())));
    }

    /** Takes out what is older; returns how many entries. */
    public long prune(Instant before) {
        return database.transactLong(
                Duration.ofMinutes(10),
                tx -> java.util.Objects.requireNonNull(tx.dsl()
                                .select(function(name("audit_prune"), SQLDataType.BIGINT, val(before)))
                                .fetchOne())
                        .value1());
    }
}
