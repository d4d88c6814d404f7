/** Multilayer perceptrons. */
@NullMarked
package dev.rapport.mining.neural;

import org.jspecify.annotations.NullMarked;
