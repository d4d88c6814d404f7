package dev.rapport.administration;

import dev.rapport.access.Shares;
import dev.rapport.job.Recurring;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Takes away shares whose time is over; they work no more from that moment on. */
@Component
class SecurityUpkeep implements Recurring {
    private final Shares shares;

    SecurityUpkeep(Shares shares) {
        this.shares = shares;
    }

    @Override
    public String name() {
        return "expired-shares";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        shares.sweep();
    }
}
