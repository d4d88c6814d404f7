package dev.rapport.record.web;

import dev.rapport.access.Access;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.record.Presence;
import dev.rapport.record.QueryReader;
import dev.rapport.record.RecordSight;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who is at a record with me. */
@RestController
class PresenceController {
    private final Access access;
    private final RecordSight sight;
    private final Presence presence;

    PresenceController(Access access, RecordSight sight, Presence presence) {
        this.access = access;
        this.sight = sight;
        this.presence = presence;
    }

    @Route("Say that I look at a record, change it or have left it; the answer names the others who are there")
    @PostMapping("/api/records/{object}/{id}/presence")
    JsonNode announce(Actor actor, @PathVariable String object, @PathVariable String id, JsonBody body) {
        var view = access.object(actor, object);
        var record = QueryReader.id(id);
        var members = body.members();
        var state = Presence.State.of(members.text("state"));
        if (state.isEmpty()) members.violations().add(Violation.of("state", "type", "expected", "here, editing, gone"));
        members.done();
        if (!sight.sees(actor, view.definition(), record)) throw Refusal.notFound();
        var answer = Json.object();
        var others = answer.putArray("others");
        presence.announce(actor, record, state.orElseThrow()).forEach(one -> others.add(describe(one)));
        return answer;
    }

    static ObjectNode describe(Presence.Present one) {
        return Json.object()
                .put("id", one.person().toString())
                .put("name", one.name())
                .put("state", one.state().code());
    }
}
