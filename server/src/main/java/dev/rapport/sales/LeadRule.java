package dev.rapport.sales;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What a lead must have, where it belongs and who gets it. */
@Component
@Order(1)
class LeadRule implements RecordRule {
    private final Clock clock;
    private final Territories territories;
    private final LeadAssignment assignment;

    LeadRule(Clock clock, Territories territories, LeadAssignment assignment) {
        this.clock = clock;
        this.territories = territories;
        this.assignment = assignment;
    }

    @Override
    public String object() {
        return "lead";
    }

    @Override
    public Verdict decide(Change change, Lookups lookups) {
        if (change.kind() == Change.Kind.DELETE || change.kind() == Change.Kind.RESTORE) return Verdict.accept();
        boolean known = Stream.of(Lead.NAME, Lead.COMPANY, Lead.EMAIL, Lead.PHONE, Lead.EXTERNAL_ID)
                .anyMatch(field -> change.after(field) != null);
        if (!known) return Verdict.reject(Lead.NAME, "lead-unknown");
        var status = Optional.ofNullable(change.after(Lead.STATUS)).orElse("new");
        // only the conversion sets both, and only its undo takes both back
        boolean converted = change.after(Lead.CONVERTED_AT) != null;
        if (converted != status.equals("converted"))
            return Verdict.reject(Lead.STATUS, converted ? "lead-converted" : "lead-convert-first");
        if (status.equals("disqualified") && change.after(Lead.REASON) == null)
            return Verdict.reject(Lead.REASON, "required");
        return new Verdict.Amend(values(change, lookups));
    }

    private Map<Field<?>, @Nullable Object> values(Change change, Lookups lookups) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        if (change.touches(Lead.STATUS))
            values.put(Lead.LAST_TOUCH, clock.instant().truncatedTo(ChronoUnit.MICROS));
        var territory = territories.of(
                lookups, change.after(Lead.ADDRESS), change.after(Lead.INDUSTRY), change.after(Lead.EMPLOYEES));
        values.put(Lead.TERRITORY, territory);
        if (Boolean.TRUE.equals(change.after(Lead.ASSIGN)))
            assignment.decide(change, territory, lookups).ifPresent(found -> {
                values.put(SystemFields.OWNER, found.person());
                values.put(Lead.ASSIGNED_BY, found.rule());
            });
        values.put(Lead.ASSIGN, null);
        return values;
    }
}
