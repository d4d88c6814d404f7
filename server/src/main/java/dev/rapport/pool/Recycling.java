package dev.rapport.pool;

import dev.rapport.access.Access;
import dev.rapport.http.Json;
import dev.rapport.identity.Users;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.QueryReader;
import dev.rapport.record.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes records back into their pool that nobody looks after, every night from two o'clock in the zone of the first
 * administrator, and says beforehand which these would be. A record is looked at again right before it is taken.
 */
@Component
public class Recycling {
    private static final LocalTime FROM = LocalTime.of(2, 0);
    private static final int PAGE = 200;
    private static final int SHOWN = 100;
    private static final int MOST_AT_ONCE = 50_000;

    private final Pools pools;
    private final Access access;
    private final Records records;
    private final QueryReader queries;
    private final Users users;
    private final Clock clock;

    Recycling(Pools pools, Access access, Records records, QueryReader queries, Users users, Clock clock) {
        this.pools = pools;
        this.access = access;
        this.records = records;
        this.queries = queries;
        this.users = users;
        this.clock = clock;
    }

    /** Runs the rules of the pools for which this has not been done today. */
    void recycleWhatIsDue() {
        users.anyAdministrator().ifPresent(actor -> {
            var now = clock.instant().atZone(actor.zone());
            if (now.toLocalTime().isBefore(FROM)) return;
            for (var pool : pools.recycling(actor))
                if (pools.database()
                        .transact(tx -> pools.store().beginDay(tx, pool.id().value(), now.toLocalDate())))
                    recycle(actor, pool);
        });
    }

    /** Runs the rules of one pool now. @return how many records went back */
    public long recycleNow(Actor actor, RecordId pool) {
        var terms = pools.managed(actor, pool);
        if (!terms.active()) throw Refusal.of(Refusal.Kind.CONFLICT, "pool-closed");
        return recycle(users.anyAdministrator().orElseThrow(), terms);
    }

    private long recycle(Actor actor, PoolTerms pool) {
        long count = 0;
        var byOwner = new HashMap<RecordId, List<RecordId>>();
        for (var rule : rules(actor, pool)) {
            while (count < MOST_AT_ONCE) {
                var page = records.find(
                        actor, queries.read(actor, access.object(actor, pool.object()), query(rule.filter(), PAGE)));
                if (page.rows().isEmpty()) break;
                long before = count;
                for (var row : page.rows()) {
                    var id = new RecordId((UUID) Objects.requireNonNull(row[0]));
                    var owner = take(actor, pool, id, rule);
                    if (owner.isEmpty()) continue;
                    byOwner.computeIfAbsent(owner.get(), k -> new ArrayList<>()).add(id);
                    count++;
                }
                if (count == before) break;
            }
        }
        if (count > 0) {
            pools.tellRecycled(pool, byOwner);
            pools.audit(actor, pool, count);
        }
        return count;
    }

    /** @return who had it; empty if it is gone or in a pool by now */
    private Optional<RecordId> take(Actor actor, PoolTerms pool, RecordId id, Rule rule) {
        return pools.acts().follow(actor, act -> {
            var item = act.find(pool.object(), id);
            var owner = item.map(found -> found.get(SystemFields.OWNER));
            if (owner.isPresent()) pools.pass(act, pool, item.get(), "recycle", owner.get(), null, rule.code());
            return owner;
        });
    }

    /** One rule of a pool as a filter. @param code {@code no-follow-up}, {@code no-deal} or {@code contract-end} */
    private record Rule(String code, ObjectNode filter) {}

    private List<Rule> rules(Actor actor, PoolTerms pool) {
        var today = LocalDate.ofInstant(clock.instant(), actor.zone());
        var rules = new ArrayList<Rule>();
        boolean account = pool.object().equals("account");
        if (pool.noFollowUpDays() != null) {
            var since = before(pool.noFollowUpDays());
            var parts = all(pool, since);
            for (var activity : List.of("call", "meeting", "visit", "note", "mail", "task"))
                parts.add(not(exists(activity, pool.object(), compare("createdAt", "after", since))));
            rules.add(rule("no-follow-up", parts));
        }
        if (pool.noDealDays() != null) {
            var since = before(pool.noDealDays());
            var parts = all(pool, since);
            if (account) {
                var won = Json.object();
                won.putArray("and")
                        .add(compare("status", "eq", "won"))
                        .add(compare(
                                "closeDate",
                                "gte",
                                today.minusDays(pool.noDealDays()).toString()));
                parts.add(not(exists("opportunity", "account", won)));
            } else parts.add(not(compare("status", "eq", "converted")));
            rules.add(rule("no-deal", parts));
        }
        if (pool.contractEndDays() != null && account) {
            var ended = today.minusDays(pool.contractEndDays()).toString();
            var parts = all(pool, before(pool.contractEndDays()));
            parts.add(exists("contract", "account", compare("endsOn", "lt", ended)));
            parts.add(not(exists("contract", "account", compare("endsOn", "gte", ended))));
            rules.add(rule("contract-end", parts));
        }
        return rules;
    }

