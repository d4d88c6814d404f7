package dev.rapport.mining.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts Chinese text into words: of all ways to read a run of characters as words of the dictionary, the likeliest (the
 * algorithm of jieba with its hidden Markov model off; J. Sun). Keeps punctuation and blanks as tokens of their own.
 *
 * {@snippet :
 * var segmenter = new ChineseSegmenter(WordDictionary.chinese());
 * check(segmenter.tokens("今天天气不错").equals(List.of("今天天气", "不错")) || segmenter.tokens("今天天气不错").contains("不错"));
 * }
 */
public final class ChineseSegmenter implements Tokenizer {
    private final WordDictionary dictionary;
    private final double logTotal;
    private final double[] logs = new double[4096];

    /** Cuts by this dictionary. */
    public ChineseSegmenter(WordDictionary dictionary) {
        this.dictionary = dictionary;
        this.logTotal = Math.log(dictionary.total());
        for (int i = 0; i < logs.length; i++) logs[i] = Math.log(Math.max(1, i));
    }

    @Override
    public List<String> tokens(String text) {
        var tokens = new ArrayList<String>(text.length() / 2 + 1);
        int n = text.length();
        for (int i = 0; i < n; ) {
            int end = i;
            while (end < n && isWord(text.charAt(end))) end++;
            if (end > i) {
                cut(text, i, end, tokens);
                i = end;
                continue;
            }
            int width = Character.isHighSurrogate(text.charAt(i)) && i + 1 < n ? 2 : 1;
            if (text.charAt(i) == '\r' && i + 1 < n && text.charAt(i + 1) == '\n') width = 2;
            tokens.add(text.substring(i, i + width));
            i += width;
        }
        return tokens;
    }

    private static boolean isWord(char c) {
        return c >= 0x4E00 && c <= 0x9FD5
                || isLatin(c)
                || c == '+'
                || c == '#'
                || c == '&'
                || c == '.'
                || c == '_'
                || c == '%'
                || c == '-';
    }

    private static boolean isLatin(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    // the best way from every place to the end, from the end backwards; of equals the longer word
    private void cut(String text, int from, int to, List<String> tokens) {
        int n = to - from;
        double[] best = new double[n + 1];
        int[] ends = new int[n];
        for (int i = n - 1; i >= 0; i--) {
            double most = Double.NEGATIVE_INFINITY;
            int node = 0;
            for (int j = i; j < n; j++) {
                node = dictionary.next(node, text.charAt(from + j));
                if (node < 0) break;
                int frequency = dictionary.frequencyAt(node);
                if (frequency == 0) continue;
                double value = log(frequency) - logTotal + best[j + 1];
                if (value >= most) {
                    most = value;
                    ends[i] = j + 1;
                }
            }
            if (ends[i] == 0) {
                most = -logTotal + best[i + 1];
                ends[i] = i + 1;
            }
            best[i] = most;
        }
        int latin = -1;
        for (int i = 0; i < n; i = ends[i]) {
            boolean single = ends[i] == i + 1 && isLatin(text.charAt(from + i));
            if (single) {
                if (latin < 0) latin = i;
                continue;
            }
            if (latin >= 0) tokens.add(text.substring(from + latin, from + i));
            latin = -1;
            tokens.add(text.substring(from + i, from + ends[i]));
        }
        if (latin >= 0) tokens.add(text.substring(from + latin, to));
    }

    private double log(int frequency) {
        return frequency < logs.length ? logs[frequency] : Math.log(frequency);
    }
}
