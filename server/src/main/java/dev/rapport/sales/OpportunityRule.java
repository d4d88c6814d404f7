package dev.rapport.sales;

import dev.rapport.customer.Account;
import dev.rapport.customer.Contact;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Settings;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What follows from the stage of a deal, and what it takes to enter one. */
@Component
class OpportunityRule implements RecordRule {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Clock clock;
    private final ZoneId zone;
    private final CompanyMoney money;
    private final Territories territories;

    OpportunityRule(Clock clock, Settings settings, CompanyMoney money, Territories territories) {
        this.clock = clock;
        this.zone = ZoneId.of(settings.zone());
        this.money = money;
        this.territories = territories;
    }

    @Override
    public String object() {
        return "opportunity";
    }

    @Override
    public Verdict decide(Change change, Lookups lookups) {
        if (change.kind() == Change.Kind.DELETE || change.kind() == Change.Kind.RESTORE) return Verdict.accept();
        return new Decision(change, lookups).verdict();
    }

    /** One deal on its way through the rule. */
    private final class Decision {
        private final Change change;
        private final Lookups lookups;
        private final Map<Field<?>, @Nullable Object> values = new HashMap<>();
        private final List<Violation> violations = new ArrayList<>();

        Decision(Change change, Lookups lookups) {
            this.change = change;
            this.lookups = lookups;
        }

        Verdict verdict() {
            place();
            var probability = change.after(Opportunity.PROBABILITY);
            if (probability != null && (probability.signum() < 0 || probability.compareTo(HUNDRED) > 0))
                violations.add(new Violation("probability", "range", Map.of("min", 0, "max", 100)));
            var stage = now(Opportunity.STAGE);
            if (stage != null) enter(stage);
            belong();
            count();
            return violations.isEmpty() ? new Verdict.Amend(values) : new Verdict.Reject(violations);
        }

        @SuppressWarnings("unchecked")
        private <T> @Nullable T now(Field<T> field) {
            return values.containsKey(field) ? (T) values.get(field) : change.after(field);
        }

        private <T> @Nullable T ofStage(RecordId stage, Field<T> field) {
            return lookups.value("stage", stage, field);
        }

        /** A deal without a pipeline goes into that of its stage, else into the first; one without a stage of it begins at the start. */
        private void place() {
            var stage = change.after(Opportunity.STAGE);
            if (change.after(Opportunity.PIPELINE) == null)
                values.put(Opportunity.PIPELINE, stage == null ? firstPipeline() : ofStage(stage, Stage.PIPELINE));
            var pipeline = now(Opportunity.PIPELINE);
            boolean moved = change.kind() == Change.Kind.UPDATE
                    && change.touches(Opportunity.PIPELINE)
                    && !change.touches(Opportunity.STAGE);
            if (pipeline != null && (stage == null || moved)) values.put(Opportunity.STAGE, firstStage(pipeline));
        }

        private @Nullable RecordId firstPipeline() {
            return lookups.find("pipeline", Pipeline.ACTIVE, true).stream()
                    .min(Comparator.comparing(found -> orLast(found.value(Pipeline.POSITION))))
                    .map(Lookups.Found::id)
                    .orElse(null);
        }

        private @Nullable RecordId firstStage(RecordId pipeline) {
            return lookups.find("stage", Stage.PIPELINE, pipeline).stream()
                    .filter(found -> "open".equals(found.value(Stage.OUTCOME)))
                    .min(Comparator.comparing(found -> orLast(found.value(Stage.POSITION))))
                    .map(Lookups.Found::id)
                    .orElse(null);
        }

        private static long orLast(@Nullable Long position) {
            return position == null ? Long.MAX_VALUE : position;
        }

        private void enter(RecordId stage) {
            var before = change.before(Opportunity.STAGE);
            var outcome = Optional.ofNullable(ofStage(stage, Stage.OUTCOME)).orElse("open");
            values.put(Opportunity.STATUS, outcome);
            if (stage.equals(before)) return;
            if (before != null) requireWay(before, stage);
            requireFields(stage);
            fillUnlessWritten(Opportunity.PROBABILITY, ofStage(stage, Stage.PROBABILITY));
            fillUnlessWritten(Opportunity.FORECAST, ofStage(stage, Stage.FORECAST));
            // nobody writes it but the server, where it brings in what happened before
            if (!change.touches(Opportunity.STAGE_SINCE))
                values.put(Opportunity.STAGE_SINCE, clock.instant().truncatedTo(ChronoUnit.MICROS));
            reach(stage, outcome);
            boolean closes = !outcome.equals("open") && !outcome.equals(change.before(Opportunity.STATUS));
            boolean written = change.touches(Opportunity.CLOSE_DATE) && change.after(Opportunity.CLOSE_DATE) != null;
            if (closes && !written) values.put(Opportunity.CLOSE_DATE, LocalDate.ofInstant(clock.instant(), zone));
        }

