/**
 * Whether two records mean the same person or organisation: normalised features, keys under which likely pairs meet, and
 * a score with reasons. Pure functions; the weights are one general set for all companies.
 */
@NullMarked
package dev.rapport.match;

import org.jspecify.annotations.NullMarked;
