package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.record.spi.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns rows of values into created, updated and skipped records, a batch at a time. */
@Component
public class RecordImporter {
    /**
     * Stands in a dry run for a linked record that the real run would create. It is recognised by identity, so no id that a
     * caller writes can be taken for it.
     */
    public static final RecordId PLANNED = new RecordId(new UUID(0, 0));

    private final RecordWriter writer;
    private final RecordStore store;
    private final Access access;
    private final Duplicates duplicates;
    private final LinkedWithin within;

    RecordImporter(RecordWriter writer, RecordStore store, Access access, Duplicates duplicates, LinkedWithin within) {
        this.within = within;
        this.writer = writer;
        this.store = store;
        this.access = access;
        this.duplicates = duplicates;
    }

    /** What to do with a row whose record is there already. */
    public enum OnMatch {
        UPDATE,
        SKIP,
        CREATE
    }

    /** How rows find the records that are there already. @param matchOn empty to always create */
    public record Matching(List<Field<?>> matchOn, OnMatch onMatch) {}

    /** One row on its way, and what became of it. */
    public static final class Row {
        private final Map<Field<?>, @Nullable Object> values;
        private final List<Violation> violations;
        private Outcome outcome = Outcome.FAILED;
        private Duplicates.@Nullable Alike alike;

        public Row(Map<Field<?>, @Nullable Object> values, List<Violation> violations) {
            this.values = values;
            this.violations = violations;
        }

        public Map<Field<?>, @Nullable Object> values() {
            return values;
        }

        public List<Violation> violations() {
            return violations;
        }

        public Outcome outcome() {
            return outcome;
        }

        /** In a dry run, a record that is there already and that the one to be created looks like. */
        public Duplicates.@Nullable Alike alike() {
            return alike;
        }
    }

    /** What became of a row. */
    public enum Outcome {
        CREATED,
        UPDATED,
        SKIPPED,
        FAILED
    }

    /** Ids of live records by their key in {@code field}, as the actor sees them. */
    public Map<String, List<UUID>> byKey(
            Tx tx, Actor actor, ObjectDef object, Field<?> field, Collection<String> keys) {
        return store.byKey(tx, object, field, keys, access.rows(actor));
    }

    /** Those of {@code ids} that agree with {@code parent} in the lookup called {@code via}; all if none or no parent does. */
    public List<UUID> within(Tx tx, ObjectDef target, String via, List<UUID> ids, @Nullable Object parent) {
        return within.narrowing(tx, target, via).narrow(ids, parent);
    }

    /** Creates records that rows look up and that are not there yet. Rows that cannot be created keep their violations. */
    public List<@Nullable RecordId> create(
            Tx tx, Actor actor, ObjectDef object, List<Map<Field<?>, @Nullable Object>> drafts, RecordId batch) {
        var changes = drafts.stream()
                .map(values -> PendingChange.create(object, new Patch(values)))
                .toList();
        writer.write(tx, actor, object, changes, batch);
        var ids = new ArrayList<@Nullable RecordId>();
        for (var change : changes) ids.add(change.isValid() ? change.id() : null);
        return ids;
    }

    /**
     * Imports the rows that have no violations so far.
     *
     * @param batch null to only find out what would happen
     */
    public void run(Tx tx, Actor actor, ObjectDef object, List<Row> rows, Matching matching, @Nullable RecordId batch) {
        var left = rows.stream().filter(row -> row.violations.isEmpty()).toList();
        while (!left.isEmpty()) left = runFirst(tx, actor, object, left, matching, batch);
    }

    /**
     * Imports the first row of each key: rows with one key become one record, so a later one must meet the earlier one's.
     *
     * @return the rows that remain, in their order
     */
    private List<Row> runFirst(
            Tx tx, Actor actor, ObjectDef object, List<Row> rows, Matching matching, @Nullable RecordId batch) {
        var firsts = new ArrayList<Row>();
        var later = new ArrayList<Row>();
        var byKey = new HashMap<String, Row>();
        for (var row : rows) {
            var key = key(row, matching);
            boolean first = key == null || byKey.putIfAbsent(key, row) == null;
            (first ? firsts : later).add(row);
        }
        runSegment(tx, actor, object, firsts, matching, batch);
        if (matching.onMatch() != OnMatch.SKIP) return later;
        var left = new ArrayList<Row>();
        for (var row : later) {
            var first = Objects.requireNonNull(byKey.get(key(row, matching)));
            if (first.outcome == Outcome.FAILED) left.add(row);
            else row.outcome = Outcome.SKIPPED;
        }
        return left;
    }

