package dev.rapport.record;

import dev.rapport.kernel.Actor;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.TextTypes;
import dev.rapport.query.FieldPath;
import dev.rapport.query.RowPage;
import dev.rapport.query.Selection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/** Writes rows as the API shows records: by field, links with their names. */
@Component
public class RecordJson {
    private static final SerializedString ID = new SerializedString("id");
    private static final SerializedString VERSION = new SerializedString("version");
    private static final SerializedString NAME = new SerializedString("name");

    private final LinkNames names;

    RecordJson(LinkNames names) {
        this.names = names;
    }

    /** Writes the rows of a page as an array. */
    public void writeItems(JsonGenerator json, Actor actor, RowPage page) {
        var columns = columns(page.selection(), linkNames(actor, page));
        json.writeStartArray();
        for (var row : page.rows()) write(json, columns, row);
        json.writeEndArray();
    }

    /** Writes one row as an object. */
    public void writeItem(JsonGenerator json, Selection selection, @Nullable Object[] row, Map<UUID, String> names) {
        write(json, columns(selection, names), row);
    }

    private static void write(JsonGenerator json, List<Column> columns, @Nullable Object[] row) {
        json.writeStartObject();
        json.writeName(ID);
        json.writeString(String.valueOf(row[0]));
        json.writeName(VERSION);
        json.writeNumber((long) Objects.requireNonNull(row[1]));
        for (var column : columns) {
            json.writeName(column.name());
            if (row[column.at()] == null && column.emptyIsNull()) json.writeNull();
            else column.writer().write(json, row);
        }
        json.writeEndObject();
    }

    /** How one field of each row is written. @param emptyIsNull whether an empty first column means that there is no value */
    private record Column(SerializedString name, int at, boolean emptyIsNull, CellWriter writer) {}

    @FunctionalInterface
    private interface CellWriter {
        void write(JsonGenerator json, @Nullable Object[] row);
    }

    /** Names of the records that the page's links lead to, as far as the actor may see them. */
    public Map<UUID, String> linkNames(Actor actor, RowPage page) {
        var wanted = new LinkNames.Wanted();
        for (var item : page.selection().items()) {
            var target = target(item.path());
            if (target == null) continue;
            var of = wanted.of(target);
            Object last = null;
            for (var row : page.rows()) {
                var value = row[item.at()];
                if (value == null || value.equals(last)) continue;
                last = value;
                if (value instanceof UUID id) of.add(id);
                if (value instanceof UUID[] ids) of.addAll(Arrays.asList(ids));
            }
        }
        return names.live(actor, wanted);
    }

    private static @Nullable String target(FieldPath path) {
        if (path.part() != null) return null;
        return switch (path.field().type()) {
            case LinkTypes.Lookup lookup -> lookup.target();
            case LinkTypes.Lookups lookups -> lookups.target();
            default -> null;
        };
    }

    /** Decides once for all rows how each field is written. */
    private static List<Column> columns(Selection selection, Map<UUID, String> names) {
        return selection.items().stream()
                .map(item -> {
                    var writer = writer(item, names);
                    return new Column(item.name(), item.at(), item.width() == 1 || isFile(item), writer);
                })
                .toList();
    }

    private static boolean isFile(Selection.Item item) {
        return item.width() == 4 && item.path().field().type() instanceof LinkTypes.Attachment;
    }

    private static CellWriter writer(Selection.Item item, Map<UUID, String> names) {
        var path = item.path();
        int at = item.at();
        if (path.part() != null) return (json, row) -> writePart(json, path, Objects.requireNonNull(row[at]));
        if (isFile(item)) return (json, row) -> writeFile(json, row, at);
        return switch (path.field().type()) {
            case LinkTypes.Lookup lookup -> new LinkWriter(at, names);
            case LinkTypes.Lookups lookups ->
                (json, row) -> writeLinks(json, (UUID[]) Objects.requireNonNull(row[at]), names);
            case TextTypes.TextLike text -> (json, row) -> json.writeString((String) row[at]);
            default -> (json, row) -> writeWhole(json, path.field().type(), row, item);
        };
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

    private static void writePart(JsonGenerator json, FieldPath path, Object value) {
        if (value instanceof Long number && path.field().type() instanceof NumberTypes.MoneyAmount)
            json.writeNumber(number);
        else json.writeString(String.valueOf(value));
    }

    /** Writes the links of one column of one page; neighbouring rows often have the same. */
    private static final class LinkWriter implements CellWriter {
        private final int at;
        private final Map<UUID, String> names;
        private @Nullable UUID last;
        private String id = "";
        private @Nullable String name;

        LinkWriter(int at, Map<UUID, String> names) {
            this.at = at;
            this.names = names;
        }

        @Override
        public void write(JsonGenerator json, @Nullable Object[] row) {
            var next = (UUID) Objects.requireNonNull(row[at]);
            if (!next.equals(last)) {
                last = next;
                id = next.toString();
                name = names.get(next);
            }
            writeLink(json, id, name);
        }
    }

    private static void writeLink(JsonGenerator json, String id, @Nullable String name) {
        json.writeStartObject();
        json.writeName(ID);
        json.writeString(id);
        json.writeName(NAME);
        json.writeString(name);
        json.writeEndObject();
    }

    private static void writeLinks(JsonGenerator json, UUID[] ids, Map<UUID, String> names) {
        json.writeStartArray();
        for (var id : ids) writeLink(json, id.toString(), names.get(id));
        json.writeEndArray();
    }

    private static void writeFile(JsonGenerator json, @Nullable Object[] row, int at) {
        json.writeStartObject();
        json.writeStringProperty("id", String.valueOf(row[at]));
        json.writeStringProperty("name", String.valueOf(row[at + 1]));
        json.writeStringProperty("type", String.valueOf(row[at + 2]));
        if (row[at + 3] instanceof Long size) json.writeNumberProperty("size", size);
        json.writeEndObject();
    }
}
