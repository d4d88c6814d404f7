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
 * The text by which a record is found, and what a person typed to find it. A trigram index finds three letters anywhere;
 * one or two are found where a word starts. So every pair of Chinese characters stands in the text once more as a word,
 * and so do the ways to type names in Latin letters.
 */
public final class SearchText {
    /** So much of a value is searched. */
    public static final int LONGEST = 4_000;

    private static final int LONGEST_NAME = 16;
    private static final int MOST_WORDS = 8;
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}+");
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
        private final Set<String> extra = new LinkedHashSet<>();

        /** @param name whether people type it in pinyin, as names and titles, not whole texts */
        public void add(String value, boolean name) {
            var clean = normalised(value.length() > LONGEST ? value.substring(0, LONGEST) : value);
            if (clean.isEmpty()) return;
            text.append(' ').append(clean).append('\n');
            if (clean.chars().noneMatch(Pinyin::isHan)) return;
            var runs = HAN.matcher(clean);
            while (runs.find()) {
                var run = runs.group();
                for (int i = 0; i < run.length(); i++) extra.add(run.substring(i, Math.min(run.length(), i + 2)));
                if (name && run.length() <= LONGEST_NAME) extra.addAll(Pinyin.spellings(run));
            }
        }

        /** The whole key, or empty if nothing was added. */
        public String text() {
            if (text.isEmpty()) return "";
            if (!extra.isEmpty()) text.append(' ').append(String.join(" ", extra));
            if (text.length() > 3 * LONGEST) text.setLength(3 * LONGEST);
            return text.toString();
        }
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

    /** Whether {@code word} is so short that it is looked for only where words start. */
    public static boolean isShort(String word) {
        return word.codePointCount(0, word.length()) <= 2 && word.codePoints().allMatch(Character::isLetterOrDigit);
    }
}
