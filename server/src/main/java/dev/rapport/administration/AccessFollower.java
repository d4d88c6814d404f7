package dev.rapport.administration;

import dev.rapport.access.Access;
import dev.rapport.record.RecordChanged;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Rights follow from these records: a change of one holds at the next request. */
@Component
class AccessFollower {
    private static final Set<String> DECISIVE =
            Set.of("user", "team", "department", "userGroup", "sharingRule", "territory", "pool");

    private final Access access;

    AccessFollower(Access access) {
        this.access = access;
    }

    @EventListener
    void changed(RecordChanged change) {
        if (DECISIVE.contains(change.object()) && !change.isFromElsewhere()) access.refresh();
    }
}
