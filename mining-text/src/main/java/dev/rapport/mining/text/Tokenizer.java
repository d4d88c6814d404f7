package dev.rapport.mining.text;

import java.util.List;

/**
 * Cuts a text into the pieces that are counted.
 *
 * {@snippet :
 * Tokenizer letters = text -> List.of(text.split(""));
 * check(letters.tokens("ab").equals(List.of("a", "b")));
 * }
 */
@FunctionalInterface
public interface Tokenizer {
    /** The pieces, in order. */
    List<String> tokens(String text);
}
