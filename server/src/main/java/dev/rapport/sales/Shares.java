package dev.rapport.sales;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Splits a whole into parts that add up to it exactly. */
final class Shares {
    private Shares() {}

    /**
     * Parts of {@code whole} in proportion to {@code weights}: each is the difference of two rounded running sums, so none is
     * off by more than one unit and their sum is the whole. Without any weight all parts are alike.
     *
     * @param weights none negative, at least one
     */
    static List<Long> split(long whole, List<Long> weights) {
        return splitBy(whole, weights.stream().map(BigDecimal::valueOf).toList());
    }

    /** The same for weights that are no whole numbers. */
    static List<Long> splitBy(long whole, List<BigDecimal> weights) {
        var sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        var used = sum.signum() == 0
                ? weights.stream().map(weight -> BigDecimal.ONE).toList()
                : weights;
        var total = sum.signum() == 0 ? BigDecimal.valueOf(weights.size()) : sum;
        var parts = new ArrayList<Long>();
        var running = BigDecimal.ZERO;
        long before = 0;
        for (var weight : used) {
            running = running.add(weight);
            long until = BigDecimal.valueOf(whole)
                    .multiply(running)
                    .divide(total, 0, RoundingMode.HALF_UP)
                    .longValueExact();
            parts.add(until - before);
            before = until;
        }
        return parts;
    }
}
