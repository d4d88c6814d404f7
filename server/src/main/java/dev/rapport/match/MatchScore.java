package dev.rapport.match;

import dev.rapport.text.Pinyin;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How likely two records mean the same: the sum over what can be compared of the logarithm (base 2) of how much more
 * often such agreement or disagreement is seen between records that mean the same than between others (Fellegi and
 * Sunter, 1969). What one of them lacks says nothing.
 *
 * @param points 0 is undecided after allowing for how rare duplicates are; each point doubles the odds
 * @param reasons what spoke for and against it, the weightiest first
 */
public record MatchScore(double points, List<Reason> reasons) {
    /** From here on a pair is put before people. */
    public static final double LIKELY = 0;
    /** From here on hardly any pair turns out to be two. */
    public static final double CERTAIN = 6;

    /** What a pair has to overcome: so rare are duplicates among the pairs that meet under a key. */
    private static final double RARITY = 10;
    /** What agreement in a name that many have is worth at most. */
    private static final double COMMON_NAME = 5;

    /**
     * One thing compared.
     *
     * @param attribute name, email, phone, company, address, city, postcode, birthday, identifier, account
     * @param level same, alike or other
     * @param points what it adds to the score
     */
    public record Reason(String attribute, String level, double points) {}

    /** A probability that people understand, from the points. */
    public double probability() {
        return 1 / (1 + Math.pow(2, -points));
    }

    public static MatchScore of(MatchProfile a, MatchProfile b) {
        var reasons = new ArrayList<Reason>();
        person(a, b, reasons);
        company(a, b, reasons);
        emails(a, b, reasons);
        phones(a, b, reasons);
        address(a, b, reasons);
        birthday(a.day(), b.day(), reasons);
        identifiers(a, b, reasons);
        links(a, b, reasons);
        double points = -RARITY;
        for (var reason : reasons) points += reason.points;
        reasons.sort((one, other) -> Double.compare(Math.abs(other.points), Math.abs(one.points)));
        return new MatchScore(points, List.copyOf(reasons));
    }

    private static void add(List<Reason> reasons, String attribute, double points) {
        var level = points >= 4 ? "same" : points > 0 ? "alike" : "other";
        reasons.add(new Reason(attribute, level, points));
    }

    private static void person(MatchProfile a, MatchProfile b, List<Reason> reasons) {
        boolean named = !(a.family() + a.given()).isEmpty() && !(b.family() + b.given()).isEmpty();
        if (!named) return;
        double straight = name(a.family(), b.family(), false) + name(a.given(), b.given(), true);
        double crossed = name(a.family(), b.given(), false) + name(a.given(), b.family(), false) - 1;
        var fullA = (a.family() + a.given()).replace(" ", "");
        var fullB = (b.family() + b.given()).replace(" ", "");
        boolean read = !fullA.equals(fullB) && Normaliser.read(fullA).equals(Normaliser.read(fullB));
        double best = Math.max(straight, crossed);
        if (fullA.equals(fullB) && fullA.length() > 1) best = Math.max(best, 8);
        else if (read) best = Math.max(best, 4);
        // many people share a Chinese name of two or three characters
        boolean common = fullA.length() <= 3 && fullA.chars().anyMatch(Pinyin::isHan);
        add(reasons, "name", common ? Math.min(best, COMMON_NAME) : best);
    }

    private static double name(String a, String b, boolean given) {
        if (a.isEmpty() || b.isEmpty()) return 0;
        if (a.equals(b)) return given ? 4 : 5;
        if (given && Nicknames.areAlike(a, b)) return 3;
        boolean initial = given && (a.length() == 1 || b.length() == 1) && a.charAt(0) == b.charAt(0);
        if (initial) return 1.5;
        double similarity = Similarity.jaroWinkler(a, b);
        if (similarity >= 0.92) return 4;
        if (similarity >= 0.85) return 2.5;
        if (similarity >= 0.75) return 0;
        return given ? -2.5 : -3;
    }

    private static void company(MatchProfile a, MatchProfile b, List<Reason> reasons) {
        if (a.company().isEmpty() || b.company().isEmpty()) return;
        var one = String.join("", a.company());
        var other = String.join("", b.company());
        double points;
        if (one.equals(other)) points = 8;
        else if (Normaliser.read(one).equals(Normaliser.read(other))) points = 6;
        else {
            double alike = Math.max(
                    Similarity.words(a.company(), b.company()),
                    one.length() < 40 ? Similarity.jaroWinkler(one, other) - 0.08 : 0);
            points =
                    alike >= 0.9 ? 7 : alike >= 0.8 ? 5 : alike >= 0.7 ? 3 : alike >= 0.55 ? 1 : alike >= 0.4 ? -1 : -4;
            if (Similarity.contained(a.company(), b.company()) >= 0.9) points = Math.max(points, 3.5);
        }
        add(reasons, "company", points);
    }

