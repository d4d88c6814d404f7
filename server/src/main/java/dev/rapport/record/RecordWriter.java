package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.database.Tx;
import dev.rapport.encryption.SealedValues;
import dev.rapport.file.FileStore;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.EncryptedText;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.InvalidValue;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Sealed;
import dev.rapport.metadata.SystemFields;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.Trait;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Consequence;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import dev.rapport.schema.SchemaMigration;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Carries out changes to the records of one object in the caller's transaction: the same steps for one record and for ten
 * thousand. Changes that something speaks against are left out and keep their violations.
 */
@Component
public class RecordWriter {
    private final RecordStore store;
    private final History history;
    private final ComputedFields computed;
    private final RecordEvents events;
    private final Collaborators collaborators;

    /** What the steps ask: who may, what exists, which rules there are, what time it is. */
    @Component
    record Collaborators(
            Access access,
            Catalogue catalogue,
            List<RecordRule> rules,
            Merges merges,
            LinkedWithin within,
            Permits permits,
            List<Consequence> consequences,
            Conditions conditions,
            Duplicates duplicates,
            SealedValues sealed,
            Clock clock) {}

    RecordWriter(
            RecordStore store,
            History history,
            ComputedFields computed,
            RecordEvents events,
            Collaborators collaborators) {
        this.store = store;
        this.history = history;
        this.computed = computed;
        this.events = events;
        this.collaborators = collaborators;
    }

    /** The steps of a write, and nothing else. */
    void write(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes, @Nullable RecordId batch) {
        write(tx, actor, object, changes, batch, Operation.UPDATE);
    }

    /** @param operation what the actor must be allowed to do with records that are changed */
    void write(
            Tx tx,
            Actor actor,
            ObjectDef object,
            List<PendingChange> changes,
            @Nullable RecordId batch,
            Operation operation) {
        if (changes.isEmpty()) return;
        check(tx, actor, object, changes, operation);
        store(tx, actor, object, changes, batch);
    }

    /** The same for what the server itself adds: nobody's permission is asked. */
    private void writeOwn(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes, @Nullable RecordId batch) {
        fillDefaults(tx, actor, object, changes);
        checkValues(tx, actor, object, changes);
        store(tx, actor, object, changes, batch);
    }

    /**
     * Lets lookups of records lead elsewhere because their targets were merged. What rules, required fields and the actor's
     * sight say of these records does not matter: nothing but the link changes.
     */
    void relink(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes, RecordId batch) {
        computed.fill(tx, actor, object, changes);
        store(tx, actor, object, changes, batch);
    }

    /** Changes what the law asks to be changed, whatever rules and rights say; sums elsewhere follow. */
    void follow(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes) {
        if (changes.isEmpty()) return;
        computed.fill(tx, actor, object, changes);
        store(tx, actor, object, changes, null);
    }

    /** All steps that find out whether the changes may happen; nothing is written. */
    void check(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes) {
        check(tx, actor, object, changes, Operation.UPDATE);
    }

    private void check(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes, Operation operation) {
        tokenise(object, changes);
        resolveMatches(tx, actor, object, changes);
        fillDefaults(tx, actor, object, changes);
        collaborators.permits().require(tx, actor, object, changes, operation);
        checkValues(tx, actor, object, changes);
    }

    private void checkValues(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes) {
        decide(tx, actor, object, changes);
        requireValues(object, changes);
        requireChoices(object, changes);
        requireLinks(tx, actor, object, changes);
        collaborators.within().require(tx, object, changes);
        requireUnique(tx, object, changes);
        computed.prepare(tx, actor, object, changes);
    }

    private void store(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes, @Nullable RecordId batch) {
        var created = valid(changes, Change.Kind.CREATE);
        var updated = valid(changes, Change.Kind.UPDATE).stream()
                .filter(change -> !change.touched().isEmpty())
                .toList();
        stamp(actor, created, updated);
        store.insert(tx, object, created);
        store.update(tx, object, updated);
        seal(tx, object, created);
        seal(tx, object, updated);
        var stamp = new RecordStore.Stamp(now(), actor.id());
        store.markDeleted(tx, object, valid(changes, Change.Kind.DELETE), stamp.at(), stamp);
        store.markDeleted(tx, object, valid(changes, Change.Kind.RESTORE), null, stamp);
        var done = changes.stream()
                .filter(change -> change.isValid()
                        && (change.kind() != Change.Kind.UPDATE
                                || !change.touched().isEmpty()))
                .toList();
        history.append(tx, actor, done, batch);
        if (object.governedBy() != null) collaborators.permits().audit(tx, actor, object, done);
        collaborators.duplicates().check(tx, object, done);
        computed.follow(tx, actor, object, done);
        events.changed(tx, done);
        for (var consequence : collaborators.consequences())
            if (consequence.object().equals(object.name())) derive(tx, actor, consequence, done, batch);
    }

