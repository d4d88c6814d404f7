package dev.rapport.administration;

import dev.rapport.access.SharingRuleObject;
import dev.rapport.access.SharingRules;
import dev.rapport.identity.DepartmentObject;
import dev.rapport.identity.TeamObject;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What must hold of teams, departments and sharing rules. */
@Configuration(proxyBeanMethods = false)
class OrganisationRules {
    /** A tree has no circles. */
    private record NoCircle(String object, Field<RecordId> parent) implements RecordRule {
        @Override
        public Verdict decide(Change change, Lookups lookups) {
            if (!change.touches(parent)) return Verdict.accept();
            var seen = new HashSet<RecordId>();
            seen.add(change.id());
            var at = change.after(parent);
            while (at != null) {
                if (!seen.add(at)) return new Verdict.Reject(List.of(Violation.of("parent", "circle")));
                at = lookups.value(object, at, parent);
            }
            return Verdict.accept();
        }
    }

    private record RuleFits(SharingRules rules) implements RecordRule {
        @Override
        public String object() {
            return "sharingRule";
        }

        @Override
        public Verdict decide(Change change, Lookups lookups) {
            var object = change.after(SharingRuleObject.OBJECT);
            var filter = change.after(SharingRuleObject.FILTER);
            if (change.kind() == Change.Kind.DELETE || object == null || filter == null) return Verdict.accept();
            var violations = new ArrayList<Violation>();
            rules.check(object, filter, violations);
            boolean withNobody = List.of(
                            SharingRuleObject.PEOPLE,
                            SharingRuleObject.TEAMS,
                            SharingRuleObject.DEPARTMENTS,
                            SharingRuleObject.GROUPS)
                    .stream()
                    .allMatch(field -> Objects.requireNonNullElse(change.after(field), List.of())
                            .isEmpty());
            if (withNobody) violations.add(Violation.of("people", "shared-with-nobody"));
            return violations.isEmpty() ? Verdict.accept() : new Verdict.Reject(violations);
        }
    }

    @Bean
    RecordRule departmentTree() {
        return new NoCircle("department", DepartmentObject.PARENT);
    }

    @Bean
    RecordRule teamTree() {
        return new NoCircle("team", TeamObject.PARENT);
    }

    @Bean
    RecordRule sharingRuleFits(SharingRules rules) {
        return new RuleFits(rules);
    }
}
