package dev.rapport.schema;

import java.util.List;

/**
 * What has to happen to the database so that it can hold the catalogue.
 *
 * @param statements additive DDL in order
 * @param later indexes of custom fields on tables that are there already: built while people work, after the transaction
 * @param conflicts differences that would lose data, in words; they are never carried out by themselves
 */
public record SchemaPlan(List<String> statements, List<String> later, List<String> conflicts) {
    public boolean isEmpty() {
        return statements.isEmpty() && conflicts.isEmpty();
    }
}
