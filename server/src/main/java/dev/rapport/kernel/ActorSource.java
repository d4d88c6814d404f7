package dev.rapport.kernel;

import java.util.Optional;

/** Finds an actor with the rights it has now, for work that outlives the request that began it. */
public interface ActorSource {
    /** Empty if the user is gone or disabled. */
    Optional<Actor> find(RecordId id);
}
