package dev.rapport.access;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;

/**
 * Who may do what. Permissions of several roles add up; there is no way to ask for records without naming the actor, and
 * no actor for whom the question is skipped.
 */
@Component
public class Access {
    private final Catalogue catalogue;
    private final LoadingCache<String, Roles> roles;
    private volatile Roles last;

    /** What the roles grant, and the scopes that follow from it: the same instance as long as nothing changes. */
    private static final class Roles {
        private final Catalogue catalogue;
        private final Map<String, Grants> grants;
        private final Map<Set<String>, RowScope> scopes = new ConcurrentHashMap<>();
        private final Map<Set<String>, Map<String, View>> views = new ConcurrentHashMap<>();

        Roles(Catalogue catalogue, Map<String, Grants> grants) {
            this.catalogue = catalogue;
            this.grants = grants;
        }

        List<Grants> of(Actor actor) {
            return actor.roles().stream()
                    .map(grants::get)
                    .filter(Objects::nonNull)
                    .toList();
        }

        /** {@code object} as the actor sees it, if that is allowed. */
        Optional<ObjectView> view(Actor actor, ObjectDef object) {
            var known = views.computeIfAbsent(actor.roles(), k -> new ConcurrentHashMap<>());
            var view = known.get(object.name());
            if (view == null || view.definition != object) {
                view = new View(object, of(actor));
                view.hideComputed(catalogue);
                known.put(object.name(), view);
            }
            return view.isReadable() ? Optional.of(view) : Optional.empty();
        }

        RowScope scope(Actor actor) {
            return scopes.computeIfAbsent(actor.roles(), k -> new Scope(of(actor)));
        }
    }

    private static final class Scope implements RowScope {
        private final List<Grants> grants;

        Scope(List<Grants> grants) {
            this.grants = grants;
        }

        @Override
        public Condition visible(ObjectDef object, Table<?> table) {
            return grants.stream().anyMatch(grant -> grant.allows(object.name(), Operation.READ))
                    ? DSL.trueCondition()
                    : DSL.falseCondition();
        }

        @Override
        public boolean reads(ObjectDef object, Field<?> field) {
            return Access.reads(grants, object, field);
        }
    }

    /** @param schema makes sure that the tables are there, and follows what other nodes change */
    public Access(Database database, Catalogue catalogue, SchemaChange schema) {
        this.catalogue = catalogue;
        this.last = new Roles(catalogue, Map.of());
        this.roles = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofSeconds(2))
                .build(key -> database.read(tx -> {
                    schema.refresh(tx);
                    var grants = new HashMap<String, Grants>();
                    tx.dsl()
                            .select(field(name("name"), SQLDataType.VARCHAR), field(name("grants"), SQLDataType.JSONB))
                            .from(table(name("role")))
                            .forEach(row -> grants.put(
                                    row.value1(),
                                    Grants.read(Json.stored(row.value2().data()))));
                    return grants.equals(last.grants) ? last : (last = new Roles(catalogue, grants));
                }));
    }

    /** Forgets what was read of the roles, so that a change holds at the next request. */
    public void refresh() {
        roles.invalidateAll();
    }

    /** The catalogue as {@code actor} sees it. */
    public CatalogueView catalogue(Actor actor) {
        var now = roles();
        return objectName -> catalogue.find(objectName).flatMap(object -> now.view(actor, object));
    }

    /** @throws Refusal 404 if the object does not exist or the actor may not read it */
    public ObjectView object(Actor actor, String objectName) {
        return catalogue(actor).object(objectName).orElseThrow(Refusal::notFound);
    }

    public boolean allows(Actor actor, Operation operation, ObjectDef object) {
        return grants(actor).stream().anyMatch(grant -> grant.allows(object.name(), operation));
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
        if (grants(actor).stream().noneMatch(grant -> grant.functions().contains(function)))
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "forbidden", Map.of("operation", function, "object", ""));
    }

    /** Functions that the actor's roles have, such as {@code customize}. */
    public Set<String> functions(Actor actor) {
        var functions = new TreeSet<String>();
        grants(actor).forEach(grant -> functions.addAll(grant.functions()));
        return functions;
    }

    /**
     * Which rows the actor sees; the same instance as long as the actor's rights are the same. Scopes narrower than all records of a readable object come with owners, teams and shares;
     * without any role that reads the object there are none.
     */
    public RowScope rows(Actor actor) {
        return roles().scope(actor);
    }

    private List<Grants> grants(Actor actor) {
        return roles().of(actor);
    }

    private static boolean reads(List<Grants> grants, ObjectDef object, Field<?> field) {
        return grants.stream()
                .anyMatch(grant ->
                        grant.allows(object.name(), Operation.READ) && grant.reads(object.name(), field.name()));
    }

    private Roles roles() {
        return Objects.requireNonNull(roles.get(""));
    }

    /** One object as one set of roles sees it, decided once for every field. */
    private static final class View implements ObjectView {
        private final ObjectDef definition;
        private final List<Grants> grants;
        private final Map<String, Optional<Field<?>>> readable = new HashMap<>();

        View(ObjectDef definition, List<Grants> grants) {
            this.definition = definition;
            this.grants = grants;
            for (var field : definition.fields())
                if (Access.reads(grants, definition, field)) readable.put(field.name(), Optional.of(field));
        }

        /** Takes away what is computed from fields that are hidden. */
        void hideComputed(Catalogue catalogue) {
            readable.values()
                    .removeIf(field -> field.isPresent()
                            && !Computed.reads(
                                    definition,
                                    field.get(),
                                    catalogue,
                                    (object, read) -> Access.reads(grants, object, read)));
        }

        boolean isReadable() {
            return grants.stream().anyMatch(grant -> grant.allows(definition.name(), Operation.READ));
        }

        @Override
        public ObjectDef definition() {
            return definition;
        }

        @Override
        public Optional<Field<?>> readable(String fieldName) {
            return readable.getOrDefault(fieldName, Optional.empty());
        }

        @Override
        public boolean canWrite(Field<?> field) {
            return field.isWritable()
                    && readable.containsKey(field.name())
                    && grants.stream().anyMatch(grant -> grant.writes(definition.name(), field.name()));
        }
    }
}
