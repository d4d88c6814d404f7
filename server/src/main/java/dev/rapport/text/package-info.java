/** Texts as people search them: one width, one case, pinyin. Pure functions. */
@NullMarked
package dev.rapport.text;

import org.jspecify.annotations.NullMarked;
