/** The search over all objects. */
@NullMarked
package dev.rapport.search;

import org.jspecify.annotations.NullMarked;
