package dev.rapport.identity;

import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;

/** Decides who may manage accounts; implemented where permissions are known. */
@FunctionalInterface
public interface UserAdministration {
    /** @throws Refusal 403 if the actor may not manage accounts */
    void require(Actor actor);
}
