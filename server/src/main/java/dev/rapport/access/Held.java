package dev.rapport.access;

import dev.rapport.kernel.Actor;
import java.util.Set;

/**
 * What somebody's rights follow from, their place in the company apart.
 *
 * @param limits what a program that acts for them is limited to; empty for all that the roles allow
 */
record Held(Set<String> roles, Set<String> limits) {
    static Held of(Actor actor) {
        return new Held(actor.roles(), actor.limits());
    }

    static Held of(Set<String> roles) {
        return new Held(roles, Set.of());
    }
}
