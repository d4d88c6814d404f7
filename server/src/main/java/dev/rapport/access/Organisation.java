package dev.rapport.access;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs where, as it was at one moment.
 *
 * @param masking managers of the pools that hide contact data from all others
 */
record Organisation(
        Map<UUID, Person> people,
        Map<UUID, Unit> teams,
        Map<UUID, Unit> departments,
        List<Circle> groups,
        List<Circle> territories,
        List<Circle> pools,
        Map<UUID, Set<UUID>> masking) {
    static final Organisation NOBODY =
            new Organisation(Map.of(), Map.of(), Map.of(), List.of(), List.of(), List.of(), Map.of());

    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);

    record Person(@Nullable UUID team, @Nullable UUID department, boolean active) {}

    /** A team or department in its tree. */
    record Unit(@Nullable UUID parent, @Nullable UUID manager) {}

    /** People named one by one, with whole teams and departments (and those below these). */
    record Circle(UUID id, Set<UUID> people, Set<UUID> teams, Set<UUID> departments) {}

    static Organisation read(Tx tx) {
        var people = new HashMap<UUID, Person>();
        tx.dsl()
                .select(ID, id("team"), id("department"), field(name("active"), SQLDataType.BOOLEAN))
                .from(table(name("o_user")))
                .forEach(row -> people.put(
                        row.value1(), new Person(row.value2(), row.value3(), Boolean.TRUE.equals(row.value4()))));
        return new Organisation(
                people,
                units(tx, "o_team"),
                units(tx, "o_department"),
                circles(tx, "o_user_group"),
                territories(tx),
                pools(tx),
                masking(tx));
    }

    private static Field<UUID> id(String column) {
        return field(name(column), SQLDataType.UUID);
    }

    private static Field<UUID[]> ids(String column) {
        return field(name(column), SQLDataType.UUID.array());
    }

    private static Map<UUID, Unit> units(Tx tx, String tableName) {
        var units = new HashMap<UUID, Unit>();
        tx.dsl()
                .select(ID, id("parent"), id("manager"))
                .from(table(name(tableName)))
                .where(field(name("deleted_at")).isNull())
                .forEach(row -> units.put(row.value1(), new Unit(row.value2(), row.value3())));
        return units;
    }

    private static List<Circle> circles(Tx tx, String tableName) {
        return tx.dsl()
                .select(ID, ids("members"), ids("teams"), ids("departments"))
                .from(table(name(tableName)))
                .where(field(name("deleted_at")).isNull())
                .fetch(row -> new Circle(row.value1(), set(row.value2()), set(row.value3()), set(row.value4())));
    }

    /** A pool's managers are among its members. */
    private static List<Circle> pools(Tx tx) {
        return tx.dsl()
                .select(ID, ids("members"), ids("teams"), ids("departments"), ids("managers"))
                .from(table(name("o_pool")))
                .where(field(name("deleted_at")).isNull())
                .fetch(row -> {
                    var people = new HashSet<>(set(row.value2()));
                    people.addAll(set(row.value5()));
                    return new Circle(row.value1(), people, set(row.value3()), set(row.value4()));
                });
    }

    private static Map<UUID, Set<UUID>> masking(Tx tx) {
        return tx.dsl()
                .select(ID, ids("managers"))
                .from(table(name("o_pool")))
                .where(field(name("deleted_at")).isNull())
                .and(field(name("masked"), SQLDataType.BOOLEAN).isTrue())
                .fetchMap(row -> row.value1(), row -> set(row.value2()));
    }

    private static List<Circle> territories(Tx tx) {
        return tx.dsl()
                .select(ID, ids("members"), id("manager"))
                .from(table(name("o_territory")))
                .where(field(name("deleted_at")).isNull())
                .fetch(row -> {
                    var people = new HashSet<>(set(row.value2()));
                    if (row.value3() != null) people.add(row.value3());
                    return new Circle(row.value1(), people, Set.of(), Set.of());
                });
    }

    private static Set<UUID> set(UUID @Nullable [] ids) {
        return ids == null ? Set.of() : Set.copyOf(Arrays.asList(ids));
    }

    /** Everything that follows for one person. */
    Reach reach(UUID me) {
        var person = people.getOrDefault(me, new Person(null, null, false));
        return reach(me, person);
    }

    /** What would follow if the person belonged elsewhere. */
    Reach reach(UUID me, Person person) {
        var departments = withAncestors(person.department(), this.departments);
        var principals = new LinkedHashSet<UUID>();
        principals.add(me);
        if (person.team() != null && teams.containsKey(person.team())) principals.add(person.team());
        principals.addAll(departments);
        for (var group : groups) if (holds(group, me, person, departments)) principals.add(group.id());
        return new Reach(
                me,
                peopleOf(me, teamsOf(me, person), true),
                peopleOf(me, person.department() == null ? Set.of() : Set.of(person.department()), false),
                peopleOf(me, departmentsBelow(me, person), false),
                principals.toArray(UUID[]::new),
                of(territories, me, person, departments),
                of(pools, me, person, departments),
                masking.entrySet().stream()
                        .filter(pool -> !pool.getValue().contains(me))
                        .map(Map.Entry::getKey)
                        .toArray(UUID[]::new));
    }

    private static boolean holds(Circle circle, UUID me, Person person, Set<UUID> departments) {
        return circle.people().contains(me)
                || (person.team() != null && circle.teams().contains(person.team()))
                || departments.stream().anyMatch(circle.departments()::contains);
    }

    private static UUID[] of(List<Circle> circles, UUID me, Person person, Set<UUID> departments) {
        return circles.stream()
                .filter(circle -> holds(circle, me, person, departments))
                .map(Circle::id)
                .toArray(UUID[]::new);
    }

    private static Set<UUID> withAncestors(@Nullable UUID start, Map<UUID, Unit> tree) {
        var found = new LinkedHashSet<UUID>();
        var at = start;
        while (at != null && tree.containsKey(at) && found.add(at))
            at = tree.get(at).parent();
        return found;
    }

    private Set<UUID> teamsOf(UUID me, Person person) {
        var mine = new HashSet<UUID>();
        var managed = new ArrayList<UUID>();
        teams.forEach((id, team) -> {
            if (me.equals(team.manager())) managed.add(id);
        });
        mine.addAll(below(managed, teams));
        if (person.team() != null) mine.add(person.team());
        return mine;
    }

    private Set<UUID> departmentsBelow(UUID me, Person person) {
        var starts = new ArrayList<UUID>();
        if (person.department() != null) starts.add(person.department());
        departments.forEach((id, department) -> {
            if (me.equals(department.manager())) starts.add(id);
        });
        return below(starts, departments);
    }

    private static Set<UUID> below(List<UUID> starts, Map<UUID, Unit> tree) {
        var children = new HashMap<UUID, List<UUID>>();
        tree.forEach((id, unit) -> {
            if (unit.parent() != null)
                children.computeIfAbsent(unit.parent(), k -> new ArrayList<>()).add(id);
        });
        var found = new LinkedHashSet<UUID>();
        var left = new ArrayList<>(starts);
        while (!left.isEmpty()) {
            var next = left.removeLast();
            if (found.add(next)) left.addAll(children.getOrDefault(next, List.of()));
        }
        return found;
    }

    private UUID[] peopleOf(UUID me, Set<UUID> units, boolean byTeam) {
        var found = new LinkedHashSet<UUID>();
        found.add(me);
        if (!units.isEmpty())
            people.forEach((id, person) -> {
                var unit = byTeam ? person.team() : person.department();
                if (unit != null && units.contains(unit)) found.add(id);
            });
        return found.stream().sorted().toArray(UUID[]::new);
    }
}