    private static @Nullable String key(Row row, Matching matching) {
        if (matching.matchOn().isEmpty() || matching.onMatch() == OnMatch.CREATE) return null;
        if (row.values.get(matching.matchOn().getFirst()) == null) return null;
        var key = new StringBuilder();
        for (var field : matching.matchOn()) key.append(row.values.get(field)).append('\u0001');
        return key.toString();
    }

    private void runSegment(
            Tx tx, Actor actor, ObjectDef object, List<Row> rows, Matching matching, @Nullable RecordId batch) {
        var existing = existing(tx, actor, object, rows, matching);
        var changes = new ArrayList<PendingChange>();
        var owners = new ArrayList<Row>();
        for (var row : rows) {
            var matches = existing.getOrDefault(row, List.of());
            if (matches.size() > 1) {
                row.violations.add(Violation.of(matching.matchOn().getFirst().name(), "lookup-ambiguous"));
                continue;
            }
            if (!matches.isEmpty() && matching.onMatch() == OnMatch.SKIP) {
                row.outcome = Outcome.SKIPPED;
                continue;
            }
            changes.add(
                    matches.isEmpty()
                            ? PendingChange.create(object, new Patch(row.values))
                            : PendingChange.update(matches.getFirst(), new Patch(row.values)));
            owners.add(row);
        }
        if (batch == null) writer.check(tx, actor, object, changes);
        else writer.write(tx, actor, object, changes, batch);
        for (int i = 0; i < changes.size(); i++) settle(owners.get(i), changes.get(i));
        if (batch != null) return;
        var created = changes.stream()
                .filter(change -> change.isValid() && change.kind() == Change.Kind.CREATE)
                .toList();
        var alike = duplicates.alike(tx, actor, object, created);
        for (int i = 0; i < changes.size(); i++) owners.get(i).alike = alike.get(changes.get(i));
    }

    private static void settle(Row row, PendingChange change) {
        row.violations.addAll(change.violations());
        if (!change.isValid()) return;
        boolean created = change.kind() == Change.Kind.CREATE;
        row.outcome = created ? Outcome.CREATED : change.touched().isEmpty() ? Outcome.SKIPPED : Outcome.UPDATED;
    }

    private Map<Row, List<StoredRecord>> existing(
            Tx tx, Actor actor, ObjectDef object, List<Row> rows, Matching matching) {
        if (matching.matchOn().isEmpty() || matching.onMatch() == OnMatch.CREATE || rows.isEmpty()) return Map.of();
        var first = matching.matchOn().getFirst();
        var keys = new HashSet<String>();
        for (var row : rows) if (row.values.get(first) != null) keys.add(text(first, row.values.get(first)));
        var ids = store.byKey(tx, object, first, keys, access.rows(actor));
        Set<RecordId> all = new HashSet<>();
        ids.values().forEach(list -> list.forEach(id -> all.add(new RecordId(id))));
        if (all.isEmpty()) return Map.of();
        var stored = store.load(tx, object, all, access.rows(actor), true);
        var existing = new HashMap<Row, List<StoredRecord>>();
        for (var row : rows) {
            if (row.values.get(first) == null) continue;
            var found = ids.getOrDefault(text(first, row.values.get(first)), List.of()).stream()
                    .flatMap(id -> java.util.Optional.ofNullable(stored.get(new RecordId(id))).stream())
                    .filter(record -> matchesRest(record, row, matching))
                    .toList();
            if (!found.isEmpty()) existing.put(row, found);
        }
        return existing;
    }

    private static boolean matchesRest(StoredRecord record, Row row, Matching matching) {
        return matching.matchOn().stream()
                .skip(1)
                .allMatch(field -> Objects.equals(record.values().get(field), row.values.get(field)));
    }

    @SuppressWarnings("unchecked")
    private static <T> String text(Field<T> field, @Nullable Object value) {
        return field.type().text((T) Objects.requireNonNull(value));
    }
}
