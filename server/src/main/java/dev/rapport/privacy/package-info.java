/** What the law gives people over their data: handing it out, erasing it, keeping it no longer than needed. */
@NullMarked
package dev.rapport.privacy;

import org.jspecify.annotations.NullMarked;
