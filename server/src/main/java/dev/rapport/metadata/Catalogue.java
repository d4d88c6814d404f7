package dev.rapport.metadata;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** All objects that exist. Requests never use it directly but through the caller's {@link CatalogueView}. */
@Component
public class Catalogue {
    private final Map<String, ObjectDef> objects = new LinkedHashMap<>();

    public Catalogue(List<ObjectSource> sources) {
        for (var source : sources) {
            var object = source.define();
            if (objects.put(object.name(), object) != null)
                throw new IllegalArgumentException("Two objects are named " + object.name());
        }
        objects.values().forEach(this::check);
    }

    public Collection<ObjectDef> all() {
        return objects.values();
    }

    public Optional<ObjectDef> find(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    public ObjectDef require(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("No object " + name));
    }

    private void check(ObjectDef object) {
        object.naming();
        for (var field : object.fields()) {
            if (field.type() instanceof LinkTypes.Lookup lookup) require(lookup.target());
            if (field.type() instanceof LinkTypes.Lookups lookups) require(lookups.target());
        }
        object.form().forEach(section -> section.fields().forEach(object::require));
    }
}