    private void derive(
            Tx tx, Actor actor, Consequence consequence, List<PendingChange> done, @Nullable RecordId batch) {
        var drafts = new LinkedHashMap<String, List<PendingChange>>();
        for (var draft : consequence.follow(done, new CachedLookups(tx, collaborators, store, actor, done))) {
            var target = collaborators.catalogue().require(draft.object());
            drafts.computeIfAbsent(draft.object(), k -> new ArrayList<>())
                    .add(PendingChange.create(target, new Patch(draft.values())));
        }
        drafts.forEach((name, changes) -> {
            writeOwn(tx, actor, collaborators.catalogue().require(name), changes, batch);
            for (var change : changes)
                if (!change.isValid())
                    throw new IllegalStateException(
                            "A consequence for " + name + " is refused: " + change.violations());
        });
    }

    /** Gives values that are kept encrypted the tokens that they are compared by. */
    private void tokenise(ObjectDef object, List<PendingChange> changes) {
        for (int i = 0; i < object.fields().size(); i++) {
            var field = object.fields().get(i);
            if (!(field.type() instanceof EncryptedText)) continue;
            for (var change : changes)
                if (change.after().at(i) instanceof Sealed value)
                    change.after().set(i, collaborators.sealed().tokenised(object.name(), field.name(), value));
        }
    }

    private void seal(Tx tx, ObjectDef object, List<PendingChange> changes) {
        for (int i = 0; i < object.fields().size(); i++) {
            var field = object.fields().get(i);
            if (!(field.type() instanceof EncryptedText)) continue;
            for (var change : changes)
                if (change.after().at(i) instanceof Sealed value && change.touches(field))
                    collaborators
                            .sealed()
                            .keep(tx, new SealedValues.Place(object.name(), field.name(), change.id()), value);
        }
    }

    private static List<PendingChange> valid(List<PendingChange> changes, Change.Kind kind) {
        return changes.stream()
                .filter(change -> change.isValid() && change.kind() == kind)
                .toList();
    }

    private void stamp(Actor actor, List<PendingChange> created, List<PendingChange> updated) {
        var now = now();
        for (var change : created) {
            change.after().set(SystemFields.CREATED_AT, now);
            change.after().set(SystemFields.CREATED_BY, actor.id());
        }
        for (var changes : List.of(created, updated))
            for (var change : changes) {
                change.after().set(SystemFields.UPDATED_AT, now);
                change.after().set(SystemFields.UPDATED_BY, actor.id());
            }
    }

