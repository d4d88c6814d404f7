package dev.rapport.quality;

import dev.rapport.match.Similarity;
import dev.rapport.metadata.CompoundTypes;
import dev.rapport.metadata.FieldType;
import dev.rapport.metadata.TextTypes;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a value should rather be, told from the value alone. Pure functions; each gives nothing where the value is fine. */
final class Normalisers {
    /** Providers that many people have their mail with: a domain one letter off is likely meant to be one of them. */
    private static final Set<String> PROVIDERS = Set.of(
            "gmail.com",
            "hotmail.com",
            "outlook.com",
            "yahoo.com",
            "icloud.com",
            "live.com",
            "msn.com",
            "aol.com",
            "gmx.de",
            "gmx.net",
            "web.de",
            "qq.com",
            "163.com",
            "126.com",
            "sina.com",
            "sohu.com",
            "foxmail.com",
            "aliyun.com",
            "protonmail.com",
            "yandex.ru",
            "mail.ru",
            "hotmail.co.uk",
            "yahoo.co.uk",
            "googlemail.com",
            "vip.163.com");

    private static final Set<String> WRONG_ENDINGS = Set.of("con", "cmo", "ocm", "comm", "cim", "vom", "xom");
    private static final Pattern SPACES = Pattern.compile("[\\s\\u3000]{2,}");
    private static final Pattern LATIN_WORD = Pattern.compile("[\\p{IsLatin}'’.-]+");
    private static final int SHORTEST_DOMAIN = 6;

    private Normalisers() {}

    /** A better text and why: {@code width}, {@code spaces}, {@code case} or {@code domain}. */
    record Better(String kind, String text) {}

    static Optional<Better> better(FieldType<?> type, String text) {
        if (type instanceof TextTypes.Email) return email(text);
        boolean words = type instanceof TextTypes.Text || type instanceof CompoundTypes.FullName;
        if (!words && !(type instanceof TextTypes.LongText)) return Optional.empty();
        var narrow = narrow(text);
        if (!narrow.equals(text)) return Optional.of(new Better("width", spaced(narrow)));
        if (!words) return Optional.empty();
        var spaced = spaced(text);
        if (!spaced.equals(text)) return Optional.of(new Better("spaces", spaced));
        return type instanceof CompoundTypes.FullName ? nameCase(text) : Optional.empty();
    }

    /** Full-width letters and digits in their usual width; Chinese punctuation stays as it is. */
    private static String narrow(String text) {
        StringBuilder narrow = null;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            char plain = (char) (letter - 0xFEE0);
            boolean wide = letter >= 0xFF10 && letter <= 0xFF5A && Character.isLetterOrDigit(plain);
            if (wide && narrow == null) narrow = new StringBuilder(text);
            if (wide && narrow != null) narrow.setCharAt(i, plain);
        }
        return narrow == null ? text : narrow.toString();
    }

    private static String spaced(String text) {
        return SPACES.matcher(text.strip()).replaceAll(" ");
    }

    /** A name all in one case: MARIA ROSSI, maria rossi. */
    private static Optional<Better> nameCase(String text) {
        boolean shouted = text.equals(text.toUpperCase(Locale.ROOT));
        boolean whispered = text.equals(text.toLowerCase(Locale.ROOT));
        if (shouted == whispered || !text.codePoints().anyMatch(Character::isLetter)) return Optional.empty();
        var better = LATIN_WORD
                .matcher(text)
                .replaceAll(word -> word.group().length() <= 2 && shouted
                        ? java.util.regex.Matcher.quoteReplacement(word.group())
                        : java.util.regex.Matcher.quoteReplacement(capitalised(word.group())));
        return better.equals(text) ? Optional.empty() : Optional.of(new Better("case", better));
    }

    private static String capitalised(String word) {
        var result = new StringBuilder();
        boolean start = true;
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            result.append(start ? Character.toUpperCase(letter) : Character.toLowerCase(letter));
            start = !Character.isLetter(letter);
        }
        return result.toString();
    }

    private static Optional<Better> email(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) return Optional.empty();
        var domain = text.substring(at + 1).toLowerCase(Locale.ROOT);
        if (PROVIDERS.contains(domain)) return Optional.empty();
        int dot = domain.lastIndexOf('.');
        var ending = domain.substring(dot + 1);
        if (dot > 0 && WRONG_ENDINGS.contains(ending))
            return Optional.of(new Better("domain", text.substring(0, at + 1) + domain.substring(0, dot) + ".com"));
        return PROVIDERS.stream()
                .filter(provider -> provider.length() >= SHORTEST_DOMAIN && Similarity.isOneTypo(domain, provider))
                .filter(provider -> domain.length() >= SHORTEST_DOMAIN)
                .sorted()
                .findFirst()
                .map(provider -> new Better("domain", text.substring(0, at + 1) + provider));
    }
}
