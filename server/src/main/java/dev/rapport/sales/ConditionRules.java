package dev.rapport.sales;

import dev.rapport.metadata.Field;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Conditions that people keep in records of sales are refused where they do not hold together. */
@Configuration(proxyBeanMethods = false)
class ConditionRules {
    private record ConditionAboutLeads(String object, Field<String> condition) implements RecordRule {
        @Override
        public Verdict decide(Change change, Lookups lookups) {
            var text = change.after(condition);
            if (text == null || !change.touches(condition)) return Verdict.accept();
            return lookups.fault("lead", text)
                    .<Verdict>map(fault -> new Verdict.Reject(List.of(fault)))
                    .orElseGet(Verdict::accept);
        }
    }

    @Bean
    RecordRule conditionOfScoreRule() {
        return new ConditionAboutLeads("scoreRule", ScoreRule.CONDITION);
    }

    @Bean
    RecordRule conditionOfAssignmentRule() {
        return new ConditionAboutLeads("assignmentRule", AssignmentRule.CONDITION);
    }
}
