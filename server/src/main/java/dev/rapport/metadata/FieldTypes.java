package dev.rapport.metadata;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.rapport.kernel.Address;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.PersonName;
import dev.rapport.kernel.RecordId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The field types that exist. */
public final class FieldTypes {
    private FieldTypes() {}

    /** What all types share; closed to this file. */
    public abstract static sealed class Base<T> implements FieldType<T>
            permits TextLike,
                    MultiChoice,
                    Tags,
                    Flag,
                    Whole,
                    NumberLike,
                    MoneyAmount,
                    Day,
                    Moment,
                    Span,
                    Lookup,
                    Lookups,
                    PostalAddress,
                    FullName,
                    Attachment {
        private final String code;
        private final List<Part> parts;

        Base(String code, ColumnType type) {
            this(code, List.of(Part.whole(type)));
        }

        Base(String code, List<Part> parts) {
            this.code = code;
            this.parts = parts;
        }

        @Override
        public final String code() {
            return code;
        }

        @Override
        public final List<Part> parts() {
            return parts;
        }

        @Override
        public T read(JsonNode json, ReadContext context) throws InvalidValue {
            if (!json.isString()) throw InvalidValue.of("type", "expected", code);
            return parse(json.stringValue(), context);
        }

        @Override
        public void write(JsonGenerator json, T value) {
            json.writeString(text(value));
        }
    }

