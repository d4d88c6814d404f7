package dev.rapport.identity.external;

import org.jspecify.annotations.Nullable;

/**
 * Somebody whom a directory vouches for.
 *
 * @param issuer the directory
 * @param subject what it knows the person by and never gives to another
 * @param username what they would be called here
 * @param email that the directory has verified; null if there is none
 */
record ExternalPerson(
        String issuer,
        String subject,
        String username,
        String name,
        @Nullable String email) {}
