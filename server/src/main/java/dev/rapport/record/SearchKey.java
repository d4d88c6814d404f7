package dev.rapport.record;

import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.Trait;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text by which lists find a record: its searchable values in lower case and one width. */
final class SearchKey {
    private static final int MAX_LENGTH = 4_000;
    private static final int MAX_WORDS = 8;

    private SearchKey() {}

    static @Nullable String of(PendingChange change) {
        var key = new StringBuilder();
        var fields = change.object().fields();
        for (int i = 0; i < fields.size(); i++) {
            var value = change.after().at(i);
            if (value != null && fields.get(i).is(Trait.SEARCHABLE))
                append(key, fields.get(i).type(), value);
        }
        if (key.isEmpty()) return null;
        if (key.length() > MAX_LENGTH) key.setLength(MAX_LENGTH);
        return normalised(key.toString());
    }

    @SuppressWarnings("unchecked")
    private static <T> void append(StringBuilder key, FieldType<T> type, Object value) {
        if (!key.isEmpty()) key.append('\n');
        key.append(type.searchText((T) value));
    }

    /** The words of what a person typed into the search. */
    static List<String> words(String typed) {
        return Arrays.stream(normalised(typed).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .limit(MAX_WORDS)
                .toList();
    }

    private static String normalised(String text) {
        boolean ascii = true;
        for (int i = 0; ascii && i < text.length(); i++) ascii = text.charAt(i) < 0x80;
        return (ascii ? text : Normalizer.normalize(text, Normalizer.Form.NFKC)).toLowerCase(Locale.ROOT);
    }
}
