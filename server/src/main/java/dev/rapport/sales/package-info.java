@NullMarked
package dev.rapport.sales;

import org.jspecify.annotations.NullMarked;
