package dev.rapport.metadata;

import dev.rapport.kernel.Labels;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One field of an object.
 *
 * @param name lowerCamelCase, as the API writes it
 * @param traits never changed after construction
 * @param defaultValue value of a new record that names none, in the type's JSON text; null for none
 */
public record Field<T>(
        String name,
        FieldType<T> type,
        Labels labels,
        Set<Trait> traits,
        @Nullable String defaultValue) {
    public static <T> Field<T> field(String name, FieldType<T> type, String en, String zh, Trait... traits) {
        var set = EnumSet.noneOf(Trait.class);
        set.addAll(List.of(traits));
        return new Field<>(name, type, new Labels(en, zh), set, null);
    }

    public Field<T> defaultingTo(String value) {
        return new Field<>(name, type, labels, traits, value);
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    public boolean isWritable() {
        return !is(Trait.READ_ONLY);
    }

    public boolean keepsHistory() {
        return !is(Trait.NO_HISTORY);
    }

    /** Whether many records have the same value, as they have the same owner or the same stage. */
    public boolean isSharedByMany() {
        return type instanceof TextTypes.Choices || type instanceof LinkTypes.Lookup;
    }

    /** The database columns this field fills, in the order of its type's parts. */
    public List<Column> columns() {
        return type.parts().stream()
                .map(part -> new Column(columnName(part.suffix()), part.type()))
                .toList();
    }

    /** Name of the column for the part with {@code suffix}, which is empty for a value of one part. */
    public String columnName(String suffix) {
        var column = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (letter >= 'A' && letter <= 'Z') column.append('_').append((char) (letter - 'A' + 'a'));
            else column.append(letter);
        }
        return suffix.isEmpty()
                ? column.toString()
                : column.append('_').append(suffix).toString();
    }

    /** Cheaper than all members, and as good: fields of one name are few. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** A column: its name and how values lie in it. */
    public record Column(String name, ColumnType type) {}
}
