package dev.rapport.record;

import dev.rapport.database.Tx;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.query.RowScope;
import dev.rapport.record.spi.Lookups;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads looked-up records in the actor's sight: the first question about an object reads all records of it that the
 * batch links to, in one query.
 */
final class CachedLookups implements Lookups {
    private final Tx tx;
    private final Catalogue catalogue;
    private final RecordStore store;
    private final RowScope scope;
    private final List<PendingChange> batch;
    private final Map<RecordId, Optional<StoredRecord>> known = new HashMap<>();

    CachedLookups(Tx tx, Catalogue catalogue, RecordStore store, RowScope scope, List<PendingChange> batch) {
        this.tx = tx;
        this.catalogue = catalogue;
        this.store = store;
        this.scope = scope;
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
        var found = store.load(tx, catalogue.require(object), ids, scope, false);
        ids.forEach(id -> known.put(id, Optional.ofNullable(found.get(id))));
    }
}
