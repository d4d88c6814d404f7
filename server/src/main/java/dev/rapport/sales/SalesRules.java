package dev.rapport.sales;

import dev.rapport.activity.Visit;
import dev.rapport.customer.OrderLine;
import dev.rapport.kernel.Settings;
import dev.rapport.kernel.Violation;
import dev.rapport.mail.MailTemplate;
import dev.rapport.metadata.Field;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Small rules of sales, each about one object. */
@Configuration(proxyBeanMethods = false)
class SalesRules {
    /** A rule about what is written, in one expression. */
    private record Written(String object, BiFunction<Change, Lookups, Verdict> rule) implements RecordRule {
        @Override
        public Verdict decide(Change change, Lookups lookups) {
            boolean writes = change.kind() == Change.Kind.CREATE || change.kind() == Change.Kind.UPDATE;
            return writes ? rule.apply(change, lookups) : Verdict.accept();
        }
    }

    private static Verdict verdict(List<Violation> violations) {
        return violations.isEmpty() ? Verdict.accept() : new Verdict.Reject(violations);
    }

    /** Says whether the field holds the code of a currency that exists. */
    private static Verdict currency(Change change, Field<String> field) {
        var code = change.after(field);
        if (code == null) return Verdict.accept();
        try {
            return Verdict.amend(
                    field,
                    Currency.getInstance(code.strip().toUpperCase(java.util.Locale.ROOT))
                            .getCurrencyCode());
        } catch (IllegalArgumentException e) {
            return Verdict.reject(field, "currency");
        }
    }

    @Bean
    RecordRule sequenceStepRule() {
        return new Written("sequenceStep", (change, lookups) -> {
            var violations = new ArrayList<Violation>();
            for (var field : List.of(SequenceStep.SUBJECT, SequenceStep.TEXT)) {
                var text = change.after(field);
                if (text != null) MailTemplate.fault(field.name(), text).ifPresent(violations::add);
            }
            return verdict(violations);
        });
    }

    @Bean
    RecordRule companyRule() {
        return new Written("company", (change, lookups) -> {
            var month = change.after(Company.FISCAL_START);
            if (month != null && (month < 1 || month > 12))
                return new Verdict.Reject(List.of(new Violation("fiscalStart", "range", Map.of("min", 1, "max", 12))));
            return currency(change, Company.CURRENCY);
        });
    }

    @Bean
    RecordRule exchangeRateRule() {
        return new Written("exchangeRate", (change, lookups) -> {
            var rate = change.after(ExchangeRate.RATE);
            return rate != null && rate.signum() <= 0
                    ? Verdict.reject(ExchangeRate.RATE, "positive")
                    : currency(change, ExchangeRate.CURRENCY);
        });
    }

    @Bean
    RecordRule priceBookRule() {
        return new Written("priceBook", (change, lookups) -> {
            var from = change.after(PriceBook.VALID_FROM);
            var to = change.after(PriceBook.VALID_TO);
            return from != null && to != null && to.isBefore(from)
                    ? Verdict.reject(PriceBook.VALID_TO, "before-begin")
                    : currency(change, PriceBook.CURRENCY);
        });
    }

    @Bean
    RecordRule priceBookEntryRule() {
        return new Written("priceBookEntry", (change, lookups) -> {
            var book = change.after(PriceBookEntry.PRICE_BOOK);
            var price = change.after(PriceBookEntry.PRICE);
            if (book == null || price == null) return Verdict.accept();
            if (price.minorUnits() < 0) return Verdict.reject(PriceBookEntry.PRICE, "positive");
            var currency = lookups.value("priceBook", book, PriceBook.CURRENCY);
            return price.currency().getCurrencyCode().equals(currency)
                    ? Verdict.accept()
                    : Verdict.reject(PriceBookEntry.PRICE, "price-book-currency");
        });
    }

