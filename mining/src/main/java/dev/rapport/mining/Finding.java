package dev.rapport.mining;

import java.util.List;
import java.util.Locale;

/**
 * Something a careful analyst would say about the data or the model, as a code with its arguments so that it can be told
 * in any language.
 *
 * {@snippet :
 * var finding = Finding.warning("constant-column", "country");
 * check(finding.text(Locale.ENGLISH).contains("country"));
 * }
 *
 * @param severity how much it matters
 * @param code the sentence's key without its prefix, such as {@code too-few-rows}
 * @param arguments what the sentence names: columns, counts, limits
 */
public record Finding(Severity severity, String code, List<String> arguments) {

    /** How much a finding matters. */
    public enum Severity {
        /** Worth knowing. */
        NOTE,
        /** The result may mislead. */
        WARNING,
        /** No result can be given. */
        REFUSAL
    }

    /** Worth knowing. */
    public static Finding note(String code, Object... arguments) {
        return of(Severity.NOTE, code, arguments);
    }

    /** The result may mislead. */
    public static Finding warning(String code, Object... arguments) {
        return of(Severity.WARNING, code, arguments);
    }

    /** No result can be given. */
    public static Finding refusal(String code, Object... arguments) {
        return of(Severity.REFUSAL, code, arguments);
    }

    /** What is the matter, where, and how to mend it. */
    public String text(Locale locale) {
        return Words.text(locale, "finding." + code, arguments.toArray());
    }

    private static Finding of(Severity severity, String code, Object... arguments) {
        return new Finding(
                severity,
                code,
                List.of(arguments).stream().map(Finding::written).toList());
    }

    private static String written(Object argument) {
        return argument instanceof Number number ? Words.number(number.doubleValue()) : argument.toString();
    }
}
