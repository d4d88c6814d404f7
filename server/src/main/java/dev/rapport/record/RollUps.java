package dev.rapport.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.when;

import dev.rapport.database.Tx;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps money sums over children true in the transaction that changes the children. The parents are locked in id order
 * before the sum is taken, so that two transactions adding children to one parent both count.
 */
@Component
class RollUps {
    private final Catalogue catalogue;

    RollUps(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    void refresh(Tx tx, ObjectDef child, List<PendingChange> changes) {
        for (var parent : catalogue.all())
            for (var rollUp : parent.rollUps())
                if (rollUp.child().equals(child.name())) refresh(tx, parent, rollUp, child, changes);
    }

    private static void refresh(
            Tx tx, ObjectDef parent, ObjectDef.RollUp rollUp, ObjectDef child, List<PendingChange> changes) {
        var parents = parents(child.require(rollUp.via()), changes);
        if (parents.isEmpty()) return;
        var ids = parents.toArray(UUID[]::new);
        var id = field(name("p", "id"), SQLDataType.UUID);
        var target = table(name(parent.table())).as(name("p"));
        tx.dsl()
                .select(id)
                .from(target)
                .where(id.eq(DSL.any(ids)))
                .orderBy(id)
                .forUpdate()
                .fetch();
        var total = parent.require(rollUp.field());
        tx.dsl()
                .update(target)
                .set(
                        row(
                                field(name(total.columnName("minor")), SQLDataType.BIGINT),
                                field(name(total.columnName("currency")), SQLDataType.VARCHAR)),
                        sumOf(rollUp, child, id))
                .where(id.eq(DSL.any(ids)))
                .execute();
    }

    private static org.jooq.Select<org.jooq.Record2<Long, String>> sumOf(
            ObjectDef.RollUp rollUp, ObjectDef child, org.jooq.Field<UUID> parentId) {
        var part = child.require(rollUp.childField());
        var minor = field(name("c", part.columnName("minor")), SQLDataType.BIGINT);
        var currency = field(name("c", part.columnName("currency")), SQLDataType.VARCHAR);
        var via = field(name("c", child.require(rollUp.via()).columnName("")), SQLDataType.UUID);
        var oneCurrency = min(currency).eq(max(currency));
        return select(when(oneCurrency, sum(minor).cast(SQLDataType.BIGINT)), when(oneCurrency, min(currency)))
                .from(table(name(child.table())).as(name("c")))
                .where(via.eq(parentId))
                .and(field(name("c", "deleted_at")).isNull());
    }

    private static Set<UUID> parents(Field<?> via, List<PendingChange> changes) {
        var parents = new HashSet<UUID>();
        for (var change : changes) {
            add(parents, change.before(via));
            add(parents, change.after(via));
        }
        return parents;
    }

    private static void add(Set<UUID> parents, @Nullable Object parent) {
        if (parent instanceof RecordId id) parents.add(id.value());
    }
}
