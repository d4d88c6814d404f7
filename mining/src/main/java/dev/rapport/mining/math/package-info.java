/** Numerical building blocks: linear algebra, distributions, optimisers, chunked parallel loops. */
@NullMarked
package dev.rapport.mining.math;

import org.jspecify.annotations.NullMarked;
