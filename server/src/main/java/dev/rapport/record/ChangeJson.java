package dev.rapport.record;

import dev.rapport.http.Json;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.EncryptedText;
import dev.rapport.metadata.LinkTypes;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Shows the stored changes of one entry of the history: hidden fields leave no trace, links have their names. */
final class ChangeJson {
    private ChangeJson() {}

    static void write(ArrayNode items, ObjectView object, @Nullable JsonNode changes, Map<UUID, String> names) {
        if (changes == null) return;
        for (var change : changes.properties()) {
            if (object.readable(change.getKey()).isEmpty()) continue;
            boolean link = target(object, change.getKey()).isPresent();
            var item = items.addObject().put("field", change.getKey());
            item.set("from", shown(object, change.getKey(), change.getValue().get(0), link, names));
            item.set("to", shown(object, change.getKey(), change.getValue().get(1), link, names));
        }
    }

    static ObjectNode link(UUID id, Map<UUID, String> names) {
        return Json.object().put("id", id.toString()).put("name", names.get(id));
    }

    /** Adds the links whose names {@link #write} will need. */
    static void collect(ObjectView object, @Nullable JsonNode changes, LinkNames.Wanted wanted) {
        if (changes == null) return;
        for (var change : changes.properties())
            target(object, change.getKey())
                    .ifPresent(target -> change.getValue().values().forEach(value -> {
                        if (value.isString()) wanted.add(target, UUID.fromString(value.stringValue()));
                    }));
    }

    private static Optional<String> target(ObjectView object, String field) {
        return object.readable(field)
                .flatMap(found -> found.type() instanceof LinkTypes.Lookup lookup
                        ? Optional.of(lookup.target())
                        : Optional.empty());
    }

    private static JsonNode shown(
            ObjectView object, String field, JsonNode value, boolean link, Map<UUID, String> names) {
        boolean encrypted = object.definition()
                .field(field)
                .filter(found -> found.type() instanceof EncryptedText)
                .isPresent();
        // an object's field may have been encrypted, or made readable again, since
        if (encrypted || value.isObject() && value.path("token").isString())
            return value.isNull() ? value : StringNode.valueOf(EncryptedText.MASK);
        return link && value.isString() ? link(UUID.fromString(value.stringValue()), names) : value;
    }
}
