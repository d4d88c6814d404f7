@NullMarked
package dev.rapport.record.spi;

import org.jspecify.annotations.NullMarked;
