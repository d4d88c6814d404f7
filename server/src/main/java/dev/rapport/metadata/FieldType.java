package dev.rapport.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * How the values of a field look to Java, JSON, text files and PostgreSQL. Every type is tested by the same contract:
 * JSON to value to columns and back is the identity.
 *
 * @param <T> the Java type; null stands for no value and never reaches these methods
 */
public sealed interface FieldType<T> permits BaseType {
    /** Stable name in the API, such as {@code longText}. */
    String code();

    /** The columns a value fills: one with an empty suffix, or several that can each be filtered as {@code field.part}. */
    List<Part> parts();

    /** Reads the JSON form. @throws InvalidValue if this type cannot hold it */
    T read(JsonNode json, ReadContext context) throws InvalidValue;

    /** Reads the form people write in files and forms. @throws InvalidValue if this type cannot hold it */
    T parse(String text, ReadContext context) throws InvalidValue;

    /** Writes the JSON form. */
    void write(JsonGenerator json, T value);

    /** Writes the form that histories keep and {@link #readKept} reads back. Unlike {@link #write} it is shown to nobody. */
    default void writeKept(JsonGenerator json, T value) {
        write(json, value);
    }

    /** Reads what {@link #writeKept} wrote. @throws InvalidValue if it was written for another type */
    default T readKept(JsonNode json, ReadContext context) throws InvalidValue {
        return read(json, context);
    }

    /** The value as people read it in a file; {@link #parse} reads it back. */
    String text(T value);

    /** Values of {@link #parts()}, in order. */
    @Nullable
    Object[] toColumns(T value);

    /** The inverse of {@link #toColumns}; null when all columns are empty. */
    @Nullable
    T fromColumns(@Nullable Object[] columns);

    /** The part that filters and sorts use when only the field is named. */
    default Part mainPart() {
        return parts().getFirst();
    }

    /** Words by which a record is found; empty for types that are not searched. */
    default String searchText(T value) {
        return text(value);
    }

    /**
     * One column of a value.
     *
     * @param name what follows the dot in {@code address.city}; empty for a value of one part
     * @param suffix what the column's name ends in
     * @param scalar type of the part when it is filtered on its own
     */
    record Part(
            String name,
            String suffix,
            ColumnType type,
            @Nullable FieldType<?> scalar) {
        static Part whole(ColumnType type) {
            return new Part("", "", type, null);
        }
    }
}
