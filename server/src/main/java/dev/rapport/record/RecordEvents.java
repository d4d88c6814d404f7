package dev.rapport.record;

import dev.rapport.database.Tx;
import java.util.List;
import java.util.Locale;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells the rest of the product what changed, once it is committed. */
@Component
class RecordEvents {
    private static final int ONE_BY_ONE = 200;

    private final ApplicationEventPublisher publisher;
    private final LinkNames names;

    RecordEvents(ApplicationEventPublisher publisher, LinkNames names) {
        this.publisher = publisher;
        this.names = names;
    }

    /** A few changes are told one by one; many as one event without ids, for whoever shows lists. */
    void changed(Tx tx, List<PendingChange> changes) {
        if (changes.isEmpty()) return;
        var object = changes.getFirst().object().name();
        tx.afterCommit(() ->
                names.forget(changes.stream().map(change -> change.id().value()).toList()));
        if (changes.size() > ONE_BY_ONE) {
            tx.afterCommit(() -> publisher.publishEvent(new RecordChanged(object, null, 0, "bulk")));
            return;
        }
        tx.afterCommit(() -> changes.forEach(change -> publisher.publishEvent(new RecordChanged(
                object, change.id(), change.newVersion(), change.kind().name().toLowerCase(Locale.ROOT)))));
    }
}
