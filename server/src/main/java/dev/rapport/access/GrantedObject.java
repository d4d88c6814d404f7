package dev.rapport.access;

import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One object as one set of roles sees it, decided once for every field. */
final class GrantedObject implements ObjectView {
    private final ObjectDef definition;
    private final List<Grants> grants;
    private final Map<String, Optional<Field<?>>> readable = new HashMap<>();
    private final Map<String, Optional<Field<?>>> masked = new HashMap<>();

    private GrantedObject(ObjectDef definition, List<Grants> grants) {
        this.definition = definition;
        this.grants = grants;
    }

    static GrantedObject of(ObjectDef definition, List<Grants> grants, Catalogue catalogue) {
        var view = new GrantedObject(definition, grants);
        for (var field : definition.fields())
            if (Access.isMasked(grants, definition, field)) view.masked.put(field.name(), Optional.of(field));
            else if (Access.reads(grants, definition, field)) view.readable.put(field.name(), Optional.of(field));
        view.hideComputed(catalogue);
        return view;
    }

    /** Takes away what is computed from fields that are hidden. */
    private void hideComputed(Catalogue catalogue) {
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
    public Optional<Field<?>> shown(String fieldName) {
        return masked.getOrDefault(fieldName, readable(fieldName));
    }

    @Override
    public boolean hidesInSome() {
        return ActorScope.masksInPools(grants, definition);
    }

    @Override
    public boolean canWrite(Field<?> field) {
        return field.isWritable()
                && readable.containsKey(field.name())
                && grants.stream().anyMatch(grant -> grant.writes(definition.name(), field.name()));
    }
}
