package dev.rapport.sales;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What promotions take off a list of lines. Each is computed on the lines' own amounts, so their order does not matter;
 * together they never take off more than there is. An amount off is spread over tax rates by the lines' shares, exact to the
 * minor unit.
 */
final class PromotionEngine {
    private PromotionEngine() {}

    /** A line as it is paid without promotions. @param goods quantity × price less the line's discount */
    record Line(
            @Nullable RecordId product,
            BigDecimal quantity,
            Money goods,
            @Nullable BigDecimal taxRate) {}

    /** A promotion as it is kept. */
    record Offer(
            RecordId id,
            String name,
            String kind,
            @Nullable RecordId product,
            @Nullable String channel,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo,
            @Nullable BigDecimal percent,
            @Nullable Money threshold,
            @Nullable Money amountOff,
            @Nullable BigDecimal buy,
            @Nullable BigDecimal get) {
        boolean holds(@Nullable String ofChannel, LocalDate day) {
            boolean begun = validFrom == null || !validFrom.isAfter(day);
            boolean over = validTo != null && validTo.isBefore(day);
            return begun && !over && (channel == null || channel.equals(ofChannel));
        }
    }

    /**
     * What one promotion gives at one tax rate.
     *
     * @param off what is taken off, more than nought; null for goods that come free
     * @param free how many of {@code product} come free
     * @param base the amount that the promotion was computed on
     */
    record Given(
            Offer offer,
            @Nullable Money off,
            @Nullable RecordId product,
            @Nullable BigDecimal free,
            @Nullable BigDecimal taxRate,
            Money base) {}

    static List<Given> apply(
            List<Line> lines, List<Offer> offers, @Nullable String channel, LocalDate day, Currency currency) {
        var given = new ArrayList<Given>();
        long left = lines.stream().mapToLong(line -> line.goods().minorUnits()).sum();
        for (var offer : offers) {
            if (!offer.holds(channel, day)) continue;
            for (var one : give(offer, lines, currency)) {
                var off = one.off();
                if (off == null) {
                    given.add(one);
                    continue;
                }
                long taken = Math.min(off.minorUnits(), left);
                left -= taken;
                if (taken > 0)
                    given.add(new Given(offer, new Money(taken, currency), null, null, one.taxRate(), one.base()));
            }
        }
        return given;
    }

    private static List<Given> give(Offer offer, List<Line> lines, Currency currency) {
        var meant = lines.stream()
                .filter(line -> offer.product() == null || offer.product().equals(line.product()))
                .filter(line -> line.goods().currency().equals(currency))
                .toList();
        return switch (offer.kind()) {
            case "percent" -> percent(offer, meant, currency);
            case "threshold" -> threshold(offer, meant, currency);
            default -> freeGoods(offer, meant, currency);
        };
    }

    /** Sums of the lines by tax rate, in the order of the rates. */
    private static TreeMap<BigDecimal, Long> byRate(List<Line> lines) {
        var sums = new TreeMap<BigDecimal, Long>();
        for (var line : lines)
            sums.merge(
                    Objects.requireNonNullElse(line.taxRate(), BigDecimal.ZERO),
                    line.goods().minorUnits(),
                    Math::addExact);
        return sums;
    }

    private static List<Given> percent(Offer offer, List<Line> lines, Currency currency) {
        var percent = Objects.requireNonNull(offer.percent());
        var given = new ArrayList<Given>();
        byRate(lines).forEach((rate, sum) -> {
            long off = BigDecimal.valueOf(sum)
                    .multiply(percent)
                    .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP)
                    .longValueExact();
            given.add(new Given(offer, new Money(off, currency), null, null, rate, new Money(sum, currency)));
        });
        return given;
    }

    private static List<Given> threshold(Offer offer, List<Line> lines, Currency currency) {
        var from = Objects.requireNonNull(offer.threshold());
        var off = Objects.requireNonNull(offer.amountOff());
        var sums = byRate(lines);
        long sum = sums.values().stream().mapToLong(Long::longValue).sum();
        if (!from.currency().equals(currency) || sum < from.minorUnits() || sum <= 0) return List.of();
        var given = new ArrayList<Given>();
        var parts = Shares.split(Math.min(off.minorUnits(), sum), List.copyOf(sums.values()));
        int at = 0;
        for (var rate : sums.keySet())
            given.add(
                    new Given(offer, new Money(parts.get(at++), currency), null, null, rate, new Money(sum, currency)));
        return given;
    }

    private static List<Given> freeGoods(Offer offer, List<Line> lines, Currency currency) {
        var bought = lines.stream().map(Line::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        var times = bought.divide(Objects.requireNonNull(offer.buy()), 0, RoundingMode.DOWN);
        if (times.signum() == 0) return List.of();
        var free = times.multiply(Objects.requireNonNull(offer.get()));
        return List.of(new Given(offer, null, offer.product(), free, null, new Money(0, currency)));
    }
}
