@NullMarked
package dev.rapport.metadata;

import org.jspecify.annotations.NullMarked;
