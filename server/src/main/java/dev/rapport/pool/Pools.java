package dev.rapport.pool;

import dev.rapport.access.Access;
import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.ActorSource;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.SystemFields;
import dev.rapport.notify.Notice;
import dev.rapport.notify.Notifications;
import dev.rapport.pool.PoolStore.Movement;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import dev.rapport.record.RecordNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Claiming records from public pools, assigning them, and giving them back. Each record is a decision of its own. */
@Component
public class Pools {
    private final Acts acts;
    private final Access access;
    private final Catalogue catalogue;
    private final Database database;
    private final PoolStore store;
    private final Notifications notifications;
    private final RecordNames names;
    private final Audit audit;
    private final ActorSource people;
    private final Clock clock;

    Pools(
            Acts acts,
            Access access,
            Catalogue catalogue,
            Database database,
            PoolStore store,
            Notifications notifications,
            RecordNames names,
            Audit audit,
            ActorSource people,
            Clock clock) {
        this.people = people;
        this.acts = acts;
        this.access = access;
        this.catalogue = catalogue;
        this.database = database;
        this.store = store;
        this.notifications = notifications;
        this.names = names;
        this.audit = audit;
        this.clock = clock;
    }

    /** The pools that the actor is a member of, with what is left to them today. */
    public ObjectNode mine(Actor actor) {
        var answer = Json.object();
        var items = answer.putArray("items");
        acts.read(actor, act -> {
            var waiting = new HashMap<String, Map<UUID, Integer>>();
            for (var id : access.pools(actor)) {
                var pool = act.find("pool", new RecordId(id)).map(PoolTerms::of).orElse(null);
                if (pool == null || !pool.active()) continue;
                var object = catalogue.require(pool.object());
                var counts = waiting.computeIfAbsent(pool.object(), k -> store.waiting(act.tx(), object));
                int today = store.claimsSince(act.tx(), id, actor.id(), startOfDay(actor));
                int held = store.held(act.tx(), object, actor.id());
                items.addObject()
                        .put("id", id.toString())
                        .put("name", pool.name())
                        .put("object", pool.object())
                        .put("waiting", counts.getOrDefault(id, 0))
                        .put("manager", manages(actor, pool))
                        .put("held", held)
                        .put("capacity", pool.capacity())
                        .put("claimedToday", today)
                        .put("claimsPerDay", pool.claimsPerDay());
            }
            return true;
        });
        return answer;
    }

    private Instant startOfDay(Actor actor) {
        return clock.instant()
                .atZone(actor.zone())
                .toLocalDate()
                .atStartOfDay(actor.zone())
                .toInstant();
    }

    private boolean manages(Actor actor, PoolTerms pool) {
        return pool.managers().contains(actor.id()) || access.hasFunction(actor, "users");
    }

    private PoolTerms require(Act act, RecordId id) {
        var pool = act.find("pool", id).map(PoolTerms::of).orElseThrow(Refusal::notFound);
        boolean member = access.pools(act.actor()).contains(id.value());
        if (!member && !manages(act.actor(), pool)) throw Refusal.notFound();
        if (!pool.active()) throw Refusal.of(Refusal.Kind.CONFLICT, "pool-closed");
        return pool;
    }

    /**
     * Takes a record for oneself.
     *
     * @throws Refusal 404 if the pool or a record in it is not there for the actor, 409 if a limit is reached, somebody was
     *     quicker, or the actor had it until lately
     */
    public void claim(Actor actor, RecordId poolId, RecordId record) {
        acts.follow(actor, act -> {
            var pool = require(act, poolId);
            if (!access.pools(actor).contains(poolId.value())) throw Refusal.notFound();
            var item = waiting(act, pool, record);
            store.lockClaimsOf(act.tx(), actor.id());
            requireRoom(act, pool, actor.id());
            if (pool.claimsPerDay() != null
                    && store.claimsSince(act.tx(), poolId.value(), actor.id(), startOfDay(actor))
                            >= pool.claimsPerDay()) throw refusal("pool-claims-used", pool.claimsPerDay());
            coolOff(act, pool, record, actor);
            pass(act, pool, item, "claim", null, actor.id(), "");
            return true;
        });
    }

    private void requireRoom(Act act, PoolTerms pool, RecordId person) {
        if (pool.capacity() != null
                && store.held(act.tx(), catalogue.require(pool.object()), person) >= pool.capacity())
            throw refusal("pool-capacity", pool.capacity());
    }

