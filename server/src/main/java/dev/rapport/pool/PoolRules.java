package dev.rapport.pool;

import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A record is owned by somebody or waits in a pool, never both and never neither. */
@Configuration(proxyBeanMethods = false)
class PoolRules {
    private record OwnedOrWaiting(String object, Clock clock) implements RecordRule {
        @Override
        public Verdict decide(Change change, Lookups lookups) {
            boolean moves = change.touches(SystemFields.OWNER) || change.touches(PoolExtensions.POOL);
            if (!moves || change.kind() == Change.Kind.DELETE) return Verdict.accept();
            boolean owned = change.after(SystemFields.OWNER) != null;
            if (!owned && change.after(PoolExtensions.POOL) == null)
                return new Verdict.Reject(List.of(Violation.of("owner", "required")));
            var values = new HashMap<Field<?>, @Nullable Object>();
            if (owned) values.put(PoolExtensions.POOL, null);
            values.put(PoolExtensions.HELD_SINCE, owned ? clock.instant().truncatedTo(ChronoUnit.MICROS) : null);
            return new Verdict.Amend(values);
        }
    }

    @Bean
    RecordRule accountOwnedOrWaiting(Clock clock) {
        return new OwnedOrWaiting("account", clock);
    }

    @Bean
    RecordRule leadOwnedOrWaiting(Clock clock) {
        return new OwnedOrWaiting("lead", clock);
    }
}
