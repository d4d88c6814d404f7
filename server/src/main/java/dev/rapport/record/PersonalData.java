package dev.rapport.record;

import dev.rapport.database.Tx;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.Trait;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Finds what is known of a person: the records that stand for them (a lead and the contact made of it, records that were
 * merged), and all that leads to these. Found by metadata, so custom objects are included.
 */
@Component
class PersonalData {
    private static final int MOST = 100_000;

    private final Catalogue catalogue;
    private final RecordStore store;
    private final Merges merges;

    PersonalData(Catalogue catalogue, RecordStore store, Merges merges) {
        this.catalogue = catalogue;
        this.store = store;
        this.merges = merges;
    }

    /** What an erasure does with records. */
    enum Fate {
        /** They stand for the person: emptied. */
        PERSON,
        /** They tell of dealings with the person: destroyed. */
        DESTROYED,
        /** They belong to the business, such as orders, or prove what was agreed: they lead to a person without a name. */
        KEPT
    }

    /** Records of one object, deleted ones included. */
    record Part(ObjectDef object, Fate fate, Set<UUID> ids) {}

    /** Whether records of the object stand for people who are not users. */
    static boolean isPerson(ObjectDef object) {
        return object.naming().type() instanceof CompoundTypes.FullName && object.governedBy() == null;
    }

    List<Part> of(Tx tx, ObjectDef object, RecordId id) {
        var people = people(tx, object, id.value());
        var parts = new ArrayList<Part>();
        people.forEach((name, ids) -> parts.add(new Part(catalogue.require(name), Fate.PERSON, ids)));
        var dealings = new LinkedHashMap<String, Map<Fate, Set<UUID>>>();
        people.forEach((name, ids) -> {
            for (var other : catalogue.all()) {
                if (isPerson(other)) continue;
                for (var lookup : other.lookupsTo(name)) {
                    var found = store.idsLeadingTo(tx, other, lookup, List.copyOf(ids), MOST);
                    add(dealings, other, fate(other, lookup), found);
                }
            }
        });
        for (var name : List.copyOf(dealings.keySet()))
            Map.copyOf(dealings.get(name)).forEach((fate, ids) -> addLines(tx, dealings, name, fate, ids));
        dealings.forEach((name, byFate) -> {
            var destroyed = byFate.getOrDefault(Fate.DESTROYED, Set.of());
            byFate.forEach((fate, ids) -> {
                if (fate == Fate.KEPT) ids.removeAll(destroyed);
                if (!ids.isEmpty()) parts.add(new Part(catalogue.require(name), fate, ids));
            });
        });
        return parts;
    }

    /** What belongs to dealings, such as the lines of an order. */
    private void addLines(
            Tx tx, Map<String, Map<Fate, Set<UUID>>> dealings, String name, Fate fate, Collection<UUID> ids) {
        for (var other : catalogue.all())
            if (other.sharing().mode() == Sharing.Mode.CONTROLLED)
                for (var parent : other.sharing().parents()) {
                    var lookup = other.require(parent);
                    if (lookup.type() instanceof LinkTypes.Lookup to
                            && to.target().equals(name))
                        add(dealings, other, fate, store.idsLeadingTo(tx, other, lookup, List.copyOf(ids), MOST));
                }
    }

    private static void add(
            Map<String, Map<Fate, Set<UUID>>> dealings, ObjectDef object, Fate fate, Collection<UUID> ids) {
        if (!ids.isEmpty())
            dealings.computeIfAbsent(object.name(), k -> new LinkedHashMap<>())
                    .computeIfAbsent(fate, k -> new LinkedHashSet<>())
                    .addAll(ids);
    }

    private static Fate fate(ObjectDef object, Field<?> lookup) {
        boolean belongs = object.sharing().mode() == Sharing.Mode.CONTROLLED
                && object.sharing().parents().contains(lookup.name());
        boolean tells = object.timeline() != null
                && object.group() != ObjectDef.Group.RECORDS
                && object.group() != ObjectDef.Group.SALES;
        return tells || belongs ? Fate.DESTROYED : Fate.KEPT;
    }

    /** All records that stand for the same person, by object. */
    private Map<String, Set<UUID>> people(Tx tx, ObjectDef object, UUID id) {
        record One(ObjectDef object, UUID id) {}
        var people = new LinkedHashMap<String, Set<UUID>>();
        var open = new ArrayDeque<>(List.of(new One(object, id)));
        while (!open.isEmpty()) {
            var one = open.removeFirst();
            if (!people.computeIfAbsent(one.object().name(), k -> new LinkedHashSet<>())
                    .add(one.id())) continue;
            for (var merged : merges.around(tx, one.object().name(), one.id())) open.add(new One(one.object(), merged));
            var record =
                    store.loadForComparing(tx, one.object(), List.of(one.id())).get(new RecordId(one.id()));
            for (var other : catalogue.all()) {
                if (!isPerson(other) || other.name().equals(one.object().name())) continue;
                for (var lookup : other.lookupsTo(one.object().name()))
                    if (lookup.is(Trait.READ_ONLY))
                        store.idsLeadingTo(tx, other, lookup, List.of(one.id()), MOST)
                                .forEach(found -> open.add(new One(other, found)));
                for (var lookup : one.object().lookupsTo(other.name()))
                    if (record != null
                            && lookup.is(Trait.READ_ONLY)
                            && record.values().get(lookup) instanceof RecordId to) open.add(new One(other, to.value()));
            }
        }
        return people;
    }
}
