/** Copies of everything, encrypted, and the way back from them. */
@NullMarked
package dev.rapport.backup;

import org.jspecify.annotations.NullMarked;
