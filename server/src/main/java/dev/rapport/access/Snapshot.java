package dev.rapport.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rapport.access.ActorScope.Rights;
import dev.rapport.access.ActorScope.Templates;
import dev.rapport.kernel.Actor;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.ObjectDef;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What roles, places and rules say at one moment, and what follows from it: the same instance as long as nothing changes. */
final class Snapshot {
    /** Sets of roles that are remembered; each token may have limits of its own. */
    private static final int KINDS = 2_000;

    private final Catalogue catalogue;
    private final Map<String, Grants> grants;
    private final Organisation organisation;
    private final List<SharingRule> rules;
    private final RowCounts counts;
    private final Cache<Held, Map<String, GrantedObject>> views =
            Caffeine.newBuilder().maximumSize(KINDS).build();
    private final Cache<Kind, Map<Operation, Templates>> templates =
            Caffeine.newBuilder().maximumSize(KINDS).build();
    /** A shape chosen by statistics is chosen again after a while. */
    private final Cache<Who, Map<Operation, ActorScope>> scopes = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofMinutes(2))
            .build();

    private record Who(UUID id, Held held) {}

    /** People for whom statements are alike. */
    private record Kind(Held held, List<SharingRule> rules) {}

    Snapshot(
            Catalogue catalogue,
            Map<String, Grants> grants,
            Organisation organisation,
            List<SharingRule> rules,
            RowCounts counts) {
        this.catalogue = catalogue;
        this.grants = grants;
        this.organisation = organisation;
        this.rules = rules;
        this.counts = counts;
    }

    /** Whether it says the same; statistics apart, which only choose shapes. */
    boolean saysTheSame(Map<String, Grants> otherGrants, Organisation other, List<SharingRule> otherRules) {
        return grants.equals(otherGrants) && organisation.equals(other) && rules.equals(otherRules);
    }

    Organisation organisation() {
        return organisation;
    }

    List<SharingRule> rules() {
        return rules;
    }

    Map<String, Grants> grants() {
        return grants;
    }

    List<Grants> of(Held held) {
        return held.roles().stream()
                .map(grants::get)
                .filter(Objects::nonNull)
                .map(grant -> held.limits().isEmpty() ? grant : grant.limitedTo(held.limits()))
                .toList();
    }

    /** {@code object} as the actor sees it, if that is allowed. */
    Optional<ObjectView> view(Actor actor, ObjectDef object) {
        var known = views.get(Held.of(actor), k -> new ConcurrentHashMap<>());
        var view = known.get(object.name());
        if (view == null || view.definition() != object) {
            view = GrantedObject.of(object, of(Held.of(actor)), catalogue);
            known.put(object.name(), view);
        }
        return view.isReadable() ? Optional.of(view) : Optional.empty();
    }

    ActorScope scope(Actor actor, Operation operation) {
        var who = new Who(actor.id().value(), Held.of(actor));
        var made = scopes.get(who, k -> scopes(k.held(), organisation.reach(k.id())));
        return Objects.requireNonNull(made.get(operation.scoped()));
    }

    /** Scopes of somebody with these roles in this place, for trying out what would be. */
    Map<Operation, ActorScope> scopes(Held held, Reach reach) {
        var concerned = rules.stream().filter(rule -> rule.concerns(reach)).toList();
        var rights = new Rights(catalogue, of(held), concerned);
        var kind = templates.get(new Kind(held, concerned), k -> templates(rights));
        var known = new ConcurrentHashMap<String, Boolean>();
        Predicate<ObjectDef> few = object -> {
            // not computeIfAbsent: a count may have to be read
            var answer = known.get(object.name());
            if (answer == null) {
                answer = ActorScope.seesFew(rights, reach, object, counts);
                known.put(object.name(), answer);
            }
            return answer;
        };
        var scopes = new EnumMap<Operation, ActorScope>(Operation.class);
        kind.forEach((operation, template) -> scopes.put(operation, template.filledWith(reach, few)));
        return scopes;
    }

    private static Map<Operation, Templates> templates(Rights rights) {
        var templates = new EnumMap<Operation, Templates>(Operation.class);
        for (var operation : List.of(Operation.READ, Operation.UPDATE, Operation.DELETE))
            templates.put(operation, Templates.of(rights, operation));
        return templates;
    }
}
