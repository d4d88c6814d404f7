package dev.rapport.identity;

import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;

/** Decides who may manage accounts, and hears when they changed; implemented where permissions are known. */
public interface UserAdministration {
    /** @throws Refusal 403 if the actor may not manage accounts */
    void require(Actor actor);

    /** What people may do follows from places and roles: these have just changed. */
    void changed();
}
