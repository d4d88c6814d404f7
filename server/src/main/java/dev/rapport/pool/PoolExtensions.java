package dev.rapport.pool;

import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectExtension;
import dev.rapport.metadata.TimeTypes;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What objects that may lie in a pool get for it. */
@Configuration(proxyBeanMethods = false)
public class PoolExtensions {
    /** The pool in which the record waits for somebody; empty while somebody owns it. */
    public static final Field<RecordId> POOL =
            field("pool", new LinkTypes.Lookup("pool"), "In public pool", "所在公海", READ_ONLY, FILTERABLE);

    /** Since when its owner has it; days without follow-up count from here at the earliest. */
    public static final Field<Instant> HELD_SINCE =
            field("heldSince", new TimeTypes.Moment(), "Owner since", "归属起始时间", READ_ONLY, NO_HISTORY);

    private record Pooled(String object) implements ObjectExtension {
        @Override
        public List<Field<?>> fields() {
            return List.of(POOL, HELD_SINCE);
        }
    }

    @Bean
    ObjectExtension pooledAccounts() {
        return new Pooled("account");
    }

    @Bean
    ObjectExtension pooledLeads() {
        return new Pooled("lead");
    }
}
