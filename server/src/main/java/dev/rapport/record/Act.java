package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Field;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One act of the business that changes several records, such as converting a lead: all of it happens or nothing, under
 * the actor's rights, as one batch that can be undone. Begun by {@link Acts}.
 */
public final class Act {
    private final Tx tx;
    private final Actor actor;
    private final @Nullable RecordId batch;
    private final Parts parts;
    private final Intent intent;

    /** Whether an act changes records or only looks at them, and so leaves them free to others. */
    enum Intent {
        READ,
        CHANGE
    }

    /** What an act works with. */
    record Parts(
            Access access,
            Catalogue catalogue,
            RecordStore store,
            RecordWriter writer,
            Records records,
            RecordSight sight) {}

    Act(Tx tx, Actor actor, @Nullable RecordId batch, Parts parts, Intent intent) {
        this.intent = intent;
        this.tx = tx;
        this.actor = actor;
        this.batch = batch;
        this.parts = parts;
    }

    /**
     * A record as it was when the act read it. An act that only looks, and so shows what it finds, sees what its actor
     * may read; one that changes records works with all their values, as rules do.
     */
    public static final class Item {
        private final StoredRecord stored;
        private final Predicate<Field<?>> seen;

        Item(StoredRecord stored, Predicate<Field<?>> seen) {
            this.stored = stored;
            this.seen = seen;
        }

        public RecordId id() {
            return stored.id();
        }

        public int version() {
            return stored.version();
        }

        /** The value; null of none, and of one that is not the actor's to read. */
        public <T> @Nullable T get(Field<T> field) {
            return seen.test(field) ? stored.values().get(field) : null;
        }

        /** Whether the hash of a secret is the stored one, which this does not tell; it takes as long if it is not. */
        public boolean proves(Field<String> field, String hash) {
            var kept = stored.values().get(field);
            return kept != null
                    && MessageDigest.isEqual(
                            kept.getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
        }
    }

    public RecordId batch() {
        return Objects.requireNonNull(batch, "An act without a batch");
    }

    public Actor actor() {
        return actor;
    }

    /**
     * The record, kept from being changed by others until the act is over.
     *
     * @throws Refusal 404 if the actor may not see it
     */
    public Item require(String object, RecordId id) {
        return find(object, id).orElseThrow(Refusal::notFound);
    }

    /** The same; empty if it is not there for the actor. */
    public java.util.Optional<Item> find(String object, RecordId id) {
        var definition = parts.access.object(actor, object).definition();
        var stored = parts.store
                .load(tx, definition, List.of(id), parts.access.rows(actor), intent == Intent.CHANGE)
                .get(id);
        return java.util.Optional.ofNullable(stored)
                .filter(record -> !record.deleted())
                .map(record -> item(object, record));
    }

    /**
     * For acts that cannot do with a part of what they look at: figures would be wrong, or a paper incomplete.
     *
     * @throws Refusal 404 if the actor may not read one of the fields, as if it did not exist
     */
    public void needs(String object, Field<?>... fields) {
        var view = parts.access.object(actor, object);
        for (var field : fields) if (view.readable(field.name()).isEmpty()) throw Refusal.notFound();
    }

    /** Whether the act may tell records apart by this field: what is hidden does not show in who is found, either. */
    private boolean mayFindBy(String object, Field<?> field) {
        return intent == Intent.CHANGE
                || parts.access.object(actor, object).readable(field.name()).isPresent();
    }

    private Item item(String object, StoredRecord record) {
        if (intent == Intent.CHANGE) return new Item(record, field -> true);
        var view = parts.sight.inRecord(actor, parts.access.object(actor, object), record);
        return new Item(record, field -> view.readable(field.name()).isPresent());
    }

    /** The live records whose {@code field} has this value, at most a thousand, the oldest first. */
    public <T> List<Item> where(String object, Field<T> field, T value) {
        var definition = parts.access.object(actor, object).definition();
        if (!mayFindBy(object, field)) return List.of();
        return parts.store.live(tx, definition, field, value, parts.access.rows(actor)).stream()
                .map(record -> item(object, record))
                .toList();
    }

    /** The live records whose {@code field} is at least this value, at most a thousand, the oldest first. */
    public <T> List<Item> since(String object, Field<T> field, T value) {
        var definition = parts.access.object(actor, object).definition();
        if (!mayFindBy(object, field)) return List.of();
        return parts.store.since(tx, definition, field, value, parts.access.rows(actor)).stream()
                .map(record -> item(object, record))
                .toList();
    }

    /**
     * Reads what a person wrote about a record of {@code object}, as {@code POST /api/records/{object}} takes it.
     *
     * @throws Refusal 422 with everything that is wrong, each field named {@code object.field}
     */
    public Map<Field<?>, @Nullable Object> draft(String object, JsonNode body) {
        var violations = new ArrayList<Violation>();
        var reader = new DraftReader(parts.access.catalogue(actor), parts.records.context(actor));
        var patch = reader.read(parts.access.object(actor, object), body, Set.of(), violations);
        if (!violations.isEmpty())
            throw Refusal.invalid(violations.stream().map(v -> v.under(object)).toList());
        return new HashMap<>(patch.values());
    }

