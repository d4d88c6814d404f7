/** Tasks, trainers, models and what they say about themselves: the part every algorithm shares. */
@NullMarked
package dev.rapport.mining;

import org.jspecify.annotations.NullMarked;
