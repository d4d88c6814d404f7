package dev.rapport.record;

import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.CatalogueView.ObjectView;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
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
        item.set("actor", ChangeJson.link(entry.actor().value(), names));
        item.put("kind", entry.kind());
        item.put("version", entry.version());
        var batch = entry.batch();
        item.put("batch", batch == null ? null : batch.toString());
        ChangeJson.write(item.putArray("changes"), object, entry.changes(), names);
    }

    private Map<UUID, String> names(Actor actor, ObjectView object, List<History.Entry> entries) {
        var wanted = new LinkNames.Wanted();
        for (var entry : entries) {
            wanted.add("user", entry.actor().value());
            ChangeJson.collect(object, entry.changes(), wanted);
        }
        return names.all(actor, wanted);
    }
}
