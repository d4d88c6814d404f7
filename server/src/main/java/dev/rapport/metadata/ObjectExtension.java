package dev.rapport.metadata;

import java.util.List;

/**
 * What a module adds to the object of a module below it: fields, a section of the form, related lists. The lower module
 * knows nothing of it.
 */
public interface ObjectExtension {
    /** Name of the object that is added to. */
    String object();

    List<Field<?>> fields();

    /** A section for the fields that people write; empty for none. */
    default List<ObjectDef.Section> sections() {
        return List.of();
    }

    /** Related lists, each {@code object.lookupField}, put before the object's own. */
    default List<String> relatedLists() {
        return List.of();
    }

    /** Lookups among {@link #fields} through which a role may let people see what belongs to records they see. */
    default List<String> parents() {
        return List.of();
    }
}
