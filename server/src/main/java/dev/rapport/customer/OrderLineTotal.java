package dev.rapport.customer;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
        try {
            values.put(OrderLine.TOTAL, total(change, price, discount, freight));
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

    private static @Nullable Money total(
            Change change, @Nullable Money price, @Nullable BigDecimal discount, @Nullable Money freight) {
        if (price == null) return freight;
        var quantity = change.after(OrderLine.QUANTITY);
        var amount = BigDecimal.valueOf(price.minorUnits()).multiply(quantity == null ? BigDecimal.ONE : quantity);
        if (discount != null)
            amount = amount.multiply(HUNDRED.subtract(discount)).divide(HUNDRED);
        var goods = amount.setScale(0, RoundingMode.HALF_UP).longValueExact();
        return new Money(Math.addExact(goods, freight == null ? 0 : freight.minorUnits()), price.currency());
    }
}
