/** Typed columns of data with explicit missing values, and readers for CSV and JDBC. */
@NullMarked
package dev.rapport.mining.frame;

import org.jspecify.annotations.NullMarked;
