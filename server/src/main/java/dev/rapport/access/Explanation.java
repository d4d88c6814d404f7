package dev.rapport.access;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import dev.rapport.access.ActorScope.Reason;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says in the words of roles, places and shares why somebody sees a record, what they see at all, and what a change would bring. */
@Component
public class Explanation {
    /** Counting stops here. */
    public static final int MOST_COUNTED = 10_000;

    private final Database database;
    private final Access access;
    private final Catalogue catalogue;

    public Explanation(Database database, Access access, Catalogue catalogue) {
        this.database = database;
        this.access = access;
        this.catalogue = catalogue;
    }

    /**
     * One way by which a person may do something with a record.
     *
     * @param role the role that says so
     * @param operation {@code read}, {@code update} or {@code delete}
     * @param by a branch, or {@code shared}, {@code rule}, {@code common}, {@code public}
     * @param of id of the rule, principal or parent, where there is one
     * @param kind what {@code of} is: {@code sharingRule}, {@code user}, {@code team}, … or the parent's object
     * @param name of it, as an administrator reads it
     */
    public record Why(
            String role,
            String operation,
            String by,
            @Nullable UUID of,
            @Nullable String kind,
            @Nullable String name) {}

    /**
     * What somebody sees and may do with one object.
     *
     * @param operations what their roles allow
     * @param branches by operation: for which records
     * @param visible how many records they see, at most {@link #MOST_COUNTED}
     * @param fields levels of fields that are not open
     */
    public record What(
            ObjectDef object,
            Set<String> operations,
            Map<String, Set<String>> branches,
            long visible,
            Map<String, String> fields) {}

    /** What a change of roles or place would bring for one object; counts end at {@link #MOST_COUNTED}. */
    public record Effect(ObjectDef object, long before, long after, long gained, long lost) {}

    /** Where somebody would be. Null members stay as they are. */
    public record Supposed(
            @Nullable Set<String> roles,
            @Nullable UUID team,
            @Nullable UUID department) {}

    /** @throws Refusal 403 unless the actor manages users or asks for themselves */
    public List<Why> why(Actor actor, Actor person, ObjectDef object, RecordId id) {
        requireAsking(actor, person);
        var snapshot = access.now();
        var reach = snapshot.organisation().reach(person.id().value());
        return database.read(tx -> {
            // who does not manage users learns nothing of records that they do not see, not even that these are there
            var shown = access.hasFunction(actor, "users")
                    ? DSL.trueCondition()
                    : access.rows(actor).visible(object, source(object));
            if (!holds(tx, object, id, shown)) throw Refusal.notFound();
            var reasons = new ArrayList<Why>();
            for (var role : new TreeSet<>(person.roles()))
                for (var operation : List.of(Operation.READ, Operation.UPDATE, Operation.DELETE)) {
                    var scope = snapshot.scopes(Held.of(Set.of(role)), reach).get(operation);
                    for (var reason : Objects.requireNonNull(scope).reasons(object, source(object)))
                        if (holds(tx, object, id, reason.condition()))
                            reasons.addAll(named(tx, role, operation, reason, object, id, reach));
                }
            return reasons;
        });
    }

    private void requireAsking(Actor actor, Actor person) {
        if (!actor.id().equals(person.id())) access.requireFunction(actor, "users");
    }

    private static org.jooq.Table<?> source(ObjectDef object) {
        return table(name(object.table())).as(name("r"));
    }

    private static boolean holds(Tx tx, ObjectDef object, RecordId id, Condition condition) {
        return tx.dsl()
                .fetchExists(
                        source(object),
                        field(name("r", "id"), SQLDataType.UUID).eq(id.value()).and(condition));
    }

    private List<Why> named(
            Tx tx, String role, Operation operation, Reason reason, ObjectDef object, RecordId id, Reach reach) {
        var verb = operation.code();
        if (reason.by().equals("shared")) {
            var shares = tx.dsl()
                    .select(field(name("principal"), SQLDataType.UUID))
                    .from(table(name("record_share")))
                    .where(field(name("record_id"), SQLDataType.UUID).eq(id.value()))
                    .and(field(name("principal"), SQLDataType.UUID).eq(DSL.any(reach.principals())))
                    .fetch(row -> row.value1());
            return Principals.find(tx, shares).values().stream()
                    .map(found -> new Why(role, verb, "shared", found.id(), found.kind(), found.name()))
                    .toList();
        }
        if (reason.by().equals("rule"))
            return List.of(
                    new Why(role, verb, "rule", reason.of(), "sharingRule", nameOf(tx, "o_sharing_rule", reason.of())));
        if (reason.kind() == null) return List.of(new Why(role, verb, reason.by(), null, null, null));
        var lookup = object.require(reason.kind());
        var target = ((dev.rapport.metadata.LinkTypes.Lookup) lookup.type()).target();
        var parent = tx.dsl()
                .select(field(name(lookup.columnName("")), SQLDataType.UUID))
                .from(table(name(object.table())))
                .where(field(name("id"), SQLDataType.UUID).eq(id.value()))
                .fetchOne(row -> row.value1());
        return List.of(new Why(role, verb, "parent", parent, target, null));
    }