        /** A stage's own value holds again at each entry, unless somebody writes another in the same change. */
        private <T> void fillUnlessWritten(Field<T> field, @Nullable T value) {
            boolean written = change.touches(field) && change.after(field) != null;
            if (!written) values.put(field, value);
        }

        private void reach(RecordId stage, String outcome) {
            var before = change.before(Opportunity.FURTHEST);
            long known = before == null ? 0 : before;
            var position = ofStage(stage, Stage.POSITION);
            boolean samePipeline = Objects.equals(change.before(Opportunity.PIPELINE), now(Opportunity.PIPELINE));
            long furthest = samePipeline ? known : 0;
            if (!outcome.equals("lost") && position != null) furthest = Math.max(furthest, position);
            if (furthest == 0) furthest = 1;
            values.put(Opportunity.FURTHEST, furthest);
        }

        private void requireWay(RecordId before, RecordId stage) {
            if (!Boolean.TRUE.equals(ofStage(before, Stage.NO_WAY_BACK))) return;
            long from = orLast(ofStage(before, Stage.POSITION));
            long to = orLast(ofStage(stage, Stage.POSITION));
            if (to < from) violations.add(Violation.of("stage", "no-way-back"));
        }

        private void requireFields(RecordId stage) {
            var names = ofStage(stage, Stage.REQUIRED_FIELDS);
            if (names == null) return;
            for (var name : names)
                if (isMissing(name))
                    violations.add(Violation.of(
                            name, "needed-for-stage", "stage", String.valueOf(ofStage(stage, Stage.NAME))));
        }

        private boolean isMissing(String name) {
            return fieldOf(name).map(field -> now(field) == null).orElse(false);
        }

        private Optional<Field<?>> fieldOf(String name) {
            return change.fields().stream()
                    .filter(field -> field.name().equals(name))
                    .findFirst();
        }

        /** A deal with a person belongs to the person's account; an account to a territory. */
        private void belong() {
            var contact = change.after(Opportunity.CONTACT);
            if (contact != null && change.after(Opportunity.ACCOUNT) == null && change.touches(Opportunity.CONTACT))
                values.put(Opportunity.ACCOUNT, lookups.value("contact", contact, Contact.ACCOUNT));
            var account = now(Opportunity.ACCOUNT);
            boolean asks = change.kind() == Change.Kind.CREATE || change.touches(Opportunity.ACCOUNT);
            if (asks)
                values.put(
                        Opportunity.TERRITORY,
                        account == null
                                ? null
                                : territories.of(
                                        lookups,
                                        lookups.value("account", account, Account.ADDRESS),
                                        lookups.value("account", account, Account.INDUSTRY),
                                        lookups.value("account", account, Account.EMPLOYEES)));
        }

        private void count() {
            var status = Optional.ofNullable(now(Opportunity.STATUS)).orElse("open");
            var closed = now(Opportunity.CLOSE_DATE);
            var today = LocalDate.ofInstant(clock.instant(), zone);
            var day = status.equals("open") || closed == null ? today : closed;
            var value = money.of(change.after(Opportunity.AMOUNT), day, lookups);
            values.put(Opportunity.VALUE, value);
            values.put(Opportunity.WEIGHTED, weighted(value, status));
            var started = change.after(Opportunity.STARTED_ON);
            var created = change.before(SystemFields.CREATED_AT);
            var from = started != null ? started : created == null ? null : LocalDate.ofInstant(created, zone);
            boolean cycle = !status.equals("open") && closed != null && from != null;
            values.put(Opportunity.CYCLE_DAYS, cycle ? ChronoUnit.DAYS.between(from, closed) : null);
            var lead = change.after(Opportunity.LEAD);
            var met = lead == null ? null : lookups.value("lead", lead, Lead.FIRST_CONTACT);
            boolean won = status.equals("won") && closed != null && met != null;
            values.put(Opportunity.LEAD_DAYS, won ? ChronoUnit.DAYS.between(met, closed) : null);
        }

        private @Nullable Money weighted(@Nullable Money value, String status) {
            if (value == null) return null;
            if (status.equals("lost")) return new Money(0, value.currency());
            if (status.equals("won")) return value;
            var probability = now(Opportunity.PROBABILITY);
            var share = probability == null ? BigDecimal.ZERO : probability;
            var minor = BigDecimal.valueOf(value.minorUnits()).multiply(share).divide(HUNDRED, 0, RoundingMode.HALF_UP);
            return new Money(minor.longValue(), value.currency());
        }
    }
}
