package dev.rapport.query;

import dev.rapport.database.Tx;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.query.AggregateReader.Group;
import dev.rapport.query.AggregateReader.NamedKey;
import dev.rapport.query.AggregateReader.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Names the linked records that groups are made by, for those groups alone that are answered. */
final class GroupNames {
    private final Request request;
    private final RowScope scope;
    private final Selection.Targets targets;

    GroupNames(Request request, RowScope scope, Selection.Targets targets) {
        this.request = request;
        this.scope = scope;
        this.targets = targets;
    }

    /** The same groups with a {@link NamedKey} for each link whose target's names the caller may read. */
    List<Group> named(Tx tx, List<Group> groups) {
        var result = groups;
        for (int i = 0; i < request.groupBy().size(); i++) {
            int at = i;
            var named = result;
            result = relation(request.groupBy().get(at))
                    .map(target -> named(tx, named, at, target))
                    .orElse(named);
        }
        return result;
    }

    private Optional<Relation> relation(AggregateReader.GroupKey key) {
        if (!(key.path().field().type() instanceof LinkTypes.Lookup lookup)) return Optional.empty();
        var target = targets.object(lookup.target());
        return scope.reads(target, target.naming()) ? Optional.of(new Relation(target, "n", scope)) : Optional.empty();
    }

    private List<Group> named(Tx tx, List<Group> groups, int at, Relation target) {
        var ids = groups.stream()
                .map(group -> (UUID) group.keys().get(at))
                .filter(Objects::nonNull)
                .distinct()
                .toArray(UUID[]::new);
        var names = ids.length == 0 ? Map.<UUID, String>of() : names(tx, ids, target);
        return groups.stream().map(group -> named(group, at, names)).toList();
    }

    private static Group named(Group group, int at, Map<UUID, String> names) {
        var keys = new ArrayList<@Nullable Object>(group.keys());
        if (keys.get(at) instanceof UUID id) keys.set(at, new NamedKey(id.toString(), names.get(id)));
        return new Group(keys, group.figures());
    }

    private Map<UUID, String> names(Tx tx, UUID[] ids, Relation target) {
        var select = Tx.renderer()
                .select(target.id(), name(target))
                .from(target.from())
                .where(target.id().eq(DSL.any(ids)))
                .and(target.live());
        var names = new HashMap<UUID, String>();
        for (var row : PlannedAnew.fetch(tx, select)) {
            var name = (String) row.get(1);
            if (name != null) names.put((UUID) row.get(0), name);
        }
        return names;
    }

    private Field<?> name(Relation target) {
        var naming = target.object().naming();
        Field<Object> name = target.column(naming, naming.type().mainPart());
        var local = target.object().namingIn(request.locale()).orElse(naming);
        return local != naming && scope.reads(target.object(), local)
                ? DSL.coalesce(target.column(local, local.type().mainPart()), name)
                : name;
    }
}
