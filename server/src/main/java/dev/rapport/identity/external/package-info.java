/** Signing in by the company's own directory: OpenID Connect and LDAP. */
@NullMarked
package dev.rapport.identity.external;

import org.jspecify.annotations.NullMarked;
