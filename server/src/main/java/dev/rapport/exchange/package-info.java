@NullMarked
package dev.rapport.exchange;

import org.jspecify.annotations.NullMarked;
