package dev.rapport.record;

import dev.rapport.database.Tx;
import dev.rapport.formula.Formula;
import dev.rapport.formula.Kind;
import dev.rapport.formula.Scope;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.TextTypes;
import dev.rapport.query.FieldPath;
import dev.rapport.record.spi.Change;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Evaluates the formulas and rules of one object for many records at once: what they look up is read in one query per step. */
final class ComputedValues {
    private static final BigDecimal LIMIT = BigDecimal.TEN.pow(18);
    private static final int LONGEST_TEXT = 255;

    private final CompiledFields.Compiled compiled;
    private final Map<RecordId, StoredRecord> lookedUp = new HashMap<>();
    private final Instant now;
    private final ZoneId zone;

    /** @param changes those whose formulas will be asked for */
    ComputedValues(
            Tx tx,
            RecordStore store,
            CompiledFields.Compiled compiled,
            Collection<PendingChange> changes,
            Instant now,
            Actor actor) {
        this.compiled = compiled;
        this.now = now;
        this.zone = actor.zone();
        for (var way : compiled.ways()) read(tx, store, way, changes);
    }

    private void read(Tx tx, RecordStore store, List<FieldPath.Step> way, Collection<PendingChange> changes) {
        var ids = new HashSet<RecordId>();
        for (var change : changes) if (change.after().get(way.getFirst().lookup()) instanceof RecordId id) ids.add(id);
        for (int i = 0; i < way.size(); i++) {
            load(tx, store, way.get(i).target(), ids);
            if (i + 1 == way.size()) return;
            var next = new HashSet<RecordId>();
            for (var id : ids) {
                var record = lookedUp.get(id);
                if (record != null && record.values().get(way.get(i + 1).lookup()) instanceof RecordId further)
                    next.add(further);
            }
            ids = next;
        }
    }

    private void load(Tx tx, RecordStore store, ObjectDef target, Collection<RecordId> ids) {
        var missing = new HashSet<UUID>();
        for (var id : ids) if (!lookedUp.containsKey(id) && !id.equals(RecordImporter.PLANNED)) missing.add(id.value());
        lookedUp.putAll(store.loadForComputing(tx, target, missing, false));
    }

    /** Sets every formula field of {@code change}. */
    void compute(PendingChange change) {
        if (compiled.formulas().isEmpty()) return;
        var scope = new RecordScope(change);
        for (var field : compiled.formulas())
            change.after()
                    .set(
                            field.index(),
                            stored(
                                    field.field().type(),
                                    field.formula().kind(),
                                    field.formula().value(scope)));
    }

    /** Refuses {@code change} for each rule whose condition holds. */
    void enforce(PendingChange change) {
        if (compiled.rules().isEmpty() || change.kind() == Change.Kind.DELETE) return;
        var scope = new RecordScope(change);
        for (var rule : compiled.rules())
            if (rule.condition().holds(scope)) {
                var message = rule.rule().message();
                var field = rule.rule().field();
                change.refuse(new dev.rapport.kernel.Violation(
                        field == null ? "" : field, "rule", Map.of("en", message.en(), "zh", message.zh())));
            }
    }

    /** Whether {@code condition}, one of those that were to be asked, holds for {@code change}. */
    boolean holds(Formula condition, PendingChange change) {
        return condition.holds(new RecordScope(change));
    }

    /** A formula's value as its field keeps it; what the field cannot hold is no value. */
    private static @Nullable Object stored(FieldType<?> type, Kind kind, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number(number);
            case String text ->
                text.isBlank()
                        ? null
                        : type instanceof TextTypes.Text && text.length() > LONGEST_TEXT
                                ? text.substring(0, LONGEST_TEXT)
                                : text.strip();
            default -> value;
        };
    }

    private static @Nullable BigDecimal number(BigDecimal number) {
        if (number.abs().compareTo(LIMIT) >= 0) return null;
        var rounded = number.setScale(6, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0, RoundingMode.UNNECESSARY) : rounded;
    }

    private final class RecordScope implements Scope {
        private final PendingChange change;

        RecordScope(PendingChange change) {
            this.change = change;
        }

        @Override
        public @Nullable Object value(FieldPath path) {
            return value(path, change.after());
        }

        @Override
        public @Nullable Object before(FieldPath path) {
            var before = change.before();
            return before == null ? null : value(path, before);
        }

        private @Nullable Object value(FieldPath path, Values start) {
            var values = start;
            for (var step : path.steps()) {
                if (!(values.get(step.lookup()) instanceof RecordId id)) return null;
                var record = lookedUp.get(id);
                if (record == null || record.deleted()) return null;
                values = record.values();
            }
            return values.get(path.field());
        }

        @Override
        public boolean isNew() {
            return change.kind() == Change.Kind.CREATE;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public ZoneId zone() {
            return zone;
        }
    }
}
