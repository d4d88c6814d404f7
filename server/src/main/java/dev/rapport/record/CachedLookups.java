package dev.rapport.record;

import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.query.RowScope;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads looked-up records in the actor's sight: the first question about an object reads all records of it that the
 * batch links to, in one query.
 */
final class CachedLookups implements Lookups {
    private final Tx tx;
    private final RecordWriter.Collaborators collaborators;
    private final RecordStore store;
    private final Actor actor;
    private final RowScope scope;
    private final List<PendingChange> batch;
    private final Map<RecordId, Optional<StoredRecord>> known = new HashMap<>();
    private final Map<Question, List<Found>> answers = new HashMap<>();
    private final Map<Object, Object> memory = new HashMap<>();

    private record Question(String object, String field, Object value) {}

    private record FoundRecord(StoredRecord stored) implements Found {
        @Override
        public RecordId id() {
            return stored.id();
        }

        @Override
        public <T> @Nullable T value(Field<T> field) {
            return stored.values().get(field);
        }
    }

    CachedLookups(
            Tx tx,
            RecordWriter.Collaborators collaborators,
            RecordStore store,
            Actor actor,
            List<PendingChange> batch) {
        this.actor = actor;
        this.tx = tx;
        this.collaborators = collaborators;
        this.store = store;
        this.scope = collaborators.access().rows(actor);
        this.batch = batch;
    }

    @Override
    public <T> @Nullable T value(String object, RecordId id, Field<T> field) {
        if (!known.containsKey(id)) read(object, id);
        var record = known.getOrDefault(id, Optional.empty());
        return record.isEmpty() || record.get().deleted()
                ? null
                : record.get().values().get(field);
    }

    @Override
    public <T> List<Found> find(String object, Field<T> field, T value) {
        return answers.computeIfAbsent(
                new Question(object, field.name(), value),
                question -> store.live(tx, collaborators.catalogue().require(object), field, value, scope).stream()
                        .map(FoundRecord::new)
                        .map(Found.class::cast)
                        .toList());
    }

    @Override
    public Tally tally(String object, Map<Field<?>, Object> values) {
        return store.tally(tx, collaborators.catalogue().require(object), values);
    }

    @Override
    public boolean holds(String condition, Change change) {
        return collaborators.conditions().hold(tx, actor, condition, (PendingChange) change);
    }

    @Override
    public Optional<Violation> fault(String object, String condition) {
        return collaborators.conditions().fault(object, condition);
    }

    @Override
    public Optional<Found> lock(String object, RecordId id) {
        var record = store.load(tx, collaborators.catalogue().require(object), List.of(id), scope, true)
                .get(id);
        return Optional.ofNullable(record).filter(found -> !found.deleted()).map(FoundRecord::new);
    }

    @Override
    public <T> T memory(Object key, Class<T> type, Supplier<T> first) {
        return Objects.requireNonNull(type.cast(memory.computeIfAbsent(key, k -> first.get())));
    }

    private void read(String object, RecordId asked) {
        var ids = new HashSet<RecordId>();
        ids.add(asked);
        for (var change : batch) {
            var fields = change.object().fields();
            for (int i = 0; i < fields.size(); i++)
                if (fields.get(i).type() instanceof LinkTypes.Lookup lookup
                        && lookup.target().equals(object)
                        && change.after().at(i) instanceof RecordId id) ids.add(id);
        }
        var found = store.load(tx, collaborators.catalogue().require(object), ids, scope, false);
        new ArrayList<>(ids).forEach(id -> known.put(id, Optional.ofNullable(found.get(id))));
    }
}
