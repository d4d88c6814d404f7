package dev.rapport.pool;

import dev.rapport.job.Recurring;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Runs the rules of all pools every night. */
@Component
class NightlyRecycling implements Recurring {
    private final ObjectProvider<Recycling> recycling;

    NightlyRecycling(ObjectProvider<Recycling> recycling) {
        this.recycling = recycling;
    }

    @Override
    public String name() {
        return "pool-recycling";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        recycling.getObject().recycleWhatIsDue();
    }
}
