@NullMarked
package dev.rapport.kernel;

import org.jspecify.annotations.NullMarked;
