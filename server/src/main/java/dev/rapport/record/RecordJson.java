package dev.rapport.record;

import dev.rapport.kernel.Actor;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.FieldTypes;
import dev.rapport.query.FieldPath;
import dev.rapport.query.RowPage;
import dev.rapport.query.Selection;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** Writes rows as the API shows records: by field, links with their names. */
@Component
public class RecordJson {
    private final LinkNames names;

    RecordJson(LinkNames names) {
        this.names = names;
    }

    /** Writes the rows of a page as an array. */
    public void writeItems(JsonGenerator json, Actor actor, RowPage page) {
        var names = linkNames(actor, page);
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
            json.writeName(item.name());
            writeValue(json, item, row, names);
        }
        json.writeEndObject();
    }

    /** Names of the records that the page's links lead to, as far as the actor may see them. */
    public Map<UUID, String> linkNames(Actor actor, RowPage page) {
        var wanted = new LinkNames.Wanted();
        for (var item : page.selection().items()) {
            var target = target(item.path());
            if (target == null) continue;
            for (var row : page.rows()) {
                if (row[item.at()] instanceof UUID id) wanted.add(target, id);
                if (row[item.at()] instanceof UUID[] ids) for (var id : ids) wanted.add(target, id);
            }
        }
        return names.live(actor, wanted);
    }

    private static @Nullable String target(FieldPath path) {
        if (path.part() != null) return null;
        return switch (path.field().type()) {
            case FieldTypes.Lookup lookup -> lookup.target();
            case FieldTypes.Lookups lookups -> lookups.target();
            default -> null;
        };
    }

    private static void writeValue(
            JsonGenerator json, Selection.Item item, @Nullable Object[] row, Map<UUID, String> names) {
        var path = item.path();
        if (path.part() != null) {
            writePart(json, path, row[item.at()]);
            return;
        }
        switch (path.field().type()) {
            case FieldTypes.Lookup lookup -> writeLink(json, (UUID) row[item.at()], names);
            case FieldTypes.Attachment file when item.width() == 4 -> writeFile(json, row, item.at());
            case FieldTypes.Lookups lookups -> writeLinks(json, row[item.at()], names);
            default -> writeWhole(json, path.field().type(), row, item);
        }
    }

    private static <T> void writeWhole(
            JsonGenerator json, FieldType<T> type, @Nullable Object[] row, Selection.Item item) {
        var columns = item.width() == 1
                ? new @Nullable Object[] {row[item.at()]}
                : Arrays.copyOfRange(row, item.at(), item.at() + item.width());
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

    private static void writeLink(JsonGenerator json, @Nullable UUID id, Map<UUID, String> names) {
        if (id == null) {
            json.writeNull();
            return;
        }
        var name = names.get(id);
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
        for (var id : (UUID[]) ids) writeLink(json, id, names);
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
}