    /** Each kind of promotion needs other figures. */
    @Bean
    RecordRule promotionRule() {
        return new Written("promotion", (change, lookups) -> {
            var kind = String.valueOf(change.after(Promotion.KIND));
            var violations = new ArrayList<Violation>();
            switch (kind) {
                case "percent" -> {
                    require(change, violations, Promotion.PERCENT);
                    var percent = change.after(Promotion.PERCENT);
                    if (percent != null && (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0))
                        violations.add(new Violation("percent", "range", Map.of("min", 0, "max", 100)));
                }
                case "threshold" -> {
                    require(change, violations, Promotion.THRESHOLD, Promotion.AMOUNT_OFF);
                    var threshold = change.after(Promotion.THRESHOLD);
                    var off = change.after(Promotion.AMOUNT_OFF);
                    if (threshold != null
                            && off != null
                            && !threshold.currency().equals(off.currency()))
                        violations.add(Violation.of("amountOff", "mixed-currencies"));
                    if (off != null && off.minorUnits() <= 0) violations.add(Violation.of("amountOff", "positive"));
                }
                case "buyXGetY" -> {
                    require(change, violations, Promotion.PRODUCT, Promotion.BUY, Promotion.GET);
                    for (var field : List.of(Promotion.BUY, Promotion.GET)) {
                        var amount = change.after(field);
                        if (amount != null && amount.signum() <= 0)
                            violations.add(Violation.of(field.name(), "positive"));
                    }
                }
                default -> {}
            }
            var from = change.after(Promotion.VALID_FROM);
            var to = change.after(Promotion.VALID_TO);
            if (from != null && to != null && to.isBefore(from))
                violations.add(Violation.of("validTo", "before-begin"));
            return verdict(violations);
        });
    }

    private static void require(Change change, List<Violation> violations, Field<?>... fields) {
        for (var field : fields)
            if (change.after(field) == null) violations.add(Violation.of(field.name(), "required"));
    }

    @Bean
    RecordRule contractRule() {
        return new Written("contract", (change, lookups) -> {
            var from = change.after(Contract.STARTS_ON);
            var to = change.after(Contract.ENDS_ON);
            return from != null && to != null && to.isBefore(from)
                    ? Verdict.reject(Contract.ENDS_ON, "before-begin")
                    : Verdict.accept();
        });
    }

    @Bean
    RecordRule targetRule() {
        return new Written("target", (change, lookups) -> {
            var violations = new ArrayList<Violation>();
            var from = change.after(Target.STARTS_ON);
            var to = change.after(Target.ENDS_ON);
            if (from != null && to != null && to.isBefore(from)) violations.add(Violation.of("endsOn", "before-begin"));
            boolean money = List.of("revenue", "margin", "receipts").contains(change.after(Target.MEASURE));
            require(change, violations, money ? Target.AMOUNT : Target.NUMBER);
            if ("share".equals(change.after(Target.MEASURE))) require(change, violations, Target.MARKET);
            if (change.id().equals(change.after(Target.PARENT)))
                violations.add(Violation.of("parent", "part-of-itself"));
            return verdict(violations);
        });
    }

    @Bean
    RecordRule bundlePartRule() {
        return new Written("bundlePart", (change, lookups) -> {
            var bundle = change.after(BundlePart.BUNDLE);
            var quantity = change.after(BundlePart.QUANTITY);
            if (bundle != null && bundle.equals(change.after(BundlePart.PART)))
                return Verdict.reject(BundlePart.PART, "part-of-itself");
            return quantity != null && quantity.signum() <= 0
                    ? Verdict.reject(BundlePart.QUANTITY, "positive")
                    : Verdict.accept();
        });
    }

