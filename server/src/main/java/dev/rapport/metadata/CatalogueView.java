package dev.rapport.metadata;

import java.util.Optional;

/**
 * The catalogue as one caller sees it: the first gate. A name in a request becomes a column only through here, and
 * what is hidden from the caller is answered exactly like what does not exist.
 */
public interface CatalogueView {
    Optional<ObjectView> object(String name);

    /** An object with the fields its caller may read and write. */
    interface ObjectView {
        ObjectDef definition();

        /** The field, if it exists and the caller may read it. */
        Optional<Field<?>> readable(String fieldName);

        /** The field, if the caller may read it or is at least shown its values in part; it is then named in no question. */
        default Optional<Field<?>> shown(String fieldName) {
            return readable(fieldName);
        }

        /** Whether values of fields that the caller may read are hidden in some records. */
        default boolean hidesInSome() {
            return false;
        }

        boolean canWrite(Field<?> field);
    }
}
