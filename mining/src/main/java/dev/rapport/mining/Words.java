package dev.rapport.mining;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.regex.Pattern;

/**
 * The library's sentences in English and Simplified Chinese. Every locale whose language is Chinese reads Chinese, every
 * other reads English, whatever the machine's default locale.
 *
 * {@snippet :
 * String sentence = Words.text(Locale.SIMPLIFIED_CHINESE, "finding.too-few-rows", 3, 10);
 * check(sentence.contains("10"));
 * }
 */
public final class Words {
    private static final ResourceBundle.Control NO_DEFAULT_LOCALE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private static final Pattern BEFORE_LATIN = Pattern.compile("(?<=\\p{IsHan})\uE000(?=[A-Za-z0-9])");
    private static final Pattern AFTER_LATIN = Pattern.compile("(?<=[A-Za-z0-9])\uE001(?=\\p{IsHan})");

    private Words() {}

    /**
     * The sentence under a key.
     *
     * @param arguments numbers are written in the locale's format, everything else by {@code toString}
     * @throws MissingResourceException if no sentence has that key
     */
    public static String text(Locale locale, String key, Object... arguments) {
        var language = isChinese(locale) ? Locale.SIMPLIFIED_CHINESE : Locale.ROOT;
        var bundle = ResourceBundle.getBundle("dev.rapport.mining.words", language, NO_DEFAULT_LOCALE);
        if (!isChinese(locale)) return new MessageFormat(bundle.getString(key), Locale.ENGLISH).format(arguments);
        return spaced(new MessageFormat(bundle.getString(key), Locale.SIMPLIFIED_CHINESE).format(marked(arguments)));
    }

    // Latin words and numbers keep a distance from Chinese characters, but only where a sentence and what it names meet
    private static Object[] marked(Object[] arguments) {
        return Arrays.stream(arguments)
                .map(argument -> argument instanceof String word ? '\uE000' + word + '\uE001' : argument)
                .toArray();
    }

    private static String spaced(String sentence) {
        return BEFORE_LATIN
                .matcher(AFTER_LATIN.matcher(sentence).replaceAll(" "))
                .replaceAll(" ")
                .replace("\uE000", "")
                .replace("\uE001", "");
    }

    /** Whether sentences for this locale are Chinese. */
    public static boolean isChinese(Locale locale) {
        return locale.getLanguage().equals("zh");
    }

    /** A number as people read it: four significant digits, no exponent between 0.001 and a billion. */
    public static String number(double value) {
        if (Double.isNaN(value)) return "–";
        if (Double.isInfinite(value)) return value > 0 ? "∞" : "−∞";
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e9) return String.valueOf((long) value);
        if (size >= 1e9 || size < 1e-3) return String.format(Locale.ROOT, "%.3g", value);
        int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
        String digits = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return digits.contains(".") ? digits.replaceAll("0+$", "").replaceAll("\\.$", "") : digits;
    }
}
