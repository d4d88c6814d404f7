@NullMarked
package dev.rapport.record;

import org.jspecify.annotations.NullMarked;
