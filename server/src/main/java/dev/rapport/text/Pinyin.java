package dev.rapport.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import net.sourceforge.pinyin4j.PinyinHelper;
import net.sourceforge.pinyin4j.format.HanyuPinyinCaseType;
import net.sourceforge.pinyin4j.format.HanyuPinyinOutputFormat;
import net.sourceforge.pinyin4j.format.HanyuPinyinToneType;
import net.sourceforge.pinyin4j.format.HanyuPinyinVCharType;
import net.sourceforge.pinyin4j.format.exception.BadHanyuPinyinOutputFormatCombination;

/** How Chinese characters are typed in Latin letters: Hanyu Pinyin without tones, ü as v. */
public final class Pinyin {
    private static final int FIRST = 0x4E00;
    private static final int LAST = 0x9FFF;
    private static final int MOST_SPELLINGS = 8;
    private static final HanyuPinyinOutputFormat FORMAT = new HanyuPinyinOutputFormat();
    private static final AtomicReferenceArray<List<String>> KNOWN = new AtomicReferenceArray<>(LAST - FIRST + 1);

    static {
        FORMAT.setCaseType(HanyuPinyinCaseType.LOWERCASE);
        FORMAT.setToneType(HanyuPinyinToneType.WITHOUT_TONE);
        FORMAT.setVCharType(HanyuPinyinVCharType.WITH_V);
    }

    private Pinyin() {}

    /** Whether {@code letter} is a character of the Chinese script. */
    public static boolean isHan(int letter) {
        return letter >= 0x2E80 && Character.UnicodeScript.of(letter) == Character.UnicodeScript.HAN;
    }

    /** The readings of one character, the usual ones first; several where it is read in several ways, none where it is not Chinese. */
    public static List<String> readings(char letter) {
        if (letter < FIRST || letter > LAST) return List.of();
        var known = KNOWN.get(letter - FIRST);
        if (known != null) return known;
        var read = read(letter);
        KNOWN.set(letter - FIRST, read);
        return read;
    }

    private static List<String> read(char letter) {
        try {
            var found = PinyinHelper.toHanyuPinyinStringArray(letter, FORMAT);
            return found == null ? List.of() : List.copyOf(new LinkedHashSet<>(List.of(found)));
        } catch (BadHanyuPinyinOutputFormatCombination e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * How {@code run}, characters of the Chinese script, may be spelled: {@code zhangsan}, and its initials {@code zs}. Of
     * characters with several readings all are combined, up to a few spellings.
     */
    public static List<String> spellings(String run) {
        var whole = new LinkedHashSet<String>(List.of(""));
        var initials = new LinkedHashSet<String>(List.of(""));
        for (int i = 0; i < run.length(); i++) {
            var readings = readings(run.charAt(i));
            if (readings.isEmpty()) continue;
            whole = combined(whole, readings);
            initials = combined(
                    initials,
                    readings.stream()
                            .map(reading -> reading.substring(0, 1))
                            .distinct()
                            .toList());
        }
        var all = new LinkedHashSet<>(whole);
        all.addAll(initials);
        all.remove("");
        return List.copyOf(all);
    }

    /** The usual spelling of {@code run}; empty if it has none. */
    public static String spelling(String run) {
        var spelling = new StringBuilder();
        for (int i = 0; i < run.length(); i++) {
            var readings = readings(run.charAt(i));
            if (!readings.isEmpty()) spelling.append(readings.getFirst());
        }
        return spelling.toString();
    }

    private static LinkedHashSet<String> combined(LinkedHashSet<String> starts, List<String> readings) {
        var next = new LinkedHashSet<String>();
        for (var reading : readings)
            for (var start : starts) if (next.size() < MOST_SPELLINGS) next.add(start + reading);
        return next;
    }

    /**
     * Where in {@code text}, from {@code at} on, the letters {@code typed} end when they are read as pinyin or as initials of
     * the characters there; -1 if they are not.
     */
    public static int end(String text, int at, String typed) {
        if (typed.isEmpty()) return at;
        if (at >= text.length()) return -1;
        var options = new ArrayList<String>();
        for (var reading : readings(text.charAt(at))) {
            options.add(reading);
            options.add(reading.substring(0, 1));
        }
        int best = -1;
        for (var option : options) {
            if (typed.startsWith(option)) best = Math.max(best, end(text, at + 1, typed.substring(option.length())));
            else if (option.startsWith(typed)) best = Math.max(best, at + 1);
        }
        return best;
    }
}