    private String before(long days) {
        return clock.instant().minus(Duration.ofDays(days)).toString();
    }

    /** What the pool's members have had since before {@code since}. */
    private ArrayNode all(PoolTerms pool, String since) {
        var parts = Json.MAPPER.createArrayNode();
        var owned = Json.object().put("field", "owner").put("op", "in");
        var people = owned.putArray("value");
        for (var member : access.membersOfPool(pool.id().value())) people.add(member.toString());
        parts.add(owned);
        var held = Json.object();
        held.putArray("or").add(compare("heldSince", "before", since)).add(neverMoved(since));
        parts.add(held);
        return parts;
    }

    /** Records from before there were pools do not know since when they are held. */
    private static ObjectNode neverMoved(String since) {
        var both = Json.object();
        both.putArray("and")
                .add(Json.object().put("field", "heldSince").put("op", "isEmpty"))
                .add(compare("createdAt", "before", since));
        return both;
    }

    private static Rule rule(String code, ArrayNode parts) {
        var filter = Json.object();
        filter.set("and", parts);
        return new Rule(code, filter);
    }

    private static ObjectNode compare(String field, String op, String value) {
        return Json.object().put("field", field).put("op", op).put("value", value);
    }

    private static ObjectNode not(JsonNode part) {
        var node = Json.object();
        node.set("not", part);
        return node;
    }

    private static ObjectNode exists(String object, String via, JsonNode filter) {
        var node = Json.object();
        node.putObject("exists").put("object", object).put("via", via).set("filter", filter);
        return node;
    }

    private static JsonNode query(JsonNode filter, int limit) {
        var body = Json.object().put("limit", limit).put("sort", "createdAt").put("count", "bounded");
        body.putArray("fields").add("owner");
        body.set("filter", filter);
        return body;
    }

    /**
     * What the rules would take back if they ran now: by rule how many, and the first of them. A record that two rules would
     * take is told under the first.
     */
    public ObjectNode simulate(Actor actor, RecordId pool) {
        var terms = pools.managed(actor, pool);
        var eye = users.anyAdministrator().orElseThrow();
        var answer = Json.object();
        var items = answer.putArray("rules");
        var seen = new HashSet<UUID>();
        for (var rule : rules(eye, terms)) {
            var view = access.object(eye, terms.object());
            var page = records.find(eye, queries.read(eye, view, query(rule.filter(), SHOWN)));
            var item = items.addObject().put("rule", rule.code());
            var count = Objects.requireNonNull(page.count());
            item.put("count", count.value()).put("exact", count.exact());
            var list = item.putArray("records");
            for (var row : page.rows()) {
                var id = (UUID) Objects.requireNonNull(row[0]);
                if (seen.add(id)) list.addObject().put("id", id.toString()).put("owner", String.valueOf(row[2]));
            }
        }
        // a record that the manager does not see has no name for them
        answer.set("names", names(actor, terms.object(), items));
        return answer;
    }

    private ObjectNode names(Actor eye, String object, ArrayNode rules) {
        var ids = new HashMap<String, Set<UUID>>();
        for (var rule : rules)
            for (var record : rule.path("records")) {
                wanted(ids, "user", record.path("owner"));
                wanted(ids, object, record.path("id"));
            }
        var node = Json.object();
        pools.names(eye, ids).forEach((id, name) -> node.put(id.toString(), name));
        return node;
    }

    private static void wanted(Map<String, Set<UUID>> ids, String object, JsonNode id) {
        RecordId.parse(id.asString(""))
                .ifPresent(found ->
                        ids.computeIfAbsent(object, k -> new HashSet<>()).add(found.value()));
    }
}
