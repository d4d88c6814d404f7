package dev.rapport.record;

import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.job.Jobs;
import dev.rapport.kernel.Actor;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.record.spi.Change;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps what is computed true: formulas of a record in the write itself, then roll-ups over it and formulas elsewhere
 * that read it, in the same transaction. Where more than a thousand records follow, a job brings them up to date.
 */
@Component
class ComputedFields {
    /** So many records follow inside the transaction of the change. */
    private static final int AT_ONCE = 1_000;

    private final Catalogue catalogue;
    private final RecordStore store;
    private final Jobs jobs;
    private final RecordEvents events;
    private final Clock clock;
    private volatile State state;

    private record State(long version, CompiledFields fields) {}

    ComputedFields(Catalogue catalogue, RecordStore store, Jobs jobs, RecordEvents events, Clock clock) {
        this.catalogue = catalogue;
        this.store = store;
        this.jobs = jobs;
        this.events = events;
        this.clock = clock;
        this.state = new State(catalogue.version(), CompiledFields.of(catalogue));
    }

    private CompiledFields fields() {
        var now = state;
        if (now.version != catalogue.version()) {
            now = new State(catalogue.version(), CompiledFields.of(catalogue));
            state = now;
        }
        return now.fields;
    }

    /** Fills the computed fields of changes on their way, and lets the administrators' rules decide. */
    void prepare(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes) {
        var compiled = fields().of(object);
        if (compiled.isNothing()) return;
        var values = values(tx, actor, compiled, changes);
        for (var change : changes) {
            if (change.kind() == Change.Kind.DELETE) continue;
            if (change.kind() == Change.Kind.CREATE)
                for (int index : compiled.counts()) change.after().set(index, 0L);
            values.compute(change);
            if (change.isValid()) values.enforce(change);
        }
    }

    /** The same without the rules. */
    void fill(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes) {
        var compiled = fields().of(object);
        if (compiled.formulas().isEmpty()) return;
        var values = values(tx, actor, compiled, changes);
        changes.forEach(values::compute);
    }

    private ComputedValues values(
            Tx tx, Actor actor, CompiledFields.Compiled compiled, Collection<PendingChange> changes) {
        return new ComputedValues(tx, store, compiled, changes, clock.instant(), actor);
    }

    /** Some records of an object whose {@code touched} fields have changed; null stands for all fields. */
    private record Changed(
            ObjectDef object,
            Collection<UUID> ids,
            @Nullable Set<String> touched) {
        boolean touches(String field) {
            return touched == null || touched.contains(field);
        }
    }

    /** Brings up to date what is computed from these changes, which have been written. */
    void follow(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes) {
        if (changes.isEmpty()) return;
        var queue = new ArrayDeque<Changed>();
        rollUpsOver(tx, object, changes, queue);
        var present = new ArrayList<UUID>();
        var touched = new HashSet<String>();
        var appearing = new ArrayList<UUID>();
        for (var change : changes)
            switch (change.kind()) {
                case CREATE -> {}
                case UPDATE -> {
                    present.add(change.id().value());
                    change.touched()
                            .forEach(i -> touched.add(object.fields().get(i).name()));
                }
                case DELETE, RESTORE -> appearing.add(change.id().value());
            }
        if (!present.isEmpty()) dependents(tx, actor, new Changed(object, present, touched), queue);
        if (!appearing.isEmpty()) dependents(tx, actor, new Changed(object, appearing, null), queue);
        work(tx, actor, queue);
    }

    private void work(Tx tx, Actor actor, ArrayDeque<Changed> queue) {
        while (!queue.isEmpty()) {
            var changed = queue.poll();
            var own = recompute(tx, actor, changed.object, changed.ids);
            var touched = new HashSet<>(own.touched);
            if (changed.touched != null) touched.addAll(changed.touched);
            var whole = new Changed(changed.object, changed.ids, touched);
            events.computed(tx, changed.object, changed.ids);
            rollUpsOver(tx, whole, queue);
            dependents(tx, actor, whole, queue);
        }
    }

    /** Roll-ups over the changed children, of the parents before and after. */
    private void rollUpsOver(Tx tx, ObjectDef child, List<PendingChange> changes, ArrayDeque<Changed> queue) {
        for (var statement : fields().rollUpsOver(child)) {
            var via = child.require(statement.rollUp().via());
            var parents = new HashSet<UUID>();
            for (var change : changes) {
                if (!affects(statement, change)) continue;
                add(parents, change.before(via));
                add(parents, change.after(via));
            }
            refresh(tx, statement, parents, queue);
        }
    }

    private static boolean affects(dev.rapport.query.RollUpStatement statement, PendingChange change) {
        if (change.kind() != Change.Kind.UPDATE) return true;
        var fields = change.object().fields();
        return change.touched().stream()
                .anyMatch(i -> statement.dependsOn(fields.get(i).name()));
    }

    private static void add(Set<UUID> parents, @Nullable Object parent) {
        if (parent instanceof dev.rapport.kernel.RecordId id) parents.add(id.value());
    }

    private static void refresh(
            Tx tx, dev.rapport.query.RollUpStatement statement, Set<UUID> parents, ArrayDeque<Changed> queue) {
        var changed = statement.refresh(tx, parents);
        if (!changed.isEmpty())
            queue.add(new Changed(
                    statement.parent(), changed, Set.of(statement.target().name())));
    }

