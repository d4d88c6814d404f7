package dev.rapport.mining.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Simple ways to cut a text.
 *
 * {@snippet :
 * check(Tokens.WORDS.tokens("Card not found!").equals(List.of("card", "not", "found")));
 * check(Tokens.CHARACTERS.tokens("你好").size() == 2);
 * }
 */
public enum Tokens implements Tokenizer {
    /** Runs of at least two letters, digits or underscores, in lower case (scikit-learn's default). */
    WORDS {
        @Override
        public List<String> tokens(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            var tokens = new ArrayList<String>();
            int start = -1;
            for (int i = 0; i <= lower.length(); i++) {
                boolean inside =
                        i < lower.length() && (Character.isLetterOrDigit(lower.charAt(i)) || lower.charAt(i) == '_');
                if (inside && start < 0) start = i;
                if (!inside && start >= 0) {
                    if (i - start > 1) tokens.add(lower.substring(start, i));
                    start = -1;
                }
            }
            return tokens;
        }
    },
    /** Every character that is not blank. */
    CHARACTERS {
        @Override
        public List<String> tokens(String text) {
            var tokens = new ArrayList<String>(text.length());
            text.codePoints().filter(c -> !Character.isWhitespace(c)).forEach(c -> tokens.add(Character.toString(c)));
            return tokens;
        }
    },
    /** Chinese and English words without stop words. */
    MIXED {
        @Override
        public List<String> tokens(String text) {
            return Mixed.TOKENIZER.tokens(text);
        }
    };

    private static final class Mixed {
        static final WordTokenizer TOKENIZER = WordTokenizer.standard();
    }
}