    private Instant now() {
        return collaborators.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Turns lookups written as {@code {"match": …}} into ids, one query per target and key. */
    private void resolveMatches(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes) {
        for (var field : object.fields()) {
            if (!(field.type() instanceof LinkTypes.Lookup lookup)) continue;
            var byKey = new HashMap<Field<?>, Set<String>>();
            for (var change : changes)
                if ((Object) change.after().at(object.indexOf(field)) instanceof Patch.Match match)
                    byKey.computeIfAbsent(match.field(), k -> new HashSet<>()).add(match.key());
            if (byKey.isEmpty()) continue;
            var target = collaborators.catalogue().require(lookup.target());
            var found = new HashMap<Field<?>, Map<String, List<UUID>>>();
            byKey.forEach((key, keys) -> found.put(
                    key,
                    store.byKey(tx, target, key, keys, collaborators.access().rows(actor))));
            var narrowed = collaborators.within().narrowing(tx, target, lookup);
            for (var change : changes) resolve(change, object.indexOf(field), found, narrowed);
        }
    }

    private static void resolve(
            PendingChange change,
            int index,
            Map<Field<?>, Map<String, List<UUID>>> found,
            LinkedWithin.Narrowing narrowing) {
        if (!(change.after().at(index) instanceof Patch.Match match)) return;
        var ids = narrowing.narrow(
                found.getOrDefault(match.field(), Map.of()).getOrDefault(match.key(), List.of()),
                change.after().byName(narrowing.via()));
        var name = change.object().fields().get(index).name();
        if (ids.isEmpty()) change.refuse(Violation.of(name, "lookup-not-found"));
        if (ids.size() > 1) change.refuse(Violation.of(name, "lookup-ambiguous"));
        change.after().set(index, ids.size() == 1 ? new RecordId(ids.getFirst()) : null);
    }

    private void fillDefaults(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes) {
        var created = changes.stream()
                .filter(change -> change.kind() == Change.Kind.CREATE)
                .toList();
        if (created.isEmpty()) return;
        for (var field : object.fields()) {
            if (field.defaultValue() != null) fill(object, field, created, defaultOf(field));
            if (field.type() instanceof TextTypes.AutoNumber number) number(tx, object, field, number, created);
        }
        fill(object, SystemFields.OWNER, created, actor.id());
    }

    private static void fill(ObjectDef object, Field<?> field, List<PendingChange> created, Object value) {
        int index = object.indexOf(field);
        for (var change : created)
            if (change.after().at(index) == null) change.after().set(index, value);
    }

    private static Object defaultOf(Field<?> field) {
        try {
            var context = new dev.rapport.metadata.ReadContext(
                    "CN", java.util.Currency.getInstance("CNY"), java.time.ZoneOffset.UTC);
            return java.util.Objects.requireNonNull(
                    field.type().parse(java.util.Objects.requireNonNull(field.defaultValue()), context));
        } catch (InvalidValue e) {
            throw new IllegalStateException("The default of " + field.name() + " is not one of its values", e);
        }
    }

    private void number(
            Tx tx, ObjectDef object, Field<?> field, TextTypes.AutoNumber number, List<PendingChange> created) {
        int index = object.indexOf(field);
        var without = created.stream()
                .filter(change -> change.after().at(index) == null)
                .toList();
        if (without.isEmpty()) return;
        var numbers = store.numbers(tx, SchemaMigration.sequence(object, field), without.size());
        for (int i = 0; i < without.size(); i++) without.get(i).after().set(index, number.format(numbers.get(i)));
    }

    private void decide(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes) {
        var lookups = new CachedLookups(tx, collaborators, store, actor, changes);
        for (var rule : collaborators.rules()) {
            if (!rule.object().equals(object.name())) continue;
            for (var change : changes) if (change.isValid()) apply(rule.decide(change, lookups), change);
        }
    }

    private static void apply(Verdict verdict, PendingChange change) {
        switch (verdict) {
            case Verdict.Accept accept -> {}
            case Verdict.Amend(var values) -> values.forEach(change.after()::set);
            case Verdict.Reject(var violations) -> violations.forEach(change::refuse);
        }
    }

    private static void requireValues(ObjectDef object, List<PendingChange> changes) {
        for (int i = 0; i < object.fields().size(); i++) {
            var field = object.fields().get(i);
            if (!field.is(Trait.REQUIRED)) continue;
            for (var change : changes) {
                boolean writes = change.kind() == Change.Kind.CREATE || change.kind() == Change.Kind.UPDATE;
                boolean named =
                        change.violations().stream().anyMatch(v -> v.field().startsWith(field.name()));
                if (writes && change.after().at(i) == null && !named)
                    change.refuse(Violation.of(field.name(), "required"));
            }
        }
    }

    /** A choice that depends on another field must be one of those that field leaves. */
    private static void requireChoices(ObjectDef object, List<PendingChange> changes) {
        for (int i = 0; i < object.fields().size(); i++) {
            var field = object.fields().get(i);
            var dependence = field.dependence();
            var other =
                    dependence == null ? null : object.field(dependence.field()).orElse(null);
            if (dependence == null || other == null) continue;
            for (var change : changes) {
                if (!change.touches(field) && !change.touches(other)) continue;
                var left = dependence.allowed().get(String.valueOf(change.after(other)));
                var value = change.after().at(i);
                if (value != null && left != null && !left.contains(String.valueOf(value)))
                    change.refuse(Violation.of(field.name(), "choice", "allowed", String.join(", ", left)));
            }
        }
    }

    /** Every id written into a lookup must be a live record that the actor may see; whether it exists otherwise is not told. */
    private void requireLinks(Tx tx, Actor actor, ObjectDef object, List<PendingChange> changes) {
        for (int i = 0; i < object.fields().size(); i++) {
            var field = object.fields().get(i);
            var target = switch (field.type()) {
                case LinkTypes.Lookup lookup -> lookup.target();
                case LinkTypes.Lookups lookups -> lookups.target();
                default -> null;
            };
            if (target != null && field.isWritable())
                requireLinks(tx, actor, collaborators.catalogue().require(target), i, changes);
            if (field.type() instanceof LinkTypes.Attachment) requireFiles(tx, actor, i, changes);
        }
    }

    private void requireLinks(Tx tx, Actor actor, ObjectDef target, int index, List<PendingChange> changes) {
        if (changes.stream().noneMatch(change -> isLinked(change, index))) return;
        var ids = new HashSet<UUID>();
        for (var change : changes)
            if (isLinked(change, index)) ids.addAll(links(change.after().at(index)));
        boolean self = target.name().equals("user") && ids.remove(actor.id().value());
        var existing = ids.isEmpty()
                ? new HashSet<UUID>()
                : store.existing(tx, target, ids, collaborators.access().rows(actor));
        if (self) existing.add(actor.id().value());
        if (!existing.containsAll(ids)) existing.addAll(toSurvivors(tx, actor, target, index, changes, existing));
        for (var change : changes)
            if (isLinked(change, index)
                    && !existing.containsAll(links(change.after().at(index))))
                change.refuse(Violation.of(change.object().fields().get(index).name(), "lookup-not-found"));
    }

    /** A link to a record that was merged becomes one to the record that stands for it; returns those. */
    private Set<UUID> toSurvivors(
            Tx tx, Actor actor, ObjectDef target, int index, List<PendingChange> changes, Set<UUID> existing) {
        var survivors = new HashSet<UUID>();
        for (var change : changes) {
            boolean dangling = isLinked(change, index)
                    && change.after().at(index) instanceof RecordId id
                    && !existing.contains(id.value());
            if (!dangling) continue;
            var written =
                    (RecordId) java.util.Objects.requireNonNull(change.after().at(index));
            var survivor =
                    collaborators.merges().survivor(tx, target.name(), written).orElse(null);
            if (survivor == null) continue;
            change.after().set(index, survivor);
            survivors.add(survivor.value());
        }
        return survivors.isEmpty()
                ? survivors
                : store.existing(tx, target, survivors, collaborators.access().rows(actor));
    }

    private static boolean isLinked(PendingChange change, int index) {
        var before = change.before();
        boolean changed = before == null || !change.after().sameAt(index, before);
        var after = change.after().at(index);
        return changed && after != null && after != RecordImporter.PLANNED;
    }

    private static List<UUID> links(@Nullable Object value) {
        return switch (value) {
            case RecordId id -> List.of(id.value());
            case List<?> ids -> ids.stream().map(id -> ((RecordId) id).value()).toList();
            case null, default -> List.of();
        };
    }

    /**
     * A file may be attached by whoever uploaded it: an id of somebody else's file opens nothing, nor does one of its owner's
     * to a program that is limited.
     */
    private static void requireFiles(Tx tx, Actor actor, int index, List<PendingChange> changes) {
        var ids = new HashSet<UUID>();
        for (var change : changes)
            if (isLinked(change, index)) ids.addAll(links(change.after().at(index)));
        if (ids.isEmpty()) return;
        var id = org.jooq.impl.DSL.field(org.jooq.impl.DSL.name("id"), org.jooq.impl.SQLDataType.UUID);
        var existing = tx.dsl()
                .select(id)
                .from(org.jooq.impl.DSL.table(org.jooq.impl.DSL.name("file")))
                .where(id.eq(org.jooq.impl.DSL.any(ids.toArray(UUID[]::new))))
                .and(org.jooq
                        .impl
                        .DSL
                        .field(org.jooq.impl.DSL.name("created_by"), org.jooq.impl.SQLDataType.UUID)
                        .eq(actor.id().value()))
                .and(
                        actor.limits().isEmpty()
                                ? org.jooq.impl.DSL.noCondition()
                                : org.jooq
                                        .impl
                                        .DSL
                                        .field(org.jooq.impl.DSL.name("limits"), org.jooq.impl.SQLDataType.CLOB.array())
                                        .eq(FileStore.limits(actor)))
                .fetchSet(row -> row.value1());
        for (var change : changes)
            if (isLinked(change, index)
                    && !existing.containsAll(links(change.after().at(index))))
                change.refuse(Violation.of(change.object().fields().get(index).name(), "lookup-not-found"));
    }

    private void requireUnique(Tx tx, ObjectDef object, List<PendingChange> changes) {
        for (int i = 0; i < object.fields().size(); i++)
            if (object.fields().get(i).is(Trait.UNIQUE)) requireUnique(tx, object, i, changes);
    }

    private void requireUnique(Tx tx, ObjectDef object, int index, List<PendingChange> changes) {
        var field = object.fields().get(index);
        var claims = new HashMap<String, List<PendingChange>>();
        for (var change : changes)
            if (change.isValid() && claimsValue(change, index))
                claims.computeIfAbsent(String.valueOf(change.after().at(index)), k -> new ArrayList<>())
                        .add(change);
        if (claims.isEmpty()) return;
        // every row counts here, seen or not: the answer names the caller's own value and nothing of the other record
        var taken = store.byKey(tx, object, field, claims.keySet(), (any, table) -> org.jooq.impl.DSL.trueCondition());
        claims.forEach((value, claimants) -> {
            var owners = taken.getOrDefault(value, List.of());
            for (int i = 0; i < claimants.size(); i++) {
                var claimant = claimants.get(i);
                boolean others =
                        owners.stream().anyMatch(id -> !id.equals(claimant.id().value()));
                if (others || i > 0) claimant.refuse(Violation.of(field.name(), "duplicate"));
            }
        });
    }

    private static boolean claimsValue(PendingChange change, int index) {
        if (change.after().at(index) == null || change.kind() == Change.Kind.DELETE) return false;
        var before = change.before();
        return change.kind() == Change.Kind.RESTORE
                || before == null
                || !change.after().sameAt(index, before);
    }
}
