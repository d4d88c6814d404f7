package dev.rapport.query;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The median of values each of which is there many times: a continuous percentile, as ISO 9075-2, 10.9 has it. */
final class WeightedMedian {
    private final List<BigDecimal> values = new ArrayList<>();
    private final List<Long> upTo = new ArrayList<>();
    private long count;

    /** @param value above all that were added before */
    void add(BigDecimal value, long times) {
        count += times;
        values.add(value);
        upTo.add(count);
    }

    BigDecimal median() {
        var low = at((count - 1) / 2);
        var high = at(count / 2);
        var median = low.add(high).divide(BigDecimal.TWO);
        return median.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(median.stripTrailingZeros().toPlainString());
    }

    private BigDecimal at(long index) {
        int place = 0;
        while (upTo.get(place) <= index) place++;
        return values.get(place);
    }
}
