package dev.rapport.metadata;

import dev.rapport.kernel.RecordId;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Types that lead elsewhere: to one record, to several, to a file. */
public final class LinkTypes {
    private LinkTypes() {}

    /** Types whose value is one id. */
    public abstract static sealed class Reference extends BaseType<RecordId> permits Lookup, Attachment {
        Reference(String code) {
            super(code, ColumnType.UUID);
        }

        @Override
        public RecordId parse(String text, ReadContext context) throws InvalidValue {
            return RecordId.parse(text.strip()).orElseThrow(() -> InvalidValue.of("id"));
        }

        @Override
        public String text(RecordId value) {
            return value.toString();
        }

        @Override
        public @Nullable Object[] toColumns(RecordId value) {
            return new Object[] {value.value()};
        }

        @Override
        public @Nullable RecordId fromColumns(@Nullable Object[] columns) {
            return columns[0] == null ? null : new RecordId((UUID) columns[0]);
        }

        @Override
        public String searchText(RecordId value) {
            return "";
        }
    }

    /** A link to one record of {@code target}. Written as its id, read with its name. */
    public static final class Lookup extends Reference {
        private final String target;
        private final @Nullable String within;

        public Lookup(String target) {
            this(target, null);
        }

        /**
         * @param within a lookup that the object with this field and {@code target} have under the same name: only records
         *     that agree in it may be linked, as only stages of the record's own pipeline
         */
        public Lookup(String target, @Nullable String within) {
            super("lookup");
            this.target = target;
            this.within = within;
        }

        public @Nullable String within() {
            return within;
        }

        public String target() {
            return target;
        }
    }

    /** Links to any number of records of {@code target}, at most 200, in no order that matters. */
    public static final class Lookups extends BaseType<List<RecordId>> {
        private final String target;

        public Lookups(String target) {
            super("lookups", ColumnType.UUIDS);
            this.target = target;
        }

        public String target() {
            return target;
        }

        @Override
        public List<RecordId> read(JsonNode json, ReadContext context) throws InvalidValue {
            return ids(TextTypes.WordList.words(json, code()));
        }

        @Override
        public List<RecordId> parse(String text, ReadContext context) throws InvalidValue {
            return ids(TextTypes.WordList.split(text));
        }

        private static List<RecordId> ids(List<String> words) throws InvalidValue {
            var ids = new LinkedHashSet<RecordId>();
            for (var word : words) ids.add(RecordId.parse(word).orElseThrow(() -> InvalidValue.of("id")));
            if (ids.size() > 200) throw InvalidValue.of("too-many", "max", 200);
            return List.copyOf(ids);
        }

        @Override
        public void write(JsonGenerator json, List<RecordId> value) {
            json.writeStartArray();
            for (var id : value) json.writeString(id.toString());
            json.writeEndArray();
        }

        @Override
        public String text(List<RecordId> value) {
            return String.join(";", value.stream().map(RecordId::toString).toList());
        }

        @Override
        public @Nullable Object[] toColumns(List<RecordId> value) {
            return new Object[] {value.stream().map(RecordId::value).toArray(UUID[]::new)};
        }

        @Override
        public @Nullable List<RecordId> fromColumns(@Nullable Object[] columns) {
            if (columns[0] == null) return null;
            return Arrays.stream((UUID[]) columns[0]).map(RecordId::new).toList();
        }

        @Override
        public String searchText(List<RecordId> value) {
            return "";
        }
    }

    /** A stored file, named by the id that {@code POST /api/files} answered. */
    public static final class Attachment extends Reference {
        public Attachment() {
            super("attachment");
        }
    }
}
