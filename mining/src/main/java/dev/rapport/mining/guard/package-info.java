/** Warnings that keep a careless analysis from misleading. */
@NullMarked
package dev.rapport.mining.guard;

import org.jspecify.annotations.NullMarked;
