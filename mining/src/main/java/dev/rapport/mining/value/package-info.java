/** What customers are worth: RFM, CLV, survival, uplift. */
@NullMarked
package dev.rapport.mining.value;

import org.jspecify.annotations.NullMarked;
