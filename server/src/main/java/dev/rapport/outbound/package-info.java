/** The one gate through which requests leave for elsewhere. */
@NullMarked
package dev.rapport.outbound;

import org.jspecify.annotations.NullMarked;
