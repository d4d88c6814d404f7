package dev.rapport.mining.json;

import dev.rapport.mining.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON text (RFC 8259) to and from maps, lists, strings, numbers, booleans and null. Own code because the library has no
 * dependencies; it holds models only. Numbers keep every bit of a double; the values JSON lacks are written as the
 * strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}.
 */
final class Json {
    private static final int DEEPEST = 500;

    private final String text;
    private int at = 0;
    private int depth = 0;

    private Json(String text) {
        this.text = text;
    }

    /** @throws Refusal if the text is not JSON */
    static @Nullable Object parse(String text) {
        var json = new Json(text);
        Object value = json.value();
        json.blank();
        if (json.at < text.length()) throw json.wrong();
        return value;
    }

    static void write(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map -> {
                String separator = "{";
                if (map.isEmpty()) out.append('{');
                for (var entry : map.entrySet()) {
                    out.append(separator);
                    quote(out, String.valueOf(entry.getKey()));
                    out.append(':');
                    write(out, entry.getValue());
                    separator = ",";
                }
                out.append('}');
            }
            case List<?> list -> {
                out.append('[');
                for (int i = 0; i < list.size(); i++) {
                    if (i > 0) out.append(',');
                    write(out, list.get(i));
                }
                out.append(']');
            }
            case Double number when !Double.isFinite(number) -> quote(out, number.toString());
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 && !isMinusZero(number) ->
                out.append(number.longValue());
            case Number number -> out.append(number);
            case Boolean flag -> out.append(flag);
            default -> quote(out, value.toString());
        }
    }

    private static boolean isMinusZero(double number) {
        return number == 0 && Double.doubleToRawLongBits(number) != 0;
    }

    private static void quote(StringBuilder out, String word) {
        out.append('"');
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c) && !paired(word, i))
                        out.append(String.format("\\u%04x", (int) c));
                    else out.append(c);
                }
            }
        }
        out.append('"');
    }

    private static boolean paired(String word, int i) {
        char c = word.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < word.length() && Character.isLowSurrogate(word.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(word.charAt(i - 1));
    }

    private @Nullable Object value() {
        blank();
        if (at == text.length() || ++depth > DEEPEST) throw wrong();
        Object value = switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
        depth--;
        return value;
    }

    private Map<String, @Nullable Object> object() {
        var map = new LinkedHashMap<String, @Nullable Object>();
        at++;
        blank();
        if (take('}')) return map;
        do {
            blank();
            if (at == text.length() || text.charAt(at) != '"') throw wrong();
            String key = string();
            blank();
            if (!take(':')) throw wrong();
            if (map.containsKey(key)) throw wrong();
            map.put(key, value());
            blank();
        } while (take(','));
        if (!take('}')) throw wrong();
        return map;
    }

    private List<@Nullable Object> array() {
        var list = new ArrayList<@Nullable Object>();
        at++;
        blank();
        if (take(']')) return list;
        do {
            list.add(value());
            blank();
        } while (take(','));
        if (!take(']')) throw wrong();
        return list;
    }

    private String string() {
        var word = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return word.toString();
            }
            word.append(c == '\\' ? escaped() : c);
        }
        throw wrong();
    }

    private char escaped() {
        if (++at >= text.length()) throw wrong();
        return switch (text.charAt(at)) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                if (at + 4 >= text.length()) throw wrong();
                int code = hexadecimal(text.substring(at + 1, at + 5));
                at += 4;
                yield (char) code;
            }
            case '"', '\\', '/' -> text.charAt(at);
            default -> throw wrong();
        };
    }

    private int hexadecimal(String digits) {
        try {
            return Integer.parseInt(digits, 16);
        } catch (NumberFormatException e) {
            throw wrong();
        }
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) throw wrong();
        at += word.length();
        return value;
    }

    private Double number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
        try {
            return Double.valueOf(text.substring(from, at));
        } catch (NumberFormatException e) {
            at = from;
            throw wrong();
        }
    }

    private boolean take(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        if (there) at++;
        return there;
    }

    private void blank() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }

    private Refusal wrong() {
        return Refusal.because("not-json", at);
    }
}
