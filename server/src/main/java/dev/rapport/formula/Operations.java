package dev.rapport.formula;

import dev.rapport.formula.Compiler.Typed;
import dev.rapport.formula.Formula.Node;
import dev.rapport.kernel.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** What the signs between two parts of a formula do. A sum with nothing in it is nothing; so is what cannot be computed. */
final class Operations {
    static final MathContext PRECISION = MathContext.DECIMAL128;
    /** Longer texts are cut, so that no formula can grow one without bound. */
    private static final int LONGEST_TEXT = 4_000;

    private static final int MOST_DIGITS = 60;

    private static final BigDecimal SECONDS_OF_DAY = BigDecimal.valueOf(86_400);

    private Operations() {}

    /** Greater numbers than any field could hold are no value: written out, they would fill the memory. */
    static BigDecimal bounded(BigDecimal number) {
        if (Math.abs((long) number.precision() - number.scale()) > MOST_DIGITS) throw new ArithmeticException("range");
        return number;
    }

    /** Applies {@code operator} to two values that are there. */
    private static Node both(Typed left, Typed right, BinaryOperator<@Nullable Object> operator) {
        return scope -> {
            var one = left.node().value(scope);
            var other = right.node().value(scope);
            if (one == null || other == null) return null;
            try {
                return operator.apply(one, other);
            } catch (ArithmeticException | DateTimeException outOfRange) {
                return null;
            }
        };
    }

    private static Typed typed(Kind kind, Typed left, Node node) {
        return new Typed(kind, left.column(), node);
    }

    static Typed or(Typed left, Typed right) throws FormulaError {
        want(Kind.FLAG, left);
        want(Kind.FLAG, right);
        return typed(
                Kind.FLAG,
                left,
                scope -> isTrue(left.node().value(scope)) || isTrue(right.node().value(scope)));
    }

    static Typed and(Typed left, Typed right) throws FormulaError {
        want(Kind.FLAG, left);
        want(Kind.FLAG, right);
        return typed(
                Kind.FLAG,
                left,
                scope -> isTrue(left.node().value(scope)) && isTrue(right.node().value(scope)));
    }

    static Typed not(Typed part) throws FormulaError {
        want(Kind.FLAG, part);
        return typed(Kind.FLAG, part, scope -> !isTrue(part.node().value(scope)));
    }

    static boolean isTrue(@Nullable Object value) {
        return Boolean.TRUE.equals(value);
    }

    /** @throws FormulaError unless {@code part} is of this kind */
    static void want(Kind kind, Typed part) throws FormulaError {
        if (!part.kind().fits(kind)) throw mismatch(part, kind.word());
    }

    static FormulaError mismatch(Typed part, String expected) {
        return new FormulaError(
                "kind",
                part.column(),
                Map.of("expected", expected, "found", part.kind().word()));
    }

    /** Equality knows nothing as a value; the orders hold for nothing only where both sides are there. */
    static Typed compare(String sign, Typed left, Typed right) throws FormulaError {
        boolean amounts = isAmount(left) && isAmount(right);
        if (!amounts && !left.kind().fits(right.kind()) && !right.kind().fits(left.kind()))
            throw mismatch(right, left.kind().word());
        boolean equality = sign.equals("=") || sign.equals("==") || sign.equals("!=") || sign.equals("<>");
        boolean ordered = left.kind() != Kind.LINK && left.kind() != Kind.LIST && left.kind() != Kind.FLAG;
        if (!equality && !ordered) throw mismatch(left, Kind.NUMBER.word());
        if (equality) {
            boolean negated = sign.equals("!=") || sign.equals("<>");
            return typed(
                    Kind.FLAG,
                    left,
                    scope -> same(left.node().value(scope), right.node().value(scope)) != negated);
        }
        return typed(Kind.FLAG, left, both(left, right, (one, other) -> {
            int order = order(one, other);
            return switch (sign) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        }));
    }

