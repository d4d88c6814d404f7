package dev.rapport.record;

import static org.jooq.impl.DSL.trueCondition;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.audit.Audit;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.spi.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/**
 * The gate that every write passes: whether the actor may do this with these very records. That the records may be seen was
 * decided when they were read.
 */
@Component
class Permits {
    /** Codes of violations that are answered with 403. */
    static final Set<String> CODES = Set.of("not-yours-to-update", "not-yours-to-delete", "transfer");

    private final Access access;
    private final Catalogue catalogue;
    private final RecordStore store;
    private final Audit audit;

    Permits(Access access, Catalogue catalogue, RecordStore store, Audit audit) {
        this.audit = audit;
        this.access = access;
        this.catalogue = catalogue;
        this.store = store;
    }

    /** @param operation what updates need: {@link Operation#UPDATE}, or what the act is that changes the records */
    void require(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes, Operation operation) {
        within(tx, actor, object, changes, operation, Set.of(Change.Kind.UPDATE));
        within(tx, actor, object, changes, Operation.DELETE, Set.of(Change.Kind.DELETE, Change.Kind.RESTORE));
        if (object.sharing().mode() == Sharing.Mode.CONTROLLED) underParents(tx, actor, object, changes);
        if (operation == Operation.UPDATE) transfers(actor, object, changes);
        activeOwners(tx, object, changes);
    }

    /** Records are not given to people who cannot look after them. */
    private void activeOwners(Tx tx, ObjectDef object, List<PendingChange> changes) {
        var given = new LinkedHashMap<UUID, List<PendingChange>>();
        for (var change : changes) {
            var owner = change.after(SystemFields.OWNER);
            if (change.kind() == Change.Kind.UPDATE && owner != null && change.touches(SystemFields.OWNER))
                given.computeIfAbsent(owner.value(), k -> new ArrayList<>()).add(change);
        }
        if (given.isEmpty()) return;
        var active = store.activeUsers(tx, given.keySet());
        given.forEach((owner, concerned) -> {
            if (!active.contains(owner))
                concerned.forEach(change -> change.refuse(Violation.of("owner", "owner-inactive")));
        });
    }

    private void within(
            Tx tx,
            Actor actor,
            ObjectDef object,
            List<PendingChange> changes,
            Operation operation,
            Set<Change.Kind> kinds) {
        var concerned =
                changes.stream().filter(change -> kinds.contains(change.kind())).toList();
        if (concerned.isEmpty()) return;
        var permitted = permitted(
                tx,
                actor,
                object,
                concerned.stream().map(change -> change.id().value()).toList(),
                operation);
        for (var change : concerned)
            if (!permitted.contains(change.id().value()))
                change.refuse(
                        Violation.of("", "not-yours-to-" + (operation == Operation.DELETE ? "delete" : "update")));
    }

    /** Which of these records, deleted ones too, the actor may do it with. */
    Set<UUID> permitted(Tx tx, Actor actor, ObjectDef object, List<UUID> ids, Operation operation) {
        var scope = access.rows(actor, operation);
        var table = DSL.table(DSL.name(object.table())).as(DSL.name("r"));
        if (scope.visible(object, table).equals(trueCondition())) return new HashSet<>(ids);
        return store.within(tx, object, ids, scope);
    }

    /** What belongs to a record may be added by whoever may change that record. */
    private void underParents(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes) {
        for (var parent : object.sharing().parents()) {
            var lookup = object.require(parent);
            int index = object.indexOf(lookup);
            var target = catalogue.require(((LinkTypes.Lookup) lookup.type()).target());
            var byParent = new LinkedHashMap<UUID, List<PendingChange>>();
            for (var change : changes) {
                var before = change.before();
                boolean links = before == null || !change.after().sameAt(index, before);
                if (links && change.after().at(index) instanceof RecordId id)
                    byParent.computeIfAbsent(id.value(), k -> new ArrayList<>()).add(change);
            }
            if (byParent.isEmpty()) continue;
            var visible = store.existing(tx, target, byParent.keySet(), access.rows(actor));
            var permitted = permitted(tx, actor, target, List.copyOf(byParent.keySet()), Operation.UPDATE);
            byParent.forEach((id, concerned) -> {
                // a parent that may not be seen is told as any other that is not there
                if (visible.contains(id) && !permitted.contains(id))
                    concerned.forEach(change -> change.refuse(Violation.of(parent, "not-yours-to-update")));
            });
        }
    }

    /** Rights follow from such records: their changes are written down, by the names of the fields. */
    void audit(Tx tx, Actor actor, ObjectDef object, List<PendingChange> done) {
        for (var change : done) {
            var fields = change.touched().stream()
                    .map(index -> object.fields().get(index))
                    .filter(field -> field.isWritable())
                    .map(field -> field.name())
                    .toList();
            var kind = change.kind().name().toLowerCase(Locale.ROOT);
            audit.write(
                    tx,
                    Audit.Event.of(actor, "organisation." + kind)
                            .on(object.name(), change.id())
                            .with("fields", String.join(", ", fields)));
        }
    }

    private void transfers(Actor actor, ObjectDef object, List<PendingChange> changes) {
        if (access.allows(actor, Operation.TRANSFER, object)) return;
        for (var change : changes)
            if (change.kind() == Change.Kind.UPDATE && change.touches(SystemFields.OWNER))
                change.refuse(Violation.of("owner", "transfer"));
    }
}
