package dev.rapport.metadata;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.rapport.kernel.Labels;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Types of words: free text, text of a known form, and text out of a list. */
public final class TextTypes {
    private TextTypes() {}

    /** Types whose value is one string. */
    public abstract static sealed class TextLike extends BaseType<String>
            permits Text, LongText, RichText, Email, Phone, Url, Choices, AutoNumber {
        TextLike(String code, ColumnType type) {
            super(code, type);
        }

        @Override
        public String text(String value) {
            return value;
        }

        @Override
        public @Nullable Object[] toColumns(String value) {
            return new Object[] {value};
        }

        @Override
        public @Nullable String fromColumns(@Nullable Object[] columns) {
            return (String) columns[0];
        }
    }

    /** One line of words, at most {@code maxLength} characters, kept in Unicode's composed form. */
    public static final class Text extends TextLike {
        private final int maxLength;

        public Text() {
            this(255);
        }

        public Text(int maxLength) {
            super("text", ColumnType.WORDS);
            this.maxLength = maxLength;
        }

        public int maxLength() {
            return maxLength;
        }

        @Override
        public String parse(String text, ReadContext context) throws InvalidValue {
            var clean = WrittenText.storable(text.strip());
            if (clean.codePoints().anyMatch(c -> c == '\n' || c == '\r')) throw InvalidValue.of("one-line");
            return WrittenText.limited(clean, maxLength);
        }
    }

    /** Several lines of plain words. */
    public static final class LongText extends TextLike {
        static final int MAX = 100_000;

        public LongText() {
            super("longText", ColumnType.LONG_TEXT);
        }

        @Override
        public String parse(String text, ReadContext context) throws InvalidValue {
            return WrittenText.limited(
                    WrittenText.storable(text.replace("\r\n", "\n").replace('\r', '\n')), MAX);
        }
    }

    /** HTML that has passed the allow-list sanitiser; what is not allowed is taken out when it is written. */
    public static final class RichText extends TextLike {
        public RichText() {
            super("richText", ColumnType.LONG_TEXT);
        }

        @Override
        public String parse(String text, ReadContext context) throws InvalidValue {
            return SafeHtml.sanitise(WrittenText.limited(WrittenText.storable(text), LongText.MAX));
        }

        @Override
        public String searchText(String value) {
            return SafeHtml.toText(value);
        }
    }

    /** An e-mail address in lower case, its domain in Unicode's ASCII form (RFC 5321 with RFC 5890). */
    public static final class Email extends TextLike {
        private static final Pattern LOCAL =
                Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");
        private static final Pattern DOMAIN =
                Pattern.compile("(?i)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])");

        public Email() {
            super("email", ColumnType.CODE);
        }

        @Override
        public String parse(String text, ReadContext context) throws InvalidValue {
            return address(text);
        }

        /** The address as it is kept: lower case, the domain in ASCII. */
        public static String address(String text) throws InvalidValue {
            var clean = WrittenText.storable(Normalizer.normalize(text.strip(), Normalizer.Form.NFKC));
            int at = clean.lastIndexOf('@');
            if (at < 1 || at > 64 || clean.length() > 254) throw InvalidValue.of("email");
            var domain = asciiDomain(clean.substring(at + 1));
            var local = clean.substring(0, at);
            if (!LOCAL.matcher(local).matches() || !DOMAIN.matcher(domain).matches()) throw InvalidValue.of("email");
            return (local + "@" + domain).toLowerCase(Locale.ROOT);
        }

        private static String asciiDomain(String domain) throws InvalidValue {
            try {
                return java.net.IDN.toASCII(domain);
            } catch (IllegalArgumentException e) {
                throw InvalidValue.of("email");
            }
        }
    }

    /** A phone number, kept as E.164 with an extension written {@code ;ext=12} (RFC 3966). */
    public static final class Phone extends TextLike {
        private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

        public Phone() {
            super("phone", ColumnType.CODE);
        }

        @Override
        public String parse(String text, ReadContext context) throws InvalidValue {
            var clean = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
            if (clean.length() > 60) throw InvalidValue.of("phone");
            try {
                var number = NUMBERS.parse(clean, context.region());
                if (!NUMBERS.isPossibleNumber(number)) throw InvalidValue.of("phone");
                var e164 = NUMBERS.format(number, PhoneNumberUtil.PhoneNumberFormat.E164);
                return number.hasExtension() ? e164 + ";ext=" + number.getExtension() : e164;
            } catch (NumberParseException e) {
                throw InvalidValue.of("phone");
            }
        }
    }

    /** A web address that a browser may safely follow: http or https with a host. */
    public static final class Url extends TextLike {
        public Url() {
            super("url", ColumnType.CODE);
        }

        @Override
        public String parse(String text, ReadContext context) throws InvalidValue {
            var clean = WrittenText.limited(WrittenText.storable(text.strip()), 2000);
            try {
                var uri = new URI(clean.contains("://") ? clean : "https://" + clean);
                boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
                boolean named = uri.getHost() != null && uri.getHost().contains(".");
                if (!web || !named || clean.startsWith("javascript:")) throw InvalidValue.of("url");
                return uri.toString();
            } catch (URISyntaxException e) {
                throw InvalidValue.of("url");
            }
        }
    }

