/** Naive Bayes. */
@NullMarked
package dev.rapport.mining.bayes;

import org.jspecify.annotations.NullMarked;
