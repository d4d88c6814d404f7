/** Linear and logistic regression. */
@NullMarked
package dev.rapport.mining.regression;

import org.jspecify.annotations.NullMarked;
