/** Steps learned from training data that turn a frame into numbers. */
@NullMarked
package dev.rapport.mining.prepare;

import org.jspecify.annotations.NullMarked;
