@NullMarked
package dev.rapport.query;

import org.jspecify.annotations.NullMarked;