    /** Roll-ups over children whose own computed fields have changed. */
    private void rollUpsOver(Tx tx, Changed changed, ArrayDeque<Changed> queue) {
        for (var statement : fields().rollUpsOver(changed.object)) {
            boolean depends =
                    changed.touched == null || changed.touched.stream().anyMatch(statement::dependsOn);
            if (!depends) continue;
            var via = changed.object.require(statement.rollUp().via());
            var parents = new HashSet<UUID>();
            store.loadForComputing(tx, changed.object, changed.ids, true)
                    .values()
                    .forEach(record -> add(parents, record.values().get(via)));
            refresh(tx, statement, parents, queue);
        }
    }

    /** Formulas of records that look the changed ones up. */
    private void dependents(Tx tx, Actor actor, Changed changed, ArrayDeque<Changed> queue) {
        for (var dependent : fields().dependents(changed.object)) {
            if (!changed.touches(dependent.field())) continue;
            var ids = reached(tx, dependent, changed.ids);
            if (ids == null) later(tx, actor, dependent, changed.ids);
            else recomputeAndQueue(tx, actor, dependent.object(), ids, queue);
        }
    }

    private void recomputeAndQueue(
            Tx tx, Actor actor, ObjectDef object, Collection<UUID> ids, ArrayDeque<Changed> queue) {
        var recomputed = recompute(tx, actor, object, ids);
        if (!recomputed.ids.isEmpty()) queue.add(new Changed(object, recomputed.ids, recomputed.touched));
    }

    /** The records from which the dependent's lookups lead to {@code ids}; null if they are too many for one transaction. */
    private @Nullable Collection<UUID> reached(Tx tx, CompiledFields.Dependent dependent, Collection<UUID> ids) {
        var at = ids;
        for (int i = dependent.steps().size() - 1; i >= 0; i--) {
            var lookup = dependent.steps().get(i);
            var owner = ownerOf(dependent, i);
            var next = store.idsBy(tx, owner, lookup, at, null, AT_ONCE + 1);
            if (next.size() > AT_ONCE) return null;
            at = next;
            if (at.isEmpty()) return at;
        }
        return at;
    }

    private ObjectDef ownerOf(CompiledFields.Dependent dependent, int step) {
        var object = dependent.object();
        for (int i = 0; i < step; i++)
            object = catalogue.require(((dev.rapport.metadata.LinkTypes.Lookup)
                            dependent.steps().get(i).type())
                    .target());
        return object;
    }

    private void later(Tx tx, Actor actor, CompiledFields.Dependent dependent, Collection<UUID> ids) {
        var payload = Json.object().put("object", dependent.object().name());
        var steps = payload.putArray("steps");
        dependent.steps().stream().map(Field::name).forEach(steps::add);
        var to = payload.putArray("to");
        ids.forEach(id -> to.add(id.toString()));
        jobs.start(tx, Recompute.KIND, actor, null, payload);
    }

    /** What a recomputation changed. */
    record Recomputed(List<UUID> ids, Set<String> touched) {
        static final Recomputed NOTHING = new Recomputed(List.of(), Set.of());
    }

    /** Evaluates the formulas of these records anew and writes those that differ. */
    Recomputed recompute(Tx tx, Actor actor, ObjectDef object, Collection<UUID> ids) {
        var compiled = fields().of(object);
        if (compiled.formulas().isEmpty() || ids.isEmpty()) return Recomputed.NOTHING;
        var changes = store.loadForComputing(tx, object, ids, true).values().stream()
                .map(stored -> PendingChange.update(stored, new Patch(java.util.Map.of())))
                .toList();
        var values = values(tx, actor, compiled, changes);
        changes.forEach(values::compute);
        var differing =
                changes.stream().filter(change -> !change.touched().isEmpty()).toList();
        var positions = compiled.formulas().stream()
                .map(CompiledFields.FormulaField::index)
                .toList();
        store.updateComputed(tx, object, positions, differing);
        var touched = new HashSet<String>();
        for (var change : differing)
            change.touched().forEach(i -> touched.add(object.fields().get(i).name()));
        return new Recomputed(
                differing.stream().map(change -> change.id().value()).toList(), touched);
    }

    /** Computes everything of these records anew, and whatever follows from it; returns how many records differed. */
    int repair(Tx tx, Actor actor, ObjectDef object, Collection<UUID> ids) {
        var differing = new HashSet<UUID>();
        var queue = new ArrayDeque<Changed>();
        for (var statement : fields().of(object).rollUps()) {
            var changed = statement.refresh(tx, ids);
            differing.addAll(changed);
            if (!changed.isEmpty())
                queue.add(new Changed(object, changed, Set.of(statement.target().name())));
        }
        var own = recompute(tx, actor, object, ids);
        differing.addAll(own.ids);
        if (!own.ids.isEmpty()) queue.add(new Changed(object, own.ids, own.touched));
        work(tx, actor, queue);
        return differing.size();
    }

    /** Objects of which something is computed. */
    List<ObjectDef> computedObjects() {
        return catalogue.all().stream()
                .filter(object -> {
                    var compiled = fields().of(object);
                    return !compiled.formulas().isEmpty() || !compiled.rollUps().isEmpty();
                })
                .toList();
    }
}
