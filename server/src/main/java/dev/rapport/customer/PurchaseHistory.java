package dev.rapport.customer;

import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;

import dev.rapport.kernel.Money;
import dev.rapport.metadata.Computation;
import dev.rapport.metadata.Computation.Function;
import dev.rapport.metadata.Computation.RollUp;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.TimeTypes;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a customer from their orders: the same figures for companies and people. */
final class PurchaseHistory {
    private PurchaseHistory() {}

    static Field<Long> orderCount(String via) {
        return field("orderCount", new NumberTypes.Whole(), "Orders", "订单数", READ_ONLY, NO_HISTORY)
                .computedBy(over(Function.COUNT, via, null));
    }

    /** Empty where the orders are in several currencies. */
    static Field<Money> ordersTotal(String via) {
        return field("ordersTotal", new NumberTypes.MoneyAmount(), "Ordered in all", "订单总额", READ_ONLY, NO_HISTORY)
                .computedBy(over(Function.SUM, via, "total"));
    }

    static Field<Money> averageOrder() {
        return field("averageOrder", new NumberTypes.MoneyAmount(), "Average order", "平均客单价", READ_ONLY, NO_HISTORY)
                .computedBy(new Computation.Formula(
                        "if(orderCount > 0, ordersTotal / orderCount, null)", Set.of("orderCount", "ordersTotal")));
    }

    static Field<Instant> firstOrder(String via) {
        return field("firstOrderAt", new TimeTypes.Moment(), "First order", "首次下单", READ_ONLY, NO_HISTORY)
                .computedBy(over(Function.MIN, via, "orderedAt"));
    }

    static Field<Instant> lastOrder(String via) {
        return field("lastOrderAt", new TimeTypes.Moment(), "Last order", "最近下单", READ_ONLY, NO_HISTORY)
                .computedBy(over(Function.MAX, via, "orderedAt"));
    }

    private static RollUp over(Function function, String via, @Nullable String field) {
        return new RollUp(function, "order", via, field, null);
    }
}
