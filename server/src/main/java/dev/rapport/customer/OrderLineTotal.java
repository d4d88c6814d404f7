package dev.rapport.customer;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Computes a line's total, exact to the minor unit and rounded half up once, and takes name and price from its product. */
@Component
class OrderLineTotal implements RecordRule {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Override
    public String object() {
        return "orderLine";
    }

    @Override
    public Verdict decide(Change change, Lookups lookups) {
        if (change.kind() == Change.Kind.DELETE || change.kind() == Change.Kind.RESTORE) return Verdict.accept();
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        var price = price(change, lookups, values);
        var discount = change.after(OrderLine.DISCOUNT);
        if (discount != null && (discount.signum() < 0 || discount.compareTo(HUNDRED) > 0))
            return new Verdict.Reject(List.of(new Violation("discount", "range", Map.of("min", 0, "max", 100))));
        var freight = change.after(OrderLine.FREIGHT);
        if (price != null && freight != null && !price.currency().equals(freight.currency()))
            return Verdict.reject(OrderLine.FREIGHT, "mixed-currencies");
        var taxRate = change.after(OrderLine.TAX_RATE);
        if (taxRate != null && (taxRate.signum() < 0 || taxRate.compareTo(HUNDRED) > 0))
            return new Verdict.Reject(List.of(new Violation("taxRate", "range", Map.of("min", 0, "max", 100))));
        try {
            total(change, price, discount, values);
        } catch (ArithmeticException e) {
            return Verdict.reject(OrderLine.QUANTITY, "out-of-range");
        }
        return new Verdict.Amend(values);
    }

    private static @Nullable Money price(Change change, Lookups lookups, Map<Field<?>, @Nullable Object> values) {
        var product = change.after(OrderLine.PRODUCT);
        var price = change.after(OrderLine.UNIT_PRICE);
        if (product == null) return price;
        if (change.after(OrderLine.NAME) == null)
            values.put(OrderLine.NAME, lookups.value("product", product, Product.NAME));
        if (price != null) return price;
        var listed = lookups.value("product", product, Product.PRICE);
        values.put(OrderLine.UNIT_PRICE, listed);
        return listed;
    }

    private static void total(
            Change change,
            @Nullable Money price,
            @Nullable BigDecimal discount,
            Map<Field<?>, @Nullable Object> values) {
        var freight = change.after(OrderLine.FREIGHT);
        var taxRate = change.after(OrderLine.TAX_RATE);
        if (price == null) {
            values.put(OrderLine.TAX, null);
            values.put(OrderLine.TOTAL, freight);
            return;
        }
        var quantity = change.after(OrderLine.QUANTITY);
        var amount = LineAmount.of(
                price,
                quantity == null ? BigDecimal.ONE : quantity,
                discount,
                taxRate,
                Boolean.TRUE.equals(change.after(OrderLine.TAX_INCLUDED))
                        ? LineAmount.Prices.WITH_TAX
                        : LineAmount.Prices.WITHOUT_TAX);
        values.put(OrderLine.TAX, taxRate == null ? null : amount.tax());
        var total = Math.addExact(amount.total().minorUnits(), freight == null ? 0 : freight.minorUnits());
        values.put(OrderLine.TOTAL, new Money(total, price.currency()));
    }
}
