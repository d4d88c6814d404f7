@NullMarked
package dev.rapport.access;

import org.jspecify.annotations.NullMarked;
