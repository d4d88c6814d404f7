package dev.rapport.sales;

import dev.rapport.customer.LineAmount;
import dev.rapport.customer.Product;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Prices lines of deals and quotes. */
@Configuration(proxyBeanMethods = false)
class LineRules {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Bean
    RecordRule opportunityLineTotal() {
        return new OpportunityLineTotal();
    }

    @Bean
    RecordRule quoteLinePrice() {
        return new QuoteLinePrice();
    }

    private static List<Violation> checked(
            Change change,
            Field<BigDecimal> quantity,
            Field<BigDecimal> discount,
            @Nullable Field<BigDecimal> taxRate) {
        var violations = new ArrayList<Violation>();
        var amount = change.after(quantity);
        if (amount != null && amount.signum() <= 0) violations.add(Violation.of(quantity.name(), "positive"));
        percent(change, discount, violations);
        if (taxRate != null) percent(change, taxRate, violations);
        return violations;
    }

    private static void percent(Change change, Field<BigDecimal> field, List<Violation> violations) {
        var value = change.after(field);
        if (value != null && (value.signum() < 0 || value.compareTo(HUNDRED) > 0))
            violations.add(new Violation(field.name(), "range", Map.of("min", 0, "max", 100)));
    }

    private static final class OpportunityLineTotal implements RecordRule {
        @Override
        public String object() {
            return "opportunityLine";
        }

        @Override
        public Verdict decide(Change change, Lookups lookups) {
            if (change.kind() == Change.Kind.DELETE || change.kind() == Change.Kind.RESTORE) return Verdict.accept();
            var violations = checked(change, OpportunityLine.QUANTITY, OpportunityLine.DISCOUNT, null);
            if (!violations.isEmpty()) return new Verdict.Reject(violations);
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            var product = change.after(OpportunityLine.PRODUCT);
            var price = change.after(OpportunityLine.UNIT_PRICE);
            if (product != null) {
                values.put(OpportunityLine.NAME, lookups.value("product", product, Product.NAME));
                if (price == null) price = lookups.value("product", product, Product.PRICE);
                values.put(OpportunityLine.UNIT_PRICE, price);
            }
            var quantity = change.after(OpportunityLine.QUANTITY);
            var cost = product == null ? null : lookups.value("product", product, SalesExtensions.COST);
            try {
                values.put(
                        OpportunityLine.COST,
                        cost == null || quantity == null ? null : LineAmount.goods(cost, quantity, null));
                values.put(
                        OpportunityLine.TOTAL,
                        price == null || quantity == null
                                ? null
                                : LineAmount.goods(price, quantity, change.after(OpportunityLine.DISCOUNT)));
            } catch (ArithmeticException e) {
                return Verdict.reject(OpportunityLine.QUANTITY, "out-of-range");
            }
            return new Verdict.Amend(values);
        }
    }

    private static final class QuoteLinePrice implements RecordRule {
        @Override
        public String object() {
            return "quoteLine";
        }

        @Override
        public Verdict decide(Change change, Lookups lookups) {
            var quote = change.after(QuoteLine.QUOTE);
            var moved = change.before(QuoteLine.QUOTE);
            for (var touched : new RecordId[] {quote, moved})
                if (touched != null && !isDraft(touched, lookups))
                    return Verdict.reject(QuoteLine.QUOTE, "quote-closed");
            boolean leaves = change.kind() == Change.Kind.DELETE || change.kind() == Change.Kind.RESTORE;
            if (leaves || quote == null || change.after(QuoteLine.QUANTITY) == null) return Verdict.accept();
            // what a promotion gives was computed by it
            if (change.after(QuoteLine.PROMOTION) != null)
                return change.kind() == Change.Kind.UPDATE
                        ? Verdict.reject(QuoteLine.PROMOTION, "promotion-line")
                        : Verdict.accept();
            var violations = checked(change, QuoteLine.QUANTITY, QuoteLine.DISCOUNT, QuoteLine.TAX_RATE);
            if (change.after(QuoteLine.PRODUCT) == null && change.after(QuoteLine.NAME) == null)
                violations.add(Violation.of("product", "required"));
            return violations.isEmpty() ? price(change, quote, lookups) : new Verdict.Reject(violations);
        }

        private static boolean isDraft(RecordId quote, Lookups lookups) {
            var status = lookups.value("quote", quote, Quote.STATUS);
            return status == null || status.equals("draft");
        }

