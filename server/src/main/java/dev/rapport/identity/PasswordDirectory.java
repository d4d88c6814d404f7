package dev.rapport.identity;

import dev.rapport.kernel.Actor;
import java.util.Optional;

/** Knows passwords of people who have none here. */
public interface PasswordDirectory {
    /** The active user whose password this is; empty too if the directory is not there. */
    Optional<Actor> authenticate(String username, String password);
}
