package dev.rapport.kernel;

import java.util.Locale;

/** What a person reads for one thing, in each language the product speaks. */
public record Labels(String en, String zh) {
    public static Labels labels(String en, String zh) {
        return new Labels(en, zh);
    }

    public String in(Locale locale) {
        return "zh".equals(locale.getLanguage()) ? zh : en;
    }
}
