package dev.rapport.mining;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

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
        return new MessageFormat(bundle.getString(key), isChinese(locale) ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH)
                .format(arguments);
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
