package dev.rapport.mining;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Why one row got its score: a base that every row gets and what each feature added, on the scale named. The parts sum
 * to the score.
 *
 * {@snippet :
 * var why = new Contributions("log-odds", -1.0, List.of(new Contributions.Part("visits", "7", 1.5)), 0.5);
 * check(Math.abs(why.base() + why.parts().get(0).amount() - why.score()) < 1e-12);
 * }
 *
 * @param scale the unit: {@code log-odds}, {@code probability}, {@code value} or {@code distance}
 * @param base what a row gets before its features are looked at
 * @param parts what each feature added, the largest first
 * @param score the sum
 */
public record Contributions(String scale, double base, List<Part> parts, double score) {

    /** Sorts the parts by size, the largest first. */
    public Contributions {
        parts = parts.stream()
                .sorted(Comparator.comparingDouble((Part part) -> -Math.abs(part.amount()))
                        .thenComparing(Part::feature))
                .toList();
    }

    /**
     * What one feature added.
     *
     * @param feature its name
     * @param value this row's value, as read; empty when missing
     * @param amount what it added, negative when it lowered the score
     */
    public record Part(String feature, String value, double amount) {}

    /** A base and parts; the score is their sum. */
    public static Contributions of(String scale, double base, List<Part> parts) {
        return new Contributions(
                scale,
                base,
                parts,
                base + parts.stream().mapToDouble(Part::amount).sum());
    }

    /** The strongest reasons in words, at most {@code limit} of them. */
    public String text(Locale locale, int limit) {
        return parts.stream()
                .filter(part -> part.amount() != 0)
                .limit(limit)
                .map(part -> Words.text(
                        locale,
                        part.amount() > 0 ? "why.raises" : "why.lowers",
                        part.feature(),
                        part.value().isEmpty() ? Words.text(locale, "why.missing") : shown(part.value()),
                        Words.number(Math.abs(part.amount())),
                        Words.text(locale, "scale." + scale)))
                .collect(Collectors.joining(Words.isChinese(locale) ? "；" : "; "));
    }

    // 46.1461440504151 is 46.15 to people
    private static String shown(String value) {
        if (value.length() < 8 || value.indexOf('.') < 0) return value;
        try {
            return Words.number(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return value;
        }
    }
}
