@NullMarked
package dev.rapport.identity;

import org.jspecify.annotations.NullMarked;