    /** Types whose value is one string. */
    public abstract static sealed class TextLike extends Base<String>
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
            var clean = storable(text.strip());
            if (clean.codePoints().anyMatch(c -> c == '\n' || c == '\r')) throw InvalidValue.of("one-line");
            return limited(clean, maxLength);
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
            return limited(storable(text.replace("\r\n", "\n").replace('\r', '\n')), MAX);
        }
    }

    /** HTML that has passed the allow-list sanitiser; what is not allowed is taken out when it is written. */
    public static final class RichText extends TextLike {
        public RichText() {
            super("richText", ColumnType.LONG_TEXT);
        }

        @Override
        public String parse(String text, ReadContext context) throws InvalidValue {
            return SafeHtml.sanitise(limited(storable(text), LongText.MAX));
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
            var clean = storable(Normalizer.normalize(text.strip(), Normalizer.Form.NFKC));
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
            var clean = limited(storable(text.strip()), 2000);
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
            return InvalidValue.of("choice", "allowed", allowed);
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
            return limited(storable(text.strip()), 64);
        }
    }

    /** Types whose value is a list of words. */
    abstract static class Words {
        private Words() {}

        static List<String> read(JsonNode json, String code) throws InvalidValue {
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

        static void write(JsonGenerator json, List<String> words) {
            json.writeStartArray();
            words.forEach(json::writeString);
            json.writeEndArray();
        }
    }

    /** Any number of a list of codes, in the list's order. */
    public static final class MultiChoice extends Base<List<String>> {
        private final List<Choice> choices;

        public MultiChoice(Choice... choices) {
            super("multiChoice", ColumnType.CODES);
            this.choices = List.of(choices);
        }

        public List<Choice> choices() {
            return choices;
        }

        @Override
        public List<String> read(JsonNode json, ReadContext context) throws InvalidValue {
            return known(Words.read(json, code()));
        }

        @Override
        public List<String> parse(String text, ReadContext context) throws InvalidValue {
            return known(Words.split(text));
        }

        private List<String> known(List<String> words) throws InvalidValue {
            var codes = new LinkedHashSet<String>();
            for (var word : words)
                codes.add(Choices.byWord(word, choices)
                        .orElseThrow(() -> Choices.unknown(word, choices))
                        .code());
            return choices.stream().map(Choice::code).filter(codes::contains).toList();
        }

        @Override
        public void write(JsonGenerator json, List<String> value) {
            Words.write(json, value);
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

    /** Free words that people give to records; at most 50 of 50 characters, without repetition. */
    public static final class Tags extends Base<List<String>> {
        public Tags() {
            super("tags", ColumnType.CODES);
        }

        @Override
        public List<String> read(JsonNode json, ReadContext context) throws InvalidValue {
            return checked(Words.read(json, code()));
        }

        @Override
        public List<String> parse(String text, ReadContext context) throws InvalidValue {
            return checked(Words.split(text));
        }

        private static List<String> checked(List<String> words) throws InvalidValue {
            var tags = new LinkedHashSet<String>();
            for (var word : words) {
                var tag = limited(storable(word.strip()), 50);
                if (!tag.isEmpty()) tags.add(tag);
            }
            if (tags.size() > 50) throw InvalidValue.of("too-many", "max", 50);
            return List.copyOf(tags);
        }

        @Override
        public void write(JsonGenerator json, List<String> value) {
            Words.write(json, value);
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

    /** Yes or no. */
    public static final class Flag extends Base<Boolean> {
        private static final List<String> YES = List.of("true", "yes", "y", "1", "是", "真", "有");
        private static final List<String> NO = List.of("false", "no", "n", "0", "否", "假", "无");

        public Flag() {
            super("flag", ColumnType.BOOLEAN);
        }

        @Override
        public Boolean read(JsonNode json, ReadContext context) throws InvalidValue {
            if (!json.isBoolean()) throw InvalidValue.of("type", "expected", code());
            return json.booleanValue();
        }

        @Override
        public Boolean parse(String text, ReadContext context) throws InvalidValue {
            var word = text.strip().toLowerCase(Locale.ROOT);
            if (YES.contains(word)) return true;
            if (NO.contains(word)) return false;
            throw InvalidValue.of("flag");
        }

        @Override
        public void write(JsonGenerator json, Boolean value) {
            json.writeBoolean(value);
        }

        @Override
        public String text(Boolean value) {
            return value.toString();
        }

        @Override
        public @Nullable Object[] toColumns(Boolean value) {
            return new Object[] {value};
        }

        @Override
        public @Nullable Boolean fromColumns(@Nullable Object[] columns) {
            return (Boolean) columns[0];
        }
    }

    /** A count: a whole number of 64 bits, a JSON number. */
    public static final class Whole extends Base<Long> {
        public Whole() {
            super("whole", ColumnType.BIGINT);
        }

        @Override
        public Long read(JsonNode json, ReadContext context) throws InvalidValue {
            if (!json.isIntegralNumber()) throw InvalidValue.of("type", "expected", code());
            if (!json.canConvertToLong()) throw InvalidValue.of("out-of-range");
            return json.longValue();
        }

        @Override
        public Long parse(String text, ReadContext context) throws InvalidValue {
            try {
                return plainNumber(text).longValueExact();
            } catch (ArithmeticException e) {
                throw InvalidValue.of("whole");
            }
        }

        @Override
        public void write(JsonGenerator json, Long value) {
            json.writeNumber(value);
        }

        @Override
        public String text(Long value) {
            return value.toString();
        }

        @Override
        public @Nullable Object[] toColumns(Long value) {
            return new Object[] {value};
        }

        @Override
        public @Nullable Long fromColumns(@Nullable Object[] columns) {
            return (Long) columns[0];
        }
    }

    /** Exact numbers, strings in JSON so that no client rounds them. At most 18 digits before and 6 after the point. */
    public abstract static sealed class NumberLike extends Base<BigDecimal> permits Decimal, Percent {
        private static final BigDecimal LIMIT = BigDecimal.TEN.pow(18);

        NumberLike(String code) {
            super(code, ColumnType.NUMERIC);
        }

        @Override
        public BigDecimal parse(String text, ReadContext context) throws InvalidValue {
            var number = plainNumber(text);
            if (number.abs().compareTo(LIMIT) >= 0) throw InvalidValue.of("out-of-range");
            if (number.stripTrailingZeros().scale() > 6) throw InvalidValue.of("decimals", "max", 6);
            return canonical(number);
        }

        @Override
        public String text(BigDecimal value) {
            return value.toPlainString();
        }

        @Override
        public @Nullable Object[] toColumns(BigDecimal value) {
            return new Object[] {value};
        }

        @Override
        public @Nullable BigDecimal fromColumns(@Nullable Object[] columns) {
            return columns[0] == null ? null : canonical((BigDecimal) columns[0]);
        }

        private static BigDecimal canonical(BigDecimal number) {
            var stripped = number.stripTrailingZeros();
            return stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
        }
    }

    /** An exact number. */
    public static final class Decimal extends NumberLike {
        public Decimal() {
            super("decimal");
        }
    }

    /** A share in percent: {@code "12.5"} is an eighth. A trailing percent sign is understood. */
    public static final class Percent extends NumberLike {
        public Percent() {
            super("percent");
        }

        @Override
        public BigDecimal parse(String text, ReadContext context) throws InvalidValue {
            var clean = text.strip().replace('％', '%');
            return super.parse(clean.endsWith("%") ? clean.substring(0, clean.length() - 1) : clean, context);
        }
    }

    /** A sum of money; {@code field.amount} and {@code field.currency} can be filtered. */
    public static final class MoneyAmount extends Base<Money> {
        private static final Pattern SYMBOLS = Pattern.compile("[A-Z]{3}|[¥￥$€£]");

        public MoneyAmount() {
            super(
                    "money",
                    List.of(
                            new Part("amount", "minor", ColumnType.BIGINT, new Decimal()),
                            new Part("currency", "currency", ColumnType.CODE, new Text(3))));
        }

        @Override
        public Money read(JsonNode json, ReadContext context) throws InvalidValue {
            if (!json.isObject()) throw InvalidValue.of("type", "expected", code());
            for (var name : json.propertyNames())
                if (!name.equals("amount") && !name.equals("currency")) throw InvalidValue.at(name, "unknown-field");
            var amount = json.get("amount");
            var currency = json.get("currency");
            if (amount == null || !amount.isString()) throw InvalidValue.at("amount", "required");
            if (currency == null || !currency.isString()) throw InvalidValue.at("currency", "required");
            return money(plainNumber(amount.stringValue()), currency(currency.stringValue()));
        }

        @Override
        public Money parse(String text, ReadContext context) throws InvalidValue {
            var clean = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
            var symbols = SYMBOLS.matcher(clean.toUpperCase(Locale.ROOT));
            var currency = symbols.find() ? bySymbol(symbols.group(), context) : context.currency();
            return money(
                    plainNumber(SYMBOLS.matcher(clean.toUpperCase(Locale.ROOT)).replaceAll("")), currency);
        }

        private static Currency bySymbol(String symbol, ReadContext context) throws InvalidValue {
            return switch (symbol) {
                case "¥", "￥" ->
                    context.currency().getCurrencyCode().equals("JPY")
                            ? context.currency()
                            : Currency.getInstance("CNY");
                case "$" -> Currency.getInstance("USD");
                case "€" -> Currency.getInstance("EUR");
                case "£" -> Currency.getInstance("GBP");
                default -> currency(symbol);
            };
        }

        private static Currency currency(String code) throws InvalidValue {
            try {
                return Currency.getInstance(code.strip().toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw InvalidValue.at("currency", "currency");
            }
        }

        private static Money money(BigDecimal amount, Currency currency) throws InvalidValue {
            try {
                return Money.of(amount, currency);
            } catch (ArithmeticException e) {
                throw InvalidValue.of("money", "decimals", currency.getDefaultFractionDigits());
            }
        }

        @Override
        public void write(JsonGenerator json, Money value) {
            json.writeStartObject();
            json.writeStringProperty("amount", value.amount().toPlainString());
            json.writeStringProperty("currency", value.currency().getCurrencyCode());
            json.writeEndObject();
        }

        @Override
        public String text(Money value) {
            return value.amount().toPlainString() + " " + value.currency().getCurrencyCode();
        }

        @Override
        public @Nullable Object[] toColumns(Money value) {
            return new Object[] {value.minorUnits(), value.currency().getCurrencyCode()};
        }

        @Override
        public @Nullable Money fromColumns(@Nullable Object[] columns) {
            if (columns[0] == null || columns[1] == null) return null;
            return new Money((Long) columns[0], Currency.getInstance((String) columns[1]));
        }
    }

    /** A day on the calendar, without a time or a zone. */
    public static final class Day extends Base<LocalDate> {
        public Day() {
            super("date", ColumnType.DATE);
        }

        @Override
        public LocalDate read(JsonNode json, ReadContext context) throws InvalidValue {
            if (!json.isString()) throw InvalidValue.of("type", "expected", code());
            try {
                return inRange(LocalDate.parse(json.stringValue()));
            } catch (DateTimeException e) {
                throw InvalidValue.of("date");
            }
        }

        @Override
        public LocalDate parse(String text, ReadContext context) throws InvalidValue {
            return inRange(WrittenDates.date(text).orElseThrow(() -> InvalidValue.of("date")));
        }

        private static LocalDate inRange(LocalDate date) throws InvalidValue {
            if (date.getYear() < 1 || date.getYear() > 9999) throw InvalidValue.of("out-of-range");
            return date;
        }

        @Override
        public String text(LocalDate value) {
            return value.toString();
        }

        @Override
        public @Nullable Object[] toColumns(LocalDate value) {
            return new Object[] {value};
        }

        @Override
        public @Nullable LocalDate fromColumns(@Nullable Object[] columns) {
            return (LocalDate) columns[0];
        }
    }

    /** A moment, kept to the microsecond. */
    public static final class Moment extends Base<Instant> {
        public Moment() {
            super("moment", ColumnType.TIMESTAMP);
        }

        @Override
        public Instant read(JsonNode json, ReadContext context) throws InvalidValue {
            if (!json.isString()) throw InvalidValue.of("type", "expected", code());
            try {
                return inRange(OffsetDateTime.parse(json.stringValue()).toInstant());
            } catch (DateTimeException e) {
                throw InvalidValue.of("moment");
            }
        }

        @Override
        public Instant parse(String text, ReadContext context) throws InvalidValue {
            return inRange(WrittenDates.moment(text, context.zone()).orElseThrow(() -> InvalidValue.of("moment")));
        }

        private static Instant inRange(Instant moment) throws InvalidValue {
            int year = moment.atZone(java.time.ZoneOffset.UTC).getYear();
            if (year < 1 || year > 9999) throw InvalidValue.of("out-of-range");
            return moment.truncatedTo(java.time.temporal.ChronoUnit.MICROS);
        }

        @Override
        public String text(Instant value) {
            var time = LocalDateTime.ofEpochSecond(value.getEpochSecond(), value.getNano(), ZoneOffset.UTC);
            boolean wholeMinute = time.getSecond() == 0 && time.getNano() == 0;
            // the same text either way; the local time is written several times faster, but leaves zero seconds out
            return wholeMinute ? value.toString() : time + "Z";
        }

        @Override
        public @Nullable Object[] toColumns(Instant value) {
            return new Object[] {value};
        }

        @Override
        public @Nullable Instant fromColumns(@Nullable Object[] columns) {
            return (Instant) columns[0];
        }

        @Override
        public String searchText(Instant value) {
            return "";
        }
    }

    /** A length of time in whole seconds, ISO 8601 in JSON ({@code PT1H30M}); minutes may be written as a bare number. */
    public static final class Span extends Base<Duration> {
        public Span() {
            super("duration", ColumnType.BIGINT);
        }

        @Override
        public Duration parse(String text, ReadContext context) throws InvalidValue {
            var clean = text.strip();
            try {
                if (clean.matches("\\d{1,6}")) return Duration.ofMinutes(Long.parseLong(clean));
                var duration = Duration.parse(clean);
                if (duration.isNegative() || duration.toDays() > 36_500) throw InvalidValue.of("out-of-range");
                return duration.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
            } catch (DateTimeException e) {
                throw InvalidValue.of("duration");
            }
        }

        @Override
        public String text(Duration value) {
            return value.toString();
        }

        @Override
        public @Nullable Object[] toColumns(Duration value) {
            return new Object[] {value.toSeconds()};
        }

        @Override
        public @Nullable Duration fromColumns(@Nullable Object[] columns) {
            return columns[0] == null ? null : Duration.ofSeconds((Long) columns[0]);
        }
    }

    /** A link to one record of {@code target}. Written as its id, read with its name. */
    public static final class Lookup extends Base<RecordId> {
        private final String target;

        public Lookup(String target) {
            super("lookup", ColumnType.UUID);
            this.target = target;
        }

        public String target() {
            return target;
        }

        @Override
        public RecordId parse(String text, ReadContext context) throws InvalidValue {
            return RecordId.parse(text.strip()).orElseThrow(() -> InvalidValue.of("id"));
        }

        @Override
        public String text(RecordId value) {
            return value.toString();
        }

        @Override
        public @Nullable Object[] toColumns(RecordId value) {
            return new Object[] {value.value()};
        }

        @Override
        public @Nullable RecordId fromColumns(@Nullable Object[] columns) {
            return columns[0] == null ? null : new RecordId((UUID) columns[0]);
        }

        @Override
        public String searchText(RecordId value) {
            return "";
        }
    }

    /** Links to any number of records of {@code target}, at most 200, in no order that matters. */
    public static final class Lookups extends Base<List<RecordId>> {
        private final String target;

        public Lookups(String target) {
            super("lookups", ColumnType.UUIDS);
            this.target = target;
        }

        public String target() {
            return target;
        }

        @Override
        public List<RecordId> read(JsonNode json, ReadContext context) throws InvalidValue {
            return ids(Words.read(json, code()));
        }

        @Override
        public List<RecordId> parse(String text, ReadContext context) throws InvalidValue {
            return ids(Words.split(text));
        }

        private static List<RecordId> ids(List<String> words) throws InvalidValue {
            var ids = new LinkedHashSet<RecordId>();
            for (var word : words) ids.add(RecordId.parse(word).orElseThrow(() -> InvalidValue.of("id")));
            if (ids.size() > 200) throw InvalidValue.of("too-many", "max", 200);
            return List.copyOf(ids);
        }

        @Override
        public void write(JsonGenerator json, List<RecordId> value) {
            Words.write(json, value.stream().map(RecordId::toString).toList());
        }

        @Override
        public String text(List<RecordId> value) {
            return String.join(";", value.stream().map(RecordId::toString).toList());
        }

        @Override
        public @Nullable Object[] toColumns(List<RecordId> value) {
            return new Object[] {value.stream().map(RecordId::value).toArray(UUID[]::new)};
        }

        @Override
        public @Nullable List<RecordId> fromColumns(@Nullable Object[] columns) {
            if (columns[0] == null) return null;
            return Arrays.stream((UUID[]) columns[0]).map(RecordId::new).toList();
        }

        @Override
        public String searchText(List<RecordId> value) {
            return "";
        }
    }

    /** A postal address; each part is filtered as {@code field.city}. A written address is split where it can be. */
    public static final class PostalAddress extends Base<Address> {
        private static final List<String> NAMES =
                List.of("country", "province", "city", "district", "street", "postcode");

        public PostalAddress() {
            super("address", partsInOrder());
        }

        private static List<Part> partsInOrder() {
            var order = new ArrayList<Part>();
            order.add(new Part("city", "city", ColumnType.WORDS, new Text()));
            for (var name : NAMES)
                if (!name.equals("city")) order.add(new Part(name, name, ColumnType.WORDS, new Text()));
            return List.copyOf(order);
        }

        @Override
        public Address read(JsonNode json, ReadContext context) throws InvalidValue {
            if (!json.isObject()) throw InvalidValue.of("type", "expected", code());
            for (var name : json.propertyNames())
                if (!NAMES.contains(name)) throw InvalidValue.at(name, "unknown-field");
            return new Address(
                    country(part(json, "country")),
                    part(json, "province"),
                    part(json, "city"),
                    part(json, "district"),
                    part(json, "street"),
                    part(json, "postcode"));
        }

        private static String part(JsonNode json, String name) throws InvalidValue {
            var value = json.get(name);
            if (value == null || value.isNull()) return "";
            if (!value.isString()) throw InvalidValue.at(name, "type");
            return clean(value.stringValue());
        }

        /** One part of an address as a file gives it. */
        public static String clean(String text) throws InvalidValue {
            return limited(storable(text.strip().replaceAll("\\s+", " ")), 255);
        }

        /** A country as a file gives it: its code, or its name in English or Chinese. */
        public static String country(String text) throws InvalidValue {
            if (text.isEmpty()) return "";
            return Countries.code(text).orElseThrow(() -> InvalidValue.at("country", "country"));
        }

        @Override
        public Address parse(String text, ReadContext context) throws InvalidValue {
            return WrittenAddresses.parse(clean(text));
        }

        @Override
        public void write(JsonGenerator json, Address value) {
            json.writeStartObject();
            write(json, "country", value.country());
            write(json, "province", value.province());
            write(json, "city", value.city());
            write(json, "district", value.district());
            write(json, "street", value.street());
            write(json, "postcode", value.postcode());
            json.writeEndObject();
        }

        private static void write(JsonGenerator json, String name, String part) {
            if (!part.isEmpty()) json.writeStringProperty(name, part);
        }

        @Override
        public String text(Address value) {
            boolean chinese =
                    value.country().equals("CN") || value.city().codePoints().anyMatch(Character::isIdeographic);
            var parts = chinese
                    ? List.of(value.province(), value.city(), value.district(), value.street())
                    : List.of(
                            value.street(),
                            value.district(),
                            value.city(),
                            value.province(),
                            value.postcode(),
                            value.country());
            return String.join(
                    chinese ? "" : ", ",
                    parts.stream().distinct().filter(part -> !part.isEmpty()).toList());
        }

        @Override
        public @Nullable Object[] toColumns(Address value) {
            return new Object[] {
                empty(value.city()),
                empty(value.country()),
                empty(value.province()),
                empty(value.district()),
                empty(value.street()),
                empty(value.postcode())
            };
        }

        private static @Nullable String empty(String part) {
            return part.isEmpty() ? null : part;
        }

        @Override
        public @Nullable Address fromColumns(@Nullable Object[] columns) {
            if (Arrays.stream(columns).allMatch(Objects::isNull)) return null;
            return new Address(
                    orEmpty(columns[1]),
                    orEmpty(columns[2]),
                    orEmpty(columns[0]),
                    orEmpty(columns[3]),
                    orEmpty(columns[4]),
                    orEmpty(columns[5]));
        }

        private static String orEmpty(@Nullable Object column) {
            return column == null ? "" : (String) column;
        }
    }

    /** A person's name, filtered and sorted by its full form. */
    public static final class FullName extends Base<PersonName> {
        public FullName() {
            super(
                    "personName",
                    List.of(
                            new Part("full", "full", ColumnType.WORDS, new Text()),
                            new Part("family", "family", ColumnType.WORDS, new Text()),
                            new Part("given", "given", ColumnType.WORDS, new Text())));
        }

        @Override
        public PersonName read(JsonNode json, ReadContext context) throws InvalidValue {
            if (!json.isObject()) throw InvalidValue.of("type", "expected", code());
            for (var name : json.propertyNames())
                if (!List.of("family", "given", "full").contains(name)) throw InvalidValue.at(name, "unknown-field");
            var full = part(json, "full");
            boolean onlyFull = !json.has("family") && !json.has("given") && !full.isBlank();
            return onlyFull ? parse(full, context) : checked(part(json, "family"), part(json, "given"));
        }

        private static String part(JsonNode json, String name) throws InvalidValue {
            var value = json.get(name);
            if (value == null || value.isNull()) return "";
            if (!value.isString()) throw InvalidValue.at(name, "type");
            return value.stringValue();
        }

        /** A name from its parts as a file gives them. @throws InvalidValue if both are empty */
        public static PersonName checked(String family, String given) throws InvalidValue {
            var name = new PersonName(clean(family), clean(given));
            if (name.full().isEmpty()) throw InvalidValue.of("required");
            return name;
        }

        private static String clean(String text) throws InvalidValue {
            return limited(storable(text.strip().replaceAll("\\s+", " ")), 120);
        }

        @Override
        public PersonName parse(String text, ReadContext context) throws InvalidValue {
            var name = PersonName.parse(storable(text.replaceAll("\\s+", " ")));
            return checked(name.family(), name.given());
        }

        @Override
        public void write(JsonGenerator json, PersonName value) {
            json.writeStartObject();
            json.writeStringProperty("family", value.family());
            json.writeStringProperty("given", value.given());
            json.writeStringProperty("full", value.full());
            json.writeEndObject();
        }

        @Override
        public String text(PersonName value) {
            return value.full();
        }

        @Override
        public @Nullable Object[] toColumns(PersonName value) {
            return new Object[] {value.full(), value.family(), value.given()};
        }

        @Override
        public @Nullable PersonName fromColumns(@Nullable Object[] columns) {
            if (columns[0] == null) return null;
            return new PersonName(
                    Objects.requireNonNullElse((String) columns[1], ""),
                    Objects.requireNonNullElse((String) columns[2], ""));
        }
    }

    /** A stored file, named by the id that {@code POST /api/files} answered. */
    public static final class Attachment extends Base<RecordId> {
        public Attachment() {
            super("attachment", ColumnType.UUID);
        }

        @Override
        public RecordId parse(String text, ReadContext context) throws InvalidValue {
            return RecordId.parse(text.strip()).orElseThrow(() -> InvalidValue.of("id"));
        }

        @Override
        public String text(RecordId value) {
            return value.toString();
        }

        @Override
        public @Nullable Object[] toColumns(RecordId value) {
            return new Object[] {value.value()};
        }

        @Override
        public @Nullable RecordId fromColumns(@Nullable Object[] columns) {
            return columns[0] == null ? null : new RecordId((UUID) columns[0]);
        }

        @Override
        public String searchText(RecordId value) {
            return "";
        }
    }

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

    private static String limited(String text, int max) throws InvalidValue {
        if (text.length() > max) throw InvalidValue.of("too-long", "max", max);
        return text;
    }

    private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?");
    private static final Pattern PLAIN = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,2})?");

    private static BigDecimal plainNumber(String text) throws InvalidValue {
        var clean = text.strip();
        if (clean.length() > 60) throw InvalidValue.of("number");
        clean = Normalizer.normalize(clean, Normalizer.Form.NFKC).replace(" ", "");
        if (GROUPED.matcher(clean).matches()) clean = clean.replace(",", "");
        if (!PLAIN.matcher(clean).matches()) throw InvalidValue.of("number");
        return new BigDecimal(clean);
    }
}