    private static void emails(MatchProfile a, MatchProfile b, List<Reason> reasons) {
        if (a.emails().isEmpty() || b.emails().isEmpty()) return;
        double best = -2;
        for (var one : a.emails())
            for (var other : b.emails()) {
                if (one.equals(other)) best = Math.max(best, 11);
                else if (Similarity.differInDigits(one, other)) continue; // numbered addresses are other people's
                else if (Similarity.isOneTypo(one, other)) best = Math.max(best, 8);
                else if (Similarity.jaroWinkler(one, other) >= 0.93) best = Math.max(best, 4);
                else if (local(one).length() >= 6 && local(one).equals(local(other))) best = Math.max(best, 4);
            }
        add(reasons, "email", best);
    }

    private static String local(String email) {
        int at = email.indexOf('@');
        return at < 0 ? email : email.substring(0, at);
    }

    private static void phones(MatchProfile a, MatchProfile b, List<Reason> reasons) {
        if (a.phones().isEmpty() || b.phones().isEmpty()) return;
        double best = a.company().isEmpty() ? -1.5 : -0.5;
        for (var one : a.phones())
            for (var other : b.phones()) {
                boolean same = one.equals(other)
                        || one.length() >= 7 && other.endsWith(one)
                        || other.length() >= 7 && one.endsWith(other);
                if (same) best = Math.max(best, 8);
                else if (Similarity.isOneTypo(one, other)) best = Math.max(best, 3);
            }
        add(reasons, "phone", best);
    }

    private static void address(MatchProfile a, MatchProfile b, List<Reason> reasons) {
        if (!a.street().isEmpty() && !b.street().isEmpty()) {
            double alike = Similarity.words(a.street(), b.street());
            boolean numbered = !a.numbers().isEmpty() && !b.numbers().isEmpty();
            boolean sameNumber = a.numbers().stream().anyMatch(b.numbers()::contains);
            // branches of one company differ in little but where they are
            boolean companies = !a.company().isEmpty() && !b.company().isEmpty();
            double points = alike >= 0.92 ? 6 : alike >= 0.75 ? 4.5 : alike >= 0.6 ? 3 : alike >= 0.45 ? 1 : -2;
            if (sameNumber && points > 0) points += companies ? 2 : 1;
            if (numbered && !sameNumber) points -= companies ? 6 : 2.5;
            add(reasons, "address", points);
        }
        if (!a.city().isEmpty() && !b.city().isEmpty()) {
            double alike = Similarity.jaroWinkler(a.city(), b.city());
            add(reasons, "city", alike >= 0.9 ? 2.5 : alike >= 0.8 ? 1.5 : -1.5);
        }
        if (!a.postcode().isEmpty() && !b.postcode().isEmpty()) {
            var one = a.postcode();
            var other = b.postcode();
            add(reasons, "postcode", one.equals(other) ? 3 : Similarity.isOneTypo(one, other) ? 1 : -1.5);
        }
        if (!a.province().isEmpty() && !b.province().isEmpty())
            add(reasons, "province", a.province().equals(b.province()) ? 0.8 : -0.8);
    }

    private static void birthday(@Nullable LocalDate a, @Nullable LocalDate b, List<Reason> reasons) {
        if (a == null || b == null) return;
        if (a.equals(b)) {
            add(reasons, "birthday", 8);
            return;
        }
        boolean swapped = a.getYear() == b.getYear()
                && a.getMonthValue() == b.getDayOfMonth()
                && a.getDayOfMonth() == b.getMonthValue();
        boolean typo = Similarity.isOneTypo(digits(a), digits(b));
        int same = (a.getYear() == b.getYear() ? 1 : 0)
                + (a.getMonthValue() == b.getMonthValue() ? 1 : 0)
                + (a.getDayOfMonth() == b.getDayOfMonth() ? 1 : 0);
        add(reasons, "birthday", swapped || typo ? 5 : same == 2 ? 3 : -4);
    }

    private static String digits(LocalDate day) {
        return "%04d%02d%02d".formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }

    private static void identifiers(MatchProfile a, MatchProfile b, List<Reason> reasons) {
        if (a.identifiers().isEmpty() || b.identifiers().isEmpty()) return;
        double best = -3;
        for (var one : a.identifiers())
            for (var other : b.identifiers()) {
                if (one.equals(other)) best = Math.max(best, 11);
                else if (Similarity.isOneTypo(one, other)) best = Math.max(best, 7);
            }
        add(reasons, "identifier", best);
    }

    private static void links(MatchProfile a, MatchProfile b, List<Reason> reasons) {
        if (a.links().isEmpty() || b.links().isEmpty()) return;
        boolean shared = a.links().stream().anyMatch(b.links()::contains);
        add(reasons, "account", shared ? 3 : -0.5);
    }
}
