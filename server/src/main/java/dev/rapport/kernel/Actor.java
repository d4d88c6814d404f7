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
 */
public record Actor(RecordId id, String name, Set<String> roles, Locale locale, ZoneId zone) {
    public Actor withLocale(Locale other) {
        return new Actor(id, name, roles, other, zone);
    }
}
