/** Values that are kept encrypted: their keys, and the one place that makes them readable. */
@NullMarked
package dev.rapport.encryption;

import org.jspecify.annotations.NullMarked;
