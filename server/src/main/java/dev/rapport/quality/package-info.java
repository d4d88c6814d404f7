/** How complete, fresh and clean the records are, and what could be put right: as suggestions that people apply and can undo. */
@NullMarked
package dev.rapport.quality;

import org.jspecify.annotations.NullMarked;
