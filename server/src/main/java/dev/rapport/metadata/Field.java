package dev.rapport.metadata;

import dev.rapport.kernel.Labels;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One field of an object.
 *
 * @param name lowerCamelCase, as the API writes it
 * @param traits never changed after construction
 * @param defaultValue value of a new record that names none, in the type's JSON text; null for none
 * @param help what people read beside the field in forms; null for nothing
 * @param computation how the server computes it; null for a field that people or rules fill
 * @param dependence which choices another field leaves; null for all
 */
public record Field<T>(
        String name,
        FieldType<T> type,
        Labels labels,
        Set<Trait> traits,
        @Nullable String defaultValue,
        @Nullable Labels help,
        @Nullable Computation computation,
        @Nullable Dependence dependence) {

    /** Custom fields and objects are named so, and no built-in one is. */
    public static final String CUSTOM_SUFFIX = "_c";

    /**
     * Choices that are left when {@code field} has a value.
     *
     * @param allowed codes of this field by the other field's code; a code that is no key leaves all
     */
    public record Dependence(String field, Map<String, List<String>> allowed) {}

    public static <T> Field<T> field(String name, FieldType<T> type, String en, String zh, Trait... traits) {
        var set = EnumSet.noneOf(Trait.class);
        set.addAll(List.of(traits));
        return new Field<>(name, type, new Labels(en, zh), set, null, null, null, null);
    }

    public Field<T> defaultingTo(String value) {
        return new Field<>(name, type, labels, traits, value, help, computation, dependence);
    }

    public Field<T> computedBy(Computation value) {
        return new Field<>(name, type, labels, traits, defaultValue, help, value, dependence);
    }

    /** The same field with what people read beside it in forms. */
    public Field<T> explained(String en, String zh) {
        return new Field<>(name, type, labels, traits, defaultValue, new Labels(en, zh), computation, dependence);
    }

    /** The same field as administrators want it called and asked for. */
    Field<T> adjusted(Labels newLabels, Set<Trait> newTraits, @Nullable Labels newHelp) {
        return new Field<>(name, type, newLabels, newTraits, defaultValue, newHelp, computation, dependence);
    }

    /** Whether an administrator of this company added it. */
    public boolean isCustom() {
        return name.endsWith(CUSTOM_SUFFIX);
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
