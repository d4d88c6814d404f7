@NullMarked
package dev.rapport.schema;

import org.jspecify.annotations.NullMarked;
