package dev.rapport.privacy;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.arrayOverlap;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.rapport.access.Access;
import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.encryption.FieldKeys;
import dev.rapport.http.Json;
import dev.rapport.identity.Users;
import dev.rapport.job.Recurring;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.InvalidValue;
import dev.rapport.metadata.TextTypes;
import dev.rapport.record.Subjects;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Erases people and proves it: what is left says which record, when, by whom and how much, and marks from which somebody
 * who knows an address can see that it was erased, but which nobody can turn back into addresses. After a backup was
 * restored, those whom it brought back are erased again.
 */
@Component
public class Erasures {
    private static final Logger log = LoggerFactory.getLogger(Erasures.class);
    private static final Table<Record> ERASURE = table(name("erasure"));
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);
    private static final Field<UUID> RECORD_ID = field(name("record_id"), SQLDataType.UUID);
    private static final Field<Instant> AT = field(name("at"), SQLDataType.INSTANT);
    private static final Field<UUID> BY_PERSON = field(name("by_person"), SQLDataType.UUID);
    private static final Field<String> REASON = field(name("reason"), SQLDataType.VARCHAR);
    private static final Field<JSONB> COUNTS = field(name("counts"), SQLDataType.JSONB);
    private static final Field<String[]> MARKS = field(name("marks"), SQLDataType.CLOB.array());

    private final Database database;
    private final Access access;
    private final Subjects subjects;
    private final FieldKeys keys;
    private final ErasureLog file;
    private final List<Remains> elsewhere;
    private final Audit audit;

    Erasures(
            Database database,
            Access access,
            Subjects subjects,
            FieldKeys keys,
            ErasureLog file,
            List<Remains> elsewhere,
            Audit audit) {
        this.elsewhere = elsewhere;
        this.database = database;
        this.access = access;
        this.subjects = subjects;
        this.keys = keys;
        this.file = file;
        this.audit = audit;
    }

    /** An erasure that was carried out. @param counts by object how many records were emptied, destroyed or kept */
    public record Erasure(
            RecordId id, String object, RecordId record, Instant at, RecordId by, String reason, JsonNode counts) {}

    /**
     * Erases a person.
     *
     * @param reason such as the number of their request; it must not name them
     * @param also objects whose records would be kept and shall be destroyed as well
     * @throws Refusal 403 without the function {@code privacy}, 404 for a record that is not there, 409 if it was erased
     */
    public Erasure erase(Actor actor, String object, RecordId record, String reason, Set<String> also) {
        var entry = new ErasureLog.Entry(RecordId.next(), object, record, reason, also);
        return erase(actor, entry);
    }

    private Erasure erase(Actor actor, ErasureLog.Entry entry) {
        access.requireFunction(actor, "privacy");
        var erasure = database.transact(tx -> {
            if (isErased(tx, entry.record())) throw Refusal.of(Refusal.Kind.CONFLICT, "erased-already");
            var erased = subjects.erase(tx, actor, entry.object(), entry.record(), entry.also());
            for (var remains : elsewhere) remains.forget(tx, Set.copyOf(erased.identifiers()));
            tx.dsl()
                    .insertInto(ERASURE)
                    .set(ID, entry.id().value())
                    .set(OBJECT, entry.object())
                    .set(RECORD_ID, entry.record().value())
                    .set(BY_PERSON, actor.id().value())
                    .set(REASON, entry.reason())
                    .set(COUNTS, JSONB.valueOf(erased.counts().toString()))
                    .set(MARKS, erased.identifiers().stream().map(this::mark).toArray(String[]::new))
                    .execute();
            audit.write(
                    tx,
                    Audit.Event.of(actor, "person.erase")
                            .on(entry.object(), entry.record())
                            .with("reason", entry.reason())
                            .with("counts", erased.counts()));
            return find(tx, entry.id()).orElseThrow();
        });
        if (file.read().stream().noneMatch(known -> known.id().equals(entry.id()))) file.add(entry);
        return erasure;
    }

    private String mark(String identifier) {
        return keys.token("erasure", "identifier", identifier);
    }

    private static boolean isErased(Tx tx, RecordId record) {
        return tx.dsl().fetchExists(ERASURE, RECORD_ID.eq(record.value()));
    }

    private Optional<Erasure> find(Tx tx, RecordId id) {
        return tx.dsl()
                .select(ID, OBJECT, RECORD_ID, AT, BY_PERSON, REASON, COUNTS)
                .from(ERASURE)
                .where(ID.eq(id.value()))
                .fetchOptional(Erasures::erasure);
    }

    /**
     * The newest erasures.
     *
     * @param identifier an e-mail address or phone number: only erasures of people who had it; null for all
     */
    public List<Erasure> newest(Actor actor, @Nullable String identifier, int limit) {
        access.requireFunction(actor, "privacy");
        var marks = identifier == null ? null : marks(actor, identifier);
        return database.read(tx -> tx.dsl()
                .select(ID, OBJECT, RECORD_ID, AT, BY_PERSON, REASON, COUNTS)
                .from(ERASURE)
                .where(marks == null ? noCondition() : arrayOverlap(MARKS, val(marks, MARKS)))
                .orderBy(AT.desc(), ID.desc())
                .limit(limit)
                .fetch(Erasures::erasure));
    }

    /** The marks of what somebody wrote, however they wrote it. */
    private String[] marks(Actor actor, String identifier) {
        var forms = new HashSet<String>();
        forms.add(identifier.strip());
        forms.add(identifier.strip().toLowerCase(Locale.ROOT));
        try {
            forms.add(TextTypes.Email.address(identifier));
        } catch (InvalidValue e) {
            // no e-mail address
        }
        try {
            forms.add(new TextTypes.Phone().parse(identifier, subjects.context(actor)));
        } catch (InvalidValue e) {
            // no phone number
        }
        return forms.stream().map(this::mark).toArray(String[]::new);
    }

    private static Erasure erasure(Record row) {
        return new Erasure(
                new RecordId(row.get(ID)),
                row.get(OBJECT),
                new RecordId(row.get(RECORD_ID)),
                row.get(AT),
                new RecordId(row.get(BY_PERSON)),
                row.get(REASON),
                Json.stored(row.get(COUNTS).data()));
    }

    /** An erasure as it is shown. */
    public static ObjectNode json(Erasure erasure) {
        var node = Json.object()
                .put("id", erasure.id().toString())
                .put("object", erasure.object())
                .put("record", erasure.record().toString())
                .put("at", erasure.at().toString())
                .put("by", erasure.by().toString())
                .put("reason", erasure.reason());
        node.set("counts", erasure.counts());
        return node;
    }

    /** Entries of the file that the database knows nothing of: it was restored from before them. */
    private List<ErasureLog.Entry> forgotten() {
        var entries = new ArrayList<>(file.read());
        if (entries.isEmpty()) return entries;
        var known = database.read(tx -> tx.dsl()
                .select(ID)
                .from(ERASURE)
                .where(ID.eq(
                        any(entries.stream().map(entry -> entry.id().value()).toArray(UUID[]::new))))
                .fetchSet(ID));
        entries.removeIf(entry -> known.contains(entry.id().value()));
        return entries;
    }

    /** Notes erasures after which the server was killed before they were in the file. */
    void noteMissing() {
        var noted = new HashSet<RecordId>();
        for (var entry : file.read()) noted.add(entry.id());
        var all = database.read(tx -> tx.dsl()
                .select(ID, OBJECT, RECORD_ID, AT, BY_PERSON, REASON, COUNTS)
                .from(ERASURE)
                .fetch(Erasures::erasure));
        for (var erasure : all) {
            if (noted.contains(erasure.id())) continue;
            var destroyed = new HashSet<String>();
            for (var count : erasure.counts().properties())
                if (count.getValue().has("destroyed")) destroyed.add(count.getKey());
            file.add(new ErasureLog.Entry(
                    erasure.id(), erasure.object(), erasure.record(), erasure.reason(), destroyed));
        }
    }

    /** Erases again whom a restored backup brought back. */
    void eraseAgain(Actor actor) {
        for (var entry : forgotten()) {
            try {
                erase(actor, entry);
                log.info("Erased again after a restore: {} {}", entry.object(), entry.record());
            } catch (Refusal notThere) {
                log.debug("Not there to be erased again: {} {}", entry.object(), entry.record());
            }
        }
    }

    /** Looks whether the database was restored from before an erasure. */
    @Component
    static class AfterRestore implements Recurring {
        private final ObjectProvider<Erasures> erasures;
        private final Users users;
        private long seen = -1;

        AfterRestore(ObjectProvider<Erasures> erasures, Users users) {
            this.erasures = erasures;
            this.users = users;
        }

        @Override
        public String name() {
            return "erasures-after-restore";
        }

        @Override
        public Duration every() {
            return Duration.ofMinutes(1);
        }

        @Override
        public void run() {
            var all = erasures.getObject();
            long size = all.file.size();
            if (size == seen) return;
            users.anyAdministrator().ifPresent(actor -> {
                if (seen < 0) all.noteMissing();
                all.eraseAgain(actor);
                seen = size;
            });
        }
    }
}
