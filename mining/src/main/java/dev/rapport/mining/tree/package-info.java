/** Decision trees and ensembles: ID3, C4.5, CART, random forest, gradient boosting. */
@NullMarked
package dev.rapport.mining.tree;

import org.jspecify.annotations.NullMarked;
