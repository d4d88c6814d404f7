/** The models of {@code dev.rapport.mining}, learned on Apache Spark from data beyond one machine. */
@NullMarked
package dev.rapport.mining.spark;

import org.jspecify.annotations.NullMarked;
