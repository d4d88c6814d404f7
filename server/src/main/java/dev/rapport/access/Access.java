package dev.rapport.access;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trueCondition;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rapport.database.Database;
import dev.rapport.database.NodeBus;
import dev.rapport.database.Tx;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Since;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.CatalogueView;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.query.RowScope;
import dev.rapport.schema.SchemaChange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Who may do what. Permissions of several roles add up; there is no way to ask for records without naming the actor, and
 * no actor for whom the question is skipped.
 */
@Component
public class Access {
    private static final String TOPIC = "access";
    /** So long another node's message about a change may be lost. */
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private static final Duration STATISTICS_HOLD = Duration.ofMinutes(1);

    private final Catalogue catalogue;
    private final SharingRules sharingRules;
    private final NodeBus nodes;
    private final RowCounts counts;
    private final LoadingCache<String, Snapshot> snapshot;
    private volatile Snapshot last;
    private volatile @Nullable Since placesRead;
    private volatile Statistics statistics = Statistics.NONE;
    private volatile @Nullable Since statisticsRead;

    /** @param schema makes sure that the tables are there, and follows what other nodes change */
    public Access(
            Database database, Catalogue catalogue, SchemaChange schema, SharingRules sharingRules, NodeBus nodes) {
        this.catalogue = catalogue;
        this.sharingRules = sharingRules;
        this.nodes = nodes;
        this.counts = new RowCounts(database, () -> statistics);
        this.last = new Snapshot(catalogue, Map.of(), Organisation.NOBODY, List.of(), counts);
        this.snapshot = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofSeconds(2))
                .build(key -> database.read(tx -> {
                    schema.refresh(tx);
                    return read(tx);
                }));
    }

    private Snapshot read(Tx tx) {
        var before = last;
        var grants = new HashMap<String, Grants>();
        tx.dsl()
                .select(field(name("name"), SQLDataType.VARCHAR), field(name("grants"), SQLDataType.JSONB))
                .from(table(name("role")))
                .forEach(row -> grants.put(
                        row.value1(), Grants.read(Json.stored(row.value2().data()))));
        boolean placesMayHaveChanged = isOlderThan(AT_MOST, placesRead);
        if (!placesMayHaveChanged && grants.equals(before.grants())) return before;
        var now = Since.now();
        if (isOlderThan(STATISTICS_HOLD, statisticsRead)) {
            statistics = Statistics.read(tx);
            statisticsRead = now;
        }
        var organisation = Organisation.read(tx);
        var rules = sharingRules.read(tx);
        placesRead = now;
        if (before.saysTheSame(grants, organisation, rules)) return before;
        return last = new Snapshot(catalogue, Map.copyOf(grants), organisation, rules, counts);
    }

    private static boolean isOlderThan(Duration age, @Nullable Since read) {
        return read == null || read.isOlderThan(age);
    }

    /** Forgets what was read of roles, places and rules, so that a change holds at the next request, here and on other nodes. */
    public void refresh() {
        forget();
        nodes.tell(TOPIC, "changed");
    }

    private void forget() {
        placesRead = null;
        snapshot.invalidateAll();
    }

    @EventListener
    void heard(NodeBus.Heard message) {
        if (message.topic().equals(TOPIC)) forget();
    }

    /** The catalogue as {@code actor} sees it. */
    public CatalogueView catalogue(Actor actor) {
        var now = now();
        return objectName -> catalogue.find(objectName).flatMap(object -> now.view(actor, object));
    }

    /** @throws Refusal 404 if the object does not exist or the actor may not read it */
    public ObjectView object(Actor actor, String objectName) {
        return catalogue(actor).object(objectName).orElseThrow(Refusal::notFound);
    }

    /** Whether the actor may do it with any record; with which, {@link #rows(Actor, Operation)} says. */
    public boolean allows(Actor actor, Operation operation, ObjectDef object) {
        var grants = grants(actor);
        var governed = object.governedBy();
        boolean reads = operation.reads();
        if (governed != null
                && !reads
                && grants.stream().noneMatch(grant -> grant.functions().contains(governed))) return false;
        return grants.stream().anyMatch(grant -> grant.allows(object.name(), operation));
    }

    /** @throws Refusal 403 if none of the actor's roles allows it */
    public void require(Actor actor, Operation operation, ObjectDef object) {
        if (!allows(actor, operation, object))
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN,
                    "forbidden",
                    Map.of("operation", operation.code(), "object", object.name()));
    }

    /** @throws Refusal 403 unless one of the actor's roles has this function, such as {@code users} */
    public void requireFunction(Actor actor, String function) {
        if (!hasFunction(actor, function))
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "forbidden", Map.of("operation", function, "object", ""));
    }

    public boolean hasFunction(Actor actor, String function) {
        return grants(actor).stream().anyMatch(grant -> grant.functions().contains(function));
    }

    /** Functions that the actor's roles have, such as {@code customize}. */
    public Set<String> functions(Actor actor) {
        var functions = new TreeSet<String>();
        grants(actor).forEach(grant -> functions.addAll(grant.functions()));
        return functions;
    }

    /** Which rows the actor sees; the same instance as long as the actor's rights are the same. */
    public RowScope rows(Actor actor) {
        return now().scope(actor, Operation.READ);
    }

    /** Which rows the actor may do this with. */
    public RowScope rows(Actor actor, Operation operation) {
        return now().scope(actor, operation);
    }

    /** Whether the actor sees every record of the object, so that figures over all of them tell nothing hidden. */
    public boolean seesAll(Actor actor, ObjectDef object) {
        return rows(actor).visible(object, table(name(object.table()))).equals(trueCondition());
    }

    /** @throws Refusal 403 unless the actor sees every record of the object */
    public void requireAll(Actor actor, ObjectDef object) {
        if (!seesAll(actor, object))
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN, "forbidden", Map.of("operation", "viewAll", "object", object.name()));
    }

    private List<Grants> grants(Actor actor) {
        return now().of(Held.of(actor));
    }

    static boolean reads(List<Grants> grants, ObjectDef object, Field<?> field) {
        return grants.stream()
                .anyMatch(grant ->
                        grant.allows(object.name(), Operation.READ) && grant.reads(object.name(), field.name()));
    }

    /** Whether every role that shows the field masks it. */
    static boolean isMasked(List<Grants> grants, ObjectDef object, Field<?> field) {
        boolean shown = false;
        for (var grant : grants) {
            if (!grant.allows(object.name(), Operation.READ) || !grant.reads(object.name(), field.name())) continue;
            if (grant.unmasks(object.name(), field.name())) return false;
            shown = true;
        }
        return shown;
    }

    /** Fields that are hidden from the actor in a record which lies in {@code pool}. @param pool null if it lies in none */
    public Set<String> maskedIn(Actor actor, ObjectDef object, java.util.@Nullable UUID pool) {
        if (pool == null || !ActorScope.masksInPools(grants(actor), object)) return Set.of();
        var reach = now().organisation().reach(actor.id().value());
        if (!List.of(reach.maskedPools()).contains(pool)) return Set.of();
        var hidden = new TreeSet<String>();
        for (var field : object.fields()) if (ActorScope.isContactData(field)) hidden.add(field.name());
        return hidden;
    }

    /** The pools that the actor is a member of. */
    public List<java.util.UUID> pools(Actor actor) {
        return List.of(now().organisation().reach(actor.id().value()).pools());
    }

    /** Everybody who can sign in and is a member of the pool. */
    public List<java.util.UUID> membersOfPool(java.util.UUID pool) {
        var organisation = now().organisation();
        return organisation.people().entrySet().stream()
                .filter(person -> person.getValue().active())
                .map(Map.Entry::getKey)
                .filter(person -> List.of(organisation.reach(person).pools()).contains(pool))
                .sorted()
                .toList();
    }

    Snapshot now() {
        return Objects.requireNonNull(snapshot.get(""));
    }
}
