/** Words, keywords, sentiment, topics and near-duplicates of Chinese and English texts. */
@NullMarked
package dev.rapport.mining.text;

import org.jspecify.annotations.NullMarked;
