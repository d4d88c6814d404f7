package dev.rapport.metadata;

/** Makes tokens of values that are kept encrypted, so that equal ones can be found without being readable. */
@FunctionalInterface
public interface BlindIndex {
    /**
     * The token of {@code words} in this field of this object: 22 characters, the same whenever they are asked for, and
     * unlike those of the same words in another field.
     */
    String token(String object, String field, String words);
}