    /** The values as the API writes them, leaving out what the actor may not read. */
    public ObjectNode json(String object, Map<Field<?>, @Nullable Object> values) {
        var view = parts.access.object(actor, object);
        return (ObjectNode) Json.parse(Json.write(out -> {
            out.writeStartObject();
            values.forEach((field, value) -> {
                if (value != null && view.readable(field.name()).isPresent()) write(out, field, value);
            });
            out.writeEndObject();
        }));
    }

    @SuppressWarnings("unchecked")
    private static <T> void write(JsonGenerator out, Field<T> field, Object value) {
        out.writeName(field.name());
        field.type().write(out, (T) value);
    }

    /** All fields of {@code object}. */
    public List<Field<?>> fields(String object) {
        return parts.catalogue.require(object).fields();
    }

    /** @throws Refusal 403 if the actor may not, 422 or 409 with what speaks against it, each field named {@code object.field} */
    public RecordId create(String object, Map<Field<?>, @Nullable Object> values) {
        return createAll(object, List.of(values)).getFirst();
    }

    /** The same for many records of one object at once. */
    public List<RecordId> createAll(String object, List<Map<Field<?>, @Nullable Object>> drafts) {
        var definition = parts.catalogue.require(object);
        parts.access.require(actor, Operation.CREATE, definition);
        var changes = drafts.stream()
                .map(values -> PendingChange.create(definition, new Patch(values)))
                .toList();
        write(object, changes);
        return changes.stream().map(PendingChange::id).toList();
    }

    /** @throws Refusal as {@link #create} */
    public void update(String object, Item item, Map<Field<?>, @Nullable Object> values) {
        parts.access.require(actor, Operation.UPDATE, parts.catalogue.require(object));
        write(object, List.of(PendingChange.update(current(object, item.id()), new Patch(values))));
    }

    /**
     * Lets a record pass into a public pool or out of it: for this one must see it, and whoever calls has decided that it may.
     *
     * @throws Refusal 403 if the actor's roles do not let them claim, else as {@link #create}
     */
    public void pass(String object, Item item, Map<Field<?>, @Nullable Object> values) {
        parts.access.require(actor, Operation.CLAIM, parts.catalogue.require(object));
        var changes = List.of(PendingChange.update(current(object, item.id()), new Patch(values)));
        parts.writer.write(tx, actor, parts.catalogue.require(object), changes, batch, Operation.CLAIM);
        refuse(object, changes);
    }

    /** How many live records have these values: all of them, for the product's own rules. */
    public Lookups.Tally tally(String object, Map<Field<?>, Object> values) {
        return parts.store.tally(tx, parts.catalogue.require(object), values);
    }

    /** The transaction that the act runs in, for what else belongs to it. */
    public Tx tx() {
        return tx;
    }

    /**
     * Has the rules and computed fields of {@code object} look at these records again, where something they read changed.
     *
     * @throws Refusal as {@link #create}
     */
    public void review(String object, Collection<RecordId> ids) {
        var definition = parts.catalogue.require(object);
        parts.access.require(actor, Operation.UPDATE, definition);
        var found = parts.store.load(tx, definition, ids, parts.access.rows(actor), true);
        write(
                object,
                found.values().stream()
                        .map(record -> PendingChange.update(record, new Patch(Map.of())))
                        .toList());
    }

    /** @throws Refusal as {@link #create} */
    public void delete(String object, Item item) {
        parts.access.require(actor, Operation.DELETE, parts.catalogue.require(object));
        write(object, List.of(PendingChange.of(Change.Kind.DELETE, current(object, item.id()))));
    }

    /** As this act itself may have changed it. */
    private StoredRecord current(String object, RecordId id) {
        var definition = parts.catalogue.require(object);
        return Objects.requireNonNull(parts.store
                .load(tx, definition, List.of(id), parts.access.rows(actor), true)
                .get(id));
    }

    private void write(String object, List<PendingChange> changes) {
        parts.writer.write(tx, actor, parts.catalogue.require(object), changes, batch);
        refuse(object, changes);
    }

    private static void refuse(String object, List<PendingChange> changes) {
        var violations = new ArrayList<Violation>();
        for (var change : changes) change.violations().forEach(v -> violations.add(v.under(object)));
        if (violations.isEmpty()) return;
        if (violations.stream().anyMatch(v -> Permits.CODES.contains(v.code())))
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "not-permitted", violations);
        boolean duplicate = violations.stream().allMatch(v -> v.code().equals("duplicate"));
        throw duplicate ? Refusal.of(Refusal.Kind.CONFLICT, "duplicate", violations) : Refusal.invalid(violations);
    }
}