    /** Somebody is followed up, from today unless another day is written. */
    @Bean
    RecordRule enrolmentRule(Clock clock, Settings settings) {
        return new Written("enrolment", (change, lookups) -> {
            boolean whom = change.after(Enrolment.LEAD) != null
                    || change.after(Enrolment.OPPORTUNITY) != null
                    || change.after(Enrolment.CONTACT) != null;
            if (!whom) return Verdict.reject(Enrolment.LEAD, "required");
            boolean begins = "active".equals(change.after(Enrolment.STATUS)) && change.after(Enrolment.NEXT_ON) == null;
            var today = LocalDate.ofInstant(clock.instant(), ZoneId.of(settings.zone()));
            return begins ? Verdict.amend(Enrolment.NEXT_ON, today) : Verdict.accept();
        });
    }

    @Bean
    RecordRule commissionTierRule() {
        return new Written("commissionTier", (change, lookups) -> {
            var rate = change.after(CommissionTier.RATE);
            var from = change.after(CommissionTier.FROM);
            var violations = new ArrayList<Violation>();
            if (rate != null && (rate.signum() < 0 || rate.compareTo(BigDecimal.valueOf(100)) > 0))
                violations.add(new Violation("rate", "range", Map.of("min", 0, "max", 100)));
            if (from != null && from.signum() < 0) violations.add(Violation.of("from", "positive"));
            return verdict(violations);
        });
    }

    /** A visit that has taken place says what came of it and what comes next. */
    @Bean
    RecordRule visitRule() {
        return new Written("visit", (change, lookups) -> {
            if (!"done".equals(change.after(Visit.STATUS)) || !change.touches(Visit.STATUS)) return Verdict.accept();
            var violations = new ArrayList<Violation>();
            if (change.after(Visit.RESULT) == null) violations.add(Violation.of("result", "visit-result"));
            if (change.after(SalesExtensions.NEXT_STEP) == null)
                violations.add(Violation.of("nextStep", "visit-next-step"));
            return verdict(violations);
        });
    }

    /** No more goes out than was ordered, no more comes back than went out. */
    @Bean
    RecordRule deliveryRule() {
        return new RecordRule() {
            @Override
            public String object() {
                return "delivery";
            }

            @Override
            public Verdict decide(Change change, Lookups lookups) {
                var line = change.after(Delivery.LINE);
                var quantity = change.after(Delivery.QUANTITY);
                if (change.kind() == Change.Kind.DELETE || line == null || quantity == null) return Verdict.accept();
                if (quantity.signum() <= 0) return Verdict.reject(Delivery.QUANTITY, "positive");
                var ordered = lookups.lock("orderLine", line).orElse(null);
                if (ordered == null) return Verdict.accept();
                boolean returns = "return".equals(change.after(Delivery.KIND));
                var signed = returns ? quantity.negate() : quantity;
                var pending = lookups.memory(
                        List.of("delivered", line), BigDecimal[].class, () -> new BigDecimal[] {BigDecimal.ZERO});
                var own = change.kind() == Change.Kind.UPDATE && line.equals(change.before(Delivery.LINE))
                        ? Objects.requireNonNullElse(change.before(Delivery.SIGNED), BigDecimal.ZERO)
                        : BigDecimal.ZERO;
                var before = Objects.requireNonNullElse(ordered.value(SalesExtensions.DELIVERED), BigDecimal.ZERO)
                        .add(pending[0])
                        .subtract(own);
                var after = before.add(signed);
                var most = Objects.requireNonNullElse(ordered.value(OrderLine.QUANTITY), BigDecimal.ZERO);
                if (after.compareTo(most) > 0) return Verdict.reject(Delivery.QUANTITY, "more-than-ordered");
                if (after.signum() < 0) return Verdict.reject(Delivery.QUANTITY, "more-than-delivered");
                pending[0] = pending[0].add(signed).subtract(own);
                Map<Field<?>, @Nullable Object> values = new HashMap<>();
                values.put(Delivery.SIGNED, signed);
                values.put(Delivery.ORDER, ordered.value(OrderLine.ORDER));
                return new Verdict.Amend(values);
            }
        };
    }
}
