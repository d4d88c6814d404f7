package dev.rapport.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The text by which a record is found, and what a person typed to find it. First come the values as they are, in which a
 * trigram index finds three letters anywhere; then, behind {@link #WORDS_FROM}, the words by which most searches go and whose
 * index costs far less to read: each word from where it starts and from where a part of it starts, every pair of Chinese
 * characters, and the ways to type names in Latin letters.
 */
public final class SearchText {
    /** So much of a value is searched. */
    public static final int LONGEST = 4_000;

    /** What the words stand behind in a key; no value holds it, for values are of one line. */
    public static final String WORDS_FROM = "\n\n ";

    private static final int LONGEST_WORD = 60;
    private static final int MOST_WORDS_OF_A_KEY = 400;

    private static final int LONGEST_NAME = 16;
    private static final int MOST_WORDS = 8;
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}+");
    private static final Pattern INDEXED = Pattern.compile("[\\p{L}\\p{N}]{3}");
    private static final Pattern DIALLED = Pattern.compile("\\+\\d{7,15}");
    /** Country codes of two digits; 1 and 7 have one, all others three (ITU-T E.164 Annex). */
    private static final Pattern COUNTRY =
            Pattern.compile("\\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\\d{3})");

    private static final Pattern PHONE = Pattern.compile("[+(]*\\d[\\d ()./-]{3,}\\d");

    private SearchText() {}

    /** In lower case, one width, with single spaces. */
    public static String normalised(String text) {
        if (isPlain(text)) return text.toLowerCase(Locale.ROOT).strip();
        var wide = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return SPACES.matcher(wide.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    /** Whether only its case has to be changed: ASCII with single spaces, as most values are. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            boolean single = letter == ' ' && (i == 0 || text.charAt(i - 1) != ' ');
            if (!single && (letter <= ' ' || letter >= 0x7F)) return false;
        }
        return true;
    }

    /** Collects the searched values of one record. */
    public static final class Key {
        private final StringBuilder text = new StringBuilder();
        private final Set<String> words = new LinkedHashSet<>();

        /** @param name whether people type it in pinyin, as names and titles, not whole texts */
        public void add(String value, boolean name) {
            var clean = normalised(value.length() > LONGEST ? value.substring(0, LONGEST) : value);
            if (clean.isEmpty()) return;
            text.append(' ').append(clean).append('\n');
            addWords(clean);
            if (DIALLED.matcher(clean).matches())
                words.add(COUNTRY.matcher(clean).replaceFirst(""));
            if (clean.chars().noneMatch(Pinyin::isHan)) return;
            var runs = HAN.matcher(clean);
            while (runs.find()) {
                var run = runs.group();
                for (int i = 0; i < run.length(); i++) words.add(run.substring(i, Math.min(run.length(), i + 2)));
                if (!name || run.length() > LONGEST_NAME) continue;
                words.addAll(Pinyin.spellings(run));
                for (int i = 1; i < run.length(); i++) words.add(Pinyin.spelling(run.substring(i)));
            }
        }

        /** Each word, and each part of one behind punctuation or Chinese, up to the next space. */
        private void addWords(String clean) {
            for (int at = 0; at < clean.length() && words.size() < MOST_WORDS_OF_A_KEY; at++) {
                if (!isWordAt(clean, at) || at > 0 && isWordAt(clean, at - 1)) continue;
                int space = clean.indexOf(' ', at);
                int end = space < 0 ? clean.length() : space;
                while (!isLetter(clean.charAt(end - 1))) end--;
                boolean suffix = end - at <= 3 && at > 0 && clean.charAt(at - 1) == '.';
                if (!suffix) words.add(clean.substring(at, Math.min(end, at + LONGEST_WORD)));
            }
        }

        private static boolean isWordAt(String text, int at) {
            return isLetter(text.charAt(at)) && !Pinyin.isHan(text.charAt(at));
        }

        /** The whole key, or empty if nothing was added. */
        public String text() {
            if (text.isEmpty()) return "";
            if (!words.isEmpty()) text.append(WORDS_FROM.substring(1)).append(String.join(" ", words));
            if (text.length() > 3 * LONGEST) text.setLength(3 * LONGEST);
            return text.toString();
        }
    }

    /**
     * What typed {@code word} is among the words of a key: terms that must all be there, those that end in {@code *} at the
     * start of a word. Empty if it has neither letters nor digits. Chinese characters are looked for by their pairs, which may
     * stand apart: who uses it looks at the values again.
     */
    public static List<String> terms(String word) {
        var terms = new ArrayList<String>();
        var runs = HAN.matcher(word);
        while (runs.find()) {
            var run = runs.group();
            if (run.length() == 1) terms.add(run + "*");
            for (int i = 0; i + 1 < run.length(); i++) terms.add(run.substring(i, i + 2));
        }
        int start = 0;
        while (start < word.length() && !isLetter(word.charAt(start))) start++;
        if (terms.isEmpty() && start < word.length())
            terms.add(word.substring(start, Math.min(word.length(), start + LONGEST_WORD)) + "*");
        return terms;
    }

    private static boolean isLetter(char letter) {
        return Character.isLetterOrDigit(letter) || Character.isSurrogate(letter);
    }

    /**
     * The ways to read what a person typed: each a list of words which must all be there. Digits with separators are a phone
     * number too, without its leading zeros.
     */
    public static List<List<String>> options(String typed) {
        var clean = normalised(typed);
        var words = Arrays.stream(clean.split(" "))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .toList();
        if (words.isEmpty()) return List.of();
        var options = new ArrayList<List<String>>();
        options.add(words);
        if (PHONE.matcher(clean).matches()) {
            var digits = clean.replaceAll("\\D", "").replaceFirst("^0+", "");
            if (digits.length() >= 4 && !words.equals(List.of(digits))) options.add(List.of(digits));
        }
        return options;
    }

    /** Whether a trigram index knows anything of {@code word}: of signs alone it does not, and all of it would be read. */
    public static boolean isIndexed(String word) {
        return isShort(word) || INDEXED.matcher(word).find();
    }

    /** Whether words hold {@code word} wherever it stands in a value, not only where a word starts. */
    public static boolean isFoundAnywhere(String word) {
        return isChinese(word) || isShort(word);
    }

    public static boolean isChinese(String word) {
        return word.chars().anyMatch(Pinyin::isHan);
    }

    /** Whether {@code word} is so short that it is looked for only where words start. */
    public static boolean isShort(String word) {
        return word.codePointCount(0, word.length()) <= 2 && word.codePoints().allMatch(Character::isLetterOrDigit);
    }
}
