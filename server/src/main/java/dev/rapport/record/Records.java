package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.database.Database;
import dev.rapport.database.SqlState;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ReadContext;
import dev.rapport.metadata.Trait;
import dev.rapport.query.FieldPath;
import dev.rapport.query.ListReader;
import dev.rapport.query.RecordQuery;
import dev.rapport.query.RowPage;
import dev.rapport.record.spi.Change;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The only way to touch a record. Every method takes the actor on whose behalf it acts. */
@Component
public class Records {
    private final Database database;
    private final Access access;
    private final RecordWriter writer;
    private final RecordStore store;
    private final ListReader lists;
    private final Settings settings;

    Records(Database database, Access access, RecordWriter writer, RecordStore store, ReadSide read) {
        this.database = database;
        this.access = access;
        this.writer = writer;
        this.store = store;
        this.lists = read.lists();
        this.settings = read.settings();
    }

    /** What reading needs. */
    @Component
    record ReadSide(ListReader lists, Settings settings) {}

    /** How values are read for {@code actor}. */
    public ReadContext context(Actor actor) {
        return new ReadContext(settings.region(), Currency.getInstance(settings.currency()), actor.zone());
    }

    /** One page of the records that the query asks for and the actor may see. */
    public RowPage find(Actor actor, RecordQuery query) {
        access.require(actor, Operation.READ, query.object());
        return database.read(tx -> lists.read(tx, query, access.rows(actor)));
    }

    /** The record with this id as a page of one, or of none where the actor may not see it. */
    RowPage one(Actor actor, ObjectDef object, List<FieldPath> fields, RecordId id) {
        access.require(actor, Operation.READ, object);
        return database.read(tx -> lists.one(tx, object, fields, id, access.rows(actor)));
    }

    /** @throws Refusal 422 with every violation, 409 if a unique value is taken */
    public RecordId create(Actor actor, ObjectView object, JsonNode body) {
        var definition = object.definition();
        access.require(actor, Operation.CREATE, definition);
        var violations = new ArrayList<Violation>();
        var patch = reader(actor).read(object, body, Set.of(), violations);
        return transact(tx -> {
            var change = PendingChange.create(definition, patch);
            violations.forEach(change::refuse);
            writer.write(tx, actor, definition, List.of(change), null);
            refuse(change);
            return change.id();
        });
    }

    /** What would speak against creating a record of {@code body}; nothing is written. Empty if nothing would. */
    public List<Violation> check(Actor actor, ObjectView object, JsonNode body) {
        var definition = object.definition();
        access.require(actor, Operation.CREATE, definition);
        var violations = new ArrayList<Violation>();
        var patch = reader(actor).read(object, body, Set.of(), violations);
        return database.transact(tx -> {
            var change = PendingChange.create(definition, patch);
            violations.forEach(change::refuse);
            writer.check(tx, actor, definition, List.of(change));
            return List.copyOf(change.violations());
        });
    }

    /**
     * Changes the fields that {@code body} names and returns the record's new version.
     *
     * @throws Refusal 404 if the record is not there for the actor, 412 if it has another version than {@code expected}
     */
    public int update(Actor actor, ObjectView object, RecordId id, int expected, JsonNode body) {
        var definition = object.definition();
        access.require(actor, Operation.UPDATE, definition);
        var violations = new ArrayList<Violation>();
        var patch = reader(actor).read(object, body, Set.of(), violations);
        return transact(tx -> {
            var stored = require(tx, actor, definition, id, false);
            requireVersion(stored, expected);
            var change = PendingChange.update(stored, patch);
            violations.forEach(change::refuse);
            writer.write(tx, actor, definition, List.of(change), null);
            refuse(change);
            return change.touched().isEmpty() ? stored.version() : change.newVersion();
        });
    }

    /** Puts a record into the recycle bin. */
    public void delete(Actor actor, ObjectDef object, RecordId id, int expected) {
        access.require(actor, Operation.DELETE, object);
        database.run(tx -> {
            var stored = require(tx, actor, object, id, false);
            requireVersion(stored, expected);
            var change = PendingChange.of(Change.Kind.DELETE, stored);
            writer.write(tx, actor, object, List.of(change), null);
            refuse(change);
        });
    }

