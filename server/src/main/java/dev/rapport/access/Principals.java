package dev.rapport.access;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Tx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.impl.SQLDataType;

/** With whom records can be shared: people, teams, departments and public groups. */
final class Principals {
    private static final List<String> KINDS = List.of("user", "team", "department", "userGroup");

    record Principal(UUID id, String kind, String name) {}

    private Principals() {}

    /** Those of {@code ids} that are there. */
    static Map<UUID, Principal> find(Tx tx, Collection<UUID> ids) {
        var found = new HashMap<UUID, Principal>();
        var wanted = ids.toArray(UUID[]::new);
        if (wanted.length == 0) return found;
        tx.dsl()
                .fetch(of(field(name("id"), SQLDataType.UUID).eq(any(wanted))))
                .forEach(row -> found.put(row.value1(), new Principal(row.value1(), row.value2(), row.value3())));
        return found;
    }

    private static Select<Record3<UUID, String, String>> of(Condition condition) {
        Select<Record3<UUID, String, String>> all = of("user", condition);
        for (var kind : KINDS.subList(1, KINDS.size())) all = all.unionAll(of(kind, condition));
        return all;
    }

    private static Select<Record3<UUID, String, String>> of(String kind, Condition condition) {
        return select(field(name("id"), SQLDataType.UUID), inline(kind), field(name("name"), SQLDataType.VARCHAR))
                .from(table(name(dev.rapport.metadata.ObjectDef.table(kind))))
                .where(condition)
                .and(field(name("deleted_at")).isNull());
    }
}
