package dev.rapport.metadata;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** Text as people write it into files and forms, made fit to be stored. */
final class WrittenText {
    private WrittenText() {}

    /** Text that PostgreSQL can keep, in Unicode's composed form. @throws InvalidValue on NUL or a broken surrogate pair */
    static String storable(String text) throws InvalidValue {
        boolean plain = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) throw InvalidValue.of("nul-character");
            if (c < 0x80) continue;
            plain = false;
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1)))
                i++;
            else if (Character.isSurrogate(c)) throw InvalidValue.of("broken-character");
        }
        return plain ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    static String limited(String text, int max) throws InvalidValue {
        if (text.length() > max) throw InvalidValue.of("too-long", "max", max);
        return text;
    }

    private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?");
    private static final Pattern PLAIN = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,2})?");

    static BigDecimal plainNumber(String text) throws InvalidValue {
        var clean = text.strip();
        if (clean.length() > 60) throw InvalidValue.of("number");
        clean = Normalizer.normalize(clean, Normalizer.Form.NFKC).replace(" ", "");
        if (GROUPED.matcher(clean).matches()) clean = clean.replace(",", "");
        if (!PLAIN.matcher(clean).matches()) throw InvalidValue.of("number");
        return new BigDecimal(clean);
    }
}