    private static boolean isAmount(Typed part) {
        return part.kind() == Kind.NUMBER || part.kind() == Kind.MONEY;
    }

    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Money money && other instanceof Money second) return money.equals(second);
        if (one != null && other != null && isNumeric(one) && isNumeric(other)) return order(one, other) == 0;
        return Objects.equals(blankToNull(one), blankToNull(other));
    }

    private static @Nullable Object blankToNull(@Nullable Object value) {
        return "".equals(value) ? null : value;
    }

    private static boolean isNumeric(Object value) {
        return value instanceof BigDecimal || value instanceof Money;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static int order(Object one, Object other) {
        if (isNumeric(one)) return number(one).compareTo(number(other));
        return ((Comparable) one).compareTo(other);
    }

    private static BigDecimal number(Object value) {
        return value instanceof Money money ? money.amount() : (BigDecimal) value;
    }

    static Typed concat(Typed left, Typed right) {
        return typed(
                Kind.TEXT,
                left,
                scope -> cut(text(left.node().value(scope)) + text(right.node().value(scope))));
    }

    static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    /** A value as text; nothing is the empty text. */
    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal number -> plain(number).toPlainString();
            case Money money ->
                money.amount().toPlainString() + " " + money.currency().getCurrencyCode();
            default -> value.toString();
        };
    }

    private static BigDecimal plain(BigDecimal number) {
        var stripped = number.setScale(Math.min(number.scale(), 6), RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
    }

    static Typed add(Typed left, Typed right) throws FormulaError {
        if (left.kind() == Kind.TEXT && right.kind() == Kind.TEXT) return concat(left, right);
        if (isTime(left) && right.kind().fits(Kind.NUMBER))
            return typed(left.kind(), left, both(left, right, (one, days) -> later(one, (BigDecimal) days)));
        if (left.kind() == Kind.MONEY || right.kind() == Kind.MONEY) {
            want(Kind.MONEY, left);
            want(Kind.MONEY, right);
            return typed(Kind.MONEY, left, both(left, right, (one, other) -> money((Money) one, (Money) other, 1)));
        }
        want(Kind.NUMBER, left);
        want(Kind.NUMBER, right);
        return typed(
                Kind.NUMBER,
                left,
                both(left, right, (one, other) -> bounded(((BigDecimal) one).add((BigDecimal) other, PRECISION))));
    }

    static Typed subtract(Typed left, Typed right) throws FormulaError {
        if (isTime(left)) {
            if (right.kind() == Kind.NUMBER)
                return typed(
                        left.kind(), left, both(left, right, (one, days) -> later(one, ((BigDecimal) days).negate())));
            want(left.kind(), right);
            return typed(Kind.NUMBER, left, both(left, right, Operations::days));
        }
        if (left.kind() == Kind.MONEY || right.kind() == Kind.MONEY) {
            want(Kind.MONEY, left);
            want(Kind.MONEY, right);
            return typed(Kind.MONEY, left, both(left, right, (one, other) -> money((Money) one, (Money) other, -1)));
        }
        want(Kind.NUMBER, left);
        want(Kind.NUMBER, right);
        return typed(
                Kind.NUMBER,
                left,
                both(left, right, (one, other) -> bounded(((BigDecimal) one).subtract((BigDecimal) other, PRECISION))));
    }

    private static boolean isTime(Typed part) {
        return part.kind() == Kind.DATE || part.kind() == Kind.MOMENT;
    }

    /** Amounts of two currencies have no sum. */
    private static @Nullable Money money(Money one, Money other, int sign) {
        if (!one.currency().equals(other.currency())) return null;
        return new Money(Math.addExact(one.minorUnits(), Math.multiplyExact(other.minorUnits(), sign)), one.currency());
    }

    /** {@code time} so many days later; a date takes whole days only. */
    static Object later(Object time, BigDecimal days) {
        if (time instanceof LocalDate date)
            return date.plusDays(days.setScale(0, RoundingMode.DOWN).longValueExact());
        var seconds = days.multiply(SECONDS_OF_DAY).setScale(0, RoundingMode.HALF_UP);
        return ((Instant) time).plusSeconds(seconds.longValueExact());
    }

    /** Days from {@code other} to {@code one}. */
    static BigDecimal days(Object one, Object other) {
        if (one instanceof LocalDate date) return BigDecimal.valueOf(ChronoUnit.DAYS.between((LocalDate) other, date));
        var between = Duration.between((Instant) other, (Instant) one);
        return BigDecimal.valueOf(between.toSeconds()).divide(SECONDS_OF_DAY, PRECISION);
    }

    static Typed multiply(Typed left, Typed right) throws FormulaError {
        if (left.kind() == Kind.MONEY || right.kind() == Kind.MONEY) {
            want(left.kind() == Kind.MONEY ? Kind.NUMBER : Kind.MONEY, right);
            if (left.kind() != Kind.MONEY) want(Kind.NUMBER, left);
            return typed(
                    Kind.MONEY,
                    left,
                    both(
                            left,
                            right,
                            (one, other) -> one instanceof Money money
                                    ? times(money, (BigDecimal) other)
                                    : times((Money) other, (BigDecimal) one)));
        }
        want(Kind.NUMBER, left);
        want(Kind.NUMBER, right);
        return typed(
                Kind.NUMBER,
                left,
                both(left, right, (one, other) -> bounded(((BigDecimal) one).multiply((BigDecimal) other, PRECISION))));
    }

    private static Money times(Money money, BigDecimal factor) {
        var minor = BigDecimal.valueOf(money.minorUnits()).multiply(factor).setScale(0, RoundingMode.HALF_UP);
        return new Money(minor.longValueExact(), money.currency());
    }

    static Typed divide(Typed left, Typed right) throws FormulaError {
        if (left.kind() == Kind.MONEY && right.kind() == Kind.MONEY)
            return typed(Kind.NUMBER, left, both(left, right, (one, other) -> {
                var money = (Money) one;
                var second = (Money) other;
                if (!money.currency().equals(second.currency())) return null;
                return money.amount().divide(second.amount(), PRECISION);
            }));
        want(Kind.NUMBER, right);
        if (left.kind() == Kind.MONEY)
            return typed(
                    Kind.MONEY,
                    left,
                    both(
                            left,
                            right,
                            (one, other) -> times((Money) one, BigDecimal.ONE.divide((BigDecimal) other, PRECISION))));
        want(Kind.NUMBER, left);
        return typed(
                Kind.NUMBER,
                left,
                both(left, right, (one, other) -> bounded(((BigDecimal) one).divide((BigDecimal) other, PRECISION))));
    }

    static Typed negate(int column, Typed part) throws FormulaError {
        if (part.kind() == Kind.MONEY)
            return new Typed(
                    Kind.MONEY,
                    column,
                    scope -> part.node().value(scope) instanceof Money money
                            ? new Money(-money.minorUnits(), money.currency())
                            : null);
        want(Kind.NUMBER, part);
        return new Typed(
                Kind.NUMBER,
                column,
                scope -> part.node().value(scope) instanceof BigDecimal number ? number.negate() : null);
    }
}
