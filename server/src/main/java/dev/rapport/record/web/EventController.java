package dev.rapport.record.web;

import dev.rapport.access.Access;
import dev.rapport.http.Json;
import dev.rapport.http.Route;
import dev.rapport.job.JobProgress;
import dev.rapport.job.JobView;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.PersonTold;
import dev.rapport.record.Presence;
import dev.rapport.record.RecordChanged;
import dev.rapport.record.RecordSight;
import dev.rapport.schema.SchemaChange;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;

/** Tells signed-in browsers what changes while they look: their jobs' progress, and records they may see. */
@RestController
class EventController {
    private static final Logger log = LoggerFactory.getLogger(EventController.class);
    private static final long LIFETIME_MS = 10 * 60_000L;

    private final Access access;
    private final RecordSight sight;
    private final Presence presence;
    private final Map<SseEmitter, Actor> listeners = new ConcurrentHashMap<>();
    private final ExecutorService sending =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("events").factory());

    EventController(Access access, RecordSight sight, Presence presence) {
        this.sight = sight;
        this.presence = presence;
        this.access = access;
    }

    @Route("Server-sent events: job progress and changes of records")
    @GetMapping(path = "/api/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter listen(Actor actor) throws IOException {
        var emitter = new SseEmitter(LIFETIME_MS);
        emitter.onCompletion(() -> listeners.remove(emitter));
        emitter.onTimeout(emitter::complete);
        emitter.onError(e -> listeners.remove(emitter));
        listeners.put(emitter, actor);
        emitter.send(SseEmitter.event().name("hello").data("{}"));
        return emitter;
    }

    /** Open streams must not hold up a shutdown: browsers come back by themselves. */
    @EventListener
    void stopping(ContextClosedEvent event) {
        listeners.keySet().forEach(SseEmitter::complete);
    }

    @EventListener
    void jobMoved(JobProgress progress) {
        if (listeners.isEmpty()) return;
        var body = JobView.of(progress.job());
        send("job", actor -> actor.id().equals(progress.job().actor()) ? body : null);
    }

    @EventListener
    void recordChanged(RecordChanged changed) {
        if (listeners.isEmpty()) return;
        var id = changed.id();
        var body = Json.object()
                .put("object", changed.object())
                .put("id", id == null ? null : id.toString())
                .put("version", changed.version())
                .put("kind", changed.kind());
        send(
                "record",
                actor -> access.catalogue(actor)
                        .object(changed.object())
                        .filter(object -> id == null || sight.sees(actor, object.definition(), id))
                        .map(object -> body)
                        .orElse(null));
    }

    @EventListener
    void presenceChanged(Presence.Changed changed) {
        if (listeners.isEmpty()) return;
        var one = changed.present();
        var body = PresenceController.describe(one).put("record", one.record().toString());
        send("presence", actor -> presence.concerns(actor, one) ? body : null);
    }

    @EventListener
    void personTold(PersonTold told) {
        if (listeners.isEmpty()) return;
        var body = Json.object();
        send(told.event(), actor -> actor.id().equals(told.person()) ? body : null);
    }

    @EventListener
    void catalogueChanged(SchemaChange.CatalogueChanged changed) {
        if (listeners.isEmpty()) return;
        var body = Json.object().put("version", changed.version());
        send("catalogue", actor -> body);
    }

    private void send(String name, Function<Actor, @Nullable JsonNode> bodyFor) {
        sending.execute(() -> listeners.forEach((emitter, actor) -> {
            var body = bodyFor.apply(actor);
            if (body != null) send(emitter, name, body);
        }));
    }

    private void send(SseEmitter emitter, String name, JsonNode body) {
        try {
            emitter.send(SseEmitter.event().name(name).data(body.toString()));
        } catch (IOException | IllegalStateException e) {
            log.debug("A listener went away", e);
            listeners.remove(emitter);
        }
    }
}
