package dev.rapport.mining.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs of neighbouring tokens.
 *
 * {@snippet :
 * check(NGrams.of(Tokens.CHARACTERS, 1, 2).tokens("很好").equals(List.of("很", "好", "很好")));
 * }
 *
 * @param source cuts the text
 * @param shortest tokens in a run, at least 1
 * @param longest at least {@code shortest}
 * @param separator between the tokens of a run
 */
public record NGrams(Tokenizer source, int shortest, int longest, String separator) implements Tokenizer {

    /** @throws IllegalArgumentException if the lengths are out of range */
    public NGrams {
        if (shortest < 1 || longest < shortest) {
            throw new IllegalArgumentException(
                    "lengths must be at least 1 and ascending, not " + shortest + " to " + longest);
        }
    }

    /** Characters are put together directly, words with a blank. */
    public static NGrams of(Tokenizer source, int shortest, int longest) {
        return new NGrams(source, shortest, longest, source == Tokens.CHARACTERS ? "" : " ");
    }

    @Override
    public List<String> tokens(String text) {
        var tokens = source.tokens(text);
        var runs = new ArrayList<String>();
        for (int length = shortest; length <= longest; length++) {
            for (int i = 0; i + length <= tokens.size(); i++) {
                runs.add(length == 1 ? tokens.get(i) : String.join(separator, tokens.subList(i, i + length)));
            }
        }
        return runs;
    }
}
