package dev.rapport.pool.web;

import dev.rapport.access.Access;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Members;
import dev.rapport.http.ProblemWriter;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.pool.Pools;
import dev.rapport.pool.Recycling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Public pools: claiming, assigning, giving back, and what their rules would take back. */
@RestController
class PoolController {
    private static final int MOST_AT_ONCE = 100;

    private final Pools pools;
    private final Recycling recycling;
    private final Access access;

    PoolController(Pools pools, Recycling recycling, Access access) {
        this.pools = pools;
        this.recycling = recycling;
        this.access = access;
    }

    @Route("The pools the caller is a member of, with what is left to claim today")
    @GetMapping("/api/pools")
    JsonNode mine(Actor actor) {
        return pools.mine(actor);
    }

    @Route("Claim records that wait in a pool; the answer tells for each how it went")
    @PostMapping("/api/pools/{id}/claim")
    JsonNode claim(Actor actor, @PathVariable String id, JsonBody body) {
        var members = body.members();
        var records = records(members);
        members.done();
        var pool = id(id);
        return each(actor, records, record -> pools.claim(actor, pool, record));
    }

    @Route("Give waiting records to a member of the pool; for its managers")
    @PostMapping("/api/pools/{id}/assign")
    JsonNode assign(Actor actor, @PathVariable String id, JsonBody body) {
        var members = body.members();
        var records = records(members);
        var to = RecordId.parse(members.text("to")).orElse(null);
        if (to == null) members.violations().add(Violation.of("to", "id"));
        members.done();
        var pool = id(id);
        var person = java.util.Objects.requireNonNull(to);
        return each(actor, records, record -> pools.assign(actor, pool, record, person));
    }

    @Route("Give records back into a pool")
    @PostMapping("/api/pools/{id}/return")
    JsonNode giveBack(Actor actor, @PathVariable String id, JsonBody body) {
        var members = body.members();
        var records = records(members);
        var reason = members.optionalText("reason").orElse("");
        if (reason.length() > 500) members.violations().add(Violation.of("reason", "too-long", "max", 500));
        members.done();
        var pool = id(id);
        return each(actor, records, record -> pools.giveBack(actor, pool, record, reason));
    }

    @Route("What a pool's rules would take back if they ran now; for its managers")
    @GetMapping("/api/pools/{id}/simulation")
    JsonNode simulate(Actor actor, @PathVariable String id) {
        return recycling.simulate(actor, id(id));
    }

    @Route("Run a pool's rules now instead of at night; for its managers")
    @PostMapping("/api/pools/{id}/recycle")
    JsonNode recycle(Actor actor, @PathVariable String id) {
        return Json.object().put("recycled", recycling.recycleNow(actor, id(id)));
    }

    @Route("Who held a record: its ways into pools and out of them")
    @GetMapping("/api/records/{object}/{id}/holders")
    JsonNode holders(Actor actor, @PathVariable String object, @PathVariable String id) {
        return pools.holders(actor, access.object(actor, object).definition().name(), id(id));
    }

    private static List<RecordId> records(Members members) {
        var records = new ArrayList<RecordId>();
        for (var text : members.texts("records"))
            RecordId.parse(text)
                    .ifPresentOrElse(records::add, () -> members.violations().add(Violation.of("records", "id")));
        if (records.isEmpty() && members.violations().isEmpty())
            members.violations().add(Violation.of("records", "required"));
        if (records.size() > MOST_AT_ONCE)
            members.violations().add(Violation.of("records", "too-many", "max", MOST_AT_ONCE));
        return records;
    }

    private static JsonNode each(Actor actor, List<RecordId> records, Consumer<RecordId> work) {
        var answer = Json.object();
        var items = answer.putArray("items");
        int done = 0;
        for (var record : records) {
            var item = items.addObject().put("id", record.toString());
            try {
                work.accept(record);
                item.put("status", 200);
                done++;
            } catch (Refusal refusal) {
                if (records.size() == 1) throw refusal;
                item.put("status", refusal.kind().status());
                item.set("problem", ProblemWriter.document(refusal, actor.locale()));
            }
        }
        return answer.put("done", done);
    }

    private static RecordId id(String text) {
        return RecordId.parse(text).orElseThrow(Refusal::notFound);
    }
}
