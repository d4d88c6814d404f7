package dev.rapport.customer;

import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.Lookups.Tally;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The ledger is only added to, and what it says of a person. */
@Component
public class ConsentRules implements RecordRule {
    @Override
    public String object() {
        return "consent";
    }

    @Override
    public Verdict decide(Change change, Lookups lookups) {
        boolean somebody = change.after(Consent.CONTACT) != null || change.after(Consent.LEAD) != null;
        return switch (change.kind()) {
            case CREATE -> somebody ? Verdict.accept() : Verdict.reject(Consent.CONTACT, "required");
            case RESTORE -> Verdict.accept();
            case UPDATE -> new Verdict.Reject(List.of(Violation.of("", "ledger")));
            // what follows from a record goes with it when its creation is undone
            case DELETE ->
                Consent.RECORD.equals(change.before(Consent.SOURCE))
                        ? Verdict.accept()
                        : new Verdict.Reject(List.of(Violation.of("", "ledger")));
        };
    }

    /**
     * Whether the person took their consent back and has not given it again since.
     *
     * @param person {@link Consent#CONTACT} or {@link Consent#LEAD}
     * @param tally counts entries, those that nobody in particular sees among them
     */
    public static boolean isWithdrawn(
            Field<RecordId> person,
            RecordId id,
            String purpose,
            String channel,
            Function<Map<Field<?>, Object>, Tally> tally) {
        var withdrawn = newest(person, id, purpose, channel, Consent.WITHDRAWN, tally);
        if (withdrawn == null) return false;
        var granted = newest(person, id, purpose, channel, Consent.GRANTED, tally);
        return granted == null || withdrawn.isAfter(granted);
    }

    private static @Nullable Instant newest(
            Field<RecordId> person,
            RecordId id,
            String purpose,
            String channel,
            String state,
            Function<Map<Field<?>, Object>, Tally> tally) {
        Instant newest = null;
        for (var through : List.of(Consent.ANY, channel)) {
            var values = new HashMap<Field<?>, Object>();
            values.put(person, id);
            values.put(Consent.PURPOSE, purpose);
            values.put(Consent.CHANNEL, through);
            values.put(Consent.STATE, state);
            var found = tally.apply(values).newest();
            if (found != null && (newest == null || found.isAfter(newest))) newest = Objects.requireNonNull(found);
        }
        return newest;
    }
}
