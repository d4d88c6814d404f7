package dev.rapport.record;

import dev.rapport.database.NodeBus;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Since;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Who looks at which record now, and who is changing it. Kept in memory alone, and forgotten within a minute. */
@Component
public class Presence {
    private static final String TOPIC = "present";
    private static final Duration LASTING = Duration.ofSeconds(60);
    private static final int MANY = 10_000;

    private final NodeBus nodes;
    private final ApplicationEventPublisher events;
    private final Map<RecordId, Map<RecordId, Present>> present = new ConcurrentHashMap<>();

    Presence(NodeBus nodes, ApplicationEventPublisher events) {
        this.nodes = nodes;
        this.events = events;
    }

    /** What somebody does with a record. */
    public enum State {
        HERE,
        EDITING,
        GONE;

        /** Its name in the API; empty if it is none. */
        public static Optional<State> of(String code) {
            return List.of(values()).stream()
                    .filter(state -> state.code().equals(code))
                    .findFirst();
        }

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Somebody at a record. */
    public record Present(RecordId record, RecordId person, String name, State state, Since seen) {
        boolean lasts() {
            return !seen.isOlderThan(LASTING);
        }
    }

    /** Somebody came to a record, began or ended changing it, or left. */
    public record Changed(Present present) {}

    /** Tells those who look at the record as well. @param id a record that the actor sees @return the others who are there */
    public Collection<Present> announce(Actor actor, RecordId id, State state) {
        var now = new Present(id, actor.id(), actor.name(), state, Since.now());
        keep(now);
        var body = Json.object()
                .put("record", id.toString())
                .put("person", actor.id().toString())
                .put("name", actor.name())
                .put("state", state.code());
        nodes.tell(TOPIC, body.toString());
        return others(id, actor.id());
    }

    /** Whether the actor is at the record as well, and so was found to see it within the last minute. */
    public boolean concerns(Actor actor, Present someone) {
        var there = present.getOrDefault(someone.record(), Map.of()).get(actor.id());
        return there != null && there.lasts() && !actor.id().equals(someone.person());
    }

    private Collection<Present> others(RecordId id, RecordId self) {
        return present.getOrDefault(id, Map.of()).values().stream()
                .filter(one -> !one.person().equals(self) && one.lasts())
                .toList();
    }

    private void keep(Present one) {
        if (present.size() > MANY) forget();
        present.compute(one.record(), (id, there) -> {
            var next = there == null ? new ConcurrentHashMap<RecordId, Present>() : there;
            if (one.state() == State.GONE) next.remove(one.person());
            else next.put(one.person(), one);
            return next.isEmpty() ? null : next;
        });
        events.publishEvent(new Changed(one));
    }

    private void forget() {
        present.values().removeIf(there -> there.values().stream().allMatch(one -> !one.lasts()));
    }

    @EventListener
    void heard(NodeBus.Heard message) {
        if (!message.topic().equals(TOPIC)) return;
        try {
            var body = Json.MAPPER.readTree(message.body());
            var record = RecordId.parse(body.path("record").asString());
            var person = RecordId.parse(body.path("person").asString());
            var state = State.of(body.path("state").asString());
            if (record.isPresent() && person.isPresent() && state.isPresent())
                keep(new Present(record.get(), person.get(), body.path("name").asString(), state.get(), Since.now()));
        } catch (JacksonException e) {
            // another version of the product on another node; presence is only a hint
        }
    }
}
