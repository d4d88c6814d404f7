package dev.rapport.metadata;

import dev.rapport.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Types of figures: yes or no, numbers, amounts of money. */
public final class NumberTypes {
    private NumberTypes() {}

    /** Yes or no. */
    public static final class Flag extends BaseType<Boolean> {
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
    public static final class Whole extends BaseType<Long> {
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
                return WrittenText.plainNumber(text).longValueExact();
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
    public abstract static sealed class NumberLike extends BaseType<BigDecimal> permits Decimal, Percent {
        private static final BigDecimal LIMIT = BigDecimal.TEN.pow(18);

        NumberLike(String code) {
            super(code, ColumnType.NUMERIC);
        }

        @Override
        public BigDecimal parse(String text, ReadContext context) throws InvalidValue {
            var number = WrittenText.plainNumber(text);
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
    public static final class MoneyAmount extends BaseType<Money> {
        private static final Pattern SYMBOLS = Pattern.compile("[A-Z]{3}|[¥￥$€£]");

        public MoneyAmount() {
            super(
                    "money",
                    List.of(
                            new Part("amount", "minor", ColumnType.BIGINT, new Decimal()),
                            new Part("currency", "currency", ColumnType.CODE, new TextTypes.Text(3))));
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
            return money(WrittenText.plainNumber(amount.stringValue()), currency(currency.stringValue()));
        }

        @Override
        public Money parse(String text, ReadContext context) throws InvalidValue {
            var clean = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
            var symbols = SYMBOLS.matcher(clean.toUpperCase(Locale.ROOT));
            var currency = symbols.find() ? bySymbol(symbols.group(), context) : context.currency();
            return money(
                    WrittenText.plainNumber(
                            SYMBOLS.matcher(clean.toUpperCase(Locale.ROOT)).replaceAll("")),
                    currency);
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
}