    private static @Nullable String nameOf(Tx tx, String tableName, @Nullable UUID id) {
        return tx.dsl()
                .select(field(name("name"), SQLDataType.VARCHAR))
                .from(table(name(tableName)))
                .where(field(name("id"), SQLDataType.UUID).eq(id))
                .fetchOne(row -> row.value1());
    }

    /** Everything that {@code person} sees. @throws Refusal 403 unless the actor manages users or asks for themselves */
    public List<What> what(Actor actor, Actor person) {
        requireAsking(actor, person);
        var snapshot = access.now();
        var reach = snapshot.organisation().reach(person.id().value());
        var scope =
                Objects.requireNonNull(snapshot.scopes(Held.of(person), reach).get(Operation.READ));
        var grants = snapshot.of(Held.of(person));
        return database.read(tx -> catalogue.all().stream()
                .filter(object -> access.catalogue(actor).object(object.name()).isPresent())
                .map(object -> {
                    var operations = new TreeSet<String>();
                    for (var operation : Operation.values())
                        if (access.allows(person, operation, object)) operations.add(operation.code());
                    var branches = new TreeMap<String, Set<String>>();
                    for (var operation : List.of(Operation.READ, Operation.UPDATE, Operation.DELETE)) {
                        var held = ActorScope.branches(grants, object, operation);
                        if (held != null && object.sharing().mode() == Sharing.Mode.OWNED)
                            branches.put(operation.code(), codes(held));
                    }
                    var fields = new TreeMap<String, String>();
                    for (var f : object.fields()) {
                        var level = level(grants, object, f.name());
                        boolean told = !level.equals("none") || access.hasFunction(actor, "users");
                        if (!level.isEmpty() && told) fields.put(f.name(), level);
                    }
                    long visible =
                            operations.contains("read") ? count(tx, object, scope.listed(object, source(object))) : 0;
                    return new What(object, operations, branches, visible, fields);
                })
                .toList());
    }

    private static Set<String> codes(Set<Branch> branches) {
        var codes = new TreeSet<String>();
        for (var branch : branches) codes.add(branch.code());
        return codes;
    }

    private static String level(List<Grants> grants, ObjectDef object, String fieldName) {
        var readers = grants.stream()
                .filter(grant -> grant.allows(object.name(), Operation.READ))
                .toList();
        if (readers.stream().noneMatch(grant -> grant.reads(object.name(), fieldName))) return "none";
        if (readers.stream().noneMatch(grant -> grant.unmasks(object.name(), fieldName))) return "masked";
        return readers.stream().noneMatch(grant -> grant.writes(object.name(), fieldName)) ? "read" : "";
    }

    private static long count(Tx tx, ObjectDef object, Condition condition) {
        var some = selectOne()
                .from(source(object))
                .where(field(name("r", "deleted_at")).isNull())
                .and(condition)
                .limit(DSL.inline(MOST_COUNTED));
        return Objects.requireNonNull(tx.dsl().fetchOne(selectCount().from(some.asTable("some"))))
                .value1();
    }

    /** How many records of each object the person would see more and less. */
    public List<Effect> simulate(Actor actor, Actor person, Supposed supposed) {
        access.requireFunction(actor, "users");
        var snapshot = access.now();
        var organisation = snapshot.organisation();
        var id = person.id().value();
        var place = organisation.people().getOrDefault(id, new Organisation.Person(null, null, true));
        var moved = new Organisation.Person(
                supposed.team() == null ? place.team() : supposed.team(),
                supposed.department() == null ? place.department() : supposed.department(),
                place.active());
        var now = Objects.requireNonNull(
                snapshot.scopes(Held.of(person), organisation.reach(id)).get(Operation.READ));
        var roles = supposed.roles() == null ? person.roles() : supposed.roles();
        var then = Objects.requireNonNull(
                snapshot.scopes(Held.of(roles), organisation.reach(id, moved)).get(Operation.READ));
        return database.read(tx -> catalogue.all().stream()
                .filter(object -> object.sharing().mode() == Sharing.Mode.OWNED)
                .map(object -> {
                    var source = source(object);
                    return new Effect(
                            object,
                            count(tx, object, now.listed(object, source)),
                            count(tx, object, then.listed(object, source)),
                            count(tx, object, then.listed(object, source).andNot(now.visible(object, source))),
                            count(tx, object, now.listed(object, source).andNot(then.visible(object, source))));
                })
                .toList());
    }
}
