/** Models as versioned JSON. */
@NullMarked
package dev.rapport.mining.json;

import org.jspecify.annotations.NullMarked;
