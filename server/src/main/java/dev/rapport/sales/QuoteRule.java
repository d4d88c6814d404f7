package dev.rapport.sales;

import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Settings;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.Trait;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Fills a new quote from its deal and the company's habits, and keeps what a customer has seen from being changed. */
@Component
class QuoteRule implements RecordRule {
    private static final long USUAL_DAYS = 30;

    private final Clock clock;
    private final ZoneId zone;

    QuoteRule(Clock clock, Settings settings) {
        this.clock = clock;
        this.zone = ZoneId.of(settings.zone());
    }

    @Override
    public String object() {
        return "quote";
    }

    @Override
    public Verdict decide(Change change, Lookups lookups) {
        return switch (change.kind()) {
            case CREATE -> new Verdict.Amend(begin(change, lookups));
            case UPDATE -> isClosed(change) ? Verdict.reject(Quote.STATUS, "quote-closed") : Verdict.accept();
            case DELETE, RESTORE -> Verdict.accept();
        };
    }

    /** People write drafts; what they may not write, such as the status, acts do. */
    private static boolean isClosed(Change change) {
        boolean draft = "draft".equals(change.before(Quote.STATUS));
        boolean written = change.fields().stream()
                .filter(field -> !field.is(Trait.READ_ONLY) && !field.name().equals("owner"))
                .anyMatch(change::touches);
        return !draft && written && !change.touches(Quote.STATUS);
    }

    private Map<Field<?>, @Nullable Object> begin(Change change, Lookups lookups) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        var deal = change.after(Quote.OPPORTUNITY);
        if (deal != null) {
            fill(change, values, Quote.ACCOUNT, lookups.value("opportunity", deal, Opportunity.ACCOUNT));
            fill(change, values, Quote.CONTACT, lookups.value("opportunity", deal, Opportunity.CONTACT));
            fill(change, values, Quote.CHANNEL, lookups.value("opportunity", deal, Opportunity.CHANNEL));
        }
        var partner = deal == null ? null : lookups.value("opportunity", deal, Opportunity.PARTNER);
        var channel =
                change.after(Quote.CHANNEL) == null ? (String) values.get(Quote.CHANNEL) : change.after(Quote.CHANNEL);
        fill(change, values, Quote.PRICE_BOOK, priceBook(partner, channel, lookups));
        var company =
                lookups.find("company", Company.KEY, Company.ONLY).stream().findFirst();
        var days = company.map(found -> found.value(Company.QUOTE_DAYS)).orElse(USUAL_DAYS);
        fill(
                change,
                values,
                Quote.VALID_UNTIL,
                today().plusDays(days == null ? USUAL_DAYS : Math.clamp(days, 0, 3_650)));
        company.ifPresent(found -> fill(change, values, Quote.TERMS, found.value(Company.TERMS)));
        return values;
    }

    private static <T> void fill(
            Change change, Map<Field<?>, @Nullable Object> values, Field<T> field, @Nullable T value) {
        if (change.after(field) == null && value != null) values.put(field, value);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /** The partner's own price book, else that of the channel, else the standard one; null where there is none. */
    private @Nullable RecordId priceBook(@Nullable RecordId partner, @Nullable String channel, Lookups lookups) {
        Stream<List<Lookups.Found>> books = Stream.of(
                partner == null ? List.of() : lookups.find("priceBook", PriceBook.PARTNER, partner),
                channel == null ? List.of() : without(lookups.find("priceBook", PriceBook.CHANNEL, channel)),
                lookups.find("priceBook", PriceBook.STANDARD, true));
        return books.map(this::valid)
                .flatMap(Optional::stream)
                .findFirst()
                .map(Lookups.Found::id)
                .orElse(null);
    }

    /** Books of a partner are for the partner alone. */
    private static List<Lookups.Found> without(List<Lookups.Found> books) {
        return books.stream()
                .filter(book -> book.value(PriceBook.PARTNER) == null)
                .toList();
    }

    private Optional<Lookups.Found> valid(List<Lookups.Found> books) {
        Predicate<Lookups.Found> valid = book -> {
            var from = book.value(PriceBook.VALID_FROM);
            var to = book.value(PriceBook.VALID_TO);
            return Boolean.TRUE.equals(book.value(PriceBook.ACTIVE))
                    && (from == null || !from.isAfter(today()))
                    && (to == null || !to.isBefore(today()));
        };
        return books.stream()
                .filter(valid)
                .max(Comparator.comparing(
                        book -> Objects.requireNonNullElse(book.value(PriceBook.VALID_FROM), LocalDate.MIN)));
    }
}
