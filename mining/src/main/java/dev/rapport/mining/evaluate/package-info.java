/** How good a model is: splits, metrics and reports. */
@NullMarked
package dev.rapport.mining.evaluate;

import org.jspecify.annotations.NullMarked;
