package dev.rapport.sales;

import dev.rapport.metadata.Field;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** A lead's score: the points of all score rules whose condition holds, with the names of those rules. */
@Component
@Order(2)
class LeadScore implements RecordRule {
    @Override
    public String object() {
        return "lead";
    }

    @Override
    public Verdict decide(Change change, Lookups lookups) {
        if (change.kind() == Change.Kind.DELETE) return Verdict.accept();
        long score = 0;
        var reasons = new ArrayList<String>();
        for (var rule : lookups.find("scoreRule", ScoreRule.ACTIVE, true)) {
            if (!lookups.holds(Objects.requireNonNull(rule.value(ScoreRule.CONDITION)), change)) continue;
            long points = Objects.requireNonNull(rule.value(ScoreRule.POINTS));
            score += points;
            reasons.add(rule.value(ScoreRule.NAME) + " " + (points < 0 ? "−" : "+") + Math.abs(points));
        }
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(Lead.SCORE, score);
        values.put(Lead.SCORE_REASONS, reasons.isEmpty() ? null : reasons);
        return new Verdict.Amend(values);
    }
}
