package dev.rapport.customer;

import dev.rapport.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a line of an order, a quote or a deal comes to, exact to the currency's minor unit: rounded half up once for the
 * goods and once for the tax, so that the sums of a paper are the sums of its lines.
 *
 * @param net without tax
 * @param tax on the net amount
 */
public record LineAmount(Money net, Money tax) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Whether prices are written with tax in them. */
    public enum Prices {
        WITHOUT_TAX,
        WITH_TAX
    }

    /**
     * @param discount percent off, from 0 to 100; null for none
     * @param taxRate percent; null for none
     * @throws ArithmeticException if the amount is beyond 2^63 minor units
     */
    public static LineAmount of(
            Money price,
            BigDecimal quantity,
            @Nullable BigDecimal discount,
            @Nullable BigDecimal taxRate,
            Prices prices) {
        var goods = goods(price, quantity, discount);
        var rate = taxRate == null ? BigDecimal.ZERO : taxRate;
        if (prices == Prices.WITHOUT_TAX) {
            var tax = share(goods, rate, HUNDRED);
            return new LineAmount(goods, tax);
        }
        var tax = share(goods, rate, HUNDRED.add(rate));
        return new LineAmount(
                new Money(Math.subtractExact(goods.minorUnits(), tax.minorUnits()), goods.currency()), tax);
    }

    /** Quantity × price less the discount, rounded half up. @throws ArithmeticException if it is beyond 2^63 minor units */
    public static Money goods(Money price, BigDecimal quantity, @Nullable BigDecimal discount) {
        var amount = BigDecimal.valueOf(price.minorUnits()).multiply(quantity);
        if (discount != null)
            amount = amount.multiply(HUNDRED.subtract(discount)).divide(HUNDRED);
        return new Money(amount.setScale(0, RoundingMode.HALF_UP).longValueExact(), price.currency());
    }

    private static Money share(Money whole, BigDecimal part, BigDecimal of) {
        var amount = BigDecimal.valueOf(whole.minorUnits()).multiply(part).divide(of, 0, RoundingMode.HALF_UP);
        return new Money(amount.longValueExact(), whole.currency());
    }

    public Money total() {
        return new Money(Math.addExact(net.minorUnits(), tax.minorUnits()), net.currency());
    }
}
