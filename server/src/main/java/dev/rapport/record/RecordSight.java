package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whether somebody sees a record, for whoever is about to tell them of it. */
@Component
public class RecordSight {
    private final Access access;
    private final Database database;
    private final RecordStore store;

    RecordSight(Access access, Database database, RecordStore store) {
        this.access = access;
        this.database = database;
        this.store = store;
    }

    /** The object with the fields that the actor may read of this very record. */
    ObjectView inRecord(Actor actor, ObjectView object, RecordId id) {
        var pool = object.definition().field("pool").orElse(null);
        if (pool == null || !object.hidesInSome()) return object;
        var stored = database.read(tx -> store.load(tx, object.definition(), List.of(id), access.rows(actor), false))
                .get(id);
        return stored == null ? object : inRecord(actor, object, stored);
    }

    ObjectView inRecord(Actor actor, ObjectView object, StoredRecord stored) {
        var pool = object.definition().field("pool").orElse(null);
        if (pool == null || !(stored.values().get(pool) instanceof RecordId in)) return object;
        var hidden = access.maskedIn(actor, object.definition(), in.value());
        return hidden.isEmpty() ? object : new Without(object, hidden);
    }

    /** An object less some fields. */
    private record Without(ObjectView whole, Set<String> hidden) implements ObjectView {
        @Override
        public ObjectDef definition() {
            return whole.definition();
        }

        @Override
        public Optional<Field<?>> readable(String fieldName) {
            return hidden.contains(fieldName) ? Optional.empty() : whole.readable(fieldName);
        }

        @Override
        public Optional<Field<?>> shown(String fieldName) {
            return hidden.contains(fieldName) ? Optional.empty() : whole.shown(fieldName);
        }

        @Override
        public boolean canWrite(Field<?> field) {
            return whole.canWrite(field);
        }
    }

    /** Records in the recycle bin count too. */
    public boolean sees(Actor actor, ObjectDef object, RecordId id) {
        if (access.seesAll(actor, object)) return true;
        return !database.read(tx -> store.within(tx, object, List.of(id.value()), access.rows(actor)))
                .isEmpty();
    }
}
