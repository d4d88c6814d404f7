package dev.rapport.sales;

import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Settings;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds who gets a lead. The first rule that fits and has somebody with room decides; while it does, nobody else's lead is
 * assigned by it, so that turns are kept whoever writes at the same time.
 */
@Component
class LeadAssignment {
    private static final List<String> OPEN = List.of("new", "working", "nurturing", "qualified");

    private final Clock clock;
    private final ZoneId zone;

    LeadAssignment(Clock clock, Settings settings) {
        this.clock = clock;
        this.zone = ZoneId.of(settings.zone());
    }

    /** Who gets the lead by which rule. */
    record Assigned(RecordId person, RecordId rule) {}

    /** What this batch has assigned already and the database does not know yet. */
    private static final class Pending {
        private final Map<RecordId, Integer> open = new HashMap<>();
        private final Map<RecordId, Integer> turn = new HashMap<>();
        private int turns;
    }

    Optional<Assigned> decide(Change change, @Nullable RecordId territory, Lookups lookups) {
        var rules = new ArrayList<>(lookups.find("assignmentRule", AssignmentRule.ACTIVE, true));
        rules.sort(Comparator.comparing(rule -> {
            var position = rule.value(AssignmentRule.POSITION);
            return position == null ? Long.MAX_VALUE : position;
        }));
        for (var rule : rules) {
            if (!fits(rule, change, territory, lookups)) continue;
            lookups.lock("assignmentRule", rule.id());
            var person = choose(rule, territory, lookups);
            if (person.isPresent()) return person.map(found -> new Assigned(found, rule.id()));
        }
        return Optional.empty();
    }

    private boolean fits(Lookups.Found rule, Change change, @Nullable RecordId territory, Lookups lookups) {
        var wanted = rule.value(AssignmentRule.TERRITORY);
        if (wanted != null && !wanted.equals(territory)) return false;
        var condition = rule.value(AssignmentRule.CONDITION);
        if (condition != null && !lookups.holds(condition, change)) return false;
        return !Boolean.TRUE.equals(rule.value(AssignmentRule.WORKING_HOURS)) || isWorkingHour(rule);
    }

    private boolean isWorkingHour(Lookups.Found rule) {
        var now = clock.instant().atZone(zone);
        if (now.getDayOfWeek() == DayOfWeek.SATURDAY || now.getDayOfWeek() == DayOfWeek.SUNDAY) return false;
        var hours = hours(rule.value(AssignmentRule.HOURS));
        return hours.isEmpty()
                || !now.toLocalTime().isBefore(hours.getFirst())
                        && now.toLocalTime().isBefore(hours.getLast());
    }

    /** Begin and end written as {@code 09:00-18:00}; nothing where they are not written so. */
    static List<LocalTime> hours(@Nullable String text) {
        var parts = text == null ? new String[0] : text.strip().split("\\s*[-–]\\s*");
        if (parts.length != 2) return List.of();
        try {
            return List.of(LocalTime.parse(parts[0]), LocalTime.parse(parts[1]));
        } catch (DateTimeParseException e) {
            return List.of();
        }
    }

    private static Optional<RecordId> choose(Lookups.Found rule, @Nullable RecordId territory, Lookups lookups) {
        var pending = lookups.memory(LeadAssignment.class, Pending.class, Pending::new);
        var method = rule.value(AssignmentRule.METHOD);
        var members = Optional.ofNullable(rule.value(AssignmentRule.MEMBERS)).orElse(List.of());
        if ("manager".equals(method)) {
            var manager = territory == null ? null : lookups.value("territory", territory, Territory.MANAGER);
            members = manager == null ? List.of() : List.of(manager);
        }
        var capacity = rule.value(AssignmentRule.CAPACITY);
        var free = members.stream()
                .filter(person ->
                        Boolean.TRUE.equals(lookups.value("user", person, dev.rapport.identity.UserObject.ACTIVE)))
                .filter(person -> capacity == null || open(person, lookups, pending) < capacity)
                .toList();
        var order = "leastLoaded".equals(method)
                ? Comparator.<RecordId, Long>comparing(person -> open(person, lookups, pending))
                : Comparator.<RecordId, Integer>comparing(person -> pending.turn.getOrDefault(person, 0))
                        .thenComparing(person -> lastTurn(rule, person, lookups));
        var chosen = free.stream().min(order);
        chosen.ifPresent(person -> {
            pending.open.merge(person, 1, Integer::sum);
            pending.turn.put(person, ++pending.turns);
        });
        return chosen;
    }

    private static long open(RecordId person, Lookups lookups, Pending pending) {
        var known = lookups.memory(
                List.of("open", person),
                Long.class,
                () -> OPEN.stream()
                        .mapToLong(
                                status -> lookups.tally("lead", Map.of(SystemFields.OWNER, person, Lead.STATUS, status))
                                        .count())
                        .sum());
        return known + pending.open.getOrDefault(person, 0);
    }

    private static Instant lastTurn(Lookups.Found rule, RecordId person, Lookups lookups) {
        var newest = lookups.tally("lead", Map.of(SystemFields.OWNER, person, Lead.ASSIGNED_BY, rule.id()))
                .newest();
        return newest == null ? Instant.MIN : newest;
    }
}
