package dev.rapport.mining.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text that mixes Chinese and English: Chinese runs are segmented, others are split at whatever is no letter
 * or digit and written in lower case; full-width forms count as half-width. Stop words and single Latin letters are left
 * out.
 *
 * {@snippet :
 * var tokenizer = WordTokenizer.standard();
 * check(tokenizer.tokens("The delivery was late").equals(List.of("delivery", "late")));
 * check(tokenizer.tokens("快递员的服务态度很好").contains("服务态度") || tokenizer.tokens("快递员的服务态度很好").contains("服务"));
 * }
 */
public final class WordTokenizer implements Tokenizer {
    private final ChineseSegmenter segmenter;
    private final Set<String> stopWords;

    /** Cuts Chinese by this segmenter and leaves out these words. */
    public WordTokenizer(ChineseSegmenter segmenter, Set<String> stopWords) {
        this.segmenter = segmenter;
        this.stopWords = Set.copyOf(stopWords);
    }

    /** With the built-in dictionary and stop words of both languages. */
    public static WordTokenizer standard() {
        return new WordTokenizer(new ChineseSegmenter(WordDictionary.chinese()), stopWords());
    }

    /** The built-in stop words of both languages. */
    public static Set<String> stopWords() {
        return new HashSet<>(lines("stopwords.txt"));
    }

    static List<String> lines(String resource) {
        try (var stream = WordTokenizer.class.getResourceAsStream(resource)) {
            if (stream == null) throw new IllegalStateException(resource + " is missing");
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> tokens(String text) {
        String plain = Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFKC);
        var tokens = new ArrayList<String>();
        int n = plain.length();
        for (int i = 0; i < n; ) {
            boolean chinese = isHan(plain.charAt(i));
            int end = i + 1;
            if (chinese) while (end < n && isHan(plain.charAt(end))) end++;
            else if (isLetter(plain, i)) while (end < n && !isHan(plain.charAt(end)) && isLetter(plain, end)) end++;
            else {
                i++;
                continue;
            }
            if (chinese) {
                for (String word : segmenter.tokens(plain.substring(i, end))) keep(word, tokens);
            } else if (end - i > 1) {
                keep(plain.substring(i, end).toLowerCase(Locale.ROOT), tokens);
            }
            i = end;
        }
        return tokens;
    }

    private void keep(String word, List<String> tokens) {
        if (!stopWords.contains(word)) tokens.add(word);
    }

    private static boolean isHan(char c) {
        return c >= 0x4E00 && c <= 0x9FFF || c >= 0x3400 && c <= 0x4DBF;
    }

    // an apostrophe within a word belongs to it
    private static boolean isLetter(String text, int i) {
        char c = text.charAt(i);
        if (Character.isLetterOrDigit(c)) return true;
        return (c == '\'' || c == '’')
                && i > 0
                && i + 1 < text.length()
                && Character.isLetter(text.charAt(i - 1))
                && Character.isLetter(text.charAt(i + 1));
    }
}
