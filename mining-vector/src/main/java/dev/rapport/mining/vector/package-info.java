/** Inner loops by the Vector API (JEP 508), found by {@link java.util.ServiceLoader} where the JVM has it. */
@NullMarked
package dev.rapport.mining.vector;

import org.jspecify.annotations.NullMarked;
