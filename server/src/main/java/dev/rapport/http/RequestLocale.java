package dev.rapport.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;

/** The language of answers: the first of {@code Accept-Language} that the product speaks, else English. */
public final class RequestLocale {
    private RequestLocale() {}

    public static Locale of(HttpServletRequest request) {
        if (request.getHeader("Accept-Language") == null) return Locale.ENGLISH;
        for (Enumeration<Locale> locales = request.getLocales(); locales.hasMoreElements(); ) {
            var language = locales.nextElement().getLanguage();
            if (language.equals("zh")) return Locale.SIMPLIFIED_CHINESE;
            if (language.equals("en")) return Locale.ENGLISH;
        }
        return Locale.ENGLISH;
    }
}
