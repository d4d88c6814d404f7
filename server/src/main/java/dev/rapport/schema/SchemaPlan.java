package dev.rapport.schema;

import java.util.List;

/**
 * What has to happen to the database so that it can hold the catalogue.
 *
 * @param statements additive DDL in order
 * @param conflicts differences that would lose data, in words; they are never carried out by themselves
 */
public record SchemaPlan(List<String> statements, List<String> conflicts) {
    public boolean isEmpty() {
        return statements.isEmpty() && conflicts.isEmpty();
    }
}
