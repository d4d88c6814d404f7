package dev.rapport.mining;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * No model or answer can be given for this data. Names all reasons at once, each with what is missing and how to mend it.
 *
 * {@snippet :
 * var refusal = Refusal.because("missing-column", "income");
 * check(refusal.text(Locale.SIMPLIFIED_CHINESE).contains("income"));
 * }
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Finding> reasons;

    /** @param reasons at least one */
    public Refusal(List<Finding> reasons) {
        super(told(reasons, Locale.ENGLISH));
        this.reasons = List.copyOf(reasons);
    }

    /** A refusal with one reason. */
    public static Refusal because(String code, Object... arguments) {
        return new Refusal(List.of(Finding.refusal(code, arguments)));
    }

    /** Why, all reasons at once. */
    public List<Finding> reasons() {
        return reasons;
    }

    /** All reasons as sentences. */
    public String text(Locale locale) {
        return told(reasons, locale);
    }

    private static String told(List<Finding> reasons, Locale locale) {
        return reasons.stream()
                .map(reason -> reason.text(locale))
                .collect(Collectors.joining(Words.isChinese(locale) ? "" : " "));
    }
}
