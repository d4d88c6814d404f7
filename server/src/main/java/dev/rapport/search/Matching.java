package dev.rapport.search;

import dev.rapport.text.Pinyin;
import dev.rapport.text.SearchText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** How well what a person typed matches a text, and where. */
final class Matching {
    private static final int SAME = 100;
    private static final int WHOLE_WORD = 85;
    private static final int STARTS = 80;
    private static final int STARTS_WORD = 60;
    private static final int PINYIN_STARTS = 55;
    private static final int INSIDE = 40;
    private static final int PINYIN_INSIDE = 35;
    private static final int MISTYPED = 15;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern LETTERS = Pattern.compile("[a-z]+");

    private Matching() {}

    /** A stretch of a text, in UTF-16 units; {@code score} is 0 where nothing matches. */
    record Match(int score, int from, int to) {
        static final Match NONE = new Match(0, 0, 0);
    }

    /** Where {@code word}, which is normalised, stands in {@code text}: as written, as digits of a phone, or as pinyin. */
    static Match find(String text, String word) {
        var clean = SearchText.normalised(text);
        // marks can only be placed where the two have the same letters at the same places
        boolean aligned = clean.length() == text.length();
        int at = clean.indexOf(word);
        if (at >= 0)
            return new Match(score(clean, at, word.length()), aligned ? at : 0, aligned ? at + word.length() : 0);
        var digits = digits(text, word);
        if (digits.score() > 0) return digits;
        return LETTERS.matcher(word).matches() ? pinyin(text, word) : Match.NONE;
    }

    private static int score(String text, int at, int length) {
        if (length == text.length()) return SAME;
        boolean chinese = Pinyin.isHan(text.charAt(at));
        boolean starts = at == 0 || chinese || !Character.isLetterOrDigit(text.charAt(at - 1));
        int end = at + length;
        boolean ends = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
        if (starts && ends && !chinese) return WHOLE_WORD;
        if (at == 0) return STARTS;
        return starts ? STARTS_WORD : INSIDE;
    }

    private static Match digits(String text, String word) {
        if (!word.chars().allMatch(Character::isDigit)) return Match.NONE;
        var places = new ArrayList<Integer>();
        var only = new StringBuilder();
        for (int i = 0; i < text.length(); i++)
            if (Character.isDigit(text.charAt(i))) {
                places.add(i);
                only.append(text.charAt(i));
            }
        int at = only.indexOf(word);
        return at < 0 ? Match.NONE : new Match(STARTS_WORD, places.get(at), places.get(at + word.length() - 1) + 1);
    }

    private static Match pinyin(String text, String word) {
        for (int at = 0; at < text.length(); at++) {
            if (!Pinyin.isHan(text.charAt(at))) continue;
            int end = Pinyin.end(text, at, word);
            if (end > at) return new Match(at == 0 ? PINYIN_STARTS : PINYIN_INSIDE, at, end);
        }
        return Match.NONE;
    }

    /** The word of {@code text} that is nearest to {@code word}: one letter off, or two in a long one. */
    static Match resembling(String text, String word) {
        var distance = new LevenshteinDistance(word.length() > 5 ? 2 : 1);
        var best = Match.NONE;
        var words = WORD.matcher(text);
        while (words.find()) {
            int off = distance.apply(SearchText.normalised(words.group()), word);
            if (off >= 0 && MISTYPED - off > best.score()) best = new Match(MISTYPED - off, words.start(), words.end());
        }
        return best;
    }

    /** The marks in order, those that touch as one. */
    static List<Match> joined(List<Match> marks) {
        var sorted = marks.stream()
                .filter(mark -> mark.to() > mark.from())
                .sorted(Comparator.comparingInt(Match::from))
                .toList();
        var joined = new ArrayList<Match>();
        for (var mark : sorted) {
            var last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && mark.from() <= last.to())
                joined.set(joined.size() - 1, new Match(0, last.from(), Math.max(last.to(), mark.to())));
            else joined.add(mark);
        }
        return joined;
    }
}
