package dev.rapport.record;

import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Trait;
import dev.rapport.text.SearchText;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text by which lists and the search find a record. */
final class SearchKey {
    private SearchKey() {}

    /** What keys of {@code object} are made of: another text for it means that they have to be made anew. */
    static String format(ObjectDef object) {
        return "4 "
                + object.searchable().stream()
                        .map(field -> field.name() + ":" + field.type().code())
                        .collect(Collectors.joining(" "));
    }

    static @Nullable String of(PendingChange change) {
        return of(change.object(), change.after());
    }

    static @Nullable String of(ObjectDef object, Values values) {
        var key = new SearchText.Key();
        var fields = object.fields();
        for (int i = 0; i < fields.size(); i++) {
            var value = values.at(i);
            if (value != null && fields.get(i).is(Trait.SEARCHABLE))
                add(key, fields.get(i).type(), value);
        }
        var text = key.text();
        return text.isEmpty() ? null : text;
    }

    @SuppressWarnings("unchecked")
    private static <T> void add(SearchText.Key key, FieldType<T> type, Object value) {
        key.add(type.searchText((T) value), type.mainPart().type() != ColumnType.LONG_TEXT);
    }
}
