package dev.rapport.demo;

import dev.rapport.database.Database;
import dev.rapport.identity.DepartmentObject;
import dev.rapport.identity.TeamObject;
import dev.rapport.identity.Users;
import dev.rapport.identity.Users.NewUser;
import dev.rapport.identity.Users.Standing;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.pool.Pool;
import dev.rapport.pool.Pools;
import dev.rapport.record.Acts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who works in the generated company: departments, teams, sellers with their roles, and a public pool of leads. */
@Component
class DemoPeople {
    static final List<String> SELLERS =
            List.of("Ava Lindgren", "Noah Adeyemi", "林若溪", "陈启明", "赵雪", "Mina Park", "Tom Hargreave", "王磊");
    private static final List<String> TEAMS = List.of("East 华东", "North 华北", "Overseas");

    private final Database database;
    private final Users users;
    private final Acts acts;
    private final Pools pools;

    DemoPeople(Database database, Users users, Acts acts, Pools pools) {
        this.database = database;
        this.users = users;
        this.acts = acts;
        this.pools = pools;
    }

    /** A place in the company. */
    private record Place(RecordId team, RecordId department) {}

    /** The sellers. Nobody signs in as them until an administrator makes a password link for them. */
    List<RecordId> sellers(Actor actor) {
        var places = places(actor);
        var ids = new ArrayList<RecordId>();
        for (int i = 0; i < SELLERS.size(); i++) {
            var role = i == 0 ? "departmentHead" : i < TEAMS.size() ? "teamLead" : "salesRep";
            var language = SELLERS.get(i).codePointAt(0) > 0x2E80 ? "zh-CN" : "en";
            var user = new NewUser("seller" + (i + 1), SELLERS.get(i), null, role, language);
            var place = places.get(i % places.size());
            ids.add(database.transact(tx -> {
                var id = users.create(tx, user);
                users.change(tx, id, new Standing(true, place.team(), place.department(), null, Set.of()));
                return id;
            }));
        }
        return ids;
    }

    private List<Place> places(Actor actor) {
        return acts.run(actor, "import", "department", act -> {
            var sales = act.create("department", named(DepartmentObject.NAME, "Sales 销售部"));
            var places = new ArrayList<Place>();
            for (var name : TEAMS) {
                var department = named(DepartmentObject.NAME, "Sales " + name);
                department.put(DepartmentObject.PARENT, sales);
                var team = named(TeamObject.NAME, name);
                team.put(TeamObject.MANAGER, actor.id());
                places.add(new Place(act.create("team", team), act.create("department", department)));
            }
            return places;
        });
    }

    private static Map<Field<?>, @Nullable Object> named(Field<String> field, String name) {
        var values = new HashMap<Field<?>, @Nullable Object>();
        values.put(field, name);
        return values;
    }

    /** Puts some leads into a public pool. */
    void pool(Actor actor, List<RecordId> sellers, List<RecordId> leads) {
        var pool = acts.run(actor, "import", "pool", act -> {
            var values = named(Pool.NAME, "Leads for all 线索公海");
            values.put(Pool.OBJECT, "lead");
            values.put(Pool.MEMBERS, sellers);
            values.put(Pool.MANAGERS, List.of(actor.id()));
            values.put(Pool.CLAIMS_PER_DAY, 20L);
            values.put(Pool.COOL_OFF_DAYS, 7L);
            values.put(Pool.NO_FOLLOW_UP_DAYS, 60L);
            return act.create("pool", values);
        });
        for (var lead : leads.subList(0, Math.min(40, leads.size()))) pools.giveBack(actor, pool, lead, "");
    }
}
