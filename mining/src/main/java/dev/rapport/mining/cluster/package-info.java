/** Groups of similar rows: K-Means, DBSCAN, OPTICS. */
@NullMarked
package dev.rapport.mining.cluster;

import org.jspecify.annotations.NullMarked;
