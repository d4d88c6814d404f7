package dev.rapport.record;

import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.LinkTypes;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows a record's history to an actor: fields that are hidden from the actor leave no trace in it. */
@Component
class HistoryView {
    private final Database database;
    private final History history;
    private final LinkNames names;

    HistoryView(Database database, History history, LinkNames names) {
        this.database = database;
        this.history = history;
        this.names = names;
    }

    byte[] ofRecord(Actor actor, ObjectView object, RecordId id, int before, int limit) {
        var entries =
                database.read(tx -> history.ofRecord(tx, object.definition().name(), id, before, limit + 1));
        boolean more = entries.size() > limit;
        var shown = more ? entries.subList(0, limit) : entries;
        var names = names(actor, object, shown);
        var node = Json.object();
        var items = node.putArray("items");
        shown.forEach(entry -> write(items.addObject(), object, entry, names));
        node.put("next", more ? Integer.toString(shown.getLast().version()) : null);
        return Json.MAPPER.writeValueAsBytes(node);
    }

    private static void write(ObjectNode item, ObjectView object, History.Entry entry, Map<UUID, String> names) {
        item.put("at", entry.at().toString());
        item.set("actor", link(entry.actor().value(), names));
        item.put("kind", entry.kind());
        item.put("version", entry.version());
        var batch = entry.batch();
        item.put("batch", batch == null ? null : batch.toString());
        var changes = item.putArray("changes");
        var stored = entry.changes();
        if (stored == null) return;
        for (var change : stored.properties()) {
            var field = object.readable(change.getKey()).orElse(null);
            if (field == null) continue;
            boolean linked = field.type() instanceof LinkTypes.Lookup;
            changes.addObject()
                    .put("field", change.getKey())
                    .set("from", shown(change.getValue().get(0), linked, names));
            ((ObjectNode) changes.get(changes.size() - 1))
                    .set("to", shown(change.getValue().get(1), linked, names));
        }
    }

    private static JsonNode shown(JsonNode value, boolean linked, Map<UUID, String> names) {
        return linked && value.isString() ? link(UUID.fromString(value.stringValue()), names) : value;
    }

    private static ObjectNode link(UUID id, Map<UUID, String> names) {
        return Json.object().put("id", id.toString()).put("name", names.get(id));
    }

    private Map<UUID, String> names(Actor actor, ObjectView object, List<History.Entry> entries) {
        var wanted = new LinkNames.Wanted();
        for (var entry : entries) {
            wanted.add("user", entry.actor().value());
            if (entry.changes() != null) collect(object, entry.changes(), wanted);
        }
        return names.all(actor, wanted);
    }

    private static void collect(ObjectView object, JsonNode changes, LinkNames.Wanted wanted) {
        for (var change : changes.properties()) {
            var field = object.readable(change.getKey()).orElse(null);
            if (field == null || !(field.type() instanceof LinkTypes.Lookup lookup)) continue;
            for (var value : change.getValue().values())
                if (value.isString()) wanted.add(lookup.target(), UUID.fromString(value.stringValue()));
        }
    }
}
