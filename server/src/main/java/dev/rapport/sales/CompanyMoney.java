package dev.rapport.sales;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.Settings;
import dev.rapport.record.spi.Lookups;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Amounts in the company's own currency, by the rates of a day. */
@Component
class CompanyMoney {
    private final Settings settings;

    CompanyMoney(Settings settings) {
        this.settings = settings;
    }

    /** The currency that the company counts in. */
    Currency currency(Lookups lookups) {
        return lookups.find("company", Company.KEY, Company.ONLY).stream()
                .map(company -> company.value(Company.CURRENCY))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Currency::getInstance)
                .orElseGet(() -> Currency.getInstance(settings.currency()));
    }

    /** {@code amount} in the company's currency by the newest rate that held on {@code day}; null without such a rate. */
    @Nullable
    Money of(@Nullable Money amount, LocalDate day, Lookups lookups) {
        if (amount == null) return null;
        var currency = currency(lookups);
        if (amount.currency().equals(currency)) return amount;
        var rates = lookups.find(
                "exchangeRate", ExchangeRate.CURRENCY, amount.currency().getCurrencyCode());
        return rates.stream()
                .filter(rate -> !Objects.requireNonNull(rate.value(ExchangeRate.VALID_FROM))
                        .isAfter(day))
                .max(Comparator.comparing(rate -> Objects.requireNonNull(rate.value(ExchangeRate.VALID_FROM))))
                .map(rate -> converted(amount, Objects.requireNonNull(rate.value(ExchangeRate.RATE)), currency))
                .orElse(null);
    }

    private static @Nullable Money converted(Money amount, BigDecimal rate, Currency currency) {
        try {
            var value = amount.amount()
                    .multiply(rate)
                    .setScale(Math.max(0, currency.getDefaultFractionDigits()), RoundingMode.HALF_UP);
            return Money.of(value, currency);
        } catch (ArithmeticException e) {
            return null;
        }
    }
}
