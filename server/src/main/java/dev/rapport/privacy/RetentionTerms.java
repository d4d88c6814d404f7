package dev.rapport.privacy;

import dev.rapport.http.Json;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ReadContext;
import dev.rapport.query.FilterReader;
import dev.rapport.query.PathResolver;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** What must hold of retention rules: what they destroy is destroyed by night, so a wrong one is refused by day. */
@Component
class RetentionTerms implements RecordRule {
    private static final int LONGEST = 36_500;

    private final Catalogue catalogue;
    private final Settings settings;
    private final Clock clock;

    RetentionTerms(Catalogue catalogue, Settings settings, Clock clock) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String object() {
        return "retentionRule";
    }

    @Override
    public Verdict decide(Change change, Lookups lookups) {
        if (change.kind() == Change.Kind.DELETE) return Verdict.accept();
        var violations = new ArrayList<Violation>();
        long days = Objects.requireNonNullElse(change.after(RetentionRule.DAYS), 1L);
        if (days < 1 || days > LONGEST)
            violations.add(new Violation("days", "range", Map.of("min", 1, "max", LONGEST)));
        var name = change.after(RetentionRule.OBJECT);
        var object = name == null ? null : catalogue.find(name).orElse(null);
        if (object == null || object.governedBy() != null || object.name().equals("user")) {
            if (name != null) violations.add(Violation.of("object", "unknown-object", "object", name));
        } else check(change, object, violations);
        return violations.isEmpty() ? Verdict.accept() : new Verdict.Reject(violations);
    }

    private void check(Change change, ObjectDef object, List<Violation> violations) {
        var since = Objects.requireNonNullElse(change.after(RetentionRule.SINCE), "updatedAt");
        boolean moment = object.field(since)
                .filter(field -> field.type().mainPart().type() == ColumnType.TIMESTAMP
                        || field.type().mainPart().type() == ColumnType.DATE)
                .isPresent();
        if (!moment) violations.add(Violation.of("since", "time-field"));
        boolean person = object.naming().type() instanceof CompoundTypes.FullName;
        if (RetentionRule.ERASE.equals(change.after(RetentionRule.ACTION)) && !person)
            violations.add(Violation.of("action", "erases-people"));
        var filter = change.after(RetentionRule.FILTER);
        if (filter == null) return;
        var context = new ReadContext(
                settings.region(), Currency.getInstance(settings.currency()), ZoneId.of(settings.zone()));
        var found = new ArrayList<Violation>();
        try {
            new FilterReader(new PathResolver(catalogue.definitions()), context, clock.instant(), found)
                    .read(catalogue.definitions().object(object.name()).orElseThrow(), Json.parse(filter));
        } catch (Refusal malformed) {
            found.add(Violation.of("", "filter-shape"));
        }
        for (var violation : found) violations.add(violation.under("filter"));
    }
}
