/** Public pools (公海): records that nobody owns and that the pool's members may claim. */
@NullMarked
package dev.rapport.pool;

import org.jspecify.annotations.NullMarked;
