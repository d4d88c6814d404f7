package dev.rapport.record;

import dev.rapport.database.NodeBus;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.RecordId;
import java.util.List;
import java.util.Locale;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the rest of the product, on this node and the others, what changed, once it is committed. */
@Component
class RecordEvents {
    private static final int ONE_BY_ONE = 200;
    private static final String TOPIC = "record";

    private final ApplicationEventPublisher publisher;
    private final NodeBus nodes;
    private final LinkNames names;

    RecordEvents(ApplicationEventPublisher publisher, NodeBus nodes, LinkNames names) {
        this.publisher = publisher;
        this.nodes = nodes;
        this.names = names;
    }

    /** A few changes are told one by one; many as one event without ids, for whoever shows lists. */
    void changed(Tx tx, List<PendingChange> changes) {
        if (changes.isEmpty()) return;
        tx.afterCommit(() -> {
            names.forget(changes.stream().map(change -> change.id().value()).toList());
            events(changes).forEach(event -> {
                publisher.publishEvent(event);
                nodes.tell(TOPIC, text(event));
            });
        });
    }

    /** Computed fields of these records have followed a change elsewhere: whoever shows them reads them again. */
    void computed(Tx tx, dev.rapport.metadata.ObjectDef object, java.util.Collection<java.util.UUID> ids) {
        var all = List.copyOf(ids);
        tx.afterCommit(() -> {
            names.forget(all);
            var events = all.size() > ONE_BY_ONE
                    ? List.of(new RecordChanged(object.name(), null, 0, "bulk"))
                    : all.stream()
                            .map(id -> new RecordChanged(object.name(), new RecordId(id), 0, "computed"))
                            .toList();
            events.forEach(event -> {
                publisher.publishEvent(event);
                nodes.tell(TOPIC, text(event));
            });
        });
    }

    private static List<RecordChanged> events(List<PendingChange> changes) {
        var object = changes.getFirst().object().name();
        if (changes.size() > ONE_BY_ONE) return List.of(new RecordChanged(object, null, 0, "bulk"));
        return changes.stream()
                .map(change -> new RecordChanged(
                        object,
                        change.id(),
                        change.newVersion(),
                        change.kind().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static String text(RecordChanged event) {
        var id = event.id();
        return Json.object()
                .put("object", event.object())
                .put("id", id == null ? null : id.toString())
                .put("version", event.version())
                .put("kind", event.kind())
                .toString();
    }

    /** A record was changed through another node. */
    @EventListener
    void heard(NodeBus.Heard message) {
        if (!message.topic().equals(TOPIC)) return;
        var node = Json.parse(message.body());
        var id = node.path("id").isString()
                ? RecordId.parse(node.path("id").stringValue()).orElseThrow()
                : null;
        if (id == null) names.forgetAll();
        else names.forget(List.of(id.value()));
        publisher.publishEvent(new RecordChanged(
                node.path("object").asString(),
                id,
                node.path("version").asInt(),
                node.path("kind").asString(),
                true));
    }
}
