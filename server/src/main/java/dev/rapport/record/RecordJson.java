package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.FieldTypes;
import dev.rapport.query.FieldPath;
import dev.rapport.query.RowPage;
import dev.rapport.query.Selection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** Writes rows as the API shows records: by field, links with their names. */
@Component
public class RecordJson {
    private final Database database;
    private final Access access;
    private final Catalogue catalogue;
    private final RecordStore store;

    RecordJson(Database database, Access access, Catalogue catalogue, RecordStore store) {
        this.database = database;
        this.access = access;
        this.catalogue = catalogue;
        this.store = store;
    }

    /** Writes the rows of a page as an array. */
    public void writeItems(JsonGenerator json, Actor actor, RowPage page) {
        var names = manyNames(actor, page);
        json.writeStartArray();
        for (var row : page.rows()) writeItem(json, page.selection(), row, names);
        json.writeEndArray();
    }

    /** Writes one row as an object. */
    public void writeItem(JsonGenerator json, Selection selection, @Nullable Object[] row, Map<UUID, String> names) {
        json.writeStartObject();
        json.writeStringProperty("id", String.valueOf(row[0]));
        json.writeNumberProperty("version", (long) java.util.Objects.requireNonNull(row[1]));
        for (var item : selection.items()) {
            json.writeName(item.path().text());
            writeValue(json, item, row, names);
        }
        json.writeEndObject();
    }

    /** Names of the records that fields with many links name. */
    public Map<UUID, String> manyNames(Actor actor, RowPage page) {
        var byTarget = new HashMap<String, HashSet<UUID>>();
        for (var item : page.selection().items())
            if (item.path().part() == null && item.path().field().type() instanceof FieldTypes.Lookups lookups)
                for (var row : page.rows())
                    if (row[item.at()] instanceof UUID[] ids)
                        byTarget.computeIfAbsent(lookups.target(), k -> new HashSet<>())
                                .addAll(Arrays.asList(ids));
        if (byTarget.isEmpty()) return Map.of();
        return database.read(tx -> {
            var names = new HashMap<UUID, String>();
            byTarget.forEach(
                    (target, ids) -> names.putAll(store.names(tx, catalogue.require(target), ids, access.rows(actor))));
            return names;
        });
    }

    private static void writeValue(
            JsonGenerator json, Selection.Item item, @Nullable Object[] row, Map<UUID, String> names) {
        var path = item.path();
        if (path.part() != null) {
            writePart(json, path, row[item.at()]);
            return;
        }
        int parts = path.field().type().parts().size();
        var columns = parts == 1
                ? new @Nullable Object[] {row[item.at()]}
                : Arrays.copyOfRange(row, item.at(), item.at() + parts);
        switch (path.field().type()) {
            case FieldTypes.Lookup lookup -> writeLink(json, row[item.at()], (String) row[item.at() + 1]);
            case FieldTypes.Attachment file when item.width() == 4 -> writeFile(json, row, item.at());
            case FieldTypes.Lookups lookups -> writeLinks(json, row[item.at()], names);
            default -> writeWhole(json, path.field().type(), columns);
        }
    }

    private static <T> void writeWhole(JsonGenerator json, FieldType<T> type, @Nullable Object[] columns) {
        T value = type.fromColumns(columns);
        if (value == null) json.writeNull();
        else type.write(json, value);
    }

    private static void writePart(JsonGenerator json, FieldPath path, @Nullable Object value) {
        if (value == null) json.writeNull();
        else if (value instanceof Long number && path.field().type() instanceof FieldTypes.MoneyAmount)
            json.writeNumber(number);
        else json.writeString(String.valueOf(value));
    }

    private static void writeLink(JsonGenerator json, @Nullable Object id, @Nullable String name) {
        if (id == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("id", id.toString());
        if (name == null) json.writeNullProperty("name");
        else json.writeStringProperty("name", name);
        json.writeEndObject();
    }

    private static void writeLinks(JsonGenerator json, @Nullable Object ids, Map<UUID, String> names) {
        if (ids == null) {
            json.writeNull();
            return;
        }
        json.writeStartArray();
        for (var id : (UUID[]) ids) writeLink(json, id, names.get(id));
        json.writeEndArray();
    }

    private static void writeFile(JsonGenerator json, @Nullable Object[] row, int at) {
        if (row[at] == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("id", String.valueOf(row[at]));
        json.writeStringProperty("name", String.valueOf(row[at + 1]));
        json.writeStringProperty("type", String.valueOf(row[at + 2]));
        if (row[at + 3] instanceof Long size) json.writeNumberProperty("size", size);
        json.writeEndObject();
    }

    /** Names of users and other linked records, for places that only know ids. */
    public Map<UUID, String> names(Actor actor, String object, List<RecordId> ids) {
        return database.read(tx -> store.names(
                tx, catalogue.require(object), ids.stream().map(RecordId::value).toList(), access.rows(actor)));
    }
}
