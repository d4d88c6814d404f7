package dev.rapport.match;

import com.ibm.icu.text.Transliterator;
import dev.rapport.text.Pinyin;
import dev.rapport.text.SearchText;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Brings written names, companies and streets into the form in which they are compared. */
public final class Normaliser {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern APOSTROPHES = Pattern.compile("['’`´.]");
    private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Transliterator SIMPLIFIED = Transliterator.getInstance("Traditional-Simplified");

    /** Words that say what kind of company it is, not which. */
    private static final Set<String> LEGAL = Set.of(
            "ltd",
            "limited",
            "inc",
            "incorporated",
            "corp",
            "corporation",
            "co",
            "company",
            "llc",
            "llp",
            "lp",
            "plc",
            "gmbh",
            "ag",
            "kg",
            "sa",
            "sas",
            "sarl",
            "srl",
            "spa",
            "bv",
            "nv",
            "ab",
            "oy",
            "as",
            "aps",
            "pty",
            "pte",
            "kk",
            "the",
            "of",
            "and",
            "a",
            "at",
            "for",
            "de",
            "group",
            "holdings",
            "holding");

    private static final Pattern CHINESE_LEGAL =
            Pattern.compile("(集团)?(股份)?(有限责任公司|有限公司|股份公司|总公司|分公司|公司)|（?\\(?集团\\)?）?$|(普通|有限)合伙(企业)?");

    private static final Map<String, String> STREET_WORDS = Map.ofEntries(
            Map.entry("street", "st"),
            Map.entry("str", "st"),
            Map.entry("avenue", "ave"),
            Map.entry("av", "ave"),
            Map.entry("road", "rd"),
            Map.entry("drive", "dr"),
            Map.entry("boulevard", "blvd"),
            Map.entry("place", "pl"),
            Map.entry("court", "ct"),
            Map.entry("crt", "ct"),
            Map.entry("circuit", "cct"),
            Map.entry("crescent", "cres"),
            Map.entry("lane", "ln"),
            Map.entry("parkway", "pkwy"),
            Map.entry("highway", "hwy"),
            Map.entry("north", "n"),
            Map.entry("south", "s"),
            Map.entry("east", "e"),
            Map.entry("west", "w"),
            Map.entry("suite", "ste"),
            Map.entry("floor", "fl"),
            Map.entry("close", "cl"),
            Map.entry("terrace", "tce"),
            Map.entry("square", "sq"),
            Map.entry("saint", "st"),
            Map.entry("village", "vlge"),
            Map.entry("first", "1st"),
            Map.entry("second", "2nd"),
            Map.entry("third", "3rd"),
            Map.entry("fifth", "5th"));

    private Normaliser() {}

    /** In one width, lower case, simplified characters, without marks and punctuation, words parted by one space. */
    public static String plain(String text) {
        var clean = SearchText.normalised(text);
        if (isAscii(clean)) return asciiWords(clean);
        if (clean.chars().anyMatch(Pinyin::isHan)) {
            synchronized (SIMPLIFIED) {
                clean = SIMPLIFIED.transliterate(clean);
            }
        }
        var bare =
                MARKS.matcher(Normalizer.normalize(clean, Normalizer.Form.NFD)).replaceAll("");
        return words(
                APOSTROPHES.matcher(bare.replace("ß", "ss").replace("ø", "o")).replaceAll(""));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) > 0x7E) return false;
        return true;
    }

    /** What {@link #words} makes of a text without its apostrophes: most of an import is such text. */
    private static String asciiWords(String text) {
        var words = new StringBuilder(text.length());
        boolean parted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '`' || c == '.') continue;
            if (!Character.isLetterOrDigit(c)) {
                parted = true;
                continue;
            }
            if (parted && !words.isEmpty()) words.append(' ');
            parted = false;
            words.append(c);
        }
        return words.toString();
    }

    private static String words(String text) {
        return OTHER.matcher(text).replaceAll(" ").strip();
    }

    /** The words of a company's name that tell it from others. All of its words where nothing else is left. */
    public static List<String> company(String text) {
        var plain = plain(text);
        if (plain.chars().anyMatch(Pinyin::isHan)) {
            var core = CHINESE_LEGAL.matcher(plain).replaceAll("").strip();
            plain = core.isEmpty() ? plain : core;
        }
        var all = List.of(plain.split(" "));
        var telling = all.stream()
                .filter(word -> !LEGAL.contains(word) && !word.isEmpty())
                .toList();
        return telling.isEmpty() ? all : telling;
    }

    /** The words of a street, each in its short form. */
    public static List<String> street(String text) {
        var words = new ArrayList<String>();
        for (var word : plain(text).split(" ")) if (!word.isEmpty()) words.add(STREET_WORDS.getOrDefault(word, word));
        return words;
    }

    /** How a Chinese text is read, without parting syllables; any other text as it is. */
    public static String read(String text) {
        if (text.chars().noneMatch(Pinyin::isHan)) return text;
        var read = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            var readings = Pinyin.readings(text.charAt(i));
            if (readings.isEmpty()) read.append(text.charAt(i));
            else read.append(readings.getFirst());
        }
        return read.toString();
    }

    /** An e-mail address with what its provider does not tell apart left out. */
    public static String email(String text) {
        var clean = SearchText.normalised(text);
        int at = clean.lastIndexOf('@');
        if (at < 1) return clean;
        var local = clean.substring(0, at);
        var domain = clean.substring(at + 1);
        int plus = local.indexOf('+');
        if (plus > 0) local = local.substring(0, plus);
        if (domain.equals("gmail.com") || domain.equals("googlemail.com")) return local.replace(".", "") + "@gmail.com";
        return local + "@" + domain;
    }
}