    private void coolOff(Act act, PoolTerms pool, RecordId record, Actor actor) {
        if (pool.coolOffDays() == null) return;
        var lost = store.lostAt(act.tx(), record, actor.id()).orElse(null);
        if (lost == null) return;
        var free = lost.plus(Duration.ofDays(pool.coolOffDays()));
        if (free.isAfter(clock.instant()))
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "pool-cool-off",
                    Map.of("until", free.atZone(actor.zone()).toLocalDate().toString()));
    }

    private static Refusal refusal(String code, long limit) {
        return Refusal.of(Refusal.Kind.CONFLICT, code, Map.of("limit", limit));
    }

    /** A record that waits in the pool, locked until the end of the act. */
    private static Act.Item waiting(Act act, PoolTerms pool, RecordId record) {
        var item = act.require(pool.object(), record);
        if (!pool.id().equals(item.get(PoolExtensions.POOL))) throw Refusal.of(Refusal.Kind.CONFLICT, "pool-taken");
        return item;
    }

    /** Gives a waiting record to a member. @throws Refusal as {@link #claim}; 403 if the actor does not manage the pool */
    public void assign(Actor actor, RecordId poolId, RecordId record, RecordId person) {
        acts.follow(actor, act -> {
            var pool = require(act, poolId);
            requireManaging(actor, pool);
            if (!access.membersOfPool(poolId.value()).contains(person.value()))
                throw Refusal.of(Refusal.Kind.CONFLICT, "pool-not-member");
            var item = waiting(act, pool, record);
            store.lockClaimsOf(act.tx(), person);
            requireRoom(act, pool, person);
            pass(act, pool, item, "assign", null, person, "");
            return true;
        });
        tell(person, "pool-assigned", poolId, record);
    }

    void requireManaging(Actor actor, PoolTerms pool) {
        if (!manages(actor, pool))
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN, "forbidden", Map.of("operation", "assign", "object", pool.object()));
    }

    private void tell(RecordId person, String kind, RecordId pool, RecordId record) {
        var object = acts.read(
                actorOf(person),
                act -> act.find("pool", pool)
                        .map(PoolTerms::of)
                        .map(PoolTerms::object)
                        .orElse(""));
        if (!object.isEmpty())
            notifications.tell(List.of(
                    new Notice(person, kind, object, record, kind + " " + record + " " + clock.instant(), Map.of())));
    }

    private Actor actorOf(RecordId person) {
        return people.find(person).orElseThrow(Refusal::notFound);
    }

    /**
     * Gives a record back that one owns, or that a manager takes from a member.
     *
     * @throws Refusal 404 if the actor does not see it, 403 if it is somebody else's and the actor does not manage the pool
     */
    public void giveBack(Actor actor, RecordId poolId, RecordId record, String reason) {
        acts.follow(actor, act -> {
            var pool = require(act, poolId);
            var item = act.require(pool.object(), record);
            var owner = item.get(SystemFields.OWNER);
            if (owner == null) throw Refusal.of(Refusal.Kind.CONFLICT, "pool-already-there");
            if (!owner.equals(actor.id())) requireManaging(actor, pool);
            pass(act, pool, item, "return", owner, null, reason);
            return true;
        });
    }

    /** Writes one passage, and who made it, into the record and into what is remembered. */
    void pass(
            Act act,
            PoolTerms pool,
            Act.Item item,
            String kind,
            @Nullable RecordId from,
            @Nullable RecordId to,
            String reason) {
        var values = new HashMap<Field<?>, @Nullable Object>();
        values.put(SystemFields.OWNER, to);
        values.put(PoolExtensions.POOL, to == null ? pool.id() : null);
        values.put(PoolExtensions.HELD_SINCE, to == null ? null : clock.instant());
        act.pass(pool.object(), item, values);
        store.add(
                act.tx(),
                new Movement(
                        pool.id().value(),
                        pool.object(),
                        item.id().value(),
                        kind,
                        from == null ? null : from.value(),
                        to == null ? null : to.value(),
                        act.actor().id().value(),
                        reason,
                        clock.instant()));
    }

    /** Who held a record and when, the newest first. @throws Refusal 404 if the actor may not see it */
    public ObjectNode holders(Actor actor, String object, RecordId record) {
        var answer = Json.object();
        var items = answer.putArray("items");
        var movements = acts.read(actor, act -> {
            act.require(object, record);
            return store.of(act.tx(), record);
        });
        var ids = new HashMap<String, Set<UUID>>();
        for (var movement : movements) {
            ids.computeIfAbsent("pool", k -> new HashSet<>()).add(movement.pool());
            for (var person : java.util.Arrays.asList(movement.from(), movement.to(), movement.by()))
                if (person != null)
                    ids.computeIfAbsent("user", k -> new HashSet<>()).add(person);
        }
        var known = names.live(actor, ids);
        for (var movement : movements) {
            var item = items.addObject()
                    .put("kind", movement.kind())
                    .put("at", movement.at().toString())
                    .put("reason", movement.reason());
            link(item, "pool", movement.pool(), known);
            link(item, "from", movement.from(), known);
            link(item, "to", movement.to(), known);
            link(item, "by", movement.by(), known);
        }
        return answer;
    }

    private static void link(ObjectNode item, String member, @Nullable UUID id, Map<UUID, String> names) {
        if (id == null) item.putNull(member);
        else item.putObject(member).put("id", id.toString()).put("name", names.get(id));
    }

    /** The pool's terms for whoever manages it. */
    PoolTerms managed(Actor actor, RecordId id) {
        return acts.read(actor, act -> {
            var pool = act.find("pool", id).map(PoolTerms::of).orElseThrow(Refusal::notFound);
            if (!manages(actor, pool)) throw Refusal.notFound();
            return pool;
        });
    }

    /** All pools whose rules take records back. */
    List<PoolTerms> recycling(Actor actor) {
        return acts.read(
                actor,
                act -> act.where("pool", Pool.ACTIVE, true).stream()
                        .map(PoolTerms::of)
                        .filter(PoolTerms::recycles)
                        .sorted(java.util.Comparator.comparing(PoolTerms::name))
                        .toList());
    }

    /** What is told of records that were taken back, once for each owner and pool. */
    void tellRecycled(PoolTerms pool, Map<RecordId, List<RecordId>> byOwner) {
        var notices = new ArrayList<Notice>();
        byOwner.forEach((owner, records) -> notices.add(new Notice(
                owner,
                "pool-recycled",
                "pool",
                pool.id(),
                "pool-recycled " + pool.id() + " " + clock.instant(),
                Map.of("name", pool.name()))));
        notifications.tell(notices);
    }

    void audit(Actor actor, PoolTerms pool, long count) {
        audit.write(Audit.Event.of(actor, "pool.recycle").on("pool", pool.id()).with("records", count));
    }

    Acts acts() {
        return acts;
    }

    Database database() {
        return database;
    }

    PoolStore store() {
        return store;
    }

    Map<UUID, String> names(Actor actor, Map<String, Set<UUID>> ids) {
        return names.live(actor, ids);
    }
}
