package dev.rapport.record;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.database.Tx;
import dev.rapport.formula.Formula;
import dev.rapport.formula.FormulaError;
import dev.rapport.formula.Kind;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Conditions in the formula language that people keep in records, such as when a rule of theirs applies. */
@Component
class Conditions {
    private final Cache<Key, Optional<Formula>> compiled =
            Caffeine.newBuilder().maximumSize(2_000).build();
    private final Catalogue catalogue;
    private final RecordStore store;
    private final Clock clock;

    private record Key(String object, String text, long version) {}

    Conditions(Catalogue catalogue, RecordStore store, Clock clock) {
        this.catalogue = catalogue;
        this.store = store;
        this.clock = clock;
    }

    /** Whether the condition holds for the record as it will be; one that does not compile any more does not hold. */
    boolean hold(Tx tx, Actor actor, String condition, PendingChange change) {
        var key = new Key(change.object().name(), condition, catalogue.version());
        var formula = compiled.get(key, this::compile).orElse(null);
        if (formula == null) return false;
        return new ComputedValues(tx, store, CompiledFields.alone(formula), List.of(change), clock.instant(), actor)
                .holds(formula, change);
    }

    /** What is wrong with the condition, named {@code condition}. */
    Optional<Violation> fault(String object, String text) {
        try {
            var outcome = CompiledFields.condition(catalogue, object, text);
            return outcome.type().equals("flag")
                    ? Optional.empty()
                    : Optional.of(Violation.of("condition", "formula-condition", "column", 1));
        } catch (Refusal refusal) {
            return refusal.violations().stream()
                    .findFirst()
                    .map(violation -> new Violation("condition", violation.code(), violation.params()));
        }
    }

    private Optional<Formula> compile(Key key) {
        try {
            var formula = CompiledFields.compile(
                    catalogue, catalogue.require(key.object()), key.text(), Formula.Purpose.RULE);
            return Optional.of(formula).filter(found -> found.kind() == Kind.FLAG);
        } catch (FormulaError e) {
            return Optional.empty();
        }
    }
}