        private static Verdict price(Change change, RecordId quote, Lookups lookups) {
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            var book = lookups.value("quote", quote, Quote.PRICE_BOOK);
            var product = change.after(QuoteLine.PRODUCT);
            var quantity = Objects.requireNonNull(change.after(QuoteLine.QUANTITY));
            var entry = product == null || book == null
                    ? Optional.<Lookups.Found>empty()
                    : tier(book, product, quantity, lookups);
            var list = change.after(QuoteLine.PART_OF) != null
                    ? change.after(QuoteLine.UNIT_PRICE)
                    : listPrice(entry, book, product, lookups);
            values.put(QuoteLine.LIST_PRICE, list);
            if (product != null
                    && (change.after(QuoteLine.NAME) == null
                            || change.touches(QuoteLine.PRODUCT) && !change.touches(QuoteLine.NAME)))
                values.put(QuoteLine.NAME, lookups.value("product", product, Product.NAME));
            var price = unitPrice(change, list);
            values.put(QuoteLine.UNIT_PRICE, price);
            if (change.after(QuoteLine.TAX_RATE) == null && product != null)
                values.put(QuoteLine.TAX_RATE, lookups.value("product", product, SalesExtensions.TAX_RATE));
            if (price == null) return Verdict.reject(QuoteLine.UNIT_PRICE, "required");
            var currency = book == null ? null : lookups.value("priceBook", book, PriceBook.CURRENCY);
            if (currency != null && !currency.equals(price.currency().getCurrencyCode()))
                return Verdict.reject(QuoteLine.UNIT_PRICE, "price-book-currency");
            var taxRate = values.containsKey(QuoteLine.TAX_RATE)
                    ? (BigDecimal) values.get(QuoteLine.TAX_RATE)
                    : change.after(QuoteLine.TAX_RATE);
            boolean withTax =
                    book != null && Boolean.TRUE.equals(lookups.value("priceBook", book, PriceBook.TAX_INCLUDED));
            try {
                var amount = LineAmount.of(
                        price,
                        quantity,
                        change.after(QuoteLine.DISCOUNT),
                        taxRate,
                        withTax ? LineAmount.Prices.WITH_TAX : LineAmount.Prices.WITHOUT_TAX);
                values.put(QuoteLine.NET, amount.net());
                values.put(QuoteLine.TAX, amount.tax());
                values.put(QuoteLine.TOTAL, amount.total());
            } catch (ArithmeticException e) {
                return Verdict.reject(QuoteLine.QUANTITY, "out-of-range");
            }
            values.put(QuoteLine.OVER_LIMIT, isOverLimit(change, price, list, entry, lookups));
            return new Verdict.Amend(values);
        }

        /** A price that nobody wrote follows the list: another product or tier has another one. */
        private static @Nullable Money unitPrice(Change change, @Nullable Money list) {
            var written = change.after(QuoteLine.UNIT_PRICE);
            boolean follows = Objects.equals(written, change.before(QuoteLine.LIST_PRICE))
                    && !change.touches(QuoteLine.UNIT_PRICE);
            return written == null || follows && list != null ? list : written;
        }

        private static Optional<Lookups.Found> tier(
                RecordId book, RecordId product, BigDecimal quantity, Lookups lookups) {
            return lookups.find("priceBookEntry", PriceBookEntry.PRODUCT, product).stream()
                    .filter(entry -> book.equals(entry.value(PriceBookEntry.PRICE_BOOK)))
                    .filter(entry -> from(entry).compareTo(quantity) <= 0)
                    .max(Comparator.comparing(QuoteLinePrice::from));
        }

        private static BigDecimal from(Lookups.Found entry) {
            return Objects.requireNonNullElse(entry.value(PriceBookEntry.FROM_QUANTITY), BigDecimal.ZERO);
        }

        /** The product's own price stands where the book has none and counts in the same currency. */
        private static @Nullable Money listPrice(
                Optional<Lookups.Found> entry, @Nullable RecordId book, @Nullable RecordId product, Lookups lookups) {
            if (entry.isPresent()) return entry.get().value(PriceBookEntry.PRICE);
            if (product == null) return null;
            var price = lookups.value("product", product, Product.PRICE);
            var currency = book == null ? null : lookups.value("priceBook", book, PriceBook.CURRENCY);
            boolean fits = price == null
                    || currency == null
                    || price.currency().getCurrencyCode().equals(currency);
            return fits ? price : null;
        }

        /** How far below the list price, discount included, somebody may go alone. */
        private static boolean isOverLimit(
                Change change, Money price, @Nullable Money list, Optional<Lookups.Found> entry, Lookups lookups) {
            var limit = entry.map(found -> found.value(PriceBookEntry.MAX_DISCOUNT))
                    .or(() -> lookups.find("company", Company.KEY, Company.ONLY).stream()
                            .findFirst()
                            .map(company -> company.value(Company.DISCOUNT_LIMIT)))
                    .orElse(null);
            if (limit == null || change.after(QuoteLine.PART_OF) != null) return false;
            var discount = Objects.requireNonNullElse(change.after(QuoteLine.DISCOUNT), BigDecimal.ZERO);
            if (list == null || list.minorUnits() <= 0 || !list.currency().equals(price.currency()))
                return discount.compareTo(limit) > 0;
            var paid = BigDecimal.valueOf(price.minorUnits()).multiply(HUNDRED.subtract(discount));
            var least = BigDecimal.valueOf(list.minorUnits()).multiply(HUNDRED.subtract(limit));
            return paid.compareTo(least) < 0;
        }
    }
}
