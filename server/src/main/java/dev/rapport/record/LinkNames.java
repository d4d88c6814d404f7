package dev.rapport.record;

import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trueCondition;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.query.RowScope;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.Condition;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Names of linked records, for showing links to them: one statement for all links of an answer, whatever objects they lead
 * to. Records that the actor may not see have no name.
 */
@Component
class LinkNames {
    private static final String ALIAS = "n";
    private static final org.jooq.Field<UUID> ID = field(name(ALIAS, "id"), SQLDataType.UUID);

    /** What a name depends on beside the record. */
    private record Reader(RowScope scope, boolean chinese) {
        static Reader of(Actor actor, RowScope scope) {
            return new Reader(scope, "zh".equals(actor.locale().getLanguage()));
        }
    }

    /** By record and reader; an empty text stands for no name. */
    private final Cache<UUID, Map<Reader, String>> known = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(Duration.ofSeconds(2))
            .build();

    private final AtomicLong forgotten = new AtomicLong();

    private final Database database;
    private final Access access;
    private final Catalogue catalogue;

    LinkNames(Database database, Access access, Catalogue catalogue) {
        this.database = database;
        this.access = access;
        this.catalogue = catalogue;
    }

    /** The links whose names are asked for, by the object they lead to. */
    static final class Wanted {
        private final Map<String, Set<UUID>> byTarget = new LinkedHashMap<>();

        void add(String target, UUID id) {
            of(target).add(id);
        }

        /** The ids of {@code target} asked for so far; more may be added to it. */
        Set<UUID> of(String target) {
            return byTarget.computeIfAbsent(target, k -> new LinkedHashSet<>());
        }
    }

    /** Names of records that are not in the recycle bin, as they were at most two seconds ago. */
    Map<UUID, String> live(Actor actor, Wanted wanted) {
        if (wanted.byTarget.isEmpty()) return Map.of();
        var reader = Reader.of(actor, access.rows(actor));
        var names = new HashMap<UUID, String>();
        var missing = new Wanted();
        wanted.byTarget.forEach((target, ids) -> {
            for (var id : ids) {
                var byScope = known.getIfPresent(id);
                var name = byScope == null ? null : byScope.get(reader);
                if (name == null) missing.add(target, id);
                else if (!name.isEmpty()) names.put(id, name);
            }
        });
        if (missing.byTarget.isEmpty()) return names;
        long before = forgotten.get();
        var read = database.read(tx -> names(tx, actor, missing, true));
        // what was forgotten while reading may have been read in its old state
        if (before == forgotten.get())
            missing.byTarget.values().forEach(ids -> ids.forEach(id -> keep(id, reader, read)));
        names.putAll(read);
        return names;
    }

    private void keep(UUID id, Reader reader, Map<UUID, String> read) {
        var byScope = known.get(id, k -> new ConcurrentHashMap<>());
        byScope.put(reader, read.getOrDefault(id, ""));
    }

    /** Forgets the names of records that were changed. */
    void forget(Collection<UUID> ids) {
        forgotten.incrementAndGet();
        known.invalidateAll(ids);
    }

    /** Names of records, those in the recycle bin among them, as the past shows them. */
    Map<UUID, String> all(Actor actor, Wanted wanted) {
        return database.read(tx -> all(tx, actor, wanted));
    }

    Map<UUID, String> all(Tx tx, Actor actor, Wanted wanted) {
        return wanted.byTarget.isEmpty() ? Map.of() : names(tx, actor, wanted, false);
    }

    void forgetAll() {
        forgotten.incrementAndGet();
        known.invalidateAll();
    }

    private Map<UUID, String> names(Tx tx, Actor actor, Wanted wanted, boolean live) {
        var scope = access.rows(actor);
        @Nullable Select<Record2<UUID, String>> together = null;
        for (var entry : wanted.byTarget.entrySet()) {
            var object = catalogue.require(entry.getKey());
            if (!scope.reads(object, object.naming())) continue;
            var local = object.namingIn(actor.locale())
                    .filter(field -> scope.reads(object, field))
                    .orElse(object.naming());
            var one = names(object, local, entry.getValue(), scope, live);
            together = together == null ? one : together.unionAll(one);
        }
        if (together == null) return Map.of();
        var names = new HashMap<UUID, String>();
        for (var row : tx.dsl().fetch(together)) if (row.value2() != null) names.put(row.value1(), row.value2());
        return names;
    }

    /** @param local names the records where it is filled; elsewhere the object's own naming field does */
    private static Select<Record2<UUID, String>> names(
            ObjectDef object, dev.rapport.metadata.Field<?> local, Set<UUID> ids, RowScope scope, boolean live) {
        var column = local == object.naming() ? column(local) : DSL.coalesce(column(local), column(object.naming()));
        var source = table(name(object.table())).as(name(ALIAS));
        Condition present = live ? field(name(ALIAS, "deleted_at")).isNull() : trueCondition();
        return select(ID, column)
                .from(source)
                .where(ID.eq(any(ids.toArray(UUID[]::new))))
                .and(present)
                .and(scope.visible(object, source));
    }

    private static org.jooq.Field<String> column(dev.rapport.metadata.Field<?> naming) {
        return field(name(ALIAS, naming.columnName(naming.type().mainPart().suffix())), SQLDataType.VARCHAR);
    }
}
