@NullMarked
package dev.rapport.customer;

import org.jspecify.annotations.NullMarked;
