/** What administrators do: who works here and may do what, how records are shared, what happened. */
@NullMarked
package dev.rapport.administration;

import org.jspecify.annotations.NullMarked;
