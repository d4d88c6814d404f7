package dev.rapport.kernel;

import java.math.BigDecimal;
import java.util.Currency;

/** An exact amount in one currency, counted in that currency's minor unit (fen for CNY, yen for JPY). */
public record Money(long minorUnits, Currency currency) {
    /** @throws ArithmeticException if {@code amount} has more decimals than the currency, or is beyond 2^63 minor units */
    public static Money of(BigDecimal amount, Currency currency) {
        return new Money(amount.movePointRight(decimals(currency)).longValueExact(), currency);
    }

    /** The amount in major units with exactly the currency's decimals, such as {@code 1250.00}. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(minorUnits, decimals(currency));
    }

    private static int decimals(Currency currency) {
        return Math.max(0, currency.getDefaultFractionDigits());
    }
}
