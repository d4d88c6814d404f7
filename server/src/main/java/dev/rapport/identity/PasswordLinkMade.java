package dev.rapport.identity;

import java.util.Locale;

/**
 * Somebody is to get a link by which they choose their password.
 *
 * @param email where it goes
 * @param invited whether they are new; else they forgot their password
 */
public record PasswordLinkMade(String email, String name, String token, boolean invited, Locale locale) {}
