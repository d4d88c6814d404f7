package dev.rapport.metadata;

/** Defines one built-in object. One implementation, found as a bean, is all it takes. */
public interface ObjectSource {
    ObjectDef define();
}
