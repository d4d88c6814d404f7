package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.ObjectDef;
import java.util.List;
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

    /** Records in the recycle bin count too. */
    public boolean sees(Actor actor, ObjectDef object, RecordId id) {
        if (access.seesAll(actor, object)) return true;
        return !database.read(tx -> store.within(tx, object, List.of(id.value()), access.rows(actor)))
                .isEmpty();
    }
}
