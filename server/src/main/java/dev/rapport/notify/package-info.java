/** What people are told: an inbox for each, kept up to date while they look. */
@NullMarked
package dev.rapport.notify;

import org.jspecify.annotations.NullMarked;