    /** Takes a record out of the recycle bin and returns its new version. @throws Refusal 409 if a unique value is taken by now */
    public int restore(Actor actor, ObjectDef object, RecordId id) {
        access.require(actor, Operation.DELETE, object);
        return transact(tx -> {
            var stored = require(tx, actor, object, id, true);
            var change = PendingChange.of(Change.Kind.RESTORE, stored);
            writer.write(tx, actor, object, List.of(change), null);
            refuse(change);
            return change.newVersion();
        });
    }

    /** What an upsert did. */
    public record Upserted(RecordId id, boolean created) {}

    /** Updates the one record whose unique field has this value, or creates it with the value. */
    public Upserted upsert(Actor actor, ObjectView object, String fieldName, String key, JsonNode body) {
        var definition = object.definition();
        var field =
                object.readable(fieldName).orElseThrow(() -> Refusal.invalid(Violation.of(fieldName, "unknown-field")));
        if (!field.is(Trait.UNIQUE)) throw Refusal.invalid(Violation.of(fieldName, "not-unique"));
        var violations = new ArrayList<Violation>();
        var patch = reader(actor).read(object, body, Set.of(), violations);
        var value = parse(actor, field, key, violations);
        if (!violations.isEmpty()) throw Refusal.invalid(violations);
        return transact(tx -> upsert(tx, actor, definition, field, value, patch));
    }

    private Upserted upsert(Tx tx, Actor actor, ObjectDef object, Field<?> field, Object value, Patch patch) {
        var found = store.byKey(tx, object, field, List.of(String.valueOf(value)), access.rows(actor))
                .getOrDefault(String.valueOf(value), List.of());
        if (found.isEmpty()) {
            access.require(actor, Operation.CREATE, object);
            var values = new java.util.HashMap<Field<?>, @Nullable Object>(patch.values());
            values.putIfAbsent(field, value);
            var change = PendingChange.create(object, new Patch(values));
            writer.write(tx, actor, object, List.of(change), null);
            refuse(change);
            return new Upserted(change.id(), true);
        }
        access.require(actor, Operation.UPDATE, object);
        var stored = require(tx, actor, object, new RecordId(found.getFirst()), false);
        var change = PendingChange.update(stored, patch);
        writer.write(tx, actor, object, List.of(change), null);
        refuse(change);
        return new Upserted(change.id(), false);
    }

    private <T> Object parse(Actor actor, Field<T> field, String key, List<Violation> violations) {
        try {
            return java.util.Objects.requireNonNull(field.type().parse(key, context(actor)));
        } catch (dev.rapport.metadata.InvalidValue e) {
            violations.add(e.violation().under(field.name()));
            return key;
        }
    }

    private DraftReader reader(Actor actor) {
        return new DraftReader(access.catalogue(actor), context(actor));
    }

    private StoredRecord require(Tx tx, Actor actor, ObjectDef object, RecordId id, boolean deleted) {
        var stored =
                store.load(tx, object, List.of(id), access.rows(actor), true).get(id);
        if (stored == null || stored.deleted() != deleted) throw Refusal.notFound();
        return stored;
    }

    private static void requireVersion(StoredRecord stored, int expected) {
        if (stored.version() != expected)
            throw Refusal.of(Refusal.Kind.STALE, "stale", Map.of("version", stored.version()));
    }

    /** @throws Refusal for the violations of {@code change}, if it has any */
    static void refuse(PendingChange change) {
        if (change.isValid()) return;
        if (change.violations().stream().anyMatch(v -> Permits.CODES.contains(v.code())))
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "not-permitted", change.violations());
        boolean duplicate = change.violations().stream().allMatch(v -> v.code().equals("duplicate"));
        if (duplicate) throw Refusal.of(Refusal.Kind.CONFLICT, "duplicate", change.violations());
        throw Refusal.invalid(change.violations());
    }

    /** A unique value taken between the check and the write is found by the index: once more, and then it is seen. */
    <T> T transact(Function<Tx, T> work) {
        return guarded(() -> guarded(() -> database.transact(work), true), false);
    }

    /** The same for work that may take up to {@code limit}. */
    <T> T transactLong(java.time.Duration limit, Function<Tx, T> work) {
        return guarded(() -> guarded(() -> database.transactLong(limit, work), true), false);
    }

    private <T> T guarded(Supplier<T> work, boolean again) {
        try {
            return work.get();
        } catch (Refusal refusal) {
            throw refusal;
        } catch (RuntimeException e) {
            if (!SqlState.of(e).equals(SqlState.UNIQUE_VIOLATION)) throw e;
            if (again) return work.get();
            throw Refusal.of(Refusal.Kind.CONFLICT, "duplicate");
        }
    }
}
