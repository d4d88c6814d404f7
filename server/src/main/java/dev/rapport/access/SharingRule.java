package dev.rapport.access;

import dev.rapport.query.Predicate;
import java.util.Set;
import java.util.UUID;

/**
 * A rule that shares all records for which {@code condition} holds.
 *
 * @param condition over the object's own fields
 * @param rows about how many records it shares
 */
record SharingRule(UUID id, String object, Predicate condition, boolean mayWrite, Set<UUID> principals, double rows) {
    boolean concerns(Terms terms) {
        for (var principal : terms.principals()) if (principals.contains(principal)) return true;
        return false;
    }
}
