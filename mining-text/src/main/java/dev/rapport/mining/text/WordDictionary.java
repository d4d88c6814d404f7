package dev.rapport.mining.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Words with how often they occur, as a trie in two flat arrays: one hash table from a node and a character to the next
 * node, one frequency per node.
 *
 * {@snippet :
 * var dictionary = WordDictionary.chinese();
 * check(dictionary.frequency("客户") > 0 && dictionary.frequency("客户户") == 0);
 * check(dictionary.with(Map.of("销售易云", 500)).frequency("销售易云") == 500);
 * }
 */
public final class WordDictionary {
    private long[] keys;
    private int[] nodes;
    private int[] frequencies;
    private int[] first;
    private int used = 0;
    private int count = 1;
    private long total = 0;

    private WordDictionary(int room) {
        keys = new long[Integer.highestOneBit(Math.max(16, room)) * 4];
        nodes = new int[keys.length];
        frequencies = new int[Math.max(16, room) * 2];
        first = new int[1 << 16];
    }

    /** Made once, shared by all. */
    private static final class Shared {
        static final WordDictionary CHINESE = read();

        private static WordDictionary read() {
            var dictionary = new WordDictionary(500_000);
            try (InputStream stream = WordDictionary.class.getResourceAsStream("/dict.txt")) {
                if (stream == null) throw new IllegalStateException("jieba's dictionary is not on the class path");
                var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8), 1 << 16);
                for (String line; (line = reader.readLine()) != null; ) {
                    int word = line.indexOf(' ');
                    int end = line.indexOf(' ', word + 1);
                    if (word > 0 && end > 0) dictionary.put(line, word, Integer.parseInt(line, word + 1, end, 10));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            // the one word that the jar's copy of jieba's dictionary has lost
            dictionary.put("吉林", 2, 89);
            return dictionary;
        }
    }

    /** jieba's dictionary of 349,000 words (J. Sun, MIT licence). Read at the first call, in a third of a second. */
    public static WordDictionary chinese() {
        return Shared.CHINESE;
    }

    /** With more words, such as products and colleagues; a frequency of some hundreds makes a word win over its parts. */
    public WordDictionary with(Map<String, Integer> words) {
        var more = new WordDictionary(16);
        more.keys = keys.clone();
        more.nodes = nodes.clone();
        more.frequencies = frequencies.clone();
        more.first = first.clone();
        more.used = used;
        more.count = count;
        more.total = total;
        words.forEach((word, frequency) -> more.put(word, word.length(), frequency));
        return more;
    }

    /** How often a word occurs; 0 when it is none. */
    public int frequency(String word) {
        int node = 0;
        for (int i = 0; i < word.length() && node >= 0; i++) node = next(node, word.charAt(i));
        return node <= 0 ? 0 : frequencies[node];
    }

    /** The sum of all frequencies. */
    long total() {
        return total;
    }

    /** The node after a character, or -1 when no word goes on like that. The root is 0. */
    int next(int node, char c) {
        if (node == 0) return first[c] == 0 ? -1 : first[c];
        long key = (long) node << 16 | c;
        int mask = keys.length - 1;
        for (int at = mixed(key) & mask; keys[at] != 0; at = at + 1 & mask) if (keys[at] == key) return nodes[at];
        return -1;
    }

    int frequencyAt(int node) {
        return frequencies[node];
    }

    private void put(String word, int length, int frequency) {
        int node = 0;
        for (int i = 0; i < length; i++) {
            char c = word.charAt(i);
            int child = next(node, c);
            node = child >= 0 ? child : made(node, c);
        }
        total += frequency - frequencies[node];
        frequencies[node] = frequency;
    }

    private int made(int parent, char c) {
        if (count == frequencies.length) frequencies = Arrays.copyOf(frequencies, 2 * count);
        int node = count++;
        if (parent == 0) {
            first[c] = node;
            return node;
        }
        if (2 * ++used > keys.length) grow();
        insert((long) parent << 16 | c, node);
        return node;
    }

    private void insert(long key, int node) {
        int mask = keys.length - 1;
        int at = mixed(key) & mask;
        while (keys[at] != 0) at = at + 1 & mask;
        keys[at] = key;
        nodes[at] = node;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNodes = nodes;
        keys = new long[2 * oldKeys.length];
        nodes = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) if (oldKeys[i] != 0) insert(oldKeys[i], oldNodes[i]);
    }

    private static int mixed(long key) {
        long z = key * 0x9E3779B97F4A7C15L;
        return (int) (z >>> 32);
    }
}
