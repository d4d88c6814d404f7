package dev.rapport.query;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.FieldType.Part;
import dev.rapport.metadata.ObjectDef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field named by a request, found in the catalogue as the caller sees it: {@code account.address.city} is one step along a
 * lookup, a field, and one of its parts.
 *
 * @param text the path as written
 * @param steps lookups walked, at most three
 * @param part the part named after the field, or null for the whole field
 */
public record FieldPath(
        String text,
        List<Step> steps,
        Field<?> field,
        @Nullable Part part) {
    /** One lookup walked, and where it leads. */
    public record Step(Field<?> lookup, ObjectDef target) {}

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The column that filters and sorts of this path use. */
    public Part mainPart() {
        return part == null ? field.type().mainPart() : part;
    }

    /** Type of the values this path compares with. */
    public FieldType<?> comparedType() {
        if (part != null && part.scalar() != null) return part.scalar();
        var main = field.type().mainPart();
        return main.scalar() == null ? field.type() : main.scalar();
    }
}
