package dev.rapport.record;

import dev.rapport.database.Tx;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Field;
import dev.rapport.query.RowScope;
import dev.rapport.record.spi.Lookups;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads looked-up records once per transaction, in the actor's sight. */
final class CachedLookups implements Lookups {
    private final Tx tx;
    private final Catalogue catalogue;
    private final RecordStore store;
    private final RowScope scope;
    private final Map<RecordId, Optional<StoredRecord>> known = new HashMap<>();

    CachedLookups(Tx tx, Catalogue catalogue, RecordStore store, RowScope scope) {
        this.tx = tx;
        this.catalogue = catalogue;
        this.store = store;
        this.scope = scope;
    }

    @Override
    public <T> @Nullable T value(String object, RecordId id, Field<T> field) {
        var record = known.computeIfAbsent(
                id,
                k -> Optional.ofNullable(store.load(tx, catalogue.require(object), List.of(id), scope, false)
                        .get(id)));
        return record.isEmpty() || record.get().deleted()
                ? null
                : record.get().values().get(field);
    }
}
