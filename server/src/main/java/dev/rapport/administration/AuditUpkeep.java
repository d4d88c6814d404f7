package dev.rapport.administration;

import dev.rapport.audit.Audit;
import dev.rapport.job.Recurring;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Takes entries out of the audit log that are older than the administrators want to keep. */
@Component
class AuditUpkeep implements Recurring {
    private final Audit audit;

    AuditUpkeep(Audit audit) {
        this.audit = audit;
    }

    @Override
    public String name() {
        return "audit-retention";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        audit.prune();
    }
}
