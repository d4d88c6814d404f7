/** What occurs together or in sequence: frequent itemsets, rules, recommendations. */
@NullMarked
package dev.rapport.mining.association;

import org.jspecify.annotations.NullMarked;
