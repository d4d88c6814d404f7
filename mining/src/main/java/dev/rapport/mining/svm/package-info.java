/** Support vector machines through libsvm. */
@NullMarked
package dev.rapport.mining.svm;

import org.jspecify.annotations.NullMarked;
