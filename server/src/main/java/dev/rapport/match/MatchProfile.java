package dev.rapport.match;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a record is compared with others, normalised once.
 *
 * @param family family name, empty for none
 * @param given given names
 * @param company words of an organisation's name that tell it from others
 * @param emails normalised e-mail addresses
 * @param phones phone numbers in their international form
 * @param street words of the street
 * @param numbers numbers in the street, in order
 * @param day date of birth, null for none
 * @param identifiers numbers and keys that belong to one record only
 * @param links records that this one belongs to, such as a contact's account
 */
public record MatchProfile(
        String family,
        String given,
        List<String> company,
        List<String> emails,
        List<String> phones,
        List<String> street,
        List<String> numbers,
        String city,
        String province,
        String postcode,
        @Nullable LocalDate day,
        List<String> identifiers,
        List<String> links) {

    /** Kinds of keys that tell enough by themselves: e-mail, phone, number, whole company name, birthday with a name. */
    private static final Set<String> STRONG = Set.of("e", "p", "i", "c", "cs", "df", "dg", "nl");

    /** Changes whenever keys are made otherwise, so that stored ones are made anew. */
    public static final int KEY_FORMAT = 2;

    private static final Pattern NO_DIGIT = Pattern.compile("\\D");

    /** A house number, not the name of a street such as 35th. */
    private static final Pattern NUMBER = Pattern.compile("\\d+[a-z]?");

    public static Builder builder() {
        return new Builder();
    }

    /** Gathers the values of one record as they are written. */
    public static final class Builder {
        private String family = "";
        private String given = "";
        private List<String> company = List.of();
        private final List<String> emails = new ArrayList<>();
        private final List<String> phones = new ArrayList<>();
        private final List<String> street = new ArrayList<>();
        private String city = "";
        private String province = "";
        private String postcode = "";
        private @Nullable LocalDate day;
        private final List<String> identifiers = new ArrayList<>();
        private final List<String> links = new ArrayList<>();

        public Builder person(String familyName, String givenName) {
            family = Normaliser.plain(familyName);
            given = Normaliser.plain(givenName);
            return this;
        }

        public Builder company(String name) {
            if (!name.isBlank()) company = Normaliser.company(name);
            return this;
        }

        public Builder email(String address) {
            if (!address.isBlank()) emails.add(Normaliser.email(address));
            return this;
        }

        public Builder phone(String number) {
            var digits = NO_DIGIT.matcher(number).replaceAll("");
            if (digits.length() >= 6) phones.add(digits);
            return this;
        }

        public Builder street(String text) {
            street.addAll(Normaliser.street(text));
            return this;
        }

        public Builder city(String text) {
            city = Normaliser.plain(text);
            return this;
        }

        public Builder province(String text) {
            province = Normaliser.plain(text);
            return this;
        }

        public Builder postcode(String text) {
            postcode = Normaliser.plain(text).replace(" ", "");
            return this;
        }

        public Builder day(LocalDate date) {
            day = date;
            return this;
        }

        public Builder identifier(String text) {
            var clean = Normaliser.plain(text).replace(" ", "");
            if (clean.length() >= 4) identifiers.add(clean);
            return this;
        }

        public Builder link(String id) {
            links.add(id);
            return this;
        }

        public MatchProfile build() {
            var numbers = numbersOf(street);
            return new MatchProfile(
                    family,
                    given,
                    company,
                    List.copyOf(emails),
                    List.copyOf(phones),
                    List.copyOf(street),
                    numbers,
                    city,
                    province,
                    postcode,
                    day,
                    List.copyOf(identifiers),
                    List.copyOf(links));
        }
    }

    /** All of it in a few bytes; {@link #decoded} reads it back. Normalised values hold neither tabs nor line ends. */
    byte[] encoded() {
        var lines = List.of(
                family,
                given,
                String.join("\t", company),
                String.join("\t", emails),
                String.join("\t", phones),
                String.join("\t", street),
                city,
                province,
                postcode,
                day == null ? "" : day.toString(),
                String.join("\t", identifiers),
                String.join("\t", links));
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    static MatchProfile decoded(byte[] bytes) {
        var lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        var streetWords = list(lines[5]);
        return new MatchProfile(
                lines[0],
                lines[1],
                list(lines[2]),
                list(lines[3]),
                list(lines[4]),
                streetWords,
                numbersOf(streetWords),
                lines[6],
                lines[7],
                lines[8],
                lines[9].isEmpty() ? null : LocalDate.parse(lines[9]),
                list(lines[10]),
                list(lines[11]));
    }

    private static List<String> list(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split("\t"));
    }

    private static List<String> numbersOf(List<String> street) {
        return street.stream().filter(word -> NUMBER.matcher(word).matches()).toList();
    }

    /**
     * Keys of 64 bits that two records which mean the same are likely to share, sorted. Each alone survives a mistake in
     * the parts it does not hold.
     *
     * @param object what kind of record this is: keys of two kinds are different
     */
    public long[] keys(String object) {
        long seed = hash("object", object) & ~1L;
        return keys().stream().mapToLong(key -> key ^ seed).sorted().toArray();
    }

    private Set<Long> keys() {
        var keys = new TreeSet<Long>();
        for (var email : emails) {
            keys.add(hash("e", email));
            int at = email.indexOf('@');
            if (at > 5 && !family.isEmpty()) keys.add(hash("el", email.substring(0, at)));
        }
        for (var phone : phones) keys.add(hash("p", tail(phone, 8)));
        for (var identifier : identifiers) {
            keys.add(hash("i", identifier));
            if (identifier.length() >= 6) keys.add(hash("is", sorted(identifier)));
        }
        personKeys(keys);
        companyKeys(keys);
        return keys;
    }

    private void personKeys(TreeSet<Long> keys) {
        if (family.isEmpty() && given.isEmpty()) return;
        var f = Sound.of(Normaliser.read(family));
        var g = Sound.of(Normaliser.read(given));
        var names = f.compareTo(g) < 0 ? f + "|" + g : g + "|" + f;
        if (!f.isEmpty() && !g.isEmpty()) {
            if (day == null && postcode.isEmpty() && city.isEmpty()
                    || links.isEmpty() && numbers.isEmpty() && day == null) keys.add(hash("n", names));
            if (!city.isEmpty()) keys.add(hash("nc", names + "|" + first(city, 3)));
            if (!postcode.isEmpty()) keys.add(hash("np", names + "|" + first(postcode, 3)));
            for (var link : links) keys.add(hash("nl", names + "|" + link));
        }
        if (day != null) {
            var date = day.toString();
            keys.add(hash("df", date + "|" + first(f, 2)));
            keys.add(hash("dg", date + "|" + first(g, 2)));
            keys.add(hash("dy", names + "|" + day.getYear()));
            keys.add(hash(
                    "dm",
                    names + "|" + Math.min(day.getMonthValue(), day.getDayOfMonth()) + "|"
                            + Math.max(day.getMonthValue(), day.getDayOfMonth())));
            if (!city.isEmpty()) keys.add(hash("dc", date + "|" + first(city, 3)));
            if (!postcode.isEmpty()) keys.add(hash("dp", date + "|" + postcode));
        }
        if (!numbers.isEmpty() && street.size() > 1) {
            keys.add(hash("sf", numbers.getFirst() + "|" + streetWord() + "|" + first(f, 1)));
            keys.add(hash("sg", numbers.getFirst() + "|" + streetWord() + "|" + first(g, 1)));
        } else if (street.size() > 1) keys.add(hash("sn", streetWord() + "|" + names));
        for (var link : links) keys.add(hash("lf", link + "|" + f));
    }

    private void companyKeys(TreeSet<Long> keys) {
        if (company.isEmpty()) return;
        var core = String.join(" ", company);
        keys.add(hash("c", Normaliser.read(core).replace(" ", "")));
        if (company.size() > 1) keys.add(hash("cs", String.join(" ", new TreeSet<>(company))));
        var longest = company.stream()
                .max(java.util.Comparator.comparingInt(String::length))
                .orElse("");
        if (!city.isEmpty()) keys.add(hash("cc", first(longest, 5) + "|" + city));
        if (!numbers.isEmpty()) {
            keys.add(hash("cn", numbers.getFirst() + "|" + streetWord()));
            keys.add(hash("cw", numbers.getFirst() + "|" + first(company.getFirst(), 4)));
        }
        if (core.length() >= 5) keys.add(hash("cf", first(core.replace(" ", ""), 8)));
        if (company.size() > 1) keys.add(hash("cl", Sound.of(company.getFirst()) + "|" + Sound.of(company.get(1))));
    }

    private String streetWord() {
        for (var word : street) if (word.length() > 2 && !Character.isDigit(word.charAt(0))) return first(word, 5);
        return street.size() > 1 ? street.get(1) : "";
    }

    private static String first(String text, int letters) {
        return text.length() <= letters ? text : text.substring(0, letters);
    }

    private static String tail(String text, int letters) {
        return text.length() <= letters ? text : text.substring(text.length() - letters);
    }

    private static String sorted(String text) {
        var letters = text.toCharArray();
        java.util.Arrays.sort(letters);
        return new String(letters);
    }

    /** Whether records that share this key alone are worth comparing when one is written. */
    public static boolean isStrong(long key) {
        return (key & 1) != 0;
    }

    /** FNV-1a of 64 bits, whose last bit tells strong keys from others: no two kinds of keys meet. */
    static long hash(String kind, String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : (kind + ":" + text).getBytes(StandardCharsets.UTF_8)) hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        return STRONG.contains(kind) ? hash | 1 : hash & ~1L;
    }
}
