package dev.rapport.metadata;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * All objects that exist: the built-in ones and what administrators made. Requests never use it directly but through the
 * caller's {@link CatalogueView}. An object is the same instance as long as nothing about it changes.
 */
@Component
public class Catalogue {
    private final Map<String, ObjectDef> builtIn = new LinkedHashMap<>();
    private volatile Snapshot now;

    /** One state: its number, what administrators made by object, and the objects that follow from it. */
    private record Snapshot(long version, Map<String, JsonNode> definitions, Map<String, ObjectDef> objects) {}

    public Catalogue(List<ObjectSource> sources) {
        this(sources, List.of());
    }

    @Autowired
    public Catalogue(List<ObjectSource> sources, List<ObjectExtension> extensions) {
        for (var source : sources) {
            var object = source.define();
            for (var extension : extensions)
                if (extension.object().equals(object.name())) object = object.extendedBy(extension);
            if (builtIn.put(object.name(), object) != null)
                throw new IllegalArgumentException("Two objects are named " + object.name());
        }
        now = new Snapshot(0, Map.of(), builtIn);
        builtIn.values().forEach(this::check);
    }

    public Collection<ObjectDef> all() {
        return now.objects.values();
    }

    public Optional<ObjectDef> find(String name) {
        return Optional.ofNullable(now.objects.get(name));
    }

    public ObjectDef require(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("No object " + name));
    }

    /** Everything as it is defined. What administrators define may name every field; who reads the outcome is decided by access. */
    public CatalogueView definitions() {
        return name -> find(name).map(DefinedObject::new);
    }

    private record DefinedObject(ObjectDef definition) implements CatalogueView.ObjectView {
        @Override
        public Optional<Field<?>> readable(String fieldName) {
            return definition.field(fieldName);
        }

        @Override
        public boolean canWrite(Field<?> field) {
            return field.isWritable();
        }
    }

    /** Grows with every change that administrators make. */
    public long version() {
        return now.version;
    }

    /** The object as this version ships it. */
    public Optional<ObjectDef> builtIn(String name) {
        return Optional.ofNullable(builtIn.get(name));
    }

    /** Takes over what administrators made, unless something newer is here already. */
    public synchronized void install(long version, Map<String, JsonNode> definitions) {
        if (version > now.version) now = new Snapshot(version, definitions, objects(definitions));
    }

    /**
     * A catalogue as it would be with these definitions; this one stays as it is.
     *
     * @throws dev.rapport.kernel.Refusal 422 with every mistake
     */
    public Catalogue with(Map<String, JsonNode> definitions) {
        var next = new Catalogue(List.of());
        next.builtIn.putAll(builtIn);
        next.now = now;
        next.now = new Snapshot(now.version + 1, definitions, next.objects(definitions));
        return next;
    }

    private Map<String, ObjectDef> objects(Map<String, JsonNode> definitions) {
        var objects = new LinkedHashMap<String, ObjectDef>();
        for (var object : builtIn.values()) objects.put(object.name(), object(object.name(), object, definitions));
        definitions.forEach((name, definition) -> {
            boolean custom = !builtIn.containsKey(name) && !Customization.isDeleted(definition);
            if (custom) objects.put(name, object(name, null, definitions));
        });
        objects.replaceAll((name, object) -> related(object, objects));
        return objects;
    }

    private ObjectDef object(String name, @Nullable ObjectDef shipped, Map<String, JsonNode> definitions) {
        var definition = definitions.get(name);
        var present = now.objects.get(name);
        if (present != null && Objects.equals(definition, now.definitions.get(name))) return present;
        return definition == null ? Objects.requireNonNull(shipped) : Customization.apply(name, shipped, definition);
    }

    private static ObjectDef related(ObjectDef object, Map<String, ObjectDef> all) {
        var related = Customization.related(object, all.values());
        if (related.equals(object.relatedLists())) return object;
        return object.toBuilder().related(related.toArray(String[]::new)).build();
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