    /** One of a list of codes. */
    public static final class Choices extends TextLike {
        private final List<Choice> choices;

        public Choices(Choice... choices) {
            super("choice", ColumnType.CODE);
            this.choices = List.of(choices);
        }

        public List<Choice> choices() {
            return choices;
        }

        @Override
        public String read(JsonNode json, ReadContext context) throws InvalidValue {
            if (!json.isString()) throw InvalidValue.of("type", "expected", code());
            var code = json.stringValue();
            if (choices.stream().noneMatch(choice -> choice.code().equals(code))) throw unknown(code, choices);
            return code;
        }

        @Override
        public String parse(String text, ReadContext context) throws InvalidValue {
            return byWord(text, choices)
                    .orElseThrow(() -> unknown(text, choices))
                    .code();
        }

        static Optional<Choice> byWord(String text, List<Choice> choices) {
            var word = text.strip();
            return choices.stream()
                    .filter(choice -> choice.code().equalsIgnoreCase(word)
                            || choice.labels().en().equalsIgnoreCase(word)
                            || choice.labels().zh().equals(word))
                    .findFirst();
        }

        static InvalidValue unknown(String text, List<Choice> choices) {
            var allowed = String.join(", ", choices.stream().map(Choice::code).toList());
            var labels = Labels.labels(
                    String.join(
                            ", ",
                            choices.stream().map(choice -> choice.labels().en()).toList()),
                    String.join(
                            "、",
                            choices.stream().map(choice -> choice.labels().zh()).toList()));
            return InvalidValue.of("choice", Map.of("allowed", allowed, "allowedLabels", labels));
        }
    }

    /** A number given by the server when the record is created, such as {@code ORD-000042}. */
    public static final class AutoNumber extends TextLike {
        private final String prefix;

        public AutoNumber(String prefix) {
            super("autoNumber", ColumnType.CODE);
            this.prefix = prefix;
        }

        public String format(long number) {
            return prefix + String.format(Locale.ROOT, "%06d", number);
        }

        @Override
        public String parse(String text, ReadContext context) throws InvalidValue {
            return WrittenText.limited(WrittenText.storable(text.strip()), 64);
        }
    }

    /** Types whose value is a list of words. */
    public abstract static sealed class WordList extends BaseType<List<String>> permits MultiChoice, Tags {
        WordList(String code) {
            super(code, ColumnType.CODES);
        }

        /** The value that {@code words} stand for. */
        abstract List<String> checked(List<String> words) throws InvalidValue;

        @Override
        public List<String> read(JsonNode json, ReadContext context) throws InvalidValue {
            return checked(words(json, code()));
        }

        @Override
        public List<String> parse(String text, ReadContext context) throws InvalidValue {
            return checked(split(text));
        }

        static List<String> words(JsonNode json, String code) throws InvalidValue {
            if (!json.isArray()) throw InvalidValue.of("type", "expected", code);
            var words = new ArrayList<String>();
            for (var item : json) {
                if (!item.isString()) throw InvalidValue.of("type", "expected", code);
                words.add(item.stringValue());
            }
            return words;
        }

        static List<String> split(String text) {
            return Arrays.stream(text.split("[;,|；，、\n]"))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .toList();
        }

        @Override
        public void write(JsonGenerator json, List<String> value) {
            json.writeStartArray();
            value.forEach(json::writeString);
            json.writeEndArray();
        }

        @Override
        public String text(List<String> value) {
            return String.join(";", value);
        }

        @Override
        public @Nullable Object[] toColumns(List<String> value) {
            return new Object[] {value.toArray(String[]::new)};
        }

        @Override
        public @Nullable List<String> fromColumns(@Nullable Object[] columns) {
            return columns[0] == null ? null : List.of((String[]) columns[0]);
        }
    }

    /** Any number of a list of codes, in the list's order. */
    public static final class MultiChoice extends WordList {
        private final List<Choice> choices;

        public MultiChoice(Choice... choices) {
            super("multiChoice");
            this.choices = List.of(choices);
        }

        public List<Choice> choices() {
            return choices;
        }

        @Override
        List<String> checked(List<String> words) throws InvalidValue {
            var codes = new LinkedHashSet<String>();
            for (var word : words)
                codes.add(Choices.byWord(word, choices)
                        .orElseThrow(() -> Choices.unknown(word, choices))
                        .code());
            return choices.stream().map(Choice::code).filter(codes::contains).toList();
        }
    }

    /** Free words that people give to records; at most 50 of 50 characters, without repetition. */
    public static final class Tags extends WordList {
        public Tags() {
            super("tags");
        }

        @Override
        List<String> checked(List<String> words) throws InvalidValue {
            var tags = new LinkedHashSet<String>();
            for (var word : words) {
                var tag = WrittenText.limited(WrittenText.storable(word.strip()), 50);
                if (!tag.isEmpty()) tags.add(tag);
            }
            if (tags.size() > 50) throw InvalidValue.of("too-many", "max", 50);
            return List.copyOf(tags);
        }
    }
}
