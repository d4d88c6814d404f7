package dev.rapport.http;

import dev.rapport.kernel.Labels;
import dev.rapport.kernel.Violation;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** What refusals say to people, in English and Simplified Chinese. Placeholders are written {@code {name}}. */
public final class Messages {
    private static final ResourceBundle EN = ResourceBundle.getBundle("messages", Locale.ROOT);
    private static final ResourceBundle ZH = ResourceBundle.getBundle("messages", Locale.SIMPLIFIED_CHINESE);

    private Messages() {}

    public static String title(String code, Locale locale) {
        return text("problem." + code, locale, Map.of());
    }

    public static String detail(String code, Locale locale, Map<String, Object> params) {
        return text("problem." + code + ".detail", locale, params);
    }

    public static String violation(Violation violation, Locale locale) {
        return text("violation." + violation.code(), locale, violation.params());
    }

    private static String text(String key, Locale locale, Map<String, Object> params) {
        var bundle = "zh".equals(locale.getLanguage()) ? ZH : EN;
        String text;
        try {
            text = bundle.getString(key);
        } catch (MissingResourceException e) {
            return key.substring(key.indexOf('.') + 1);
        }
        for (var param : params.entrySet())
            text = text.replace("{" + param.getKey() + "}", MessageFormat.format("{0}", shown(param, params, locale)));
        return text;
    }

    /** What people read of a parameter: the words for its codes, where {@code …Labels} gives them. */
    private static String shown(Map.Entry<String, Object> param, Map<String, Object> params, Locale locale) {
        return params.get(param.getKey() + "Labels") instanceof Labels labels
                ? labels.in(locale)
                : String.valueOf(param.getValue());
    }
}
