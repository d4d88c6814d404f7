package dev.rapport.record;

import dev.rapport.database.Tx;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.record.spi.Change;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lookups whose target must agree with the record in another lookup, as a stage must be one of the record's pipeline. */
@Component
class LinkedWithin {
    private final RecordStore store;
    private final Catalogue catalogue;

    LinkedWithin(RecordStore store, Catalogue catalogue) {
        this.store = store;
        this.catalogue = catalogue;
    }

    /** Chooses among records of one name. @param via the lookup they must agree in; null where it does not matter */
    record Narrowing(
            Tx tx,
            RecordStore store,
            ObjectDef target,
            @Nullable String via) {
        /** Those of {@code ids} that agree with {@code parent}; all of them where that leaves none or is not asked. */
        List<UUID> narrow(List<UUID> ids, @Nullable Object parent) {
            if (via == null || parent == null || ids.size() < 2) return ids;
            var records = store.loadForComparing(tx, target, ids);
            var left = ids.stream()
                    .filter(id -> Objects.equals(
                            Objects.requireNonNull(records.get(new RecordId(id)))
                                    .values()
                                    .byName(via),
                            parent))
                    .toList();
            return left.isEmpty() ? ids : left;
        }
    }

    Narrowing narrowing(Tx tx, ObjectDef target, LinkTypes.Lookup lookup) {
        return narrowing(tx, target, lookup.within());
    }

    Narrowing narrowing(Tx tx, ObjectDef target, @Nullable String via) {
        return new Narrowing(tx, store, target, via);
    }

    /** Refuses changes that link to a record of another parent. */
    void require(Tx tx, ObjectDef object, List<PendingChange> changes) {
        for (int i = 0; i < object.fields().size(); i++)
            if (object.fields().get(i).type() instanceof LinkTypes.Lookup lookup && lookup.within() != null)
                require(tx, object, i, lookup, changes);
    }

    private void require(Tx tx, ObjectDef object, int index, LinkTypes.Lookup lookup, List<PendingChange> changes) {
        var via = Objects.requireNonNull(lookup.within());
        var parent = object.require(via);
        var asked = changes.stream()
                .filter(change -> change.isValid() && change.kind() != Change.Kind.DELETE)
                .filter(change -> change.touches(object.fields().get(index)) || change.touches(parent))
                .filter(change -> change.after().at(index) instanceof RecordId id && id != RecordImporter.PLANNED)
                .toList();
        var ids = new HashSet<UUID>();
        for (var change : asked)
            ids.add(((RecordId) Objects.requireNonNull(change.after().at(index))).value());
        if (ids.isEmpty()) return;
        var linked = store.loadForComparing(tx, catalogue.require(lookup.target()), ids);
        for (var change : asked) {
            var record = linked.get((RecordId) change.after().at(index));
            var wanted = change.after().get(parent);
            boolean agrees = record == null || Objects.equals(record.values().byName(via), wanted);
            if (!agrees && wanted != RecordImporter.PLANNED)
                change.refuse(Violation.of(object.fields().get(index).name(), "lookup-within", "field", via));
        }
    }
}
