package dev.rapport.kernel;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;

/**
 * On whose behalf something happens: a signed-in user, or a named system actor for background work. There is no
 * anonymous and no all-powerful actor; what one may do is decided by {@code access} from its roles alone.
 *
 * @param roles names of the roles granted
 * @param locale language for texts that are made for this actor
 * @param zone where this actor's days begin and end
 * @param limits what a program is limited to that acts for them, such as {@code read:contact}; empty for all they may do
 */
public record Actor(RecordId id, String name, Set<String> roles, Locale locale, ZoneId zone, Set<String> limits) {
    public Actor withLocale(Locale other) {
        return new Actor(id, name, roles, other, zone, limits);
    }

    /** The same person for a program that may do no more than this. */
    public Actor limitedTo(Set<String> other) {
        return new Actor(id, name, roles, locale, zone, other);
    }
}
