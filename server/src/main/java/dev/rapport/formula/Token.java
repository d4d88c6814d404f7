package dev.rapport.formula;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One word or sign of a formula, and where it starts; the first letter is in column 1. */
record Token(Type type, String text, int column) {
    enum Type {
        NUMBER,
        TEXT,
        NAME,
        SIGN,
        END
    }

    private static final Set<String> TWO_LETTERS = Set.of("<=", ">=", "<>", "!=", "==", "||", "&&");
    private static final String SIGNS = "+-*/&=<>(),";
    /** Each opening quotation mark with the one that closes it. */
    private static final Map<Character, Character> QUOTES = Map.of('"', '"', '\'', '\'', '“', '”', '‘', '’', '＂', '＂');

    /** @throws FormulaError at the first letter that no formula can hold */
    static List<Token> read(String text) throws FormulaError {
        var tokens = new ArrayList<Token>();
        int at = 0;
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (Character.isWhitespace(letter) || letter == '\u3000') {
                at++;
                continue;
            }
            var token = next(text, at);
            tokens.add(token.token);
            at = token.end;
        }
        tokens.add(new Token(Type.END, "", text.length() + 1));
        return tokens;
    }

    private record Scanned(Token token, int end) {}

    private static Scanned next(String text, int start) throws FormulaError {
        char letter = text.charAt(start);
        var closing = QUOTES.get(letter);
        if (closing != null) return quoted(text, start, closing);
        if (letter >= '0' && letter <= '9') return number(text, start);
        if (Character.isLetter(letter) || letter == '_') return name(text, start);
        var sign = Normalizer.normalize(String.valueOf(letter), Normalizer.Form.NFKC);
        if (start + 1 < text.length()) {
            var two = sign + Normalizer.normalize(text.substring(start + 1, start + 2), Normalizer.Form.NFKC);
            if (TWO_LETTERS.contains(two)) return new Scanned(new Token(Type.SIGN, two, start + 1), start + 2);
        }
        if (sign.length() == 1 && SIGNS.contains(sign))
            return new Scanned(new Token(Type.SIGN, sign, start + 1), start + 1);
        throw FormulaError.at(start + 1, "unexpected", "found", String.valueOf(letter));
    }

    /** A quotation mark inside is written twice. */
    private static Scanned quoted(String text, int start, char end) throws FormulaError {
        var value = new StringBuilder();
        for (int at = start + 1; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter != end) {
                value.append(letter);
                continue;
            }
            boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == end;
            if (!doubled) return new Scanned(new Token(Type.TEXT, value.toString(), start + 1), at + 1);
            value.append(end);
            at++;
        }
        throw FormulaError.at(start + 1, "unclosed");
    }

    private static Scanned number(String text, int start) throws FormulaError {
        int at = start;
        while (at < text.length() && (Character.digit(text.charAt(at), 10) >= 0 || text.charAt(at) == '.')) at++;
        var digits = text.substring(start, at);
        try {
            if (digits.length() > 30) throw new NumberFormatException("too long");
            return new Scanned(new Token(Type.NUMBER, new BigDecimal(digits).toPlainString(), start + 1), at);
        } catch (NumberFormatException e) {
            throw FormulaError.at(start + 1, "unexpected", "found", digits);
        }
    }

    private static Scanned name(String text, int start) {
        int at = start;
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (!Character.isLetterOrDigit(letter) && letter != '_' && letter != '.') break;
            at++;
        }
        return new Scanned(new Token(Type.NAME, text.substring(start, at), start + 1), at);
    }

    boolean is(String sign) {
        return type == Type.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return type == Type.NAME && text.equalsIgnoreCase(word);
    }
}
