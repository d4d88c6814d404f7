/** The formula language of administrators: typed, compiled once, without loops, reflection or any way out. Pure functions. */
@NullMarked
package dev.rapport.formula;

import org.jspecify.annotations.NullMarked;
