/** Who did what that matters to security, and when: an append-only log with a chain of hashes. */
@NullMarked
package dev.rapport.audit;

import org.jspecify.annotations.NullMarked;
