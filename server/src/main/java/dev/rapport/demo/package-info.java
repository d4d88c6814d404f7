/** A generated company to try the product with, and to measure it on. */
@NullMarked
package dev.rapport.demo;

import org.jspecify.annotations.NullMarked;
